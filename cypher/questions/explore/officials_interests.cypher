/*
title: {zh: 干部及近亲属的利益, en: What an official's family holds and contests}
asks: >
  这位干部本人、同户的人和近亲属持有哪些地块、承包合同，是哪些案件的当事人？先由 IS 找到干部的居民本人（identity 说明有多确定），再看 as_of
  当日同户的人（集体户不算）和近亲属（degree 为 near）。户持有的地块记在本人名下（relation 为同户）或那位亲属名下。案件只列当日及以前登记的，
  代理人不算。这是回避时要核对的事实，不是对任何人的评价。
asks_en: >
  Which parcels and contracts do this official, the household and near kin hold, and in which cases are they parties? The official's own
  resident self comes from IS (`identity` says how sure that is), then who lived in the household on as_of (collective ones aside) and near
  kin. A household's parcels stand under the official's own self, or under the kin who live there. Cases known by then; agents do not
  count. These are facts to check before a recusal, no judgement of anybody.
params:
  official_id: {type: id, of: [Official], required: true, zh: 干部, en: the official}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  official_id: {type: id, zh: 干部}
  relation: {type: text, zh: 关系, values: {self: 本人, household: 同户, near_kin: 近亲属}}
  person_id: {type: id, zh: 居民}
  thing_kind: {type: text, zh: 利益, values: {parcel: 地块, contract: 承包合同, case: 案件}}
  thing_id: {type: id, zh: 标识或合同编号}
  since: {type: date, zh: 自}
  person: {type: text, zh: 姓名}
  name: {type: text, zh: 名称}
  as_what: {type: text, zh: 权利或角色}
  household_id: {type: id, zh: 经由户}
  identity: {type: text, zh: 是否本人, values: {certain: 确定, probable: 很可能, possible: 可能, '': 未分层}}
rule: interests/default@1
for: [investigator]
evidence: [official_id, person_id, household_id, thing_id]
sentence: "{relation}“{person}”（身份{identity}）：{thing_kind}“{name}”，{as_what}，自{since}。"
order: [identity, relation, person_id, thing_kind, -since, thing_id, as_what, household_id]
*/
// found: main
MATCH (f:Official {id: $official_id})-[i:IS]->(r:Resident)
in_order(f, i, r)
WITH f, i, r
WHERE visible(f) AND visible(r)
OPTIONAL MATCH (r)-[m:MEMBER_OF]->(h:Household) WHERE coalesce(h.kind, '') <> 'collective' AND during(m, $as_of) AND visible(h)
RETURN f.id AS official, coalesce(i.tier, '') AS identity, r.id AS person, 'self' AS relation, collect(h.id) AS homes
UNION
MATCH (f:Official {id: $official_id})-[i:IS]->(r:Resident)-[m:MEMBER_OF]->(h:Household)<-[n:MEMBER_OF]-(q:Resident)
in_order(f, i, r, m, h, n, q)
WITH f, i, r, m, h, n, q
WHERE q.id <> r.id AND coalesce(h.kind, '') <> 'collective' AND during(m, $as_of) AND during(n, $as_of)
  AND visible(f) AND visible(r) AND visible(h) AND visible(q)
RETURN f.id AS official, coalesce(i.tier, '') AS identity, q.id AS person, 'household' AS relation, [h.id] AS homes
UNION
MATCH (f:Official {id: $official_id})-[i:IS]->(r:Resident)-[k:KIN]->(q:Resident)
in_order(f, i, r, k, q)
WITH f, i, r, k, q
WHERE q.id <> r.id AND k.degree = 'near' AND visible(f) AND visible(r) AND visible(q)
OPTIONAL MATCH (r)-[m:MEMBER_OF]->(h:Household) WHERE coalesce(h.kind, '') <> 'collective' AND during(m, $as_of) AND visible(h)
RETURN f.id AS official, coalesce(i.tier, '') AS identity, q.id AS person, 'near_kin' AS relation, collect(h.id) AS homes
// part: main
UNWIND $found AS row
MATCH (q:Resident)-[e:PARTY_TO]->(c:`Case`) WHERE q.id = row.person
WITH row, q, e, c
WHERE e.role <> 'agent' AND by_then(e.on_date, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(q) AND visible(c)
RETURN row.official AS official_id, min(row.relation) AS relation, q.id AS person_id, 'case' AS thing_kind, c.id AS thing_id,
  left(coalesce(c.registered_on, c.opened_on, ''), 10) AS since, q.name AS person, c.name AS name, e.role AS as_what,
  '' AS household_id, row.identity AS identity
UNION
UNWIND $found AS row
MATCH (q:Resident)-[e:HOLDS]->(p:Parcel) WHERE q.id = row.person
WITH row, q, e, p
WHERE during(e, $as_of) AND visible(q) AND visible(p)
RETURN row.official AS official_id, min(row.relation) AS relation, q.id AS person_id, 'parcel' AS thing_kind, p.id AS thing_id,
  coalesce(e.since, '') AS since, q.name AS person, p.name AS name, coalesce(e.right, '') AS as_what,
  '' AS household_id, row.identity AS identity
UNION
UNWIND $found AS row
MATCH (q:Resident)-[e:HOLDS]->(p:Parcel) WHERE q.id = row.person
WITH row, q, e, p
WHERE coalesce(e.contract, '') <> '' AND during(e, $as_of) AND visible(q) AND visible(p)
RETURN row.official AS official_id, min(row.relation) AS relation, q.id AS person_id, 'contract' AS thing_kind, e.contract AS thing_id,
  coalesce(e.since, '') AS since, q.name AS person, p.name AS name, coalesce(e.right, '') AS as_what,
  '' AS household_id, row.identity AS identity
UNION
UNWIND $found AS row
MATCH (q:Resident)-[m:MEMBER_OF]->(h:Household)-[e:HOLDS]->(p:Parcel) WHERE q.id = row.person
WITH row, q, m, h, e, p
WHERE (row.relation = 'self' OR row.relation = 'near_kin' AND NOT h.id IN row.homes) AND coalesce(h.kind, '') <> 'collective' AND during(m, $as_of) AND during(e, $as_of)
  AND visible(q) AND visible(h) AND visible(p)
RETURN row.official AS official_id, CASE row.relation WHEN 'self' THEN 'household' ELSE row.relation END AS relation, q.id AS person_id,
  'parcel' AS thing_kind, p.id AS thing_id, coalesce(e.since, '') AS since, q.name AS person, p.name AS name,
  coalesce(e.right, '') AS as_what, h.id AS household_id, row.identity AS identity
UNION
UNWIND $found AS row
MATCH (q:Resident)-[m:MEMBER_OF]->(h:Household)-[e:HOLDS]->(p:Parcel) WHERE q.id = row.person
WITH row, q, m, h, e, p
WHERE (row.relation = 'self' OR row.relation = 'near_kin' AND NOT h.id IN row.homes) AND coalesce(e.contract, '') <> '' AND coalesce(h.kind, '') <> 'collective'
  AND during(m, $as_of) AND during(e, $as_of) AND visible(q) AND visible(h) AND visible(p)
RETURN row.official AS official_id, CASE row.relation WHEN 'self' THEN 'household' ELSE row.relation END AS relation, q.id AS person_id,
  'contract' AS thing_kind, e.contract AS thing_id, coalesce(e.since, '') AS since, q.name AS person, p.name AS name,
  coalesce(e.right, '') AS as_what, h.id AS household_id, row.identity AS identity
