/*
title: {zh: 某日由谁负责, en: Who was responsible on a day}
asks: >
  这一天案件由哪个单位、谁负责？规则同责任链：当日或之前最后一次移转的接收单位；当日无人负责时给出一行空档（organ_id 为空），
  并给出空档自何日起；来源写了单位而机构表里没有的，单独说明，不算空档。承办人须当日在该单位任职，离任而无人接任时单位仍在、承办人为空。
  “至”只写当日已知的：责任当日届满的写当日，当日之后才移交或届满的为空。
asks_en: >
  Which unit and official owned the case on this day, by the rules of the chain? A day nobody owned it is a row with an empty
  organ_id and the day the gap began; a unit the source names but nobody handed over is said apart. An official who had left the post is not named; the unit stays.
  `until` tells a duty that ends on this very day, never a later day.
params:
  case_id: {type: id, required: true, of: [Case], zh: 案件, en: the case}
  'on': {type: date, required: true, as: day, zh: 哪一天, en: the day}
columns:
  organ_id: {type: id, zh: 单位标识}
  organ: {type: text, zh: 单位}
  official_id: {type: id, zh: 承办人标识}
  official: {type: text, zh: 承办人}
  post: {type: text, zh: 当日职务}
  role:
    type: text
    zh: 责任
    values: {owner: 责任单位, handler: 承办单位, first_handler: 首办单位, gap: 无人负责, unknown_organ: 来源所载单位未建档}
  since: {type: date, zh: 自}
  until: {type: date, zh: 至}
  step_id: {type: id, zh: 依据}
rule: custody@4
for: [investigator, mediator, api]
evidence: [step_id, organ_id, official_id]
sentence: "[{since}起]{role}[：{organ}{post}{official}]。"
order: [organ_id, official_id, step_id]
*/
// found: main
MATCH (c:`Case` {id: $case_id})-[:HAS_STEP]->(s:Step)
WHERE s.custody AND left(s.on_date, 10) <= $day AND (coalesce(s.custody_until, '') = '' OR left(s.custody_until, 10) > $day)
  AND visible(c) AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(o:Organ) WHERE visible(o)
OPTIONAL MATCH (s)-[:BY_OFFICIAL]->(f:Official) WHERE visible(f)
WITH s, o, [''] + collect(DISTINCT f.id) AS named
RETURN coalesce(o.id, '') AS organ_id, named,
  CASE WHEN o.id IS NOT NULL THEN 'owner' WHEN coalesce(s.to_nobody, true) THEN 'gap' ELSE 'unknown_organ' END AS role,
  left(s.on_date, 10) AS since, '' AS until, s.id AS step_id
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(o:Organ)
WHERE r.role IN ['handler', 'first_handler'] AND during(r, $day) AND visible(c) AND visible(o)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.custody AND visible(s)
WITH c, o, r, count(s.id) AS steps
WHERE steps = 0
RETURN o.id AS organ_id, [''] AS named, r.role AS role, coalesce(r.since, '') AS since, CASE WHEN left(r.until, 10) = $day THEN $day ELSE '' END AS until, c.id AS step_id
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(o:Organ)
WHERE r.gap_from <= $day AND (coalesce(r.gap_until, '') = '' OR r.gap_until > $day) AND visible(c) AND visible(o)
RETURN '' AS organ_id, [''] AS named, 'gap' AS role, r.gap_from AS since, '' AS until, c.id AS step_id
UNION
MATCH (c:`Case` {id: $case_id})
WHERE coalesce(c.owned_from, '9999') > $day AND visible(c)
RETURN '' AS organ_id, [''] AS named, 'gap' AS role, known(coalesce(c.registered_on, c.opened_on, '9999'), $day) AS since,
  '' AS until, c.id AS step_id
// part: main
UNWIND $found AS row
MATCH (c:`Case`) WHERE c.id = $case_id AND visible(c)
OPTIONAL MATCH (o:Organ) WHERE o.id = row.organ_id AND visible(o)
OPTIONAL MATCH (g:Official)-[d:RESPONSIBLE_FOR]->(c)
WHERE d.role IN ['handler', 'first_handler'] AND during(d, $day) AND visible(g)
WITH row, c, o, [''] + collect(DISTINCT g.id) AS handlers
OPTIONAL MATCH (p:Official)-[v:SERVES_IN]->(o) WHERE during(v, $day) AND visible(p)
WITH row, c, o, handlers, min(CASE WHEN p.id IN row.named THEN p.id END) AS serving, min(CASE WHEN p.id IN handlers THEN p.id END) AS handler
WITH row, c, o, handlers, coalesce(serving, handler, '') AS official_id
OPTIONAL MATCH (p:Official)-[v:SERVES_IN]->(o) WHERE p.id = official_id AND during(v, $day) AND visible(p)
WITH row, c, o, handlers, p, min(v.post) AS post
RETURN coalesce(o.id, '') AS organ_id, coalesce(o.name, '') AS organ, coalesce(p.id, '') AS official_id,
  coalesce(p.name, '') AS official, coalesce(post, '') AS post, row.role AS role, row.since AS since, row.until AS until, row.step_id AS step_id
