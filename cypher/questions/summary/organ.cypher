/*
title: {zh: 机构概要, en: Summary of an organ}
asks: 一个机构的上下级、as_of 当日在任的人员、当日负责的案件按责任和状态的数量。
asks_en: Where the organ stands, who serves in it on as_of, and how many cases it is responsible for that day.
params:
  id: {type: id, of: [Organ], required: true, zh: 机构, en: the organ}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns: {id: {type: id, zh: 标识}, name: {type: text, zh: 名称}, level: {type: text, zh: 层级}, area: {type: text, zh: 区划}}
for: [investigator, mediator, api]
evidence: [id]
parts:
  relations: {zh: 上下级, columns: {organ_id: {type: id, zh: 机构}, organ: {type: text, zh: 名称}, relation: {type: text, zh: 关系, values: {above: 上级, below: 下级}}}, evidence: [organ_id], order: [relation, organ_id]}
  officials: {zh: 人员, columns: {official_id: {type: id, zh: 干部}, name: {type: text, zh: 姓名}, post: {type: text, zh: 职务}, since: {type: date, zh: 自}, until: {type: date, zh: 至}}, evidence: [official_id], order: [since, official_id, post]}
  duties: {zh: 负责的案件数, columns: {role: {type: text, zh: 责任}, kind: {type: text, zh: 类型}, cases: {type: int, zh: 案件}, closed: {type: int, zh: 已办结}}, order: [role, kind]}
  links: {zh: 各类关系的数量, columns: {edge: {type: text, zh: 关系}, direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}, kind: {type: text, zh: 类型}, things: {type: int, zh: 数量}}, order: [edge, direction, kind]}
*/
// part: main
MATCH (n:Organ) WHERE n.id = $id AND visible(n)
RETURN n.id AS id, n.name AS name, coalesce(n.level, '') AS level, coalesce(n.area_code, '') AS area
// part: relations
MATCH (n:Organ)-[:UNDER]->(o:Organ) WHERE n.id = $id AND visible(n) AND visible(o) RETURN o.id AS organ_id, o.name AS organ, 'above' AS relation
UNION
MATCH (n:Organ)<-[:UNDER]-(o:Organ) WHERE n.id = $id AND visible(n) AND visible(o) RETURN o.id AS organ_id, o.name AS organ, 'below' AS relation
// part: officials
MATCH (n:Organ)<-[e:SERVES_IN]-(f:Official) WHERE n.id = $id AND during(e, $as_of) AND visible(n) AND visible(f)
RETURN f.id AS official_id, f.name AS name, coalesce(e.post, '') AS post, coalesce(e.since, '') AS since, known(e.until, $as_of) AS until
// part: duties
MATCH (n:Organ)-[e:RESPONSIBLE_FOR]->(c:`Case`)
WHERE n.id = $id AND during(e, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(n) AND visible(c)
RETURN e.role AS role, c.kind AS kind, count(DISTINCT c.id) AS cases, count(DISTINCT CASE WHEN known(c.closed_on, $as_of) <> '' THEN c.id END) AS closed
// part: links
MATCH (n:Organ)-[e]->(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'out' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
UNION
MATCH (n:Organ)<-[e]-(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'in' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
