/*
title: {zh: 按期与逾期, en: In time and overdue by organ}
asks: >
  各承办单位的案件中，来源写明按期、逾期的各有多少？承办单位是责任落实的承办人单位；没有的，是最后一次移转的接收单位。
  case_ids 只列逾期的。只看截至 as_of 的事，之后才答复的不计按期或逾期；来源写了而没有答复、办结之日的，自数据的最后一天起计。来源未写明的案件也计入 cases，另记 unknown，因此三项之和等于 cases。
asks_en: >
  Per handling organ, how many cases does the source itself call in time or overdue? The handling organ is the one responsible as
  handler, else the last receiver. Only what had happened by `as_of` counts; what the source
  says of a case without a day of answer or closing counts from the last day of the data. `case_ids` lists the overdue ones; in_time, overdue and unknown add up to cases.
params:
  organ: {type: text, default: '', zh: 单位标识或名称（空为全部）, en: id or name of an organ}
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  since: {type: date, default: '', zh: 登记自, en: registered from}
  until: {type: date, default: '9999', zh: 登记至, en: registered until}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  organ_id: {type: id, zh: 单位标识}
  organ: {type: text, zh: 单位}
  cases: {type: int, zh: 案件}
  in_time: {type: int, zh: 按期}
  overdue: {type: int, zh: 逾期}
  case_ids: {type: ids, zh: 逾期案件}
  unknown: {type: int, zh: 来源未写明}
rule: timeliness@3
for: [investigator, api]
evidence: [case_ids, organ_id]
sentence: "{organ}承办{cases}件，按期{in_time}件，逾期{overdue}件，未写明{unknown}件。"
order: [-overdue, -cases, organ_id]
*/
MATCH (c:`Case`)
WHERE within(c) AND left(coalesce(c.registered_on, c.opened_on, ''), 10) >= $since
  AND left(coalesce(c.registered_on, c.opened_on, ''), size($until)) <= $until AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c)
OPTIONAL MATCH (h:Organ)-[d:RESPONSIBLE_FOR]->(c) WHERE d.role = 'handler' AND during(d, $as_of) AND visible(h)
WITH c, collect(DISTINCT h.id) AS handlers
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step)-[:TO_ORGAN]->(l:Organ)
WHERE s.custody AND left(s.on_date, 10) <= $as_of AND (coalesce(s.custody_until, '') = '' OR left(s.custody_until, 10) > $as_of)
  AND visible(s) AND visible(l)
WITH c, handlers, collect(DISTINCT l.id) AS receivers
UNWIND CASE WHEN size(handlers) > 0 THEN handlers ELSE receivers END AS organ_id
WITH organ_id, c.id AS case_id, CASE WHEN c.timeliness_on <= $as_of THEN c.timeliness END AS said
WITH organ_id, count(case_id) AS cases, count(CASE WHEN said = 'in_time' THEN 1 END) AS in_time,
  count(CASE WHEN said = 'overdue' THEN 1 END) AS overdue, collect(CASE WHEN said = 'overdue' THEN case_id END) AS case_ids
MATCH (o:Organ)
WHERE o.id = organ_id AND ($organ = '' OR o.id = $organ OR o.name = $organ) AND visible(o)
RETURN organ_id, o.name AS organ, cases, in_time, overdue, case_ids, cases - in_time - overdue AS unknown
