/*
title: {zh: 案件概要, en: Summary of a case}
asks: >
  一件案件的基本情况、当事人、被反映的单位和人、涉及的地块、责任单位和人、协议、期限、前后案件，以 as_of 当日所知为准：
  当日有效的责任，当日及以前达成的协议、起算的期限；此后的受理、答复、办结为空，状态、结论在当日已知答复和办结时才给出；办理过程问题是当日存在的。
asks_en: >
  What the case is, its parties, who is complained of, parcels, who is responsible, agreements, clocks and related cases, as known on
  as_of: duties in force that day; later dates are empty, undated values are told once reply and closing are known, and faults are those that stand that day.
params:
  id: {type: id, of: [Case], required: true, zh: 案件, en: the case}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  id: {type: id, zh: 标识}
  name: {type: text, zh: 名称}
  kind: {type: text, zh: 类型, values: {petition: 信访件, dispute: 纠纷}}
  number: {type: text, zh: 编号}
  category: {type: text, zh: 类别}
  status: {type: text, zh: 状态}
  outcome: {type: text, zh: 结论}
  opened_on: {type: date, zh: 日期}
  registered_on: {type: date, zh: 登记}
  accepted_on: {type: date, zh: 受理}
  replied_on: {type: date, zh: 答复}
  closed_on: {type: date, zh: 办结}
  matter_id: {type: id, zh: 事项}
  faults: {type: words, zh: 办理过程问题}
  area: {type: text, zh: 区划}
for: [investigator, mediator, api]
evidence: [id]
parts:
  parties: {zh: 当事人, columns: {party_id: {type: id, zh: 当事人}, kind: {type: text, zh: 类型}, name: {type: text, zh: 名称}, role: {type: text, zh: 角色}}, evidence: [party_id], order: [role, party_id]}
  complained_of: {zh: 被反映, columns: {id: {type: id, zh: 标识}, name: {type: text, zh: 名称}}, evidence: [id], order: [id]}
  parcels: {zh: 地块, columns: {parcel_id: {type: id, zh: 地块}, name: {type: text, zh: 名称}}, evidence: [parcel_id], order: [parcel_id]}
  responsible: {zh: 责任, columns: {id: {type: id, zh: 标识}, name: {type: text, zh: 名称}, role: {type: text, zh: 责任}, since: {type: date, zh: 自}, until: {type: date, zh: 至}}, evidence: [id], order: [role, since, id]}
  agreements: {zh: 协议, columns: {agreement_id: {type: id, zh: 协议}, signed_on: {type: date, zh: 达成}, due_on: {type: date, zh: 履行期限}, performed: {type: text, zh: 履行}}, evidence: [agreement_id], order: [agreement_id]}
  clocks: {zh: 期限, columns: {clock_id: {type: id, zh: 期限}, clock: {type: text, zh: 种类}, name: {type: text, zh: 名称}, article: {type: text, zh: 依据}, due_on: {type: date, zh: 届满}, met_on: {type: date, zh: 完成}}, evidence: [clock_id], order: [due_on, clock_id]}
  same_matter: {zh: 同一事项, columns: {case_id: {type: id, zh: 案件}, name: {type: text, zh: 名称}, opened_on: {type: date, zh: 日期}}, evidence: [case_id], order: [opened_on, case_id]}
  links: {zh: 各类关系的数量, columns: {edge: {type: text, zh: 关系}, direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}, kind: {type: text, zh: 类型}, things: {type: int, zh: 数量}}, order: [edge, direction, kind]}
*/
// part: main
MATCH (n:`Case`) WHERE n.id = $id AND visible(n)
RETURN n.id AS id, n.name AS name, n.kind AS kind, n.number AS number, coalesce(n.category, '') AS category,
  CASE WHEN by_then(coalesce(n.closed_on, n.replied_on), $as_of) THEN coalesce(n.status, '') ELSE '' END AS status,
  CASE WHEN by_then(coalesce(n.replied_on, n.closed_on), $as_of) THEN coalesce(n.outcome, '') ELSE '' END AS outcome,
  coalesce(n.opened_on, '') AS opened_on, coalesce(n.registered_on, '') AS registered_on,
  known(n.accepted_on, $as_of) AS accepted_on, known(n.replied_on, $as_of) AS replied_on, known(n.closed_on, $as_of) AS closed_on,
  matter_of(n, $as_of) AS matter_id,
  standing(n.faults, $as_of) AS faults,
  coalesce(n.area_code, '') AS area
