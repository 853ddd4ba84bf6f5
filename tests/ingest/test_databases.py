"""Tables of databases: the same rows as from files, read only, in bounded memory, and nothing secret in any text."""

from __future__ import annotations

import csv
import json
import tracemalloc
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from graph.build.run import build_graph
from graph.databases import database_url, shown
from graph.home import Home
from graph.ledger import Ledger, LedgerError
from graph.opening import publish_embedded
from ingest.database_copy import cell_text
from ingest.database_load import load_database, preview_database
from ingest.databases import ROWS_AT_ONCE, Database, rows
from ingest.errors import LoadError, NothingRecognised, SourceMissing, SourceTooLarge, SourceUnreadable
from ingest.limits import Limits
from ingest.load import load as load_files
from ingest.report import LoadReport
from tests.county import VILLAGE, load_and_build
from tests.ingest.desk import Desk
from tests.postgresql import Cluster


@dataclass(frozen=True)
class Server:
    """A database under test: the address of one who may do everything, of one who may read, and its password."""

    owner: str
    address: str
    password: str = ""

    def run(self, *statements: str) -> None:
        engine = sa.create_engine(database_url(self.owner), poolclass=sa.NullPool)
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def table(self, name: str, columns: list[str], content: list[list[str]], key: str = "") -> None:
        """A table of text with these rows."""
        engine = sa.create_engine(database_url(self.owner), poolclass=sa.NullPool)
        table = sa.Table(name, sa.MetaData(), *(sa.Column(c, sa.Text, primary_key=c == key) for c in columns))
        with engine.begin() as connection:
            table.create(connection)
            if content:
                connection.execute(table.insert(), [dict(zip(columns, row, strict=True)) for row in content])


@pytest.fixture
def sqlite(tmp_path: Path) -> Server:
    path = tmp_path / "county.db"
    path.touch()
    return Server(f"sqlite:///{path}", f"sqlite:///{path}")


