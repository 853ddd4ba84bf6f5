/*
title: {zh: 居民概要, en: Summary of a person}
asks: 一位居民的基本情况，as_of 当日的户与亲属、持有的地块，当日及以前登记的案件及其当日的责任单位、期限、协议。
asks_en: Identity, household and kin, parcels held on as_of, cases known by then by role and who is responsible for them that day.
params:
  id: {type: id, of: [Resident], required: true, zh: 居民, en: the person}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  id: {type: id, zh: 标识}
  name: {type: text, zh: 姓名}
  gender: {type: text, zh: 性别, values: {'1': 男, '2': 女, '0': 未知, '9': 未说明}}
  born_on: {type: date, zh: 出生日期}
  registered: {type: bool, zh: 有登记}
  anonymous: {type: bool, zh: 化名或匿名}
  area: {type: text, zh: 区划}
  tier:
    type: text
    zh: 身份依据
    values: {id_number: 证件号码, phone: 姓名与电话, name: 仅姓名等, anonymous: 化名或匿名}
  id_number: {type: text, zh: 证件号码（遮蔽）}
  phone: {type: text, zh: 电话（遮蔽）}
for: [investigator, mediator, api]
evidence: [id]
parts:
  households: {zh: 户, columns: {household_id: {type: id, zh: 户}, name: {type: text, zh: 名称}, relation: {type: text, zh: 与户主关系}, registered: {type: bool, zh: 户籍}}, evidence: [household_id], order: [household_id]}
  kin: {zh: 亲属, columns: {person_id: {type: id, zh: 亲属}, name: {type: text, zh: 姓名}, relation: {type: text, zh: 关系}, degree: {type: text, zh: 远近}, blood: {type: bool, zh: 血亲}}, evidence: [person_id], order: [degree, relation, person_id]}
  possibly_same: {zh: 疑似同一人, columns: {person_id: {type: id, zh: 居民}, tier: {type: text, zh: 层级}, why: {type: text, zh: 理由}}, evidence: [person_id], order: [person_id]}
  cases: {zh: 案件, columns: {case_id: {type: id, zh: 案件}, role: {type: text, zh: 角色}, kind: {type: text, zh: 类型}, name: {type: text, zh: 名称}, category: {type: text, zh: 类别}, opened_on: {type: date, zh: 日期}, closed_on: {type: date, zh: 办结}}, evidence: [case_id], order: [-opened_on, case_id, role]}
  parcels: {zh: 地块, columns: {parcel_id: {type: id, zh: 地块}, name: {type: text, zh: 名称}, through: {type: text, zh: 持有者, values: {self: 本人, household: 户}}}, evidence: [parcel_id], order: [parcel_id, through]}
  responsible: {zh: 责任单位, columns: {case_id: {type: id, zh: 案件}, organ_id: {type: id, zh: 单位}, organ: {type: text, zh: 名称}, role: {type: text, zh: 责任}}, evidence: [case_id, organ_id], order: [case_id, organ_id, role]}
  clocks: {zh: 未完成的职责期限, columns: {clock_id: {type: id, zh: 期限}, case_id: {type: id, zh: 案件}, clock: {type: text, zh: 种类}, name: {type: text, zh: 名称}, due_on: {type: date, zh: 届满}}, evidence: [clock_id], order: [due_on, clock_id]}
  agreements: {zh: 协议, columns: {agreement_id: {type: id, zh: 协议}, case_id: {type: id, zh: 案件}, signed_on: {type: date, zh: 达成}, performed: {type: text, zh: 履行}}, evidence: [agreement_id], order: [agreement_id]}
  posts: {zh: 本人任职, columns: {official_id: {type: id, zh: 干部}, organ_id: {type: id, zh: 机构}, organ: {type: text, zh: 名称}, post: {type: text, zh: 职务}, since: {type: date, zh: 自}, until: {type: date, zh: 至}, identity: {type: text, zh: 是否本人, values: {certain: 确定, probable: 很可能, possible: 可能}}}, evidence: [official_id, organ_id], order: [identity, since, organ_id, post]}
  links: {zh: 各类关系的数量, columns: {edge: {type: text, zh: 关系}, direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}, kind: {type: text, zh: 类型}, things: {type: int, zh: 数量}}, order: [edge, direction, kind]}
*/
// part: main
MATCH (n:Resident) WHERE n.id = $id AND visible(n)
RETURN n.id AS id, n.name AS name, coalesce(n.gender, '') AS gender, coalesce(n.born_on, '') AS born_on, n.registered AS registered,
  n.anonymous AS anonymous, coalesce(n.area_code, '') AS area,
  CASE WHEN n.anonymous THEN 'anonymous' WHEN n.id_number <> '' THEN 'id_number' WHEN n.phone_token <> '' THEN 'phone' ELSE 'name' END AS tier,
  coalesce(n.id_number, '') AS id_number, coalesce(n.phone, '') AS phone
