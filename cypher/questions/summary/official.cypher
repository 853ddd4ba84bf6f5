/*
title: {zh: 干部概要, en: Summary of an official}
asks: 一位干部截至 as_of 历任的职务（当日未免的，至一栏为空）、上级领导、当日负责的案件。
asks_en: Posts begun by as_of (until is empty when the post was still held), the leader above, and the cases in the official's charge that day.
params:
  id: {type: id, of: [Official], required: true, zh: 干部, en: the official}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns: {id: {type: id, zh: 标识}, name: {type: text, zh: 姓名}, area: {type: text, zh: 区划}}
for: [investigator, api]
evidence: [id]
parts:
  posts: {zh: 任职, columns: {organ_id: {type: id, zh: 机构}, organ: {type: text, zh: 名称}, post: {type: text, zh: 职务}, since: {type: date, zh: 自}, until: {type: date, zh: 至}}, evidence: [organ_id], order: [since, organ_id, post]}
  leaders: {zh: 上级领导, columns: {official_id: {type: id, zh: 领导}, name: {type: text, zh: 姓名}}, evidence: [official_id], order: [official_id]}
  cases: {zh: 负责的案件, columns: {case_id: {type: id, zh: 案件}, name: {type: text, zh: 名称}, role: {type: text, zh: 责任}, opened_on: {type: date, zh: 日期}, closed_on: {type: date, zh: 办结}}, evidence: [case_id], order: [-opened_on, case_id, role]}
  links: {zh: 各类关系的数量, columns: {edge: {type: text, zh: 关系}, direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}, kind: {type: text, zh: 类型}, things: {type: int, zh: 数量}}, order: [edge, direction, kind]}
*/
// part: main
MATCH (n:Official) WHERE n.id = $id AND visible(n) RETURN n.id AS id, n.name AS name, coalesce(n.area_code, '') AS area
// part: posts
MATCH (n:Official)-[e:SERVES_IN]->(o:Organ) WHERE n.id = $id AND by_then(e.since, $as_of) AND visible(n) AND visible(o)
RETURN o.id AS organ_id, o.name AS organ, coalesce(e.post, '') AS post, coalesce(e.since, '') AS since, known(e.until, $as_of) AS until
// part: leaders
MATCH (n:Official)-[:REPORTS_TO]->(f:Official) WHERE n.id = $id AND visible(n) AND visible(f) RETURN f.id AS official_id, f.name AS name
// part: cases
MATCH (n:Official)-[e:RESPONSIBLE_FOR]->(c:`Case`)
WHERE n.id = $id AND during(e, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(n) AND visible(c)
RETURN c.id AS case_id, c.name AS name, e.role AS role, coalesce(c.opened_on, '') AS opened_on, known(c.closed_on, $as_of) AS closed_on
// part: links
MATCH (n:Official)-[e]->(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'out' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
UNION
MATCH (n:Official)<-[e]-(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'in' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
