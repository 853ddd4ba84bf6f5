"""Stories that stand on a boundary of a statutory period: the last day and the day after it, holidays, extensions.

Days and limits are written out by hand from the published arrangements of holidays, so that they check the rules rather
than repeat them: Qingming on 5 April 2023, May Day from 29 April to 3 May 2023, the Spring Festival from 10 to
17 February 2024 (18 February is worked), National Day from 1 to 8 October 2025.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.sample import organs as o
from ingest.sample.cases import Step
from ingest.sample.deck import ordinary_claim
from ingest.sample.plant import Story, truth
from ingest.sample.scene import Scene


@dataclass(frozen=True, slots=True)
class Boundary:
    """Days of one petition, and the one clock that is to be looked at: its limit, its state at the end, its flag.

    `objected` and `extended` may be empty; `extended` is (the day it is granted, the new last day).
    """

    clock: str
    registered: str
    sent: str
    accepted: str
    replied: str
    due: str
    state: str
    objected: str = ""
    extended: tuple[str, str] | None = None
    flag: str = ""


BOUNDARIES = (
    Boundary("handling", "2023-08-14", "2023-08-18", "2023-08-31", "2023-10-30", "2023-10-30", "met"),
    Boundary("handling", "2023-08-14", "2023-08-18", "2023-08-31", "2023-10-31", "2023-10-30", "met_late"),
    Boundary("handling", "2023-12-01", "2023-12-05", "2023-12-12", "2024-02-18", "2024-02-18", "met"),
    Boundary("handling", "2023-12-01", "2023-12-05", "2023-12-12", "2024-02-19", "2024-02-18", "met_late"),
    Boundary("handling", "2025-07-21", "2025-07-25", "2025-08-02", "2025-10-09", "2025-10-09", "met"),
    Boundary("handling", "2025-07-21", "2025-07-25", "2025-08-02", "2025-10-10", "2025-10-09", "met_late"),
    Boundary("handling", "2023-08-14", "2023-08-18", "2023-08-31", "2023-11-29", "2023-11-29", "met",
             extended=("2023-10-20", "2023-11-29")),
    Boundary("handling", "2023-08-14", "2023-08-18", "2023-08-31", "2023-11-30", "2023-11-29", "met_late",
             extended=("2023-10-20", "2023-11-30"), flag="extension_too_long"),
    Boundary("dispatch", "2023-03-06", "2023-03-21", "2023-03-24", "2023-04-20", "2023-03-21", "met"),
    Boundary("dispatch", "2023-03-06", "2023-03-22", "2023-03-24", "2023-04-20", "2023-03-21", "met_late"),
    Boundary("acceptance", "2023-03-16", "2023-03-21", "2023-04-06", "2023-05-10", "2023-04-06", "met"),
    Boundary("acceptance", "2023-03-16", "2023-03-21", "2023-04-07", "2023-05-10", "2023-04-06", "met_late"),
    Boundary("objection", "2023-04-20", "2023-04-24", "2023-05-08", "2023-06-20", "2023-05-04", "met", objected="2023-05-04"),
    Boundary("objection", "2023-04-20", "2023-04-24", "2023-05-08", "2023-06-20", "2023-05-04", "met_late", objected="2023-05-05"),
)


def on_the_boundary(scene: Scene, index: int) -> dict[str, Any]:
    """A petition of which one period ends on its last day, or one day late."""
    told = BOUNDARIES[index % len(BOUNDARIES)]
    household = scene.pool.take(index % scene.villages)
    who = scene.dice.choice(scene.people.adults(household))
    village = scene.people.village_of(who)
    matter = scene.deck.matter(village, scene.deck.topic(village, ordinary_claim))
    case = scene.petition(who, matter, date.fromisoformat(told.registered), route="（六）")
    desk, hall = scene.organs.town(village, o.TOWN_PETITIONS), scene.organs.town(village, o.TOWN_HALL)
    clerk = scene.officials.clerk(hall)
    steps = [
        Step("登记", date.fromisoformat(told.registered), to=desk),
        Step("转送", date.fromisoformat(told.sent), by=desk, to=hall),
        Step("受理", date.fromisoformat(told.accepted), to=hall, official=clerk),
        Step("答复", date.fromisoformat(told.replied), by=hall, to=hall, official=clerk),
        Step("办结", date.fromisoformat(told.replied), to=hall, official=clerk),
    ]
    if told.objected:
        steps.insert(2, Step("异议", date.fromisoformat(told.objected), by=hall, to=desk, opinion="认为不属本单位职责"))
    if told.extended:
        granted, until = (date.fromisoformat(day) for day in told.extended)
        steps.insert(3, Step("延期", granted, to=hall, official=scene.officials.deputy(hall), due=until, opinion="情况复杂，依规延期"))
    case.steps += steps
    case.conclusion = "支持"
    return truth(scene, [case], [who], household=household, organs=[hall], clock=told.clock, due_on=told.due,
                 state=told.state, flag=told.flag)


DEADLINES = (
    Story("deadline_boundary", "期限最后一日与次日、节假日顺延、延期30日与31日、第5与第6个工作日", 4000, on_the_boundary, len(BOUNDARIES)),
)
