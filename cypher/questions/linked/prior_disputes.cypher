/*
title: {zh: 既往纠纷, en: Prior disputes among parties}
asks: >
  这些当事人之间、各自、以及与其有关的人，此前有过哪些纠纷和信访？between：至少两名当事人都在案；each：只有一名在案（代理不算在案，
  被反映单位算）；related：户成员（当日在户，集体户不算）、
  近亲属、代理人、共同持有同一地块的人或单位在案（涉及案件过多的单位是枢纽，不算），或当事人自己只是代理人；same_parcel：案件所涉地块是当事人或其户持有的、
  其案件所涉的，或与之相邻的；possible_same_party：疑似同一人（未经判断）在案，是上限，不算当事人自己的。
  户作为当事人时，其成员在案即算，成员名下的地块也算户的。只看 as_of 当日及以前：之后登记的案件、之后的协议、履行、确认和结果都不算已知；户成员与持有以当日为准。
asks_en: >
  Which disputes and petitions did these parties have before, among them, each with others, through people related to them, and about
  their land? An agent is no party of a case, an organ complained of is. A household is a party wherever a member is, and what a
  member holds is the household's. Who holds a parcel together with a party is related, an organ too unless it is a hub. Cases of
  people who are possibly the same (possible_same_party) are the upper end of the range and never counted as the party's own.
  Only what was known on the day counts: cases, agreements and outcomes by then, households and holdings that hold that day.
params:
  parties: {type: parties, of: [Resident, Household, Organ], zh: 当事人, en: the parties}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day (today)}
columns:
  relation: {type: text, zh: 关系, values: {between: 相互之间, each: 各自, related: 关系人, same_parcel: 同一或相邻地块, possible_same_party: 疑似当事人}}
  party_ids: {type: ids, zh: 当事人}
  case_id: {type: id, zh: 案件}
  role_of_each: {type: words, zh: 各自角色}
  category: {type: text, zh: 类别}
  outcome: {type: text, zh: 结果}
  agreement_id: {type: id, zh: 协议}
  performed:
    type: text
    zh: 履行情况
    values: {'yes': 已履行, partly: 部分履行, 'no': 未履行, repudiated: 反悔, unknown: 不明, '': 无协议}
  confirmed_on: {type: date, zh: 司法确认}
  confirmation_due_on: {type: date, zh: 申请司法确认期限}
  closed_on: {type: date, zh: 办结}
  path: {type: path, zh: 路径}
  kind: {type: text, zh: 类型, values: {dispute: 纠纷, petition: 信访件}}
  case_name: {type: text, zh: 案件名称}
  opened_on: {type: date, zh: 发生}
rule: prior/default@3
for: [investigator, mediator, api]
evidence: [case_id, path]
sentence: "{relation}的{kind}“{case_name}”（{case_id}[，{opened_on}]），所涉当事人：{party_ids}；[结果：{outcome}，]协议：{performed}。"
order: [relation, -opened_on, case_id, path, agreement_id]
*/
// found: main
MATCH (p:Resident {id: $party})-[e:PARTY_TO]->(c:`Case`)
in_order(p, e, c)
WITH p, e, c
WHERE e.role <> 'agent' AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(c)
RETURN 'own' AS how, p.id AS party, c.id AS case_id, [c.id] AS path, '' AS role
UNION
MATCH (p:Organ {id: $party})-[e:PARTY_TO]->(c:`Case`)
in_order(p, e, c)
WITH p, e, c
WHERE e.role <> 'agent' AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(c)
RETURN 'own' AS how, p.id AS party, c.id AS case_id, [c.id] AS path, '' AS role
UNION
MATCH (p:Organ {id: $party})<-[e:COMPLAINS_OF]-(c:`Case`)
in_order(p, e, c)
WITH p, e, c
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(c)
RETURN 'own' AS how, p.id AS party, c.id AS case_id, [c.id] AS path, '' AS role
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(q:Resident)-[e:PARTY_TO]->(c:`Case`)
in_order(p, m, q, e, c)
WITH p, m, q, e, c
WHERE e.role <> 'agent' AND during(m, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(q) AND visible(c)
RETURN 'own' AS how, p.id AS party, c.id AS case_id, [c.id] AS path, '' AS role
UNION
MATCH (p:Household {id: $party})<-[e:CONCERNS]-(c:`Case`)
in_order(p, e, c)
WITH p, e, c
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(c)
RETURN 'own' AS how, p.id AS party, c.id AS case_id, [c.id] AS path, '' AS role
UNION
MATCH (p:Resident {id: $party})-[e:PARTY_TO]->(c:`Case`)
in_order(p, e, c)
WITH p, e, c
WHERE e.role = 'agent' AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, c.id] AS path, p.id + '=agent' AS role
UNION
MATCH (p:Resident {id: $party})-[m:MEMBER_OF]->(h:Household)<-[n:MEMBER_OF]-(q:Resident)-[f:PARTY_TO]->(c:`Case`)
in_order(p, m, h, n, q, f, c)
WITH p, m, h, n, q, f, c
WHERE q.id <> p.id AND coalesce(h.kind, '') <> 'collective' AND during(m, $as_of) AND during(n, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(h) AND visible(q) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, h.id, q.id, c.id] AS path, q.id + '=' + f.role AS role
UNION
MATCH (p:Resident {id: $party})-[k:KIN]->(q:Resident)-[f:PARTY_TO]->(c:`Case`)
in_order(p, k, q, f, c)
WITH p, k, q, f, c
WHERE k.degree = 'near' AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(k) AND visible(q) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, q.id, c.id] AS path, q.id + '=' + f.role AS role
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(x:Resident)-[k:KIN]->(q:Resident)-[f:PARTY_TO]->(c:`Case`)
in_order(p, m, x, k, q, f, c)
WITH p, m, x, k, q, f, c
WHERE k.degree = 'near' AND coalesce(p.kind, '') <> 'collective' AND during(m, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(x) AND visible(k) AND visible(q) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, x.id, q.id, c.id] AS path, q.id + '=' + f.role AS role
UNION
MATCH (p:Resident {id: $party})-[s:POSSIBLY_SAME]-(q:Resident)-[f:PARTY_TO]->(c:`Case`)
in_order(p, s, q, f, c)
WITH p, s, q, f, c
WHERE q.id <> p.id AND f.role <> 'agent' AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(q) AND visible(c)
RETURN 'possible_same_party' AS how, p.id AS party, c.id AS case_id, [p.id, q.id, c.id] AS path, q.id + '=' + f.role AS role
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(x:Resident)-[s:POSSIBLY_SAME]-(q:Resident)-[f:PARTY_TO]->(c:`Case`)
in_order(p, m, x, s, q, f, c)
WITH p, m, x, s, q, f, c
WHERE q.id <> x.id AND f.role <> 'agent' AND coalesce(p.kind, '') <> 'collective' AND during(m, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(x) AND visible(q) AND visible(c)
RETURN 'possible_same_party' AS how, p.id AS party, c.id AS case_id, [p.id, x.id, q.id, c.id] AS path, q.id + '=' + f.role AS role
UNION
MATCH (p:Resident {id: $party})-[e:PARTY_TO]->(d:`Case`)<-[n:PARTY_TO]-(q:Resident)-[f:PARTY_TO]->(c:`Case`)
in_order(p, e, d, n, q, f, c)
WITH p, e, d, n, q, f, c
WHERE n.role = 'agent' AND c.id <> d.id AND q.id <> p.id AND e.role <> 'agent' AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(d) AND visible(q) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, d.id, q.id, c.id] AS path, q.id + '=' + f.role AS role
UNION
MATCH (p:@party {id: $party})-[o:HOLDS]->(x:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, o, x, f, c)
WITH p, o, x, f, c
WHERE during(o, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(x) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, x.id, c.id] AS path, '' AS role
UNION
MATCH (p:@party {id: $party})-[o:HOLDS]->(x:Parcel)-[a:ADJOINS]-(y:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, o, x, a, y, f, c)
WITH p, o, x, a, y, f, c
WHERE x.id <> y.id AND during(o, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(x) AND visible(y) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, x.id, y.id, c.id] AS path, '' AS role
UNION
MATCH (p:Resident {id: $party})-[m:MEMBER_OF]->(h:Household)-[o:HOLDS]->(x:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, m, h, o, x, f, c)
WITH p, m, h, o, x, f, c
WHERE coalesce(h.kind, '') <> 'collective' AND during(m, $as_of) AND during(o, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(h) AND visible(x) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, h.id, x.id, c.id] AS path, '' AS role
UNION
MATCH (p:Resident {id: $party})-[m:MEMBER_OF]->(h:Household)-[o:HOLDS]->(x:Parcel)-[a:ADJOINS]-(y:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, m, h, o, x, a, y, f, c)
WITH p, m, h, o, x, a, y, f, c
WHERE coalesce(h.kind, '') <> 'collective' AND x.id <> y.id AND during(m, $as_of) AND during(o, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(h) AND visible(x) AND visible(y) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, h.id, x.id, y.id, c.id] AS path, '' AS role
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(q:Resident)-[o:HOLDS]->(x:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, m, q, o, x, f, c)
WITH p, m, q, o, x, f, c
WHERE coalesce(p.kind, '') <> 'collective' AND during(m, $as_of) AND during(o, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(q) AND visible(x) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, q.id, x.id, c.id] AS path, '' AS role
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(q:Resident)-[o:HOLDS]->(x:Parcel)-[a:ADJOINS]-(y:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, m, q, o, x, a, y, f, c)
WITH p, m, q, o, x, a, y, f, c
WHERE coalesce(p.kind, '') <> 'collective' AND x.id <> y.id AND during(m, $as_of) AND during(o, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(q) AND visible(x) AND visible(y) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, q.id, x.id, y.id, c.id] AS path, '' AS role
UNION
MATCH (p:Resident {id: $party})-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(x:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, e, d, o, x, f, c)
WITH p, e, d, o, x, f, c
WHERE e.role <> 'agent' AND c.id <> d.id AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(d) AND visible(x) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, d.id, x.id, c.id] AS path, '' AS role
UNION
MATCH (p:Resident {id: $party})-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(x:Parcel)-[a:ADJOINS]-(y:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, e, d, o, x, a, y, f, c)
WITH p, e, d, o, x, a, y, f, c
WHERE e.role <> 'agent' AND c.id <> d.id AND x.id <> y.id AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(d) AND visible(x) AND visible(y) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, d.id, x.id, y.id, c.id] AS path, '' AS role
UNION
MATCH (p:Organ {id: $party})-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(x:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, e, d, o, x, f, c)
WITH p, e, d, o, x, f, c
WHERE e.role <> 'agent' AND c.id <> d.id AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(d) AND visible(x) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, d.id, x.id, c.id] AS path, '' AS role
UNION
MATCH (p:Organ {id: $party})-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(x:Parcel)-[a:ADJOINS]-(y:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, e, d, o, x, a, y, f, c)
WITH p, e, d, o, x, a, y, f, c
WHERE e.role <> 'agent' AND c.id <> d.id AND x.id <> y.id AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(d) AND visible(x) AND visible(y) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, d.id, x.id, y.id, c.id] AS path, '' AS role
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(q:Resident)-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(x:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, m, q, e, d, o, x, f, c)
WITH p, m, q, e, d, o, x, f, c
WHERE e.role <> 'agent' AND c.id <> d.id AND coalesce(p.kind, '') <> 'collective' AND during(m, $as_of) AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(q) AND visible(d) AND visible(x) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, q.id, d.id, x.id, c.id] AS path, '' AS role
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(q:Resident)-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(x:Parcel)-[a:ADJOINS]-(y:Parcel)<-[f:CONCERNS]-(c:`Case`)
in_order(p, m, q, e, d, o, x, a, y, f, c)
WITH p, m, q, e, d, o, x, a, y, f, c
WHERE e.role <> 'agent' AND c.id <> d.id AND coalesce(p.kind, '') <> 'collective' AND x.id <> y.id AND during(m, $as_of) AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(q) AND visible(d) AND visible(x) AND visible(y) AND visible(c)
RETURN 'same_parcel' AS how, p.id AS party, c.id AS case_id, [p.id, q.id, d.id, x.id, y.id, c.id] AS path, '' AS role
UNION
MATCH (p:@party {id: $party})-[o:HOLDS]->(x:Parcel)<-[b:HOLDS]-(q)-[f:PARTY_TO|COMPLAINS_OF]-(c:`Case`)
in_order(p, o, x, b, q, f, c)
WITH p, o, x, b, q, f, c
WHERE q.id <> p.id AND coalesce(f.role, '') <> 'agent' AND NOT (kind(q) = 'Organ' AND coalesce(q.hub, false)) AND during(o, $as_of) AND during(b, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(x) AND visible(q) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, x.id, q.id, c.id] AS path, q.id + '=' + coalesce(f.role, 'complained_of') AS role
UNION
MATCH (p:@party {id: $party})-[o:HOLDS]->(x:Parcel)<-[b:HOLDS]-(g:Household)<-[n:MEMBER_OF]-(q:Resident)-[f:PARTY_TO]->(c:`Case`)
in_order(p, o, x, b, g, n, q, f, c)
WITH p, o, x, b, g, n, q, f, c
WHERE g.id <> p.id AND q.id <> p.id AND coalesce(g.kind, '') <> 'collective' AND f.role <> 'agent'
  AND during(o, $as_of) AND during(b, $as_of) AND during(n, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(x) AND visible(g) AND visible(q) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, x.id, g.id, q.id, c.id] AS path, q.id + '=' + f.role AS role
