"""Paths from the arrays beside a build, compared with networkx on random graphs.

The question's own text runs on Neo4j; the tests of all questions compare the two."""

from __future__ import annotations

import random
from itertools import pairwise, product
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build.artifact import Build
from graph.engines.adjacency import ALWAYS, Adjacency, path_kinds, write_adjacency
from graph.engines.base import EngineDown
from graph.engines.shortest import shortest_paths
from graph.model import BEGINS, MODEL
from graph.opening import open_store, publish_embedded
from tests.county import load_and_build
from tests.factory import Row, build_of, edge

DAYS = (None, None, None, "", "2020", "2021-05", "2021-12-31", "2022-01-01", "2022-06-01T08:00:00")
LABELS = ("Resident", "Household", "Case", "Parcel", "Official", "Organ", "Step")
KINDS = path_kinds()
PLAIN: dict[str, Any] = {"kinds": KINDS, "since": "", "as_of": "2024-01-01", "avoid_hubs": True, "max_hops": 6}


def crowded(seed: int) -> tuple[dict[str, list[Row]], list[Row]]:
    """A few nodes and many edges: parallel ones, loops, hubs, days, nodes that nothing joins."""
    dice = random.Random(seed)
    nodes: dict[str, list[Row]] = {}
    for label in LABELS:
        node = MODEL.node(label)
        has_hub = any(p.name == "hub" for p in node.properties)
        nodes[label] = [
            {
                "id": f"{node.prefix}:{i}", "name": f"{label}{i}", **({"hub": dice.random() < 0.2} if has_hub else {}),
                **{name: dice.choice(DAYS) for name in BEGINS.get(label, ())},
            }
            for i in range(dice.randint(1, 6))
        ]
    edges: dict[str, Row] = {}
    for kind, start, end in MODEL.relations():
        if kind.name not in KINDS or start not in nodes or end not in nodes:
            continue
        for _ in range(dice.randint(0, 4)):
            days = {p.name: dice.choice(DAYS) for p in kind.properties if p.name in ("on_date", "since", "until")}
            made = edge(kind.name, dice.choice(nodes[start])["id"], dice.choice(nodes[end])["id"], **days)
            edges[made["id"]] = made
    return nodes, list(edges.values())


def there(thing: Row, as_of: str) -> bool:
    """Whether a thing was known by a day."""
    days = [thing[name] for name in BEGINS.get(str(MODEL.label_of(thing["id"])), ()) if thing[name] is not None]
    return not days or days[0][:10] <= as_of


def holds(made: Row, as_of: str) -> bool:
    """Whether an edge holds on a day; a year or a month as its end holds to its last day."""
    until = made.get("until") or ALWAYS
    return (made.get("since") or "") <= as_of and until >= as_of[: len(until)] and (made.get("on_date") or "")[:10] <= as_of


def by_hand(nodes: dict[str, list[Row]], edges: list[Row], params: dict[str, Any]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """All shortest paths by networkx, as (nodes, kinds), sorted."""
    ends = {params["from_id"], params["to_id"]}
    graph = nx.MultiGraph()
    things = {row["id"]: row for rows in nodes.values() for row in rows}
    for label, rows in nodes.items():
        graph.add_nodes_from(r["id"] for r in rows if r["id"] in ends or not params["avoid_hubs"] or not (label == "Organ" or r.get("hub")))
    for e in edges:
        days = [e.get(name) for name in ("on_date", "until")]
        day = next((day for day in days if day is not None), ALWAYS)
        known = all(there(things[e[end]], params["as_of"]) for end in ("from_id", "to_id")) and holds(e, params["as_of"])
        if e["type"] in params["kinds"] and day >= params["since"] and known and e["from_id"] in graph and e["to_id"] in graph:
            graph.add_edge(e["from_id"], e["to_id"], kind=e["type"])
    try:
        found = [tuple(p) for p in nx.all_shortest_paths(graph, params["from_id"], params["to_id"])]
    except nx.NetworkXNoPath:
        return []
    rows = set()
    for path in found:
        kinds = [{data["kind"] for data in graph[a][b].values()} for a, b in pairwise(path)]
        rows |= {(path, chosen) for chosen in product(*kinds)}
    return sorted(row for row in rows if 0 < len(row[1]) <= params["max_hops"])


def write(folder: Path, seed: int) -> tuple[Build, Adjacency, dict[str, list[Row]], list[Row]]:
    nodes, edges = crowded(seed)
    build = build_of(folder, nodes, edges)
    write_adjacency(build, build.paths_folder)
    return build, Adjacency.open(build.paths_folder), nodes, edges


def as_pairs(rows: list[dict[str, Any]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(tuple(row["node_ids"]), tuple(row["edge_kinds"])) for row in rows]


@given(seed=st.integers(0, 2**32), data=st.data())
@settings(max_examples=25, deadline=None)
def test_paths_are_those_of_networkx(seed: int, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        _, adjacency, nodes, edges = write(Path(folder), seed)
        ids = [row["id"] for rows in nodes.values() for row in rows]
        for _ in range(20):
            params = {
                "from_id": data.draw(st.sampled_from(ids)), "to_id": data.draw(st.sampled_from(ids)),
                "kinds": data.draw(st.one_of(st.just(KINDS), st.lists(st.sampled_from(KINDS), min_size=1, unique=True))),
                "since": data.draw(st.sampled_from(["", "2021", "2021-05-01", "2023"])),
                "as_of": data.draw(st.sampled_from(["2020-07-01", "2021-05-31", "2022-01-01", "2024-01-01"])),
                "avoid_hubs": data.draw(st.booleans()), "max_hops": data.draw(st.integers(1, 6)),
            }
            expected = by_hand(nodes, edges, params)
            assert as_pairs(shortest_paths(adjacency, params, 10_000)) == expected
            assert as_pairs(shortest_paths(adjacency, params, 3)) == expected[:3]


def test_a_file_without_its_arrays_is_down_and_publishing_again_mends_it(tmp_path: Path) -> None:
    home, build = load_and_build(tmp_path)
    (build.paths_folder / "kinds.npy").unlink()
    with open_store(home.root) as store, pytest.raises(EngineDown, match="fengqiao publish"):
        store.ask("paths", from_id="c:X1", to_id="c:X4")
    rmtree(build.paths_folder)
    publish_embedded(home, build)
    with open_store(home.root) as store:
        assert store.ask("paths", from_id="c:X1", to_id="c:X4").rows


def test_an_unknown_node_and_a_node_itself_have_no_path(tmp_path: Path) -> None:
    _, adjacency, nodes, _ = write(tmp_path, 1)
    first = nodes["Resident"][0]["id"]
    assert shortest_paths(adjacency, {**PLAIN, "from_id": first, "to_id": "r:nobody"}, 5) == []
    assert shortest_paths(adjacency, {**PLAIN, "from_id": first, "to_id": first}, 5) == []
    assert adjacency.number("zzz") is None
