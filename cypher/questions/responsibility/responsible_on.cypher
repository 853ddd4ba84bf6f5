/*
title: {zh: 某日由谁负责, en: Who was responsible on a day}
asks: >
  某一天这件案件在哪个单位、由谁承办。责任单位是当日或之前最后一次登记、转送、交办、退回、受理或承办的接收单位；无人接收即为空档。
  没有流转记录的案件，看当日有效的责任落实。
asks_en: Which unit and official owned the case on a day; a gap is a row with an empty organ.
params:
  case_id: {type: id, of: [Case], required: true, zh: 案件, en: the case}
  day: {type: date, required: true, zh: 日期, en: the day}
columns:
  organ_id: {type: id, zh: 单位标识}
  organ: {type: text, zh: 单位}
  official_id: {type: id, zh: 承办人标识}
  official: {type: text, zh: 承办人}
  post: {type: text, zh: 职务}
  role: {type: text, zh: 责任, values: {owner: 责任单位, gap: 无人负责, handler: 承办单位, first_handler: 首办单位}}
  since: {type: date, zh: 自}
  basis_id: {type: id, zh: 依据}
rule: custody@1
for: [investigator, mediator, api]
evidence: [basis_id, organ_id, official_id]
sentence: "自{since}：{role} {organ}{post}{official}。"
order: [organ_id, official_id, role]
*/
MATCH (c:`Case`)-[:HAS_STEP]->(s:Step)
WHERE c.id = $case_id AND s.custody AND left(s.on_date, 10) <= $day AND coalesce(s.custody_until, '9999') > $day
  AND visible(c) AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(o:Organ) WHERE visible(o)
OPTIONAL MATCH (s)-[:BY_OFFICIAL]->(f:Official) WHERE visible(f)
OPTIONAL MATCH (g:Official)-[d:RESPONSIBLE_FOR]->(c)
  WHERE d.role = 'handler' AND coalesce(d.since, '') <= $day AND coalesce(d.until, '9999') >= $day AND visible(g)
WITH s, o, CASE WHEN f.id IS NOT NULL THEN f.id ELSE min(g.id) END AS said_id
OPTIONAL MATCH (w:Official)-[v:SERVES_IN]->(u:Organ)
  WHERE w.id = said_id AND coalesce(v.since, '') <= $day AND coalesce(v.until, '9999') >= $day AND u.id = o.id AND visible(w) AND visible(u)
WITH s, o, min(w.id) AS official_id, min(w.name) AS official, min(v.post) AS post
RETURN coalesce(o.id, '') AS organ_id, coalesce(o.name, '') AS organ, coalesce(official_id, '') AS official_id,
  coalesce(official, '') AS official, coalesce(post, '') AS post, CASE WHEN o.id IS NULL THEN 'gap' ELSE 'owner' END AS role,
  left(s.on_date, 10) AS since, s.id AS basis_id
UNION
MATCH (o:Organ)-[d:RESPONSIBLE_FOR]->(c:`Case`)
WHERE c.id = $case_id AND d.role IN ['handler', 'first_handler'] AND coalesce(d.since, '') <= $day
  AND coalesce(d.until, '9999') >= $day AND visible(o) AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.custody AND left(s.on_date, 10) <= $day AND visible(s)
WITH o, d, c, count(s.id) AS steps
WHERE steps = 0
RETURN o.id AS organ_id, o.name AS organ, '' AS official_id, '' AS official, '' AS post, d.role AS role, coalesce(d.since, '') AS since, c.id AS basis_id