// part: parties
MATCH (n:`Case`)<-[e:PARTY_TO]-(p:Resident)
WHERE n.id = $id AND by_then(e.on_date, $as_of) AND visible(n) AND visible(p)
RETURN p.id AS party_id, 'Resident' AS kind, p.name AS name, e.role AS role
UNION
MATCH (n:`Case`)<-[e:PARTY_TO]-(p:Organ)
WHERE n.id = $id AND by_then(e.on_date, $as_of) AND visible(n) AND visible(p)
RETURN p.id AS party_id, 'Organ' AS kind, p.name AS name, e.role AS role
// part: complained_of
MATCH (n:`Case`)-[:COMPLAINS_OF]->(p:Organ) WHERE n.id = $id AND visible(n) AND visible(p) RETURN p.id AS id, p.name AS name
UNION
MATCH (n:`Case`)-[:COMPLAINS_OF]->(p:Official) WHERE n.id = $id AND visible(n) AND visible(p) RETURN p.id AS id, p.name AS name
// part: parcels
MATCH (n:`Case`)-[:CONCERNS]->(p:Parcel) WHERE n.id = $id AND visible(n) AND visible(p) RETURN p.id AS parcel_id, p.name AS name
// part: responsible
MATCH (n:`Case`)<-[e:RESPONSIBLE_FOR]-(p:Organ)
WHERE n.id = $id AND during(e, $as_of) AND visible(n) AND visible(p)
RETURN p.id AS id, p.name AS name, e.role AS role, coalesce(e.since, '') AS since, known(e.until, $as_of) AS until
UNION
MATCH (n:`Case`)<-[e:RESPONSIBLE_FOR]-(p:Official)
WHERE n.id = $id AND during(e, $as_of) AND visible(n) AND visible(p)
RETURN p.id AS id, p.name AS name, e.role AS role, coalesce(e.since, '') AS since, known(e.until, $as_of) AS until
// part: agreements
MATCH (n:`Case`)-[:SETTLED_BY]->(g:Agreement)
WHERE n.id = $id AND by_then(g.signed_on, $as_of) AND visible(n) AND visible(g)
RETURN g.id AS agreement_id, coalesce(g.signed_on, '') AS signed_on, coalesce(g.due_on, '') AS due_on,
  CASE WHEN by_then(g.performed_on, $as_of) THEN coalesce(g.performed, '') ELSE 'unknown' END AS performed
// part: clocks
MATCH (n:`Case`)-[:HAS_CLOCK]->(k:Clock)
WHERE n.id = $id AND by_then(k.start_on, $as_of) AND visible(n) AND visible(k)
RETURN k.id AS clock_id, k.clock AS clock, k.name AS name,
  CASE WHEN coalesce(k.statute, '') = '' THEN coalesce(k.article, '') ELSE '《' + k.statute + '》' + coalesce(k.article, '') END AS article,
  CASE WHEN by_then(k.extended_on, $as_of) THEN coalesce(k.due_on, '') ELSE coalesce(k.base_due_on, k.due_on, '') END AS due_on, known(k.met_on, $as_of) AS met_on
// part: same_matter
MATCH (n:`Case`) WHERE n.id = $id AND visible(n)
MATCH (c:`Case`) WHERE c.matter_id = n.matter_id AND matter_of(c, $as_of) = matter_of(n, $as_of) AND c.id <> n.id AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c)
RETURN c.id AS case_id, c.name AS name, coalesce(c.opened_on, '') AS opened_on
// part: links
MATCH (n:`Case`)-[e]->(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'out' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
UNION
MATCH (n:`Case`)<-[e]-(m)
WHERE n.id = $id AND during(e, $as_of) AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'in' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
