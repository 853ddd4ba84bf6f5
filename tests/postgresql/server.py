"""A real PostgreSQL for tests: a throw-away cluster on a free port, run by a user who is nobody else."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60
CONF = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
fsync = off
shared_buffers = 32MB
max_connections = 20
log_statement = 'all'
"""


class NoServer(Exception):
    """A PostgreSQL cannot be started here; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server. `url` is that of its owner, with the password; `log` is what the server wrote."""

    folder: Path
    programs: Path
    user: str
    password: str
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://owner:{self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        _run(self.user, [self.programs / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop"])
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Cluster:
    """A new empty cluster; raises NoServer."""
    programs = find_programs()
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="fengqiao-pg-", dir="/tmp"))
    cluster = Cluster(folder, programs, user, secrets.token_hex(8), _free_port())
    try:
        _make(cluster)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return cluster


def _make(cluster: Cluster) -> None:
    folder, data = cluster.folder, cluster.folder / "data"
    secret = folder / "password"
    secret.write_text(cluster.password)
    owner = pwd.getpwnam(cluster.user)
    for path in (folder, secret):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    _run(cluster.user, [
        cluster.programs / "initdb", "-D", data, "-U", "owner", "--pwfile", secret, "-A", "scram-sha-256",
        "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
    ])
    with (data / "postgresql.conf").open("a") as conf:
        conf.write(CONF.format(port=cluster.port, folder=folder))
    _run(cluster.user, [
        cluster.programs / "pg_ctl", "-D", data, "-l", folder / "server.log", "-w", "-t", str(START_SECONDS), "start",
    ])


def find_programs() -> Path:
    """The folder of initdb and pg_ctl, the newest version there is."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServer("initdb and pg_ctl were not found (install postgresql)")


def _user() -> str:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoServer("there is no unprivileged user to run it")


def _run(user: str, words: Sequence[str | Path]) -> None:
    root = os.geteuid() == 0
    owner = pwd.getpwnam(user)
    done = subprocess.run(
        [str(word) for word in words], cwd="/tmp", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        user=owner.pw_uid if root else None, group=owner.pw_gid if root else None, extra_groups=[] if root else None,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}, timeout=START_SECONDS + 30,
    )
    if done.returncode:
        raise NoServer(f"{Path(words[0]).name} failed: {done.stderr[-300:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
