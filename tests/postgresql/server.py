"""A real PostgreSQL for tests: a throw-away cluster on a free port, run by an unprivileged user.

It ends when `stop` is called or when this process ends, however that happens.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    """A running server. `url` is that of its owner, with the password."""

    folder: Path
    password: str
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"postgresql://owner:{self.password}@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(timeout=START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Cluster:
    """A new empty cluster; raises NoServer."""
    programs, user = find_programs(), _user()
    folder = Path(tempfile.mkdtemp(prefix="fengqiao-pg-", dir="/tmp"))
    password, port = secrets.token_hex(8), _free_port()
    try:
        _make(programs, user, folder, password, port)
        cluster = Cluster(folder, password, port, _serve(programs, user, folder))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        _wait(programs, cluster)
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _make(programs: Path, user: str, folder: Path, password: str, port: int) -> None:
    secret = folder / "password"
    secret.write_text(password)
    owner = pwd.getpwnam(user)
    for path in (folder, secret):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    done = subprocess.run([
        str(programs / "initdb"), "-D", str(folder / "data"), "-U", "owner", "--pwfile", str(secret), "-A", "scram-sha-256",
        "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
    ], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=START_SECONDS, **_as(user))
    if done.returncode:
        raise NoServer(f"initdb failed: {done.stderr.decode(errors='replace')[-300:]}")
    with (folder / "data" / "postgresql.conf").open("a") as conf:
        conf.write(CONF.format(port=port, folder=folder))


def _serve(programs: Path, user: str, folder: Path) -> subprocess.Popen[bytes]:
    """The server under a shell that ends it when its standard input closes."""
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(
            ["sh", "-c", 'exec 3<&0; "$1" -D "$2" </dev/null & read _ <&3; kill -QUIT $!; wait $!', "sh",
             str(programs / "postgres"), str(folder / "data")],
            stdin=subprocess.PIPE, stdout=log, stderr=log, **_as(user),
        )


def _wait(programs: Path, cluster: Cluster) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        ready = subprocess.run(
            [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(cluster.port)], check=False, timeout=START_SECONDS,
        )
        if ready.returncode == 0:
            return
        time.sleep(0.1)
    raise NoServer(f"PostgreSQL was not ready after {START_SECONDS} s")


def find_programs() -> Path:
    """The folder of initdb and pg_ctl, the newest version there is."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServer("initdb and postgres were not found (install postgresql)")


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


def _as(user: str) -> dict[str, Any]:
    """How to start a process as this user, from a folder it may enter."""
    owner = pwd.getpwnam(user)
    who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    return {**who, "cwd": "/tmp", "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
