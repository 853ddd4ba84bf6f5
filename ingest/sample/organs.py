"""The bodies of the county: departments, townships, village committees and a few companies, and who is above whom."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ingest.sample.places import COUNTY, COUNTY_AREA, Places

GOVERNMENT, PETITION_OFFICE, JUSTICE, RESOURCES, AGRICULTURE, HOUSING = "01", "02", "03", "04", "05", "06"
LABOUR, CIVIL, ENVIRONMENT, POLICE, TRANSPORT, WATER, ENFORCEMENT = "07", "08", "09", "10", "11", "12", "13"
HEALTH, EDUCATION, DISCIPLINE = "14", "15", "16"
_DEPARTMENTS = {
    PETITION_OFFICE: "信访局", JUSTICE: "司法局", RESOURCES: "自然资源局", AGRICULTURE: "农业农村局",
    HOUSING: "住房和城乡建设局", LABOUR: "人力资源和社会保障局", CIVIL: "民政局", ENVIRONMENT: "生态环境局", POLICE: "公安局",
    TRANSPORT: "交通运输局", WATER: "水利局", ENFORCEMENT: "综合行政执法局", HEALTH: "卫生健康局", EDUCATION: "教育局",
    DISCIPLINE: "纪律检查委员会",
}
TOWN_HALL, TOWN_JUSTICE, TOWN_PETITIONS, TOWN_LAND = "01", "02", "03", "04"
COMMITTEE, MEDIATION = "01", "02"
_COMPANY_NAMES = ("锦绣", "宏达", "新程", "绿源", "恒泰", "德信", "安居", "盛景", "远山", "金桥", "同兴", "永丰")
_COMPANY_KINDS = ("置业有限公司", "物业服务有限公司", "建设工程有限公司", "农业开发有限公司", "建材有限公司")
_RESIDENTS_A_COMPANY = 5000


@dataclass(frozen=True, slots=True)
class Organ:
    """A body. `above` is the code of the body it answers to, `village` its village index or -1."""

    code: str
    name: str
    level: str
    above: str
    area: str
    village: int = -1


@dataclass
class Organs:
    """All bodies of the county by code, and the usual ways to find one."""

    places: Places
    by_code: dict[str, Organ] = field(default_factory=dict)
    companies: list[str] = field(default_factory=list)

    def add(self, organ: Organ) -> None:
        self.by_code[organ.code] = organ

    def name(self, code: str) -> str:
        return self.by_code[code].name

    def county(self, kind: str) -> str:
        """The code of a county body."""
        return COUNTY_AREA + kind

    def town(self, village: int, kind: str) -> str:
        """The code of a body of the township that a village belongs to."""
        return self.places.town_of(village).code + kind

    def village(self, village: int, kind: str) -> str:
        """The code of a body of a village."""
        return self.places.villages[village].code + kind


def found_organs(rng: np.random.Generator, places: Places, residents: int) -> Organs:
    """The county government and its departments, every township and village with its bodies, and companies."""
    organs = Organs(places)
    government = organs.county(GOVERNMENT)
    organs.add(Organ(government, f"{COUNTY}人民政府", "县", "", COUNTY_AREA))
    for kind, name in _DEPARTMENTS.items():
        organs.add(Organ(organs.county(kind), COUNTY + name, "部门", government, COUNTY_AREA))
    for town in places.towns:
        hall, label = town.code + TOWN_HALL, COUNTY + town.name
        organs.add(Organ(hall, f"{label}人民政府", "乡镇", government, town.code))
        organs.add(Organ(town.code + TOWN_JUSTICE, f"{label}司法所", "部门", organs.county(JUSTICE), town.code))
        organs.add(Organ(town.code + TOWN_PETITIONS, f"{label}信访办公室", "乡镇", hall, town.code))
        organs.add(Organ(town.code + TOWN_LAND, f"{label}自然资源所", "部门", organs.county(RESOURCES), town.code))
    for at, village in enumerate(places.villages):
        organs.add(Organ(village.code + COMMITTEE, f"{village.address}村民委员会", "村",
                         organs.town(at, TOWN_HALL), village.code, at))
        organs.add(Organ(village.code + MEDIATION, f"{village.address}人民调解委员会", "村",
                         organs.town(at, TOWN_JUSTICE), village.code, at))
    for at in range(max(2, residents // _RESIDENTS_A_COMPANY)):
        code = f"{COUNTY_AREA}Q{at + 1:04d}"
        stem, round_ = _COMPANY_NAMES[at % len(_COMPANY_NAMES)], at // len(_COMPANY_NAMES)
        name = f"枫溪{stem}{f'第{round_}' if round_ else ''}{_COMPANY_KINDS[at % len(_COMPANY_KINDS)]}"
        organs.add(Organ(code, name, "", "", COUNTY_AREA))
        organs.companies.append(code)
    rng.shuffle(organs.companies)
    return organs