@pytest.fixture
def postgresql(postgresql_cluster: Cluster) -> Iterator[Server]:
    name, secret = f"county_{uuid.uuid4().hex[:8]}", uuid.uuid4().hex
    admin = sa.create_engine(database_url(postgresql_cluster.url), poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        connection.exec_driver_sql(f"CREATE USER {name}_reader PASSWORD '{secret}'")
        connection.exec_driver_sql(f"GRANT pg_read_all_data TO {name}_reader")
    owner = f"{postgresql_cluster.url.rsplit('/', 1)[0]}/{name}"
    yield Server(owner, f"postgresql://{name}_reader@127.0.0.1:{postgresql_cluster.port}/{name}", secret)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        connection.exec_driver_sql(f"DROP USER {name}_reader")


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(request.param)
    return found


def load(desk: Desk, server: Server, *tables: str, query: str = "", limits: Limits | None = None) -> LoadReport:
    source = Database(server.address, tables, query, server.password)
    return load_database(desk.home, desk.ledger, source, limits=limits, max_reject_share=1.0)


ORGANS = (["机构编码", "机构名称"], [["A2", "乙"], ["A1", "甲"], ["", "丙"]])


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The graph hash of the village loaded from files."""
    return load_and_build(tmp_path_factory.mktemp("files"))[1].card.graph_hash


def test_a_county_in_a_database_is_the_county_of_the_files(server: Server, village: str, tmp_path: Path) -> None:
    for path in sorted(VILLAGE.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *content = csv.reader(file)
        server.table(path.stem, header, content)
    server.table("无关", ["x"], [["1"]])
    home = Home(tmp_path / "data")
    ledger = Ledger(home)
    source = Database(server.address, password=server.password)
    report = load_database(home, ledger, source)
    assert (report.read, report.quarantined) == (146, 0)
    assert [(u.file, u.headers) for u in report.unrecognised] == [(f"{source.name}/无关", ())]
    assert load_database(home, ledger, source).already
    with home.writer():
        build, _ = build_graph(home, ledger)
    assert build.card.graph_hash == village
    assert list(home.loads.glob(".*")) == []


def test_rows_are_addressed_by_table_and_place_in_the_order_of_the_key(desk: Desk, server: Server) -> None:
    server.table("organs", *ORGANS, key="机构名称")
    report = load(desk, server)
    source = Database(server.address).name
    assert [(p.file, p.read, p.loaded, p.quarantined) for p in report.parts] == [(f"{source}/organs", 3, 2, 1)]
    by_name = sorted(ORGANS[1], key=lambda row: row[1].encode())
    found = [(row["name"], row["row"]) for row in desk.rows(report, "organs")]
    assert found == [(row[1], n) for n, row in enumerate(by_name, start=2) if row[0]]


def test_other_rows_are_another_load_and_the_same_are_the_same(desk: Desk, server: Server) -> None:
    server.table("organs", *ORGANS)
    first = load(desk, server)
    assert load(desk, server).already
    server.run("UPDATE organs SET 机构名称 = '丁' WHERE 机构编码 = 'A1'")
    assert load(desk, server).load_id != first.load_id


def test_some_tables_a_view_and_a_query(desk: Desk, server: Server) -> None:
    server.table("organs", *ORGANS)
    server.table("others", *ORGANS)
    server.run("CREATE VIEW seen AS SELECT 机构编码, 机构名称 FROM organs WHERE 机构编码 = 'A1'")
    source = Database(server.address).name
    assert [p.file for p in load(desk, server, "others").parts] == [f"{source}/others"]
    assert load(desk, server, "seen").loaded == 1
    report = load(desk, server, query="SELECT x AS 机构编码, '甲%:b' AS 机构名称 FROM (SELECT 机构编码 AS x FROM organs) q WHERE x <> '';")
    assert [(p.file, p.loaded) for p in report.parts] == [(f"{source}/query", 2)]
    assert {row["name"] for row in desk.rows(report, "organs")} == {"甲%:b"}


@pytest.mark.parametrize("query", [
    "DELETE FROM organs", "SELECT 1; DELETE FROM organs", "UPDATE organs SET 机构名称 = '' WHERE true", "",
    "WITH gone AS (DELETE FROM organs RETURNING 1) SELECT 1 AS 机构编码", "SELECT nothing FROM organs",
])
def test_nothing_is_ever_written_to_a_database(desk: Desk, server: Server, query: str) -> None:
    server.table("organs", *ORGANS)
    owner = Server(server.owner, server.owner)
    if query:
        with pytest.raises(LoadError):
            load(desk, owner, query=query)
    with Database(server.owner).connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql("INSERT INTO organs VALUES ('A9', 'x')")
    assert load(desk, server).read == 3


MAPPING = """
name: plots
files:
  plots: {when: [dkbm, zl], join: {owners: {file: owners, key: hh, equals: hh}}}
  owners: {when: [hh, hz]}
rows:
  - table: parcels
    from: plots
    fields: {code: dkbm, name: zl, holder: owners.hz}
"""


def test_a_mapping_joins_tables_of_a_database(desk: Desk, server: Server) -> None:
    server.table("t1", ["dkbm", "zl", "hh"], [["P1", "溪边", "H1"], ["P2", "山脚", "H9"]], key="dkbm")
    server.table("t2", ["hh", "hz"], [["H1", "张三"]])
    server.table("t3", ["x"], [["1"]])
    path = desk.text("m.yaml", MAPPING)
    source = Database(server.address, password=server.password)
    report = load_database(desk.home, desk.ledger, source, mapping=path)
    assert [(r["code"], r["name"], r.get("holder")) for r in desk.rows(report, "parcels")] == [("P1", "溪边", "张三"), ("P2", "山脚", None)]
    assert [u.file for u in report.unrecognised] == [f"{source.name}/t3"]


def test_columns_are_told_by_their_comments_where_only_they_say_it(desk: Desk, postgresql: Server) -> None:
    postgresql.table("t_org", ["jgbm", "jgmc", "bz2"], [["A1", "甲", "x"]])
    postgresql.run("COMMENT ON COLUMN t_org.jgbm IS '机构编码'", "COMMENT ON COLUMN t_org.jgmc IS '机构名称'")
    report = load(desk, postgresql)
    assert [(r["code"], r["name"]) for r in desk.rows(report, "organs")] == [("A1", "甲")]
    assert report.parts[0].unknown_columns == ("bz2",)


def test_typed_columns_become_the_text_a_person_means(desk: Desk, postgresql: Server) -> None:
    postgresql.run(
        "CREATE TABLE p (宗地代码 bigint, 宗地面积 numeric(10,2), 面积单位 char(10), 起始日期 date, 终止日期 timestamptz)",
        "INSERT INTO p VALUES (3301270000000000001, 800.50, 'm2', '2024-03-05', '2024-03-05 23:30:00+00'), (2, NULL, NULL, NULL, NULL)",
    )
    rows = desk.rows(load(desk, postgresql), "parcels")
    assert {k: rows[1][k] for k in ("code", "size", "since", "until")} == {
        "code": "3301270000000000001", "size": 800.5, "since": "2024-03-05", "until": "2024-03-06T07:30:00",
    }
    assert rows[0]["code"] == "2"


@pytest.mark.parametrize(("value", "text"), [
    (None, None), ("", None), (" 甲 ", " 甲 "), (Decimal("1E+3"), "1000"), (True, "是"), (b"\x01\xff", "01ff"), ([1, "甲"], '[1, "甲"]'),
    (datetime(2024, 3, 5, 16, tzinfo=UTC), "2024-03-06"), (3.30127199001011e17, "3.30127199001011E+17"), (12.0, "12"),
])
def test_a_value_of_a_database_as_text(value: object, text: str | None) -> None:
    assert cell_text(value) == text


def test_memory_is_bounded(postgresql: Server) -> None:
    postgresql.run("CREATE VIEW wide AS SELECT n AS 机构编码, repeat('x', 2000) AS 机构名称 FROM generate_series(1, 50000) n")
    source = Database(postgresql.owner, ["wide"])
    with source.connect() as connection:
        relation, = source.relations(connection)
        tracemalloc.start()
        read = [len(batch) for batch in rows(connection, relation)]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (sum(read), max(read)) == (50_000, ROWS_AT_ONCE)
    assert peak < 20 << 20  # all of it would be 100 MB


def test_cells_and_columns_beyond_a_limit_are_refused(desk: Desk, server: Server) -> None:
    server.table("organs", *ORGANS)
    server.run("UPDATE organs SET 机构名称 = '一二三四五'")
    for limits in (Limits(cell_length=4), Limits(columns=1)):
        with pytest.raises(SourceTooLarge):
            load(desk, server, limits=limits)


def test_what_is_not_there_is_said(desk: Desk, server: Server, tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="没有表"):
        load(desk, server)
    server.table("x", ["a"], [["1"]])
    with pytest.raises(NothingRecognised, match="没有认出"):
        load(desk, server)
    with pytest.raises(SourceMissing, match="没有表 no"):
        load(desk, server, "no")
    missing = tmp_path / "none.db"
    with pytest.raises(SourceMissing, match="找不到"):
        load(desk, Server("", f"sqlite:///{missing}"))
    assert not missing.exists()


@pytest.mark.parametrize("address", [
    "postgresql://reader:{0}@127.0.0.1:1/county?application_name={0}", "nothing://reader:{0}@host/county", "://{0}",
    "postgresql+asyncpg://reader:{0}@127.0.0.1/x", "postgresql://reader:{0}@127.0.0.1:port/x",
])
def test_an_address_that_does_not_work_is_never_repeated(desk: Desk, address: str) -> None:
    with pytest.raises(SourceUnreadable) as raised:
        load(desk, Server("", address.format("s3cret")))
    error: BaseException | None = raised.value
    assert "s3cret" not in str(error)
    assert "reader" not in str(error)
    assert error.__suppress_context__ if error else False


def test_a_password_stays_out_of_everything_that_is_written(desk: Desk, postgresql: Server, caplog: pytest.LogCaptureFixture) -> None:
    postgresql.table("organs", *ORGANS)
    caplog.set_level("DEBUG")
    source = Database(postgresql.address.replace("_reader@", f"_reader:{postgresql.password}@"))
    report = load_database(desk.home, desk.ledger, source, max_reject_share=1.0)
    kept = b"".join(path.read_bytes() for path in desk.home.root.rglob("*") if path.is_file())
    told = json.dumps(report.to_dict(), ensure_ascii=False) + caplog.text
    assert postgresql.password not in told
    assert "_reader" not in told
    assert postgresql.password.encode() not in kept
    assert postgresql.password not in shown(database_url(source.address)) + repr(source)
    with pytest.raises(SourceUnreadable) as raised:
        load(desk, Server("", postgresql.address, "wrong-s3cret"))
    assert "s3cret" not in str(raised.value)


def test_a_look_at_a_database_reads_no_row(server: Server) -> None:
    server.table("organs", *ORGANS)
    server.table("x", ["地块名称", "面积"], [["秘", "1"]])
    organs, strange = preview_database(Database(server.address, password=server.password))
    assert (organs.table, organs.columns) == ("organs", {"机构编码": "organs.code", "机构名称": "organs.name"})
    assert (strange.table, "缺 宗地代码" in strange.why) == ("", True)


def test_the_ledger_may_live_in_a_postgresql(postgresql: Server, tmp_path: Path) -> None:
    home = Home(tmp_path)
    ledger = Ledger(home, postgresql.owner)
    report = load_files(home, ledger, [VILLAGE])
    with home.writer():
        build, new = build_graph(home, ledger)
        publish_embedded(home, build)
    assert new
    again = Ledger(home, postgresql.owner)
    assert [(x.load_id, x.state, sum(p.read for p in x.parts)) for x in again.loads()] == [(report.load_id, "active", 146)]
    assert [b.graph_hash for b in again.builds()] == [build.card.graph_hash]
    again.set_state(report.load_id, "withdrawn")
    assert ledger.loads(active_only=True) == []
    assert load_files(home, again, [VILLAGE]).already
    assert not (tmp_path / "ledger.db").exists()


def test_a_ledger_that_goes_away_is_a_clear_error(postgresql: Server, tmp_path: Path) -> None:
    ledger = Ledger(Home(tmp_path), postgresql.owner)
    postgresql.run(*(f"DROP TABLE {table} CASCADE" for table in ("parts", "loads", "builds", "supersessions", "corrections")))
    secret = postgresql.owner.split(":")[2].split("@")[0]
    for ask in (ledger.loads, ledger.builds, lambda: ledger.set_state("x", "active")):
        with pytest.raises(LedgerError, match="台账") as raised:
            ask()
        assert secret not in str(raised.value)
    for address in ("postgresql://a:s3cret@127.0.0.1:1/x", "postgresql://a:s3cret@h:port/x", "nothing://a:s3cret@h/x"):
        with pytest.raises(LedgerError) as raised:
            Ledger(Home(tmp_path), address)
        assert "s3cret" not in str(raised.value)
