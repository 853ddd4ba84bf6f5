/*
title: {zh: 按期与逾期, en: In time and overdue by organ}
asks: 各承办单位的案件中，来源所载按期办结、逾期办结的各有多少；列出逾期的案件。只数来源写明按期或逾期的案件。
asks_en: Per handling organ, how many cases the source itself calls in time or overdue, with the overdue ones listed.
params:
  organ: {type: text, default: '', zh: 机构标识或名称, en: an organ's id or name}
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  since: {type: date, default: '', zh: 登记自, en: registered from}
  until: {type: date, default: '9999', zh: 登记至, en: registered until}
columns:
  organ_id: {type: id, zh: 单位标识}
  organ: {type: text, zh: 单位}
  cases: {type: int, zh: 案件}
  in_time: {type: int, zh: 按期}
  overdue: {type: int, zh: 逾期}
  case_ids: {type: ids, zh: 逾期案件}
for: [investigator, api]
evidence: [organ_id]
sentence: "{organ}办理{cases}件，其中逾期{overdue}件。"
order: [-overdue, -cases, organ_id]
*/
MATCH (o:Organ)-[d:RESPONSIBLE_FOR]->(c:`Case`)
WHERE d.role = 'handler' AND c.timeliness IN ['in_time', 'overdue'] AND ($organ = '' OR o.id = $organ OR o.name = $organ)
  AND within(c) AND visible(o) AND visible(c)
  AND left(coalesce(c.registered_on, c.opened_on, ''), 10) >= $since AND left(coalesce(c.registered_on, c.opened_on, ''), 10) <= $until
RETURN o.id AS organ_id, o.name AS organ, count(DISTINCT c.id) AS cases,
  count(DISTINCT CASE WHEN c.timeliness = 'in_time' THEN c.id END) AS in_time,
  count(DISTINCT CASE WHEN c.timeliness = 'overdue' THEN c.id END) AS overdue,
  collect(DISTINCT CASE WHEN c.timeliness = 'overdue' THEN c.id END) AS case_ids
