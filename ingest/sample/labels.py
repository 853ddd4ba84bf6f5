"""Stories of what is registered and is no repeat, and of hands a case should not be in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ingest.sample import flow
from ingest.sample import organs as o
from ingest.sample.deck import ordinary_claim
from ingest.sample.plant import Story, closed, some_day, truth
from ingest.sample.scene import Scene


def filed_above(scene: Scene, index: int) -> dict[str, Any]:
    """The same matter filed with the county while the township still handles it."""
    household = scene.pool.take(index % scene.villages)
    who = scene.dice.choice(scene.people.adults(household))
    village = scene.people.village_of(who)
    matter = scene.deck.matter(village, scene.deck.topic(village, ordinary_claim))
    case = scene.petition(who, matter, some_day(scene.dice, date(2022, 6, 1), date(2025, 3, 31)), route="（六）")
    desk, hall = scene.organs.town(village, o.TOWN_PETITIONS), scene.organs.town(village, o.TOWN_HALL)
    clerk = scene.officials.clerk(hall)
    trail = flow.accept(scene, flow.send(scene, flow.register(scene, case, desk), desk, hall, 3), hall, clerk, 4)
    above = scene.petition(who, matter, scene.later(trail.day, 10, 20), origin=case.number, route="（六）")
    county = scene.organs.county(o.PETITION_OFFICE)
    flow.register(scene, above, county).go("不予受理", 5, by=county, to=county, opinion="同一事项正在办理，告知信访人")
    flow.reply(scene, trail, hall, clerk, 45)
    return truth(scene, [case, above], [who], household=household, organs=[hall, county], certain=1,
                 not_counted=[above.number], label="art19")


def after_re_review(scene: Scene, index: int) -> dict[str, Any]:
    """Answered, reviewed, reviewed again, and brought once more with the same facts; the first handler also reviews."""
    household = scene.pool.take(index % scene.villages)
    who = scene.dice.choice(scene.people.adults(household))
    village = scene.people.village_of(who)
    matter = scene.deck.matter(village, scene.deck.topic(village, ordinary_claim))
    case = scene.petition(who, matter, some_day(scene.dice, date(2022, 6, 1), date(2024, 3, 31)), route="（六）")
    desk, hall = scene.organs.town(village, o.TOWN_PETITIONS), scene.organs.town(village, o.TOWN_HALL)
    county, clerk = scene.organs.county(o.PETITION_OFFICE), scene.officials.clerk(hall)
    trail = flow.accept(scene, flow.send(scene, flow.register(scene, case, desk), desk, hall, 3), hall, clerk, 4)
    flow.reply(scene, trail, hall, clerk, 30, "不予支持")
    trail.go("复查申请", 12, by=county, to=county).go("复查", 20, by=county, to=county, official=clerk)
    trail.go("复核申请", 9, by=county, to=county).go("复核", 22, by=county, to=county, official=scene.officials.clerk(county))
    again = scene.petition(who, matter, closed(case) + timedelta(days=40), origin=case.number, route="（六）")
    flow.register(scene, again, desk).go("不予受理", 6, by=desk, to=desk, opinion="已复核终结，同一事实和理由不再受理")
    return truth(scene, [case, again], [who], household=household, organs=[hall, county], certain=1,
                 not_counted=[again.number], label="art36", handler=clerk, ground="prior_handler")


LABELS = (
    Story("filed_above", "乡镇办理期间又就同一事项向县里提出（条例第十九条）", 8000, filed_above),
    Story("after_re_review", "复核终结后以同一事实和理由再次提出（条例第三十六条），原办理人又承担复查", 8000, after_re_review),
)
