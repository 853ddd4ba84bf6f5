"""The graph model of Fengqiao: which things exist, and how they are connected. Declarations, nothing else.

Dates: residence, tenure, posts and duties are edges with `since` and `until` (both included); what happens on
one day has `on_date`. `from`, `to` and `on` are words of the query language and are not used as names.
A person is one `Resident` node whatever roles they have; an official is linked to their resident self by IS.
"""

from __future__ import annotations

from graph.schema import EdgeType, Kind, Model, NodeType, Property

P = Property
NAME = P("name", "名称")
PERSON_NAME = P("name", "姓名", personal=True)
AREA = P("area_code", "区划代码")
SINCE = P("since", "起始日期", Kind.DATE)
UNTIL = P("until", "截止日期", Kind.DATE)
ON = P("on_date", "日期", Kind.DATE)
ROLE = P("role", "角色")
DERIVED = P("derived_by", "推导规则")
HUB = (P("hub", "枢纽", Kind.BOOL), P("hub_over", "枢纽界限（涉及案件多于此数）", Kind.INT))

STRONG_LINKS = {
    "declared": "来源所载承接", "confirmed": "人工确认", "same_party": "同一当事人", "same_household": "同一户", "same_parcel": "同一地块",
}
"""The links of two disputes that make them one cluster."""

