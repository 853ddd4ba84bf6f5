/*
title: {zh: 地块概要, en: Summary of a parcel}
asks: 一块地的基本情况、as_of 当日的持有者、相邻地块、当日及以前登记的案件。
asks_en: What the parcel is, who holds it on as_of, what adjoins it and which cases known by then concern it.
params:
  id: {type: id, of: [Parcel], required: true, zh: 地块, en: the parcel}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  id: {type: id, zh: 标识}
  name: {type: text, zh: 名称}
  code: {type: text, zh: 宗地代码}
  area_m2: {type: float, zh: 面积（平方米）}
  right: {type: text, zh: 权利}
  bounds: {type: text, zh: 四至}
  area: {type: text, zh: 区划}
for: [investigator, mediator, api]
evidence: [id]
parts:
  holders: {zh: 持有者, columns: {holder_id: {type: id, zh: 持有者}, name: {type: text, zh: 名称}, right: {type: text, zh: 权利}, contract: {type: text, zh: 合同}, since: {type: date, zh: 自}, until: {type: date, zh: 至}}, evidence: [holder_id], order: [holder_id, right]}
  adjoining: {zh: 相邻, columns: {parcel_id: {type: id, zh: 地块}, name: {type: text, zh: 名称}}, evidence: [parcel_id], order: [parcel_id]}
  cases: {zh: 案件, columns: {case_id: {type: id, zh: 案件}, kind: {type: text, zh: 类型}, name: {type: text, zh: 名称}, opened_on: {type: date, zh: 日期}}, evidence: [case_id], order: [-opened_on, case_id]}
  links: {zh: 各类关系的数量, columns: {edge: {type: text, zh: 关系}, direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}, kind: {type: text, zh: 类型}, things: {type: int, zh: 数量}}, order: [edge, direction, kind]}
*/
// part: main
MATCH (n:Parcel) WHERE n.id = $id AND visible(n)
RETURN n.id AS id, n.name AS name, n.code AS code, n.area_m2 AS area_m2, coalesce(n.right, '') AS right, coalesce(n.bounds, '') AS bounds,
  coalesce(n.area_code, '') AS area
// part: holders
MATCH (n:Parcel)<-[e:HOLDS]-(h) WHERE n.id = $id AND during(e, $as_of) AND visible(n) AND visible(h)
RETURN h.id AS holder_id, h.name AS name, coalesce(e.right, '') AS right, coalesce(e.contract, '') AS contract,
  coalesce(e.since, '') AS since, coalesce(e.until, '') AS until
// part: adjoining
MATCH (n:Parcel)-[:ADJOINS]-(p:Parcel) WHERE n.id = $id AND visible(n) AND visible(p) RETURN p.id AS parcel_id, p.name AS name
// part: cases
MATCH (n:Parcel)<-[:CONCERNS]-(c:`Case`)
WHERE n.id = $id AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(n) AND visible(c)
RETURN c.id AS case_id, c.kind AS kind, c.name AS name, coalesce(c.opened_on, '') AS opened_on
// part: links
MATCH (n:Parcel)-[e]->(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'out' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
UNION
MATCH (n:Parcel)<-[e]-(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'in' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
