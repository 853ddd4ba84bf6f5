"""The ordinary cases of five years: fresh people each time, so that what repeats is what a story planted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from ingest.sample import flow
from ingest.sample import organs as o
from ingest.sample.cases import FIRST_DAY, LAST_DAY, Dispute, Party, Petition, Trail
from ingest.sample.deck import Matter, against
from ingest.sample.scene import Scene
from ingest.sample.topics import Against, Ground, Quarrel

_DAYS = (LAST_DAY - FIRST_DAY).days
_EARLY = date(2025, 7, 1)
"""Cases that are to show a long handling are opened before this day."""
_AGAINST = ((Against.NEIGHBOUR, Against.FAMILY, Against.COMMITTEE, Against.COMPANY), (58, 16, 12, 14))
_SOMETHING_ELSE = 0.03
_Course = Callable[[Scene, Petition, str, str], Trail]
_LONG_COURSES: tuple[tuple[str, _Course, float], ...] = (
    ("extended", flow.extended, 0.05), ("late_reply", flow.late, 0.04), ("reviewed", flow.reviewed, 0.02),
)


def petition(scene: Scene, village: int) -> None:
    """One petition of somebody new in this village; three in a hundred come again with something else."""
    household = scene.pool.take(village)
    who = _one_of(scene, household)
    first = _petition(scene, who, "")
    if scene.dice.random() < _SOMETHING_ELSE:
        second = _petition(scene, who, first.category)
        scene.note("same_person_other_matter",
                   {"person": scene.people.id_of(who), "case_numbers": [first.number, second.number]})


def _petition(scene: Scene, who: int, not_about: str) -> Petition:
    dice, people = scene.dice, scene.people
    village, household = people.village_of(who), people.household_of(who)
    topic = scene.deck.topic(village, lambda t: t.category != not_about and not (not_about and t.ground))
    case = scene.petition(
        who, scene.deck.matter(village, topic), FIRST_DAY + timedelta(days=dice.randint(0, _DAYS)),
        parcel=_parcel(scene, household, topic.ground), show_id=dice.random() < 0.9,
    )
    others = [other for other in people.adults(household) if other != who]
    if others and dice.random() < 0.05:
        case.parties.append(Party("代理人", dice.choice(others)))
    _accuse(scene, case, village)
    _handle(scene, case, topic.office)
    return case


def _parcel(scene: Scene, household: int, ground: Ground) -> int:
    if ground is Ground.FIELD:
        return scene.dice.choice(scene.land.fields_of(household))
    return scene.land.homestead_of(household) if ground is Ground.HOMESTEAD else -1


def _accuse(scene: Scene, case: Petition, village: int) -> None:
    """An accusation names the chair of the village committee; a claim sometimes names an organ."""
    committee = scene.organs.village(village, o.COMMITTEE)
    if case.purpose == "检举控告" and scene.may_join(committee):
        case.organ_accused = committee
        case.official_accused = scene.officials.heads[committee]
        chair = scene.officials.by_code[case.official_accused]
        case.parties.append(Party("被反映人", chair.resident))
    elif case.purpose == "申诉求决" and scene.dice.random() < 0.2:
        organ = scene.dice.choice((committee, scene.organs.town(village, o.TOWN_HALL)))
        if scene.may_join(organ):
            case.organ_accused = organ
            case.parties.append(Party("被反映人", organ=organ))


def _handle(scene: Scene, case: Petition, office_kind: str) -> None:
    dice = scene.dice
    desk, office = flow.desks(scene, case, office_kind)
    if case.purpose == "申诉求决" and case.route == "（六）" and case.opened < _EARLY:
        draw = dice.random()
        for kind, course, share in _LONG_COURSES:
            if draw < share:
                course(scene, case, desk, office)
                return scene.note(kind, case.number)
            draw -= share
    draw = dice.random()
    if draw < 0.03 and case.purpose != "检举控告":
        wrong = scene.organs.county(o.CIVIL if office_kind != o.CIVIL else o.HOUSING)
        flow.sent_back(scene, case, desk, office, wrong)
        return scene.note("sent_back", case.number)
    if draw < 0.05 and case.route not in ("", "（六）"):
        flow.refused(scene, case, desk, office)
        return scene.note("refused", case.number)
    flow.plain(scene, case, desk, office)
    return None


def dispute(scene: Scene, village: int) -> None:
    """One dispute of somebody new in this village, mediated, four times in five with success."""
    kind = scene.dice.choices(*_AGAINST)[0]
    day = FIRST_DAY + timedelta(days=scene.dice.randint(0, _DAYS))
    case = _BETWEEN[kind](scene, village, day)
    if scene.dice.random() < 0.05:
        witness = scene.pool.take(village)
        case.parties.append(Party("第三人", scene.people.adults(witness)[0]))
        case.people += 1
    if scene.dice.random() < 0.3:
        case.amount = scene.dice.randint(5, 600) * 100
    success = scene.dice.random() < 0.8
    in_town = scene.dice.random() < 0.08
    trail = (flow.mediate_in_town if in_town else flow.mediate)(scene, case, success=success)
    if success and scene.dice.random() < 0.5:
        flow.agree(scene, case, trail, scene.dice.choices(("已履行", "部分履行"), (95, 5))[0])
    if scene.dice.random() < 0.2:
        trail.go("回访", scene.dice.randint(15, 40), to=case.body, official=case.mediator)


def _with_neighbour(scene: Scene, village: int, day: date) -> Dispute:
    quarrel = scene.deck.quarrel(village, against(Against.NEIGHBOUR))
    parcel = -1
    if quarrel.ground:
        ours, parcel, theirs = scene.pool.take_neighbours(village, homestead=quarrel.ground is Ground.HOMESTEAD)
    else:
        ours, theirs = scene.pool.take(village), scene.pool.take(village)
    return scene.dispute(
        _one_of(scene, ours), _matter(scene, ours, quarrel), day, respondent=_one_of(scene, theirs), parcel=parcel,
        show_id=scene.dice.random() < 0.92,
    )


def _in_family(scene: Scene, village: int, day: date) -> Dispute:
    home = scene.pool.take(village, adults=2)
    ours, theirs = scene.dice.sample(scene.people.adults(home), 2)
    quarrel = scene.deck.quarrel(village, against(Against.FAMILY))
    return scene.dispute(ours, _matter(scene, home, quarrel), day, respondent=theirs)


def _with_committee(scene: Scene, village: int, day: date) -> Dispute:
    return _with_organ(scene, village, day, Against.COMMITTEE, scene.organs.village(village, o.COMMITTEE))


def _with_company(scene: Scene, village: int, day: date) -> Dispute:
    return _with_organ(scene, village, day, Against.COMPANY, scene.dice.choice(scene.organs.companies))


def _with_organ(scene: Scene, village: int, day: date, kind: Against, organ: str) -> Dispute:
    if not scene.may_join(organ):
        return _with_neighbour(scene, village, day)
    quarrel = scene.deck.quarrel(village, against(kind))
    home = scene.pool.take(village)
    return scene.dispute(_one_of(scene, home), _matter(scene, home, quarrel), day, organ=organ)


def _one_of(scene: Scene, household: int) -> int:
    return scene.dice.choice(scene.people.adults(household))


def _matter(scene: Scene, household: int, quarrel: Quarrel) -> Matter:
    return scene.deck.matter(int(scene.people.homes.village[household]), quarrel)


_BETWEEN: dict[Against, Callable[[Scene, int, date], Dispute]] = {
    Against.NEIGHBOUR: _with_neighbour, Against.FAMILY: _in_family, Against.COMMITTEE: _with_committee,
    Against.COMPANY: _with_company,
}