UNION
MATCH (p:Resident {id: $party})-[m:MEMBER_OF]->(h:Household)-[o:HOLDS]->(x:Parcel)<-[b:HOLDS]-(q)-[f:PARTY_TO|COMPLAINS_OF]-(c:`Case`)
in_order(p, m, h, o, x, b, q, f, c)
WITH p, m, h, o, x, b, q, f, c
WHERE q.id <> p.id AND coalesce(h.kind, '') <> 'collective' AND coalesce(f.role, '') <> 'agent' AND NOT (kind(q) = 'Organ' AND coalesce(q.hub, false))
  AND during(m, $as_of) AND during(o, $as_of) AND during(b, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(h) AND visible(x) AND visible(q) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, h.id, x.id, q.id, c.id] AS path, q.id + '=' + coalesce(f.role, 'complained_of') AS role
UNION
MATCH (p:Resident {id: $party})-[m:MEMBER_OF]->(h:Household)-[o:HOLDS]->(x:Parcel)<-[b:HOLDS]-(g:Household)<-[n:MEMBER_OF]-(q:Resident)-[f:PARTY_TO]->(c:`Case`)
in_order(p, m, h, o, x, b, g, n, q, f, c)
WITH p, m, h, o, x, b, g, n, q, f, c
WHERE g.id <> h.id AND q.id <> p.id AND coalesce(h.kind, '') <> 'collective' AND coalesce(g.kind, '') <> 'collective' AND f.role <> 'agent'
  AND during(m, $as_of) AND during(o, $as_of) AND during(b, $as_of) AND during(n, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(p) AND visible(h) AND visible(x) AND visible(g) AND visible(q) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, h.id, x.id, g.id, q.id, c.id] AS path, q.id + '=' + f.role AS role
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(w:Resident)-[o:HOLDS]->(x:Parcel)<-[b:HOLDS]-(q)-[f:PARTY_TO|COMPLAINS_OF]-(c:`Case`)
in_order(p, m, w, o, x, b, q, f, c)
WITH p, m, w, o, x, b, q, f, c
WHERE q.id <> w.id AND coalesce(p.kind, '') <> 'collective' AND during(m, $as_of) AND during(o, $as_of) AND coalesce(f.role, '') <> 'agent' AND NOT (kind(q) = 'Organ' AND coalesce(q.hub, false))
  AND during(b, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of)
  AND visible(p) AND visible(w) AND visible(x) AND visible(q) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, w.id, x.id, q.id, c.id] AS path, q.id + '=' + coalesce(f.role, 'complained_of') AS role
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(w:Resident)-[o:HOLDS]->(x:Parcel)<-[b:HOLDS]-(g:Household)<-[n:MEMBER_OF]-(q:Resident)-[f:PARTY_TO]->(c:`Case`)
in_order(p, m, w, o, x, b, g, n, q, f, c)
WITH p, m, w, o, x, b, g, n, q, f, c
WHERE q.id <> w.id AND g.id <> p.id AND coalesce(p.kind, '') <> 'collective' AND during(m, $as_of) AND during(o, $as_of) AND coalesce(g.kind, '') <> 'collective' AND f.role <> 'agent'
  AND during(b, $as_of) AND during(n, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of)
  AND visible(p) AND visible(w) AND visible(x) AND visible(g) AND visible(q) AND visible(c)
