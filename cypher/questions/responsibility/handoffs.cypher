/*
title: {zh: 流转异常, en: Irregular hand-offs}
asks: >
  截至 as_of，哪些案件登记后责任单位变更 min_hops 次以上？变更指移转的接收单位与前一责任单位不同（退回而无接收单位、再交出也各算一次）。
  loop：别的单位负责之后又回到曾负责的单位；late_objection：异议在该次转送、交办的
  异议期限（case_clocks 的 objection）届满之后提出，休息日提出的也算；late_return：未提异议而届满之后才退回；transfer_just_before_due：期限届满前三日内（含当日）转送、交办或退回给另一单位，期限指前一单位的环节时限或尚未完成的法定、来源期限。只说流转过程，不评价任何人。
asks_en: >
  Which cases changed their owner at least `min_hops` times after registration, as of the day? A return without a receiver and the
  next hand-over are one change each. `loop`: an organ owns it again after another did. `late_objection`: after the last day
  of the period of its transfer (`objection` of case_clocks), on a day off too; `late_return`: returned after it without an objection before. `transfer_just_before_due`: sent, assigned or returned
  to another unit on the day a limit of the unit before or a clock not yet met runs out, or at most three days before. It is about the
  process and judges nobody.
params:
  organ: {type: text, default: '', zh: 曾负责的单位标识或名称, en: id or name of an organ that owned it}
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  since: {type: date, default: '', zh: 登记自, en: registered from}
  min_hops: {type: int, default: 3, min: 1, max: 1000, zh: 至少变更几次, en: at least so many changes}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  case_id: {type: id, zh: 案件}
  hops: {type: int, zh: 责任单位变更次数}
  returns: {type: int, zh: 退回次数}
  loop: {type: bool, zh: 重回曾负责的单位}
  late_objection: {type: bool, zh: 超期异议}
  late_return: {type: bool, zh: 超期退回}
  transfer_just_before_due: {type: bool, zh: 临期移交}
  organ_ids: {type: ids, zh: 先后负责的单位}
  step_ids: {type: ids, zh: 依据}
rule: custody@4
for: [investigator, api]
evidence: [case_id, step_ids]
sentence: "流转异常：登记后责任单位变更{hops}次，退回{returns}次；重回曾负责的单位：{loop}；超期异议：{late_objection}；超期退回：{late_return}；临期移交：{transfer_just_before_due}。"
order: [-hops, -returns, case_id]
*/
MATCH (c:`Case`)-[e:HAS_STEP]->(s:Step)
WHERE c.hops >= $min_hops AND within(c) AND left(coalesce(c.registered_on, c.opened_on, ''), 10) >= $since
  AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c) AND visible(s) in_order(c, e, s)
WITH c, s
WHERE by_then(s.on_date, $as_of) AND (s.custody OR s.flags <> '')
OPTIONAL MATCH (s)-[:TO_ORGAN]->(o:Organ) WHERE s.custody AND visible(o)
WITH c, max(coalesce(s.hop, 0)) AS hops, count(DISTINCT CASE WHEN s.kind = 'return' THEN s.id END) AS returns,
  count(CASE WHEN s.flags CONTAINS 'loop' THEN 1 END) AS loops, count(CASE WHEN s.flags CONTAINS 'late_objection' THEN 1 END) AS late, count(CASE WHEN s.flags CONTAINS 'late_return' THEN 1 END) AS late_back,
  count(CASE WHEN s.flags CONTAINS 'transfer_just_before_due' THEN 1 END) AS near,
  count(CASE WHEN o.id = $organ OR o.name = $organ THEN 1 END) AS owned, collect(DISTINCT o.id) AS organ_ids, collect(DISTINCT s.id) AS step_ids
WHERE hops >= $min_hops AND ($organ = '' OR owned > 0)
RETURN c.id AS case_id, hops, returns, loops > 0 AS loop, late > 0 AS late_objection, late_back > 0 AS late_return, near > 0 AS transfer_just_before_due, organ_ids, step_ids
