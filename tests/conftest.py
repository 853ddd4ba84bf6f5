"""Fixtures of all rooms: the engines and PostgreSQL. Both are real servers; when there is none, the summary says so loudly.

    FENGQIAO_TEST_NEO4J_URL       use this server (it is emptied!) instead of starting one
    FENGQIAO_TEST_NEO4J_VERSION   the version to start (else the newest that the Java here can run)
    FENGQIAO_REQUIRE_NEO4J=1      fail instead of skipping when there is no server
    FENGQIAO_REQUIRE_POSTGRES=1   the same for PostgreSQL

`--hypothesis-profile=long` asks both engines about hundreds of random graphs instead of a few (`graph/test_questions_random.py`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import neo4j_server, postgresql
from tests.engines import Embedded, Engine, Server, wipe

NEO4J_VERSIONS = ("2026.09.0", "5.26.30")
"""The newest, and the long-term version that is content with Java 17."""
settings.register_profile("long", settings.get_profile("default"))
NO_NEO4J, NO_POSTGRESQL = "no Neo4j: ", "no PostgreSQL: "


@pytest.fixture(scope="session")
def neo4j_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Neo4j without login, for the whole session."""
    given = os.environ.get("FENGQIAO_TEST_NEO4J_URL")
    if given:
        yield given
        return
    wanted = os.environ.get("FENGQIAO_TEST_NEO4J_VERSION")
    try:
        version = wanted or neo4j_server.newest_that_runs(NEO4J_VERSIONS)
        server = neo4j_server.start(version, tmp_path_factory.mktemp("neo4j"))
    except neo4j_server.NoServer as reason:
        if os.environ.get("FENGQIAO_REQUIRE_NEO4J") == "1":
            pytest.fail(f"Neo4j is required here but {reason}")
        pytest.skip(f"{NO_NEO4J}{reason}")
    try:
        yield server.url
    finally:
        server.stop()


@pytest.fixture
def neo4j_empty(neo4j_url: str) -> str:
    """The address of a Neo4j that holds nothing."""
    wipe(neo4j_url)
    return neo4j_url


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[postgresql.Cluster]:
    """A running PostgreSQL of our own, for the whole session."""
    try:
        cluster = postgresql.start()
    except postgresql.NoServer as reason:
        if os.environ.get("FENGQIAO_REQUIRE_POSTGRES") == "1":
            pytest.fail(f"PostgreSQL is required here but {reason}")
        pytest.skip(f"{NO_POSTGRESQL}{reason}")
    try:
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(params=["ladybug", "neo4j"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn, holding nothing: `publish(build)`, `reader()`."""
    if request.param == "ladybug":
        return Embedded()
    return Server(request.getfixturevalue("neo4j_empty"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tested, whichever process skipped it."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for sign, what in ((NO_NEO4J, "SKIPPED ENGINE: neo4j"), (NO_POSTGRESQL, "SKIPPED DATABASE: PostgreSQL")):
        reasons = [text.partition(sign)[2].rstrip("')") for text in skipped if sign in text]
        if reasons:
            terminalreporter.section(what, sep="!", red=True, bold=True)
            terminalreporter.line(f"{what} was not tested in {len(reasons)} tests because {reasons[0]}", red=True, bold=True)
