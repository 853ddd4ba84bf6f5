"""Settings: the only place that reads the environment. Every name begins with FENGQIAO_."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.address import DEFAULT_ID_KEY, ServerAddress
from graph.build.choices import HUB_THRESHOLD, Choices
from graph.home import Home
from graph.law.book import Law
from graph.workdays import Calendar


class Settings(BaseSettings):
    """What an operator may set, by environment variable or a file `.env` in the working directory."""

    model_config = SettingsConfigDict(env_prefix="FENGQIAO_", env_file=".env", extra="ignore")

    data: Path = Field(Path("data"), description="数据目录 / data directory")
    ledger_url: str = Field("", description="台账数据库的 SQLAlchemy 地址，默认为数据目录中的 SQLite / ledger database URL")
    source_password: SecretStr = Field(
        SecretStr(""), description="载入数据库时的密码，地址中不必写 / password of a database to load from, so the address need not hold it"
    )
    neo4j_url: str = Field("", description="Neo4j 地址；设定后构图同时发布到它 / Neo4j address; builds are published to it too")
    neo4j_user: str = Field("neo4j", description="Neo4j 用户名 / user")
    neo4j_password: SecretStr = Field(SecretStr(""), description="Neo4j 密码 / password")
    neo4j_database: str = Field("neo4j", description="Neo4j 数据库名 / database")
    engine: str = Field("embedded", description="回答问题的引擎：embedded 或 neo4j / which engine answers")
    id_key: SecretStr = Field(
        SecretStr(DEFAULT_ID_KEY), description="证件号码与电话散列的密钥，首次构图前设定 / key of the hashes; set before the first build"
    )
    host: str = Field("127.0.0.1", description="监听地址 / listening address")
    port: int = Field(8000, ge=1, le=65535, description="监听端口 / listening port")
    limit: int = Field(500, ge=1, le=10_000, description="一次回答的行数上限 / rows an answer may hold")
    timeout: float = Field(30.0, gt=0, description="一个问题的时限（秒） / seconds a question may take")
    law_packs: str = Field("", description="启用的可选规则包，逗号分隔，如 zhejiang / optional rule packs to switch on, by commas")
    hub_threshold: int = Field(
        HUB_THRESHOLD, ge=2, le=1000, description="涉及案件多于此数的人、户、地块、机构为枢纽 / more cases than this make a hub"
    )
    counting: Literal["civil_code", "plain"] = Field(
        "civil_code",
        description="期限末日逢休息日：civil_code 顺延（民法典 203 条），plain 不顺延 / a term that ends on a day off: roll on, or not",
    )
    max_reject_share: float = Field(0.2, ge=0, le=1, description="拒收行占比上限，超过则不启用 / reject share above which a load stops")

    @property
    def server(self) -> ServerAddress | None:
        """The Neo4j that is set, or None."""
        if not self.neo4j_url:
            return None
        user = self.neo4j_user if self.neo4j_password.get_secret_value() else ""
        return ServerAddress(self.neo4j_url, user, self.neo4j_password.get_secret_value(), self.neo4j_database)

    @property
    def packs(self) -> tuple[str, ...]:
        """The optional rule packs that are switched on."""
        return tuple(name.strip() for name in self.law_packs.split(",") if name.strip())

    @property
    def choices(self) -> Choices:
        """What a build is to be made with; raises InvalidLaw."""
        folder = Home(self.data).law
        return Choices(
            Law.load(folder, self.packs), self.hub_threshold, Calendar.load(folder), self.counting,
            self.id_key.get_secret_value(),
        )
