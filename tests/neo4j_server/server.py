"""A real Neo4j for tests without docker: jars by Maven, a small launcher, a fresh home folder, a free port."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache"
START_SECONDS = 180
CONF = """server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
dbms.security.auth_enabled=false
server.memory.pagecache.size=256m
dbms.usage_report.enabled=false
"""


class NoServer(Exception):
    """A Neo4j cannot be started here; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """A running server that belongs to this process: it ends when `stop` is called or when this process ends."""

    process: subprocess.Popen[bytes]
    url: str

    def stop(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def newest_that_runs(versions: Sequence[str]) -> str:
    """The first of these versions that a Java here can run; raises NoServer about the last when none can."""
    for version in versions[:-1]:
        with suppress(NoServer):
            find_java(version)
            return version
    find_java(versions[-1])
    return versions[-1]


def start(version: str, folder: Path) -> Neo4jServer:
    """A Neo4j of this version with an empty database in `folder`; raises NoServer."""
    java, jars = find_java(version), fetch_jars(version)
    home, conf, log = folder / "home", folder / "neo4j.conf", folder / "server.log"
    home.mkdir(parents=True)
    port = _free_port()
    conf.write_text(CONF.format(port=port), encoding="utf-8")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(java), "-Xmx1g", "-cp", f"{jars}/*", str(HERE / "Neo4jServer.java"), str(home), str(conf)],
            stdin=subprocess.PIPE, stdout=out, stderr=out, cwd=folder,
        )
    server = Neo4jServer(process, f"bolt://127.0.0.1:{port}")
    try:
        _wait(process, port, log)
    except BaseException:
        server.stop()
        raise
    return server


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        text = log.read_text(encoding="utf-8", errors="replace")
        if process.poll() is not None:
            raise NoServer(f"Neo4j ended while starting: {text[-600:]}")
        if "READY" in text and _answers(port):
            return
        time.sleep(0.2)
    raise NoServer(f"Neo4j was not ready after {START_SECONDS} s")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch_jars(version: str) -> Path:
    """The folder with the jars of this version, filled by Maven the first time: by one process, the others wait."""
    jars = CACHE / f"neo4j-{version}"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"neo4j-{version}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not jars.exists():
            _fill(jars, version)
    return jars


def _fill(jars: Path, version: str) -> None:
    """Copy the jars beside their folder and rename it at the end, so that a folder that exists is whole."""
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServer("Maven (mvn) is not installed")
    part = jars.with_name(f"{jars.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    copied = subprocess.run(
        [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies",
         f"-Dneo4j.version={version}", f"-DoutputDirectory={part}"],
        capture_output=True, text=True, timeout=900, check=False,
    )
    if copied.returncode:
        told = next((line for line in copied.stdout.splitlines() if "ERROR" in line), "")
        raise NoServer(f"Maven could not fetch Neo4j {version}: {told[:300]}")
    part.rename(jars)


def find_java(version: str) -> Path:
    """A Java this Neo4j runs on: 17 or 21 for Neo4j 5, 21 or newer for Neo4j 2025 and later."""
    fits = (lambda v: v in (17, 21)) if version.startswith("5.") else (lambda v: v >= 21)
    on_path = shutil.which("java")
    candidates = [Path(os.environ["JAVA_HOME"], "bin", "java")] if os.environ.get("JAVA_HOME") else []
    candidates += [Path(on_path)] if on_path else []
    candidates += sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    for java in candidates:
        if java.exists() and fits(_java_version(java)):
            return java
    raise NoServer(f"no Java that Neo4j {version} runs on was found (JAVA_HOME, PATH, /usr/lib/jvm)")


def _java_version(java: Path) -> int:
    told = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0
