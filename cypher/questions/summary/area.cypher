/*
title: {zh: 区划概要, en: Summary of an area}
asks: 一个区划的上下级、管辖机构、本区划（含下级）截至 as_of 已登记的案件数量和各下级区划的案件数量；as_of 以后才办结的算未办结。
asks_en: Where the area stands, who governs it, and how many cases known by as_of lie in it, and in each area below.
params:
  id: {type: id, of: [Area], required: true, zh: 区划, en: the area}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns: {id: {type: id, zh: 标识}, name: {type: text, zh: 名称}, code: {type: text, zh: 代码}, level: {type: text, zh: 级别}}
for: [investigator, mediator, api]
evidence: [id]
parts:
  relations: {zh: 上下级, columns: {area_id: {type: id, zh: 区划}, name: {type: text, zh: 名称}, relation: {type: text, zh: 关系, values: {above: 上级, below: 下级}}}, evidence: [area_id], order: [relation, area_id]}
  organs: {zh: 管辖机构, columns: {organ_id: {type: id, zh: 机构}, organ: {type: text, zh: 名称}}, evidence: [organ_id], order: [organ_id]}
  cases: {zh: 案件数, columns: {kind: {type: text, zh: 类型}, category: {type: text, zh: 类别}, cases: {type: int, zh: 案件}, closed: {type: int, zh: 已办结}}, order: [kind, -cases, category]}
  children: {zh: 下级区划的案件数, columns: {area_id: {type: id, zh: 区划}, name: {type: text, zh: 名称}, petitions: {type: int, zh: 信访件}, disputes: {type: int, zh: 纠纷}, closed: {type: int, zh: 已办结}}, evidence: [area_id], order: [area_id]}
  links: {zh: 各类关系的数量, columns: {edge: {type: text, zh: 关系}, direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}, kind: {type: text, zh: 类型}, things: {type: int, zh: 数量}}, order: [edge, direction, kind]}
*/
// part: main
MATCH (n:Area) WHERE n.id = $id AND visible(n) RETURN n.id AS id, n.name AS name, n.code AS code, coalesce(n.level, '') AS level
// part: relations
MATCH (n:Area)-[:IN_AREA]->(a:Area) WHERE n.id = $id AND visible(n) AND visible(a) RETURN a.id AS area_id, a.name AS name, 'above' AS relation
UNION
MATCH (n:Area)<-[:IN_AREA]-(a:Area) WHERE n.id = $id AND visible(n) AND visible(a) RETURN a.id AS area_id, a.name AS name, 'below' AS relation
// part: organs
MATCH (n:Area)<-[:GOVERNS]-(o:Organ) WHERE n.id = $id AND visible(n) AND visible(o) RETURN o.id AS organ_id, o.name AS organ
// part: cases
MATCH (n:Area) WHERE n.id = $id AND visible(n)
WITH CASE n.level WHEN 'province' THEN left(n.code, 2) WHEN 'city' THEN left(n.code, 4)
    WHEN 'county' THEN left(n.code, 6) WHEN 'township' THEN left(n.code, 9) ELSE n.code END AS prefix
MATCH (c:`Case`) WHERE c.area_code STARTS WITH prefix AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c)
RETURN c.kind AS kind, coalesce(c.category, '') AS category, count(c.id) AS cases,
  count(CASE WHEN known(c.closed_on, $as_of) <> '' THEN c.id END) AS closed
// part: children
MATCH (n:Area)<-[:IN_AREA]-(a:Area) WHERE n.id = $id AND visible(n) AND visible(a)
WITH a, CASE a.level WHEN 'province' THEN left(a.code, 2) WHEN 'city' THEN left(a.code, 4)
    WHEN 'county' THEN left(a.code, 6) WHEN 'township' THEN left(a.code, 9) ELSE a.code END AS prefix
OPTIONAL MATCH (c:`Case`) WHERE c.area_code STARTS WITH prefix AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c)
RETURN a.id AS area_id, a.name AS name, count(CASE WHEN c.kind = 'petition' THEN c.id END) AS petitions,
  count(CASE WHEN c.kind = 'dispute' THEN c.id END) AS disputes,
  count(CASE WHEN known(c.closed_on, $as_of) <> '' THEN c.id END) AS closed
// part: links
MATCH (n:Area)-[e]->(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'out' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
UNION
MATCH (n:Area)<-[e]-(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'in' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
