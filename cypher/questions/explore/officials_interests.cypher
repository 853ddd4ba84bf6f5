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
  as_what: {type: text, zh: 权利或角色, values: {petitioner: 信访人, representative: 代表, participant: 参与人, applicant: 申请人, respondent: 被申请人, third_party: 第三人, homestead: 宅基地使用权, contract: 承包经营权}}
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
RETURN coalesce(i.tier, '') AS identity, r.id AS person, r.name AS who, 'self' AS relation, '' AS home
UNION
MATCH (f:Official {id: $official_id})-[i:IS]->(r:Resident)-[m:MEMBER_OF]->(h:Household)<-[n:MEMBER_OF]-(q:Resident)
in_order(f, i, r, m, h, n, q)
WITH f, i, r, m, h, n, q
WHERE q.id <> r.id AND coalesce(h.kind, '') <> 'collective' AND during(m, $as_of) AND during(n, $as_of)
  AND visible(f) AND visible(r) AND visible(h) AND visible(q)
RETURN coalesce(i.tier, '') AS identity, q.id AS person, q.name AS who, 'household' AS relation, '' AS home
UNION
MATCH (f:Official {id: $official_id})-[i:IS]->(r:Resident)-[k:KIN]->(q:Resident)
in_order(f, i, r, k, q)
WITH f, i, r, k, q
WHERE q.id <> r.id AND k.degree = 'near' AND visible(f) AND visible(r) AND visible(q)
RETURN coalesce(i.tier, '') AS identity, q.id AS person, q.name AS who, 'near_kin' AS relation, '' AS home
UNION
MATCH (f:Official {id: $official_id})-[i:IS]->(r:Resident)-[m:MEMBER_OF]->(h:Household)
in_order(f, i, r, m, h)
WITH f, i, r, m, h
WHERE coalesce(h.kind, '') <> 'collective' AND during(m, $as_of) AND visible(f) AND visible(r) AND visible(h)
RETURN coalesce(i.tier, '') AS identity, r.id AS person, r.name AS who, 'household' AS relation, h.id AS home
UNION
MATCH (f:Official {id: $official_id})-[i:IS]->(r:Resident)-[k:KIN]->(q:Resident)-[m:MEMBER_OF]->(h:Household)
in_order(f, i, r, k, q, m, h)
WITH f, i, r, k, q, m, h
WHERE q.id <> r.id AND k.degree = 'near' AND coalesce(h.kind, '') <> 'collective' AND during(m, $as_of)
  AND visible(f) AND visible(r) AND visible(q) AND visible(h)
OPTIONAL MATCH (r)-[x:MEMBER_OF]->(g:Household) WHERE during(x, $as_of) AND visible(g)
WITH i, q, h, collect(g.id) AS homes
WHERE NOT h.id IN homes
RETURN coalesce(i.tier, '') AS identity, q.id AS person, q.name AS who, 'near_kin' AS relation, h.id AS home
// part: main
UNWIND $found AS row
MATCH (q:Resident) WHERE q.id = row.person AND visible(q)
OPTIONAL MATCH (q)-[e:PARTY_TO]->(c:`Case`) WHERE visible(c)
WITH row, e, c
WHERE row.home = '' AND c.id IS NOT NULL AND e.role <> 'agent' AND by_then(e.on_date, $as_of)
  AND by_then(coalesce(c.registered_on, c.opened_on), $as_of)
RETURN $official_id AS official_id, min(row.relation) AS relation, row.person AS person_id, 'case' AS thing_kind, c.id AS thing_id,
  left(coalesce(c.registered_on, c.opened_on, ''), 10) AS since, row.who AS person, c.name AS name, e.role AS as_what, row.home AS household_id, row.identity AS identity
UNION
UNWIND $found AS row
MATCH (q:Resident) WHERE q.id = row.person AND visible(q)
OPTIONAL MATCH (q)-[e:HOLDS]->(p:Parcel) WHERE visible(p)
WITH row, e, p
WHERE row.home = '' AND p.id IS NOT NULL AND during(e, $as_of)
RETURN $official_id AS official_id, min(row.relation) AS relation, row.person AS person_id, 'parcel' AS thing_kind, p.id AS thing_id,
  coalesce(e.since, '') AS since, row.who AS person, p.name AS name, coalesce(e.right, '') AS as_what, row.home AS household_id, row.identity AS identity
UNION
UNWIND $found AS row
MATCH (q:Resident) WHERE q.id = row.person AND visible(q)
OPTIONAL MATCH (q)-[e:HOLDS]->(p:Parcel) WHERE visible(p)
WITH row, e, p
WHERE row.home = '' AND p.id IS NOT NULL AND during(e, $as_of) AND coalesce(e.contract, '') <> ''
RETURN $official_id AS official_id, min(row.relation) AS relation, row.person AS person_id, 'contract' AS thing_kind, e.contract AS thing_id,
  coalesce(e.since, '') AS since, row.who AS person, p.name AS name, coalesce(e.right, '') AS as_what, row.home AS household_id, row.identity AS identity
UNION
UNWIND $found AS row
MATCH (h:Household) WHERE h.id = row.home AND visible(h)
OPTIONAL MATCH (h)-[e:HOLDS]->(p:Parcel) WHERE visible(p)
WITH row, e, p
WHERE p.id IS NOT NULL AND during(e, $as_of)
RETURN $official_id AS official_id, row.relation AS relation, row.person AS person_id, 'parcel' AS thing_kind, p.id AS thing_id,
  coalesce(e.since, '') AS since, row.who AS person, p.name AS name, coalesce(e.right, '') AS as_what, row.home AS household_id, row.identity AS identity
UNION
UNWIND $found AS row
MATCH (h:Household) WHERE h.id = row.home AND visible(h)
OPTIONAL MATCH (h)-[e:HOLDS]->(p:Parcel) WHERE visible(p)
WITH row, e, p
WHERE p.id IS NOT NULL AND during(e, $as_of) AND coalesce(e.contract, '') <> ''
RETURN $official_id AS official_id, row.relation AS relation, row.person AS person_id, 'contract' AS thing_kind, e.contract AS thing_id,
  coalesce(e.since, '') AS since, row.who AS person, p.name AS name, coalesce(e.right, '') AS as_what, row.home AS household_id, row.identity AS identity
