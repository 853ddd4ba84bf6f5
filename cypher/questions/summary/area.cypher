/*
title: {zh: 区划概要, en: Summary of an area}
asks: 一个区划的上下级、所辖机构、直接登记在此的案件数量。
asks_en: Where the area stands, who governs it, and how many cases are recorded in it directly.
params: {id: {type: id, of: [Area], required: true, zh: 区划, en: the area}}
columns: {id: {type: id, zh: 标识}, name: {type: text, zh: 名称}, code: {type: text, zh: 代码}, level: {type: text, zh: 级别}}
for: [investigator, mediator, api]
evidence: [id]
parts:
  relations: {zh: 上下级, columns: {area_id: {type: id, zh: 区划}, name: {type: text, zh: 名称}, relation: {type: text, zh: 关系, values: {above: 上级, below: 下级}}}, evidence: [area_id], order: [relation, area_id]}
  organs: {zh: 管辖机构, columns: {organ_id: {type: id, zh: 机构}, organ: {type: text, zh: 名称}}, evidence: [organ_id], order: [organ_id]}
  cases: {zh: 案件数, columns: {kind: {type: text, zh: 类型}, category: {type: text, zh: 类别}, cases: {type: int, zh: 案件}, closed: {type: int, zh: 已办结}}, order: [kind, -cases, category]}
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
MATCH (n:Area)<-[:IN_AREA]-(c:`Case`) WHERE n.id = $id AND visible(n) AND visible(c)
RETURN c.kind AS kind, coalesce(c.category, '') AS category, count(DISTINCT c.id) AS cases, count(DISTINCT CASE WHEN coalesce(c.closed_on, '') <> '' THEN c.id END) AS closed
