"""The rows of every table that is not built in bulk, cut at the last day that is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ingest.sample.cases import LAST_DAY, Case, Dispute, Petition, Step
from ingest.sample.organs import MEDIATION
from ingest.sample.places import grid_code
from ingest.sample.scene import Scene

Row = tuple[str, ...]
_STATUS = {
    "登记": "已登记", "转送": "已转送", "交办": "已交办", "受理": "办理中", "不予受理": "不予受理", "答复": "已答复", "办结": "已办结",
}


def _iso(day: date | None) -> str:
    return day.isoformat() if day and day <= LAST_DAY else ""


def area_rows(scene: Scene) -> Iterator[Row]:
    """County, towns and villages."""
    yield from scene.people.places.area_rows()


def grid_rows(scene: Scene) -> Iterator[Row]:
    """The grids of every village, its mediators taking turns as keepers."""
    for at, village in enumerate(scene.people.places.villages):
        keepers = scene.officials.clerks[scene.organs.village(at, MEDIATION)]
        for grid in range(village.grids):
            keeper = scene.officials.by_code[keepers[grid % len(keepers)]].name
            yield grid_code(village, grid), f"{village.name}第{grid + 1}网格", village.name, keeper, village.code


def organ_rows(scene: Scene) -> Iterator[Row]:
    """One row a body."""
    for organ in scene.organs.by_code.values():
        yield organ.code, organ.name, organ.level, organ.above, organ.area


def official_rows(scene: Scene) -> Iterator[Row]:
    """One row a post; the id number only of those who are residents of the county."""
    for official in scene.officials.by_code.values():
        number = scene.people.id_of(official.resident) if official.resident >= 0 else ""
        for post in official.posts:
            yield (official.code, official.name, number, official.phone, post.organ, post.title, _iso(post.since),
                   _iso(post.until), official.leader, scene.organs.by_code[post.organ].area)


def petition_rows(scene: Scene) -> Iterator[Row]:
    """One row a petition; its dates and status are read off its steps."""
    for case in sorted(scene.petitions, key=lambda c: c.number):
        yield _petition_row(scene, case)


def _petition_row(scene: Scene, case: Petition) -> Row:
    people, who = scene.people, case.petitioner
    replied = case.day_of("答复")
    extended = next((s.due for s in _told(case) if s.kind == "延期"), None)
    accused = scene.officials.by_code[case.official_accused].name if case.official_accused else ""
    return (
        case.number, people.name_of(who), people.id_of(who) if case.show_id else "", people.phone_of(who),
        people.address_of(who), case.channel, _iso(case.opened), _iso(case.day_of("登记")), _iso(case.day_of("受理")),
        case.title, case.text, case.category, case.purpose, _place(scene, case), _parcel(scene, case),
        scene.organs.name(case.organ_accused) if case.organ_accused else "", accused, str(case.people), case.origin,
        case.route, _status(case), _iso(replied), case.reply if replied else "", case.conclusion if replied else "",
        _iso(case.day_of("办结")), extended.isoformat() if extended else "", case.rating if replied else "",
        people.grid_of(case.household), _area(scene, case),
    )


def dispute_rows(scene: Scene) -> Iterator[Row]:
    """One row a dispute; its outcome is read off its steps."""
    for case in sorted(scene.disputes, key=lambda c: c.number):
        yield _dispute_row(scene, case)


def _dispute_row(scene: Scene, case: Dispute) -> Row:
    people, mediator = scene.people, scene.officials.by_code[case.mediator]
    done = case.day_of("办结")
    limit = next((s.due for s in _told(case) if s.kind == "受理"), None)
    outcome = ("经调解达成一致" if case.success else "调解未成，已告知诉讼等途径") if done else ""
    return (
        case.number, case.title, _iso(case.opened), _place(scene, case), "01", case.category, str(case.people),
        str(case.amount) if case.amount else "", case.text, scene.organs.name(case.organ) if case.organ else "",
        _parcel(scene, case), people.name_of(case.party), people.id_of(case.party) if case.parties[0].show_id else "",
        limit.isoformat() if limit else "", case.method, scene.organs.name(case.body), mediator.name, mediator.code,
        mediator.phone, ("1" if case.success else "0") if done else "", outcome, _iso(done), case.origin,
        people.grid_of(case.household), _area(scene, case),
    )


def party_rows(scene: Scene) -> Iterator[Row]:
    """One row for each party of each case."""
    people = scene.people
    for case in _all(scene):
        for party in case.parties:
            who = party.resident
            if party.organ:
                yield case.number, scene.organs.name(party.organ), "", "", "", party.role, party.organ, _area(scene, case)
            else:
                yield (case.number, people.name_of(who), people.id_of(who) if party.show_id else "",
                       people.phone_of(who), people.address_of(who), party.role, "", _area(scene, case))


def step_rows(scene: Scene) -> Iterator[Row]:
    """The steps of every case, numbered from 1."""
    for case in _all(scene):
        for seq, step in enumerate(_told(case), 1):
            yield (case.number, str(seq), step.kind, step.by, step.to, step.official, _iso(step.on),
                   step.due.isoformat() if step.due else "", step.opinion, _area(scene, case))


def duty_rows(scene: Scene) -> Iterator[Row]:
    """Who answers for which case."""
    for case in _all(scene):
        for duty in case.duties:
            if duty.since and duty.since <= LAST_DAY:
                yield (case.number, duty.kind, duty.organ, duty.official, _iso(duty.since), _iso(duty.until),
                       _area(scene, case))


def agreement_rows(scene: Scene) -> Iterator[Row]:
    """One row an agreement; what happened to it after the last day is left open."""
    made = [(case.agreement, case) for case in scene.disputes if case.agreement and case.agreement.signed <= LAST_DAY]
    for agreement, case in sorted(made, key=lambda pair: pair[0].number):
        performed = agreement.performed if agreement.performed_on is None or _iso(agreement.performed_on) else ""
        mediator = scene.officials.by_code[agreement.mediator]
        yield (agreement.number, case.number, scene.organs.name(agreement.organ), mediator.code, mediator.name,
               _iso(agreement.signed), agreement.due.isoformat(), _iso(agreement.performed_on), performed,
               _iso(agreement.confirmed), agreement.text, _area(scene, case))


def _all(scene: Scene) -> Iterable[Case]:
    return sorted((*scene.petitions, *scene.disputes), key=lambda case: case.number)


def _told(case: Case) -> Iterator[Step]:
    return (step for step in case.steps if step.on <= LAST_DAY)


def _status(case: Petition) -> str:
    kinds = [step.kind for step in _told(case) if step.kind in _STATUS]
    return _STATUS[kinds[-1]] if kinds else "待登记"


def _area(scene: Scene, case: Case) -> str:
    return scene.people.places.villages[scene.village_of(case)].code


def _place(scene: Scene, case: Case) -> str:
    return scene.people.places.villages[scene.village_of(case)].address


def _parcel(scene: Scene, case: Case) -> str:
    return scene.land.code_of(case.parcel) if case.parcel >= 0 else ""
