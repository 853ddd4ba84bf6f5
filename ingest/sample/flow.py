"""How cases are handled when nothing special happens, and in the few usual ways when something does."""

from __future__ import annotations

from datetime import timedelta

from ingest.sample import organs as o
from ingest.sample.cases import Agreement, Dispute, Duty, Petition, Trail
from ingest.sample.scene import Scene

HANDLING_DAYS = 60
_DISPATCH_DAYS = 15
_REPLIES = {
    "支持": "经调查，反映情况属实，责任单位已按规定落实整改并告知本人。",
    "解释说明": "经调查，已就政策依据和办理过程向信访人作了解释说明。",
    "不予支持": "经调查，诉求缺乏事实和政策依据，不予支持，并告知救济途径。",
}
_CONCLUSIONS = (tuple(_REPLIES), (52, 33, 15))
_RATINGS = (("满意", "基本满意", "不满意", ""), (48, 20, 8, 24))
_AGREED = (
    "双方确认界限以现场所立界桩为准，互不追究。", "被申请人于期限内支付约定款项，双方再无争议。",
    "双方恢复原状，各自承担费用。", "被申请人于期限内完成整改，由村调委会验收。",
)


def desks(scene: Scene, case: Petition, office_kind: str) -> tuple[str, str]:
    """(office that registers, office that handles) for a petition about a matter of this department."""
    village = scene.village_of(case)
    if case.purpose == "检举控告":
        return scene.organs.county(o.PETITION_OFFICE), scene.organs.county(office_kind)
    if scene.dice.random() < 0.6:
        office = scene.organs.county(office_kind)
        return scene.organs.county(o.PETITION_OFFICE), (
            office if scene.dice.random() < 0.6 else scene.organs.town(village, o.TOWN_HALL)
        )
    kind = o.TOWN_LAND if office_kind == o.RESOURCES else o.TOWN_HALL
    return scene.organs.town(village, o.TOWN_PETITIONS), scene.organs.town(village, kind)


def register(scene: Scene, case: Petition, desk: str) -> Trail:
    """The petition is registered, on the day or up to three days later."""
    trail = Trail(case, case.opened)
    return trail.go("登记", scene.dice.randint(0, 3), to=desk, official=scene.officials.clerk(desk))


def send(scene: Scene, trail: Trail, desk: str, office: str, after: int = -1) -> Trail:
    """The petition goes from one office to another, which has fifteen days to accept it."""
    days = after if after >= 0 else scene.dice.randint(1, 9)
    kind = "交办" if scene.dice.random() < 0.2 else "转送"
    return trail.go(kind, days, by=desk, to=office, limit=_DISPATCH_DAYS)


def accept(scene: Scene, trail: Trail, office: str, clerk: str, after: int = -1) -> Trail:
    """The office accepts the petition, a clerk takes it on; both are written down as responsible."""
    days = after if after >= 0 else scene.dice.randint(1, 11)
    case = trail.case
    limit = HANDLING_DAYS if isinstance(case, Petition) and case.route == "（六）" else 0
    trail.go("受理", days, to=office, official=clerk, limit=limit)
    case.duties.append(Duty("首办责任", organ=office, since=trail.day))
    case.duties.append(Duty("承办人", official=clerk, since=trail.day))
    return trail


def reply(scene: Scene, trail: Trail, office: str, clerk: str, after: int, conclusion: str = "") -> Trail:
    """The office replies in writing and closes the petition some days later."""
    case = trail.case
    if isinstance(case, Petition):
        case.conclusion = conclusion or scene.dice.choices(*_CONCLUSIONS)[0]
        case.reply = _REPLIES[case.conclusion]
        case.rating = scene.dice.choices(*_RATINGS)[0]
    trail.go("答复", after, by=office, to=office, official=clerk)
    return trail.go("办结", scene.dice.randint(0, 6), to=office, official=clerk)


def plain(scene: Scene, case: Petition, desk: str, office: str) -> Trail:
    """Registered, sent, accepted, handled and answered in time."""
    clerk = scene.officials.clerk(office)
    trail = send(scene, register(scene, case, desk), desk, office)
    accept(scene, trail, office, clerk).go("承办", scene.dice.randint(1, 5), to=office, official=clerk)
    return reply(scene, trail, office, clerk, scene.dice.randint(8, 48))


def late(scene: Scene, case: Petition, desk: str, office: str) -> Trail:
    """As `plain`, but the written reply comes after the sixty days."""
    clerk = scene.officials.clerk(office)
    trail = send(scene, register(scene, case, desk), desk, office)
    accept(scene, trail, office, clerk).go("承办", 3, to=office, official=clerk)
    return reply(scene, trail, office, clerk, scene.dice.randint(HANDLING_DAYS + 5, HANDLING_DAYS + 40))


