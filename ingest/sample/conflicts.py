"""Stories of agreements not kept, cases that lose their owner, mediators who are kin, and bodies in many cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from ingest.sample import flow
from ingest.sample import organs as o
from ingest.sample.cases import Case, Dispute, Duty
from ingest.sample.deck import Matter, about, against, ordinary_claim
from ingest.sample.officials import Post
from ingest.sample.plant import Story, closed, some_day, truth
from ingest.sample.scene import Scene
from ingest.sample.topics import Against, Ground

_HUB_CASES = 14
_BY_MEMBER, _BY_PETITION, _BY_NEIGHBOUR = range(3)


def boundary_returns(scene: Scene, index: int) -> dict[str, Any]:
    """A field boundary settled by an agreement nobody performs; one or two years later somebody else takes it up."""
    ours, parcel, theirs = scene.pool.take_neighbours(scene.dice.randrange(scene.villages), adults=2)
    applicant, relative = scene.people.adults(ours)[:2]
    respondent = scene.people.adults(theirs)[0]
    village = int(scene.people.homes.village[ours])
    matter = scene.deck.matter(village, scene.deck.quarrel(village, against(Against.NEIGHBOUR, Ground.FIELD)))
    day = some_day(scene.dice, date(2021, 1, 4), date(2023, 6, 30))
    first = scene.dispute(applicant, matter, day, respondent=respondent, parcel=parcel)
    agreement = flow.agree(scene, first, flow.mediate(scene, first, success=True), "未履行")
    again_on = scene.later(closed(first), 380, 700)
    third = scene.pool.free_neighbour(parcel)
    way = index % 3
    if way == _BY_NEIGHBOUR and third >= 0:
        scene.pool.reserve(third)
        relative = scene.people.adults(third)[0]
        again: Case = _again(scene, relative, matter, again_on, applicant, parcel, "")
    elif way == _BY_PETITION:
        again = _petition(scene, relative, village, again_on, parcel)
    else:
        again = _again(scene, relative, matter, again_on, respondent, parcel, first.number)
    return truth(
        scene, [first, again], [applicant, respondent, relative], household=ours, parcel=parcel,
        agreement=agreement.number, performed="未履行", due_on=agreement.due.isoformat(),
        link="declared" if again.origin else "parcel", returns_as="dispute" if isinstance(again, Dispute) else "petition",
    )


def _again(
    scene: Scene, who: int, matter: Matter, day: date, respondent: int, parcel: int, origin: str,
) -> Dispute:
    case = scene.dispute(who, matter, day, respondent=respondent, parcel=parcel, origin=origin)
    flow.mediate(scene, case, success=False)
    return case


def _petition(scene: Scene, who: int, village: int, day: date, parcel: int) -> Case:
    matter = scene.deck.matter(village, scene.deck.topic(village, about(Ground.FIELD)))
    case = scene.petition(who, matter, day, parcel=parcel, route="（六）")
    flow.plain(scene, case, *flow.desks(scene, case, matter.office))
    return case


def handler_left(scene: Scene, index: int) -> dict[str, Any]:
    """The handler leaves the post in the middle of the case and nobody follows; the organ answers late."""
    household = scene.pool.take(index % scene.villages)
    who = scene.dice.choice(scene.people.adults(household))
    village = scene.people.village_of(who)
    matter = scene.deck.matter(village, scene.deck.topic(village, ordinary_claim))
    case = scene.petition(who, matter, some_day(scene.dice, date(2021, 1, 4), date(2025, 3, 31)), route="（六）")
    desk, hall = scene.organs.town(village, o.TOWN_PETITIONS), scene.organs.town(village, o.TOWN_HALL)
    trail = flow.send(scene, flow.register(scene, case, desk), desk, hall)
    left = scene.later(trail.day, 25, 40)
    handler = scene.officials.hire(scene.officials.deputy(hall), Post(hall, "信访专办员", date(2018, 3, 1), left))
    flow.accept(scene, trail, hall, handler, 6).go("承办", 3, to=hall, official=handler)
    case.duties.append(Duty("属地责任", organ=hall, since=trail.day))
    flow.reply(scene, trail, hall, "", scene.dice.randint(80, 120))
    return truth(scene, [case], [who], household=household, organs=[hall], official=handler,
                 left_on=left.isoformat(), closed_on=closed(case).isoformat())


def returned_to_nobody(scene: Scene, index: int) -> dict[str, Any]:
    """Given back without saying to whom: for weeks nobody owns the case, until another office is told to take it."""
    household = scene.pool.take((index + 1) % scene.villages)
    who = scene.dice.choice(scene.people.adults(household))
    village = scene.people.village_of(who)
    matter = scene.deck.matter(village, scene.deck.topic(village, ordinary_claim))
    case = scene.petition(who, matter, some_day(scene.dice, date(2021, 1, 4), date(2025, 3, 31)), route="（六）")
    desk, first = scene.organs.county(o.PETITION_OFFICE), scene.organs.county(o.ENFORCEMENT)
    second = scene.organs.town(village, o.TOWN_HALL)
    trail = flow.send(scene, flow.register(scene, case, desk), desk, first, 3)
    trail.go("退回", 4, by=first, opinion="不属于本单位职责")
    since = trail.day
    trail.go("交办", scene.dice.randint(25, 60), by=desk, to=second, limit=15)
    taken = trail.day
    clerk = scene.officials.clerk(second)
    flow.accept(scene, trail, second, clerk, 4).go("承办", 2, to=second, official=clerk)
    flow.reply(scene, trail, second, clerk, scene.dice.randint(15, 40))
    return truth(scene, [case], [who], household=household, organs=[first, second], last_organ=first,
                 nobody_from=since.isoformat(), taken_on=taken.isoformat(), gap_days=(taken - since).days)


def mediator_kin(scene: Scene, index: int) -> dict[str, Any]:
    """The mediator lives in the household of the applicant."""
    village = index % scene.villages
    mediator = scene.officials.by_code[scene.officials.mediators[village][0]]
    household = scene.people.household_of(mediator.resident)
    party = next(who for who in scene.people.adults(household) if who != mediator.resident)
    other = scene.people.adults(scene.pool.take(village))[0]
    matter = scene.deck.matter(village, scene.deck.quarrel(village, against(Against.NEIGHBOUR, Ground.NONE)))
    day = some_day(scene.dice, date(2021, 1, 4), date(2025, 6, 30))
    case = scene.dispute(party, matter, day, respondent=other)
    flow.agree(scene, case, flow.mediate(scene, case, success=True, mediator=mediator.code))
    return truth(
        scene, [case], [party, other], household=household, organs=[case.body], mediator=mediator.code,
        mediator_id_number=scene.people.id_of(mediator.resident), ground="near_kin",
        party_id_number=scene.people.id_of(party), relation=f"{int(scene.people.members.relation[party]):02d}",
    )


def hub(scene: Scene, index: int) -> dict[str, Any]:
    """A company, or a village committee, in more cases than make a hub, each with somebody else."""
    village = index // 2 % scene.villages
    company = index % 2 == 0
    organ = scene.organs.companies[index // 2] if company else scene.organs.village(village, o.COMMITTEE)
    kind = Against.COMPANY if company else Against.COMMITTEE
    scene.hubs.add(organ)
    cases, people = [], []
    for turn in range(_HUB_CASES):
        home = scene.pool.take((village + turn) % scene.villages if company else village)
        who = scene.people.adults(home)[0]
        place = int(scene.people.homes.village[home])
        matter = scene.deck.matter(place, scene.deck.quarrel(place, against(kind)))
        case = scene.dispute(who, matter, some_day(scene.dice, date(2021, 1, 4), date(2025, 10, 31)), organ=organ)
        flow.mediate(scene, case, success=turn % 3 != 0)
        cases.append(case)
        people.append(who)
    return truth(scene, cases, people, organs=[organ], hub=organ, cases=_HUB_CASES)


CONFLICTS = (
    Story("boundary_dispute_returns", "相邻两户田界纠纷，协议未履行，一两年后由同户他人或另一邻户再起", 4000, boundary_returns, 3),
    Story("handler_left", "承办人中途离任无人接替", 4000, handler_left),
    Story("returned_to_nobody", "退回未写明接收单位，一段时间无人负责", 4000, returned_to_nobody),
    Story("mediator_kin", "调解员与当事人同户近亲属", 4000, mediator_kin),
    Story("hub", "企业或村委会涉及多起互不相干的案件", 10000, hub),
)