RETURN 'related' AS how, p.id AS party, c.id AS case_id, [p.id, w.id, x.id, g.id, q.id, c.id] AS path, q.id + '=' + f.role AS role
// part: main
UNWIND $found AS row
MATCH (c:`Case`) WHERE c.id = row.case_id AND visible(c)
OPTIONAL MATCH (c)-[z:PARTY_TO|COMPLAINS_OF|CONCERNS]-(w) WHERE visible(w)
OPTIONAL MATCH (c)<-[t:PARTY_TO]-(s:Resident) WHERE visible(s)
OPTIONAL MATCH (s)-[m:MEMBER_OF]->(v:Household) WHERE during(m, $as_of) AND visible(v)
WITH row, c,
  collect(DISTINCT CASE WHEN w.id IN $ids AND coalesce(z.role, '') <> 'agent' THEN w.id END)
    + collect(DISTINCT CASE WHEN v.id IN $ids AND t.role <> 'agent' THEN v.id END) AS parties,
  collect(DISTINCT CASE WHEN w.id IN $ids THEN w.id + '=' + coalesce(z.role, CASE edge(z) WHEN 'COMPLAINS_OF' THEN 'complained_of' ELSE 'concerned' END) END)
    + collect(DISTINCT CASE WHEN v.id IN $ids THEN v.id + '=' + t.role END) AS roles
