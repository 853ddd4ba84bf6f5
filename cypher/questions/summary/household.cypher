/*
title: {zh: 户概要, en: Summary of a household}
asks: 一户在 as_of 当日的成员、当日成员此前参与的案件和当日持有的地块。
asks_en: Members on as_of, their cases known by that day and the parcels held that day.
params:
  id: {type: id, of: [Household], required: true, zh: 户, en: the household}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  id: {type: id, zh: 标识}
  name: {type: text, zh: 名称}
  kind: {type: text, zh: 户类型, values: {family: 家庭户, collective: 集体户}}
  area: {type: text, zh: 区划}
for: [investigator, mediator, api]
evidence: [id]
parts:
  members: {zh: 成员, columns: {person_id: {type: id, zh: 居民}, name: {type: text, zh: 姓名}, relation: {type: text, zh: 与户主关系}}, evidence: [person_id], order: [relation, person_id]}
  cases: {zh: 案件, columns: {case_id: {type: id, zh: 案件}, person_id: {type: id, zh: 居民}, role: {type: text, zh: 角色}, kind: {type: text, zh: 类型}, name: {type: text, zh: 名称}, opened_on: {type: date, zh: 日期}}, evidence: [case_id], order: [-opened_on, case_id, person_id, role]}
  parcels: {zh: 地块, columns: {parcel_id: {type: id, zh: 地块}, name: {type: text, zh: 名称}, right: {type: text, zh: 权利}}, evidence: [parcel_id], order: [parcel_id]}
  kin: {zh: 户外亲属, columns: {person_id: {type: id, zh: 成员}, kin_id: {type: id, zh: 亲属}, name: {type: text, zh: 姓名}, relation: {type: text, zh: 关系}, degree: {type: text, zh: 远近}}, evidence: [person_id, kin_id], order: [person_id, degree, kin_id, relation]}
  responsible: {zh: 责任单位, columns: {case_id: {type: id, zh: 案件}, organ_id: {type: id, zh: 单位}, organ: {type: text, zh: 名称}, role: {type: text, zh: 责任}}, evidence: [case_id, organ_id], order: [case_id, organ_id, role]}
  clocks: {zh: 未完成的职责期限, columns: {clock_id: {type: id, zh: 期限}, case_id: {type: id, zh: 案件}, clock: {type: text, zh: 种类}, name: {type: text, zh: 名称}, due_on: {type: date, zh: 届满}}, evidence: [clock_id], order: [due_on, clock_id]}
  agreements: {zh: 协议, columns: {agreement_id: {type: id, zh: 协议}, case_id: {type: id, zh: 案件}, signed_on: {type: date, zh: 达成}, performed: {type: text, zh: 履行}}, evidence: [agreement_id], order: [agreement_id]}
  links: {zh: 各类关系的数量, columns: {edge: {type: text, zh: 关系}, direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}, kind: {type: text, zh: 类型}, things: {type: int, zh: 数量}}, order: [edge, direction, kind]}
*/
// part: main
MATCH (n:Household) WHERE n.id = $id AND visible(n)
RETURN n.id AS id, n.name AS name, coalesce(n.kind, '') AS kind, coalesce(n.area_code, '') AS area
// part: members
MATCH (n:Household)<-[e:MEMBER_OF]-(p:Resident) WHERE n.id = $id AND during(e, $as_of) AND visible(n) AND visible(p)
RETURN p.id AS person_id, p.name AS name, coalesce(e.relation, '') AS relation
// part: cases
MATCH (n:Household)<-[m:MEMBER_OF]-(p:Resident)-[e:PARTY_TO]->(c:`Case`) WHERE n.id = $id
in_order(n, m, p, e, c)
WITH n, m, p, e, c
WHERE during(m, $as_of) AND by_then(e.on_date, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(n) AND visible(p) AND visible(c)
RETURN c.id AS case_id, p.id AS person_id, e.role AS role, c.kind AS kind, c.name AS name, coalesce(c.opened_on, '') AS opened_on
// part: parcels
MATCH (n:Household)-[e:HOLDS]->(p:Parcel) WHERE n.id = $id AND during(e, $as_of) AND visible(n) AND visible(p)
RETURN p.id AS parcel_id, p.name AS name, coalesce(e.right, '') AS right
// part: kin
MATCH (n:Household)<-[m:MEMBER_OF]-(p:Resident)-[e:KIN]->(q:Resident) WHERE n.id = $id
in_order(n, m, p, e, q)
WITH n, m, p, e, q
WHERE during(m, $as_of) AND visible(n) AND visible(p) AND visible(q)
OPTIONAL MATCH (q)-[x:MEMBER_OF]->(h:Household) WHERE during(x, $as_of) AND visible(h)
WITH p, e, q, count(CASE WHEN h.id = $id THEN 1 END) AS inside
WHERE inside = 0
RETURN DISTINCT p.id AS person_id, q.id AS kin_id, q.name AS name, e.relation AS relation, coalesce(e.degree, '') AS degree
// part: responsible
MATCH (n:Household)<-[m:MEMBER_OF]-(p:Resident)-[e:PARTY_TO]->(c:`Case`)<-[r:RESPONSIBLE_FOR]-(o:Organ) WHERE n.id = $id
in_order(n, m, p, e, c, r, o)
WITH n, m, p, e, c, r, o
WHERE during(m, $as_of) AND by_then(e.on_date, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(r, $as_of)
  AND visible(n) AND visible(p) AND visible(c) AND visible(o)
RETURN DISTINCT c.id AS case_id, o.id AS organ_id, o.name AS organ, r.role AS role
// part: clocks
MATCH (n:Household)<-[m:MEMBER_OF]-(p:Resident)-[e:PARTY_TO]->(c:`Case`)-[r:HAS_CLOCK]->(k:Clock) WHERE n.id = $id
in_order(n, m, p, e, c, r, k)
WITH n, m, p, e, c, r, k
WHERE during(m, $as_of) AND by_then(e.on_date, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(k.start_on, $as_of)
  AND k.duty AND coalesce(k.due_on, '') <> '' AND known(k.met_on, $as_of) = '' AND known(k.ended_on, $as_of) = ''
  AND visible(n) AND visible(p) AND visible(c) AND visible(k)
RETURN DISTINCT k.id AS clock_id, c.id AS case_id, k.clock AS clock, k.name AS name,
  CASE WHEN by_then(k.extended_on, $as_of) THEN coalesce(k.due_on, '') ELSE coalesce(k.base_due_on, k.due_on, '') END AS due_on
// part: agreements
MATCH (n:Household)<-[m:MEMBER_OF]-(p:Resident)-[e:PARTY_TO]->(c:`Case`)-[r:SETTLED_BY]->(g:Agreement) WHERE n.id = $id
in_order(n, m, p, e, c, r, g)
WITH n, m, p, e, c, r, g
WHERE during(m, $as_of) AND by_then(e.on_date, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(g.signed_on, $as_of)
  AND visible(n) AND visible(p) AND visible(c) AND visible(g)
RETURN DISTINCT g.id AS agreement_id, c.id AS case_id, coalesce(g.signed_on, '') AS signed_on,
  CASE WHEN by_then(g.performed_on, $as_of) THEN coalesce(g.performed, '') ELSE 'unknown' END AS performed
// part: links
MATCH (n:Household)-[e]->(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'out' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
UNION
MATCH (n:Household)<-[e]-(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'in' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
