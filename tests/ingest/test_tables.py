"""The native tables are data that must agree with the register and with the words departments use."""

from __future__ import annotations

from typing import Any

import pytest

from graph.register import TABLES
from graph.values import clean
from ingest.errors import InvalidTables
from ingest.tables import INTERNAL, build_spec, table_specs

COMMON: dict[str, Any] = {
    "fields": {
        "grid": {"headers": ["所属网格"]}, "area": {"headers": ["区划代码"]},
        "provider": {"headers": ["数据来源"]}, "remark": {"headers": ["备注"]},
    }
}


def organs(**changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "code": {"headers": ["机构编码"], "required": True}, "name": {"headers": ["机构名称"], "required": True},
        "level": {"headers": ["层级"]}, "parent": {"headers": ["上级机构编码"]},
    }
    return {"title": "机构", "fields": {**fields, **changes}}


# header, table, field: what a department may call a column
HEADERS = """
区划代码 areas code|名称 areas name|上级代码 areas parent|级别 areas level
网格编码 grids code|网格名称 grids name|所属村(社区) grids village|所属村（社区） grids village|网格员 grids keeper
公民身份号码 residents id_number|身份证号 residents id_number|身份证号码 residents id_number|证件号码 residents id_number
姓名 residents name|曾用名 residents former_name|性别 residents gender|出生日期 residents born_on|民族 residents ethnic
联系方式 residents phone|联系电话 residents phone|手机号码 residents phone|户籍地 residents registered_place
户籍门（楼）详址 residents registered_address|户籍门(楼)详址 residents registered_address
户籍地详址 residents registered_address|现住地 residents live_place|现住门（楼）详址 residents live_address
现住址 residents live_address|人户一致标识 residents same_place|户号 residents household_no|户口号 residents household_no
户主公民身份号码 residents head_id_number|户主姓名 residents head_name|与户主关系 residents relation
死亡日期 residents died_on|迁入日期 residents moved_in_on|迁出日期 residents moved_out_on
户号 households household_no|地址 households address|户籍地详址 households address|户类型 households kind
宗地代码 parcels code|地块编码 parcels code|不动产单元号 parcels unit_code|坐落 parcels name|地块名称 parcels name
宗地面积 parcels size|地块面积 parcels size|地块面积(亩) parcels size|面积单位 parcels size_unit|用途 parcels use
权利类型 parcels right|权利性质 parcels nature|权利人 parcels holder|承包方代表 parcels holder
权利人证件号码 parcels holder_id_number|户号 parcels household_no|承包方编码 parcels contractor_no
承包合同编号 parcels contract_no|起始日期 parcels since|终止日期 parcels until|东至 parcels east|南至 parcels south
西至 parcels west|北至 parcels north|机构编码 organs code|机构名称 organs name|层级 organs level
上级机构编码 organs parent|区划代码 organs area|干部编号 officials code|公民身份号码 officials id_number
联系方式 officials phone|机构编码 officials organ|职务 officials post|任职日期 officials since|免职日期 officials until
直接领导编号 officials leader|信访件编号 petitions number|工单编号 petitions number|留言编号 petitions number
信访人姓名 petitions petitioner|信访人 petitions petitioner|留言用户 petitions petitioner
信访人证件号码 petitions id_number|联系电话 petitions phone|住址 petitions address|信访形式 petitions channel
信访日期 petitions petitioned_on|留言时间 petitions petitioned_on|登记日期 petitions registered_on
受理日期 petitions accepted_on|标题 petitions title|留言主题 petitions title|内容 petitions text|留言详情 petitions text
问题类别 petitions category|一级分类 petitions category|信访目的 petitions purpose|问题属地 petitions place
涉及宗地代码 petitions parcel|被反映单位 petitions organ_complained_of|被反映人 petitions person_complained_of
人数 petitions people|原信访件编号 petitions origin|办理途径 petitions route|状态 petitions status
答复日期 petitions replied_on|答复时间 petitions replied_on|答复意见 petitions reply|处理结论 petitions conclusion
办结日期 petitions closed_on|延期至 petitions extended_to|评价 petitions rating|事件编号 disputes number
事件名称 disputes title|发生日期 disputes happened_on|发生地点 disputes place|事件规模 disputes scale
事件类别 disputes category|涉及人数 disputes people|涉及金额 disputes amount|涉及金额（万元） disputes amount
事件简述 disputes text|涉及单位 disputes organ_concerned|主要当事人姓名 disputes party
主要当事人证件号码 disputes party_id_number|化解时限 disputes due_on|化解方式 disputes method
化解组织 disputes mediating_body|化解责任人姓名 disputes mediator|化解责任人编号 disputes mediator_code
化解责任人联系方式 disputes mediator_phone|化解是否成功 disputes success|化解情况 disputes outcome_text
化解日期 disputes resolved_on|原事件编号 disputes origin|事件编号 parties case_number|信访件编号 parties case_number
证件号码 parties id_number|角色 parties role|机构编码 parties organ|信访件编号 steps case_number|序号 steps seq
处置环节 steps step|来源单位编码 steps from_organ|处理单位编码 steps to_organ|处理人编号 steps official
处理时间 steps on|办理时限 steps due_on|处理意见 steps opinion|责任类型 responsibilities duty
干部编号 responsibilities official|起始日期 responsibilities since|截止日期 responsibilities until
协议编号 agreements number|事件编号 agreements case_number|调解组织 agreements mediating_body
调解员编号 agreements mediator_code|调解员姓名 agreements mediator|达成日期 agreements signed_on
履行期限 agreements due_on|履行日期 agreements performed_on|履行情况 agreements performed
司法确认日期 agreements confirmed_on|协议内容 agreements text
所属网格 residents grid|区划代码 parcels area|数据来源 steps provider|备注 petitions remark
"""


@pytest.mark.parametrize("line", [entry for row in HEADERS.split("\n") for entry in row.split("|") if entry])
def test_a_header_means_a_field(line: str) -> None:
    from ingest.headers import read_header

    header, table, field = line.split(" ")
    assert table_specs()[table].field_of(read_header(header).name) == field


def test_every_register_field_but_the_internal_ones_has_a_header() -> None:
    for name, spec in table_specs().items():
        without = {f.name for f in TABLES[name].fields} - set(spec.headers)
        assert without <= set(INTERNAL), name


def test_a_field_that_the_register_lacks_is_refused() -> None:
    with pytest.raises(InvalidTables, match=r"organs\.yaml.*colour"):
        build_spec("organs", organs(colour={"headers": ["颜色"]}), COMMON)


def test_a_required_flag_that_differs_is_refused() -> None:
    with pytest.raises(InvalidTables, match="required"):
        build_spec("organs", organs(name={"headers": ["机构名称"]}), COMMON)


def test_a_field_without_header_is_refused() -> None:
    raw = organs()
    del raw["fields"]["parent"]
    with pytest.raises(InvalidTables, match="parent"):
        build_spec("organs", raw, COMMON)


def test_one_header_cannot_mean_two_fields() -> None:
    with pytest.raises(InvalidTables, match="机构名称"):
        build_spec("organs", organs(level={"headers": ["机构名称"]}), COMMON)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_an_example_that_loads_whole(name: str) -> None:
    spec = table_specs()[name]
    example = dict(spec.example)
    assert set(spec.required) <= example.keys()
    assert all(clean(spec.table.field(field), text) is not None for field, text in example.items())