// part: households
MATCH (n:Resident)-[e:MEMBER_OF]->(h:Household) WHERE n.id = $id AND during(e, $as_of) AND visible(n) AND visible(h)
RETURN h.id AS household_id, h.name AS name, coalesce(e.relation, '') AS relation, e.registered AS registered
// part: kin
MATCH (n:Resident)-[e:KIN]->(p:Resident) WHERE n.id = $id AND visible(n) AND visible(p)
RETURN p.id AS person_id, p.name AS name, e.relation AS relation, e.degree AS degree, e.blood AS blood
// part: possibly_same
MATCH (n:Resident {id: $id})-[e:POSSIBLY_SAME]-(p:Resident) WHERE visible(n) AND visible(p)
in_order(n, e, p)
RETURN p.id AS person_id, e.tier AS tier, coalesce(e.why, '') AS why
// part: cases
MATCH (n:Resident)-[e:PARTY_TO]->(c:`Case`)
WHERE n.id = $id AND by_then(e.on_date, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(n) AND visible(c)
RETURN c.id AS case_id, e.role AS role, c.kind AS kind, c.name AS name, coalesce(c.category, '') AS category,
  coalesce(c.opened_on, '') AS opened_on, known(c.closed_on, $as_of) AS closed_on
// part: parcels
MATCH (n:Resident)-[e:HOLDS]->(p:Parcel) WHERE n.id = $id AND during(e, $as_of) AND visible(n) AND visible(p)
RETURN p.id AS parcel_id, p.name AS name, 'self' AS through
UNION
MATCH (n:Resident)-[m:MEMBER_OF]->(h:Household)-[e:HOLDS]->(p:Parcel)
WHERE n.id = $id AND during(m, $as_of) AND during(e, $as_of) AND visible(n) AND visible(h) AND visible(p)
RETURN p.id AS parcel_id, p.name AS name, 'household' AS through
// part: responsible
MATCH (n:Resident)-[y:PARTY_TO]->(c:`Case`)<-[e:RESPONSIBLE_FOR]-(o:Organ) WHERE n.id = $id
in_order(n, y, c, e, o)
WITH n, y, c, e, o
WHERE by_then(y.on_date, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(e, $as_of) AND visible(n) AND visible(c) AND visible(o)
RETURN c.id AS case_id, o.id AS organ_id, o.name AS organ, e.role AS role
// part: clocks
MATCH (n:Resident)-[y:PARTY_TO]->(c:`Case`)-[r:HAS_CLOCK]->(k:Clock) WHERE n.id = $id
in_order(n, y, c, r, k)
WITH n, y, c, k
WHERE by_then(y.on_date, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(k.start_on, $as_of)
  AND k.duty AND coalesce(k.due_on, '') <> '' AND known(k.met_on, $as_of) = '' AND known(k.ended_on, $as_of) = ''
  AND visible(n) AND visible(c) AND visible(k)
RETURN k.id AS clock_id, c.id AS case_id, k.clock AS clock, k.name AS name,
  CASE WHEN by_then(k.extended_on, $as_of) THEN coalesce(k.due_on, '') ELSE coalesce(k.base_due_on, k.due_on, '') END AS due_on
// part: agreements
MATCH (n:Resident)-[y:PARTY_TO]->(c:`Case`)-[r:SETTLED_BY]->(g:Agreement) WHERE n.id = $id
in_order(n, y, c, r, g)
WITH n, y, c, g
WHERE by_then(y.on_date, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(g.signed_on, $as_of) AND visible(n) AND visible(c) AND visible(g)
RETURN g.id AS agreement_id, c.id AS case_id, coalesce(g.signed_on, '') AS signed_on,
  CASE WHEN by_then(g.performed_on, $as_of) THEN coalesce(g.performed, '') ELSE 'unknown' END AS performed
// part: posts
MATCH (n:Resident)<-[i:IS]-(f:Official)-[e:SERVES_IN]->(o:Organ) WHERE n.id = $id
in_order(n, i, f, e, o)
WITH n, i, f, e, o
WHERE by_then(e.since, $as_of) AND visible(n) AND visible(f) AND visible(o)
RETURN f.id AS official_id, o.id AS organ_id, o.name AS organ, coalesce(e.post, '') AS post, coalesce(e.since, '') AS since,
  known(e.until, $as_of) AS until, i.tier AS identity
// part: links
MATCH (n:Resident)-[e]->(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'out' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
UNION
MATCH (n:Resident)<-[e]-(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'in' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
