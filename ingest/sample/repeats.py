"""Stories of matters that come back: the same person, brothers and sisters in turn, many people, urging."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ingest.sample import flow
from ingest.sample import organs as o
from ingest.sample.cases import Duty, Party, Petition
from ingest.sample.deck import Matter, about, ordinary_claim
from ingest.sample.plant import Story, closed, some_day, truth
from ingest.sample.scene import Scene
from ingest.sample.topics import Ground

_CLAIM_ROUTE = "（六）"


def _matter(scene: Scene, village: int, ground: Ground) -> Matter:
    return scene.deck.matter(village, scene.deck.topic(village, about(ground) if ground else ordinary_claim))


def _petition(
    scene: Scene, who: int, matter: Matter, day: date, *, parcel: int = -1, origin: str = "", show_id: bool = True,
) -> Petition:
    """One petition of a chain, handled without incident."""
    case = scene.petition(who, matter, day, parcel=parcel, origin=origin, show_id=show_id, route=_CLAIM_ROUTE)
    flow.plain(scene, case, *flow.desks(scene, case, matter.office))
    return case


def repeat_chain(scene: Scene, index: int) -> dict[str, Any]:
    """Three or four petitions, each naming the one before; the second is known by name and phone only."""
    village = scene.dice.randrange(scene.villages)
    household = scene.pool.take(village)
    who = scene.dice.choice(scene.people.adults(household))
    matter = _matter(scene, scene.people.village_of(who), Ground.NONE)
    day = some_day(scene.dice, date(2021, 1, 4), date(2022, 6, 30))
    cases: list[Petition] = []
    for turn in range(3 + index % 2):
        origin = cases[-1].number if cases else ""
        cases.append(_petition(scene, who, matter, day, origin=origin, show_id=turn != 1))
        day = scene.later(closed(cases[-1]), 60, 240)
    return truth(scene, cases, [who], household=household, certain=len(cases), test="declared")


def repeat_on_parcel(scene: Scene, index: int) -> dict[str, Any]:
    """Two petitions about one parcel in different words, neither naming the other."""
    village = scene.dice.randrange(scene.villages)
    household = scene.pool.take(village)
    who = scene.dice.choice(scene.people.adults(household))
    parcel = scene.dice.choice(scene.land.fields_of(household))
    village = scene.people.village_of(who)
    day = some_day(scene.dice, date(2021, 1, 4), date(2024, 3, 31))
    first = _petition(scene, who, _matter(scene, village, Ground.FIELD), day, parcel=parcel)
    second = _petition(scene, who, _matter(scene, village, Ground.FIELD), scene.later(closed(first), 60, 300),
                       parcel=parcel, show_id=index % 2 == 0)
    return truth(scene, [first, second], [who], household=household, parcel=parcel, certain=2, test="parcel")


def siblings_in_turn(scene: Scene, index: int) -> dict[str, Any]:
    """Three grown children of one household petition one after the other about the household's field."""
    household, grown = scene.pool.take_siblings(index % scene.villages)
    parcel = scene.dice.choice(scene.land.fields_of(household))
    matter = _matter(scene, scene.people.village_of(grown[0]), Ground.FIELD)
    day = some_day(scene.dice, date(2021, 1, 4), date(2023, 6, 30))
    cases: list[Petition] = []
    for who in grown[:3]:
        cases.append(_petition(scene, who, matter, day, parcel=parcel))
        day = scene.later(closed(cases[-1]), 40, 220)
    return truth(scene, cases, grown[:3], household=household, parcel=parcel, certain=3, members=3)


def joint(scene: Scene, index: int) -> dict[str, Any]:
    """A visit of many with representatives, six of them (one too many) in every other story."""
    village = scene.dice.randrange(scene.villages)
    representatives, households = 6 - index % 2, 0
    people: list[int] = []
    while len(people) < representatives + 6:
        people += scene.people.adults(scene.pool.take(village))[:2]
        households += 1
    people = people[: representatives + 6]
    matter = _matter(scene, scene.people.village_of(people[0]), Ground.NONE)
    day = some_day(scene.dice, date(2021, 1, 4), date(2025, 6, 30))
    case = scene.petition(people[0], matter, day, channel="走访", route=_CLAIM_ROUTE)
    case.parties = [Party("代表", who) for who in people[:representatives]]
    case.parties += [Party("参与人", who, show_id=who % 4 != 0) for who in people[representatives:]]
    case.people = len(people) + 3
    flow.plain(scene, case, *flow.desks(scene, case, matter.office))
    return truth(scene, [case], people, people=len(people), claimed=case.people, households=households,
                 representatives=representatives, over_limit=representatives > 5)