WHERE row.how = 'own' OR NOT row.party IN parties
OPTIONAL MATCH (c)-[:SETTLED_BY]->(g:Agreement) WHERE by_then(g.signed_on, $as_of) AND visible(g)
OPTIONAL MATCH (c)-[:HAS_CLOCK]->(k:Clock) WHERE k.clock = 'confirmation' AND visible(k)
WITH row, c, parties, roles, g, max(CASE WHEN left(k.start_on, 10) = left(g.signed_on, 10) THEN k.due_on END) AS due_on
RETURN CASE WHEN row.how <> 'own' THEN row.how WHEN size(parties) > 1 THEN 'between' ELSE 'each' END AS relation,
  CASE row.how WHEN 'own' THEN parties ELSE [row.party] END AS party_ids, c.id AS case_id,
  CASE row.how WHEN 'own' THEN roles ELSE [row.role] + roles END AS role_of_each, coalesce(c.category, '') AS category,
  CASE WHEN coalesce(c.replied_on, c.closed_on) IS NULL OR known(c.replied_on, $as_of) <> '' OR known(c.closed_on, $as_of) <> ''
    THEN coalesce(c.outcome, '') ELSE '' END AS outcome,
  coalesce(g.id, '') AS agreement_id,
  CASE WHEN g.id IS NULL THEN '' WHEN by_then(g.performed_on, $as_of) THEN coalesce(g.performed, '') ELSE 'unknown' END AS performed,
  known(g.confirmed_on, $as_of) AS confirmed_on, coalesce(due_on, '') AS confirmation_due_on,
  known(c.closed_on, $as_of) AS closed_on, row.path AS path, c.kind AS kind, c.name AS case_name,
  left(coalesce(c.opened_on, c.registered_on, ''), 10) AS opened_on