RESIDENT = NodeType("Resident", "r", "居民", (
    PERSON_NAME, P("former_name", "曾用名", personal=True), P("gender", "性别"),
    P("born_on", "出生日期", Kind.DATE, personal=True), P("died_on", "死亡日期", Kind.DATE, personal=True),
    P("id_number", "身份证号（遮蔽）", personal=True), P("phone", "联系电话（遮蔽）", personal=True),
    P("phone_token", "电话令牌"), P("address", "住址", personal=True), AREA, P("grid", "网格"),
    P("registered", "有户籍或实有登记", Kind.BOOL), P("anonymous", "化名或匿名", Kind.BOOL), *HUB,
))
HOUSEHOLD = NodeType("Household", "h", "户", (
    NAME, P("kind", "户类型"), P("address", "地址", personal=True), AREA, *HUB,
))
FARED = (
    P("concluded_on", "办结日（来源或办结环节）", Kind.DATE), P("taken_on", "受理或不予受理日（来源或环节）", Kind.DATE),
    P("answered_on", "答复日（没有答复的为办结日）", Kind.DATE), P("hops", "首次登记后责任单位变更次数", Kind.INT),
    P("gaps", "无责任单位的时段数", Kind.INT), P("unowned_first", "登记后未即有责任单位", Kind.BOOL),
    P("owner_id", "现责任单位"), P("owner_since", "现责任单位接手日", Kind.DATE),
    P("owned_from", "最早有责任单位之日", Kind.DATE), P("known_from", "最早载有单位或干部之日", Kind.DATE),
    P("first_handler_from", "最早载有首办责任之日", Kind.DATE), P("local_from", "最早载有属地责任之日", Kind.DATE),
    P("local_organ", "跨区域事项所涉地点的属地单位"), P("accept_met_on", "受理期限完成日", Kind.DATE),
    P("accept_late_on", "受理逾期首日", Kind.DATE), P("reply_met_on", "办理期限完成日", Kind.DATE),
    P("reply_late_on", "办理逾期首日（来源只写逾期的，其可知之日）", Kind.DATE),
    P("timeliness_on", "来源所载按期或逾期可知之日（答复或办结之日，没有的为数据的最后一天）", Kind.DATE),
    P("repeated", "办结后同一事项再次登记（again@自@至，空格分隔，至不含当日）"),
)
"""How a case fared: mostly days on which something became so, null when it never did."""
CASE = NodeType("Case", "c", "案件", (
    NAME, P("kind", "类型（petition 信访件、dispute 纠纷）"), P("number", "编号"), P("category", "类别"),
    P("purpose", "信访目的"), P("route", "办理途径"), P("channel", "信访形式"), P("scale", "规模"),
    P("opened_on", "信访或发生日期", Kind.DATE), P("registered_on", "登记日期", Kind.DATE),
    P("accepted_on", "受理日期", Kind.DATE), P("replied_on", "答复日期", Kind.DATE),
    P("closed_on", "办结或化解日期", Kind.DATE), P("due_on", "来源所载时限", Kind.DATE),
    P("extended_to", "延期至", Kind.DATE), P("status", "状态"), P("outcome", "结论或化解结果"),
    P("method", "化解方式"), P("timeliness", "来源所载按期或逾期（in_time、overdue）"), P("rating", "评价"),
    P("people_claimed", "来源所载人数", Kind.INT), P("amount", "涉及金额（元）", Kind.FLOAT),
    P("place", "地点"), P("excerpt", "内容摘录（前200字）", personal=True), AREA,
    P("matter_id", "事项（同一事项的最早案件）"),
    P("matter_history", "历来所属事项（事项@自@至，空格分隔，至不含当日；始终属于一个事项的为空）"),
    P("not_counted", "不计重复的原因（词@自@至，空格分隔，至不含当日）"),
    P("faults", "办理过程问题（词@自@至，空格分隔，至不含当日）"), *FARED,
))
PARCEL = NodeType("Parcel", "p", "地块", (
    NAME, P("code", "宗地代码"), P("unit_code", "不动产单元号"), P("area_m2", "面积（平方米）", Kind.FLOAT),
    P("use", "用途"), P("right", "权利类型"), P("nature", "权利性质"), P("bounds", "四至"), AREA, *HUB,
))
OFFICIAL = NodeType("Official", "f", "干部", (PERSON_NAME, P("phone", "联系电话（遮蔽）", personal=True), AREA))
ORGAN = NodeType("Organ", "o", "机构", (NAME, P("code", "机构编码"), P("level", "层级"), AREA, *HUB))
AREA_NODE = NodeType("Area", "a", "区划", (NAME, P("code", "区划代码"), P("level", "级别"), AREA))
STEP = NodeType("Step", "s", "办理环节", (
    NAME, P("kind", "环节"), P("case_id", "案件"), P("seq", "序号", Kind.INT), ON, P("due_on", "办理时限", Kind.DATE),
    P("custody", "是否移转责任", Kind.BOOL), P("custody_until", "下一责任人接手日", Kind.DATE),
    P("opinion", "处理意见", personal=True), AREA,
    P("hop", "责任单位第几次变更（移转环节）", Kind.INT), P("previous_owner", "前一责任单位"),
    P("to_nobody", "移转而未写明接收单位", Kind.BOOL), P("past_due_on", "责任人超过环节时限首日", Kind.DATE),
    P("running_due_on", "移转时最近的未到期限", Kind.DATE), P("working_days", "异议距接收的工作日", Kind.INT),
    P("objected_late_on", "责任人迟提异议之日", Kind.DATE), P("flags", "流转异常（空格分隔）"),
))
AGREEMENT = NodeType("Agreement", "g", "协议", (
    NAME, P("case_id", "案件"), P("signed_on", "达成日期", Kind.DATE), P("due_on", "履行期限", Kind.DATE),
    P("performed_on", "履行日期", Kind.DATE), P("performed", "履行情况（yes、partly、no、repudiated、unknown）"),
    P("confirmed_on", "司法确认日期", Kind.DATE), P("confirmation_due_on", "申请司法确认的期限", Kind.DATE),
    P("mediator", "调解员", personal=True), P("organ", "调解组织"), AREA,
))
CLOCK = NodeType("Clock", "k", "期限", (
    NAME, P("case_id", "案件"), P("clock", "期限种类"), P("statute", "法规"), P("article", "依据"),
    P("jurisdiction", "适用区划（前缀，空为全国）"),
    P("start_on", "起算日", Kind.DATE), P("due_on", "届满日（含延长与扣除，逢休息日顺延）", Kind.DATE),
    P("unrolled_on", "届满日（含延长与扣除，未顺延）", Kind.DATE), P("base_due_on", "届满日（不含延长与扣除，逢休息日顺延）", Kind.DATE),
    P("met_on", "完成日", Kind.DATE), P("ended_on", "不再适用之日", Kind.DATE), P("extension_days", "延长天数", Kind.INT),
    P("extended_on", "准予延长或开始扣除之日", Kind.DATE), P("paused_days", "扣除天数", Kind.INT),
    P("duty", "机关职责（否则为当事人或单位的权利）", Kind.BOOL), P("flags", "标记（空格分隔）"), P("organ_id", "起算时应办单位"),
    P("rule_version", "规则版本"), AREA,
))
SOURCE_NODE = NodeType("Source", "d", "来源", (
    NAME, P("load_id", "批次"), P("part", "表号", Kind.INT), P("file", "文件"), P("sheet", "工作表"),
    P("table", "表"), P("provider", "数据来源"), P("rows", "行数", Kind.INT),
    P("loaded", "载入行数", Kind.INT), P("merged", "合并行数", Kind.INT), P("quarantined", "拒收行数", Kind.INT),
    P("loaded_at", "载入时间", Kind.DATE), P("prefix", "行地址的开头（批次:表号:）"),
), fact=False)
LOAD_ISSUE = NodeType("LoadIssue", "e", "载入问题", (
    NAME, P("source_id", "来源"), P("rule", "规则"), P("rows", "拒收的行", Kind.INT), P("cells", "不用的单元格", Kind.INT),
), fact=False)
CLUSTER = NodeType("Cluster", "u", "纠纷群", (NAME, AREA))
FORMER_ID = NodeType("FormerId", "was", "曾用标识", (P("now", "现在的标识"),), caption="now")