def extended(scene: Scene, case: Petition, desk: str, office: str) -> Trail:
    """The head of the office extends the sixty days by up to thirty; the reply keeps the longer term."""
    clerk, more = scene.officials.clerk(office), scene.dice.randint(15, 30)
    trail = send(scene, register(scene, case, desk), desk, office)
    accept(scene, trail, office, clerk).go("承办", 2, to=office, official=clerk)
    trail.go("延期", 50, to=office, official=scene.officials.deputy(office), limit=8 + more, opinion="情况复杂，依规延期")
    return reply(scene, trail, office, clerk, scene.dice.randint(10, more + 6))


def sent_back(scene: Scene, case: Petition, desk: str, office: str, wrong: str) -> Trail:
    """First sent to an office that it does not belong to, given back in time, then sent rightly."""
    clerk = scene.officials.clerk(office)
    trail = send(scene, register(scene, case, desk), desk, wrong)
    trail.go("退回", scene.dice.randint(1, 4), by=wrong, to=desk, opinion="不属于本单位职责")
    accept(scene, send(scene, trail, desk, office, 2), office, clerk)
    trail.go("承办", 2, to=office, official=clerk)
    return reply(scene, trail, office, clerk, scene.dice.randint(8, 45))


def refused(scene: Scene, case: Petition, desk: str, office: str) -> Trail:
    """Not accepted: the matter belongs to a court or another procedure, and the petitioner is told."""
    trail = send(scene, register(scene, case, desk), desk, office)
    trail.go("不予受理", scene.dice.randint(2, 12), to=office, official=scene.officials.clerk(office),
             opinion="属于诉讼、仲裁、行政复议范围，已告知途径")
    return trail.go("办结", 1, to=office)


def reviewed(scene: Scene, case: Petition, desk: str, office: str) -> Trail:
    """Answered, then reviewed at the petitioner's request by the government above, which keeps the opinion."""
    trail = plain(scene, case, desk, office)
    above = scene.organs.county(o.GOVERNMENT)
    trail.go("复查申请", scene.dice.randint(5, 20), to=above)
    return trail.go("复查", scene.dice.randint(10, 28), by=above, to=above, opinion="维持原处理意见")


def mediate(scene: Scene, case: Dispute, *, success: bool, mediator: str = "", days: int = -1) -> Trail:
    """The mediation committee of the village, or the justice office of the town, brings the parties together."""
    village, dice = scene.village_of(case), scene.dice
    body = scene.organs.village(village, o.MEDIATION)
    mediator = mediator or dice.choice(scene.officials.mediators[village])
    trail = Trail(case, case.opened).go("登记", dice.randint(0, 2), to=body, official=mediator)
    trail.go("受理", dice.randint(0, 2), to=body, official=mediator, limit=30)
    trail.go("承办", dice.randint(1, 4), to=body, official=mediator)
    case.body, case.mediator, case.success = body, mediator, success
    case.duties.append(Duty("化解责任", official=mediator, since=trail.day))
    case.duties.append(Duty("属地责任", organ=scene.organs.village(village, o.COMMITTEE), since=case.opened))
    return trail.go("办结", days if days >= 0 else dice.randint(2, 22), to=body, official=mediator)


def mediate_in_town(scene: Scene, case: Dispute, *, success: bool) -> Trail:
    """The village hands the dispute on to the justice office of the town, which closes it."""
    village, dice = scene.village_of(case), scene.dice
    lower, body = scene.organs.village(village, o.MEDIATION), scene.organs.town(village, o.TOWN_JUSTICE)
    mediator = scene.officials.clerk(body)
    first = dice.choice(scene.officials.mediators[village])
    trail = Trail(case, case.opened).go("登记", dice.randint(0, 2), to=lower, official=first)
    trail.go("转送", dice.randint(2, 8), by=lower, to=body, limit=_DISPATCH_DAYS)
    trail.go("受理", dice.randint(1, 4), to=body, official=mediator, limit=30)
    trail.go("承办", dice.randint(1, 4), to=body, official=mediator)
    case.body, case.mediator, case.success, case.method = body, mediator, success, "行政调解"
    case.duties.append(Duty("化解责任", official=mediator, since=trail.day))
    return trail.go("办结", dice.randint(3, 22), to=body, official=mediator)


def agree(scene: Scene, case: Dispute, trail: Trail, performed: str = "已履行") -> Agreement:
    """A written agreement signed on the day the dispute was closed, performed or not by its due day."""
    dice, signed = scene.dice, trail.day
    due = signed + timedelta(days=dice.choice((15, 30, 30, 60)))
    kept = performed in ("已履行", "部分履行")
    agreement = Agreement(
        number=scene.number("TX", signed), organ=case.body, mediator=case.mediator, signed=signed, due=due,
        text=dice.choice(_AGREED), performed=performed,
        performed_on=signed + timedelta(days=dice.randint(0, (due - signed).days)) if kept else None,
        confirmed=scene.later(signed, 3, 28) if dice.random() < 0.15 else None,
    )
    case.agreement = agreement
    return agreement