def urging(scene: Scene, index: int) -> dict[str, Any]:
    """A petition overdue and then urged by a second one, which is not a repeat."""
    village = scene.dice.randrange(scene.villages)
    household = scene.pool.take(village)
    who = scene.dice.choice(scene.people.adults(household))
    matter = _matter(scene, scene.people.village_of(who), Ground.NONE)
    day = some_day(scene.dice, date(2021, 1, 4), date(2025, 3, 31))
    late = scene.petition(who, matter, day, route=_CLAIM_ROUTE)
    desk, office = flow.desks(scene, late, matter.office)
    clerk = scene.officials.clerk(office)
    trail = flow.accept(scene, flow.send(scene, flow.register(scene, late, desk), desk, office), office, clerk)
    due = trail.day + timedelta(days=flow.HANDLING_DAYS)
    urged_on = scene.later(due, 4, 12)
    urge = scene.petition(who, matter, urged_on, origin=late.number, title=f"催办：{matter.title}",
                          route=_CLAIM_ROUTE, show_id=index % 2 == 0)
    flow.register(scene, urge, desk).go("办结", 1, to=desk, opinion="并入原信访件催办")
    trail.go("承办", 2, to=office, official=clerk)
    flow.reply(scene, trail, office, clerk, (urged_on - trail.day).days + scene.dice.randint(6, 20))
    return truth(scene, [late, urge], [who], household=household, organs=[office], certain=1,
                 not_counted=[urge.number], due_on=due.isoformat(), urged_on=urged_on.isoformat())


def bounced(scene: Scene, index: int) -> dict[str, Any]:
    """A petition pushed from A to B and back, overdue, supervised, a leader put in charge; then it comes again."""
    village = scene.dice.randrange(scene.villages)
    household = scene.pool.take(village)
    who = scene.dice.choice(scene.people.adults(household))
    parcel = scene.dice.choice(scene.land.fields_of(household))
    matter = _matter(scene, scene.people.village_of(who), Ground.FIELD)
    day = some_day(scene.dice, date(2021, 1, 4), date(2023, 12, 31))
    first = scene.petition(who, matter, day, parcel=parcel, route=_CLAIM_ROUTE)
    desk, a, b = (scene.organs.county(kind) for kind in (o.PETITION_OFFICE, o.RESOURCES, o.AGRICULTURE))
    due, leader = _bounce(scene, first, desk, a, b)
    replied = first.day_of("答复") or day
    again = scene.petition(who, matter, scene.later(closed(first), 50, 280), parcel=parcel, origin=first.number,
                           route=_CLAIM_ROUTE, show_id=index % 2 == 0)
    flow.plain(scene, again, desk, a)
    return truth(scene, [first, again], [who], household=household, parcel=parcel, organs=[a, b], certain=2, hops=3,
                 returns=1, objections=1, loop=a, due_on=due.isoformat(), days_over=(replied - due).days,
                 lead_leader=leader)


def _bounce(scene: Scene, case: Petition, desk: str, a: str, b: str) -> tuple[date, str]:
    dice = scene.dice
    clerk, supervisor = scene.officials.clerk(a), scene.officials.clerk(desk)
    leader = scene.officials.deputy(scene.organs.county(o.GOVERNMENT))
    trail = flow.register(scene, case, desk)
    trail.go("转送", 5, by=desk, to=a, limit=15)
    trail.go("转送", 12, by=a, to=b, limit=15, opinion="认为属农业农村部门职责")
    trail.go("异议", 10, by=b, to=a, opinion="认为属自然资源部门职责")
    trail.go("退回", 3, by=b, to=a)
    flow.accept(scene, trail, a, clerk, 8)
    due = trail.day + timedelta(days=flow.HANDLING_DAYS)
    trail.go("承办", 3, to=a, official=clerk)
    trail.go("督办", dice.randint(60, 75), by=desk, to=a, official=supervisor, opinion="超期未答复，挂牌督办")
    case.duties.append(Duty("督办人", official=supervisor, since=trail.day))
    case.duties.append(Duty("包案领导", official=leader, since=trail.day))
    flow.reply(scene, trail, a, clerk, dice.randint(8, 25), "解释说明")
    return due, leader


REPEATS = (
    Story("siblings_in_turn", "同户成年子女先后就同一承包地信访", 4000, siblings_in_turn),
    Story("bounced_petition", "甲乙两单位推诿、退回、异议、超期，督办并领导包案后同一人再次信访", 4000, bounced),
    Story("joint_petition", "集体走访，推选代表", 4000, joint),
    Story("repeat_petitioner", "同一人就同一事项三次以上信访，均写明原信访件", 4000, repeat_chain),
    Story("repeat_same_parcel", "同一人两次信访只凭同一地块相连", 4000, repeat_on_parcel),
    Story("urging", "超期后的催办件，不计重复", 4000, urging),
)