NODES = (
    RESIDENT, HOUSEHOLD, CASE, PARCEL, OFFICIAL, ORGAN, AREA_NODE, STEP, AGREEMENT, CLOCK, SOURCE_NODE, LOAD_ISSUE,
    CLUSTER, FORMER_ID,
)

EDGES = (
    EdgeType("MEMBER_OF", "户成员", (("Resident", "Household"),), (
        P("relation", "与户主关系（GB/T 4761）"), P("registered", "户籍（否则为实际居住）", Kind.BOOL), SINCE, UNTIL,
    ), key=("registered",)),
    EdgeType("KIN", "亲属", (("Resident", "Resident"),), (
        P("relation", "关系（对方是我的什么人）"), P("degree", "远近（near、other）"),
        P("blood", "血亲（姻亲为否）", Kind.BOOL), DERIVED,
    ), key=("relation",)),
    EdgeType("POSSIBLY_SAME", "疑似同一人", (("Resident", "Resident"),), (
        P("tier", "层级（probable、possible）"), P("score", "比对得分", Kind.FLOAT), P("why", "支持理由"), P("why_not", "反对理由"),
        P("features", "比对明细（JSON：项目、层次、比重）"), P("judgement", "人工判断（unsure 存疑、review 待复核）"),
    )),
    EdgeType("IS", "即居民", (("Official", "Resident"),), (P("tier", "层级"),)),
    EdgeType("PARTY_TO", "当事人", (("Resident", "Case"), ("Organ", "Case")), (ROLE, ON), key=("role",)),
    EdgeType("COMPLAINS_OF", "反映", (("Case", "Official"), ("Case", "Organ"))),
    EdgeType("CONCERNS", "涉及", (("Case", "Parcel"), ("Case", "Household"))),
    EdgeType("FOLLOWS", "承接", (("Case", "Case"),), (P("kind", "种类（declared、review、re_review、repeat）"),), key=("kind",)),
    EdgeType("SAME_MATTER", "同一事项", (("Case", "Case"),), (
        P("test", "判定（declared、parcel、category_place_text）"), P("score", "相似度", Kind.FLOAT),
    ), key=("test",)),
    EdgeType("HOLDS", "持有", (("Household", "Parcel"), ("Resident", "Parcel"), ("Organ", "Parcel")), (
        P("right", "权利"), P("contract", "合同编号"), P("share", "份额"), SINCE, UNTIL,
    ), key=("right",)),
    EdgeType("ADJOINS", "相邻", (("Parcel", "Parcel"),), (P("side", "方位（east、south、west、north）"), DERIVED), key=("side",)),
    EdgeType("HAS_STEP", "环节", (("Case", "Step"),), (P("seq", "序号", Kind.INT),)),
    EdgeType("NEXT", "下一环节", (("Step", "Step"),), (P("seq", "序号", Kind.INT),)),
    EdgeType("BY_ORGAN", "来自", (("Step", "Organ"),)),
    EdgeType("BY_OFFICIAL", "经办", (("Step", "Official"),)),
    EdgeType("TO_ORGAN", "交至", (("Step", "Organ"),)),
    EdgeType("RESPONSIBLE_FOR", "负责", (("Organ", "Case"), ("Official", "Case")), (
        ROLE, SINCE, UNTIL, P("gap_from", "无责任单位自", Kind.DATE), P("gap_until", "无责任单位至", Kind.DATE),
    ), key=("role", "since")),
    EdgeType("SERVES_IN", "任职", (("Official", "Organ"),), (P("post", "职务"), SINCE, UNTIL), key=("post", "since")),
    EdgeType("REPORTS_TO", "上级领导", (("Official", "Official"),)),
    EdgeType("UNDER", "隶属", (("Organ", "Organ"),)),
    EdgeType("GOVERNS", "管辖", (("Organ", "Area"),)),
    EdgeType("IN_AREA", "位于", tuple(
        (label, "Area") for label in ("Resident", "Household", "Case", "Parcel", "Organ", "Area")
    )),
    EdgeType("SETTLED_BY", "达成协议", (("Case", "Agreement"),)),
    EdgeType("LINK_JUDGED", "关联判断", (("Case", "Case"),), (P("verdict", "人工判断（confirm 确认、reject 否认、unsure 存疑）"),)),
    EdgeType("IN_CLUSTER", "同群", (("Case", "Cluster"),), (SINCE, UNTIL, *(
        P(f"{kind}_on", f"因{zh}关联（首日，0000 表示不详）", Kind.DATE) for kind, zh in STRONG_LINKS.items()
    ))),
    EdgeType("HAS_CLOCK", "期限", (("Case", "Clock"),)),
)

MODEL = Model(NODES, EDGES)

BEGINS = {
    "Case": ("registered_on", "opened_on"), "Step": ("on_date",), "Agreement": ("signed_on",), "Clock": ("start_on",),
}
"""Since when a thing is known, by label: the first of these properties that it has. Anything else was always there."""
