/*
title: {zh: 调解员中立, en: Neutrality of a mediator}
asks: >
  这名调解员与各方当事人之间有哪些需要披露的情形？同户（当日在户，集体户不算）；近亲属；利害关系（本人即当事人，或本人、其户持有
  当事人持有或争议的地块，或是该地块案件的当事人）；此前往来（曾同在一案，曾被其反映，或办理过其已办结的案件）；同事（当日同在一个单位任职，
  或在作为当事人的单位任职）。调解员经“即居民”对应到人：未经判断的对应照样列出并标明，绝不当作确定。列出的是披露事项，不是过错，
  也不表示必须回避；规则按地区和日期选用并注明条文。没有对应到居民的，people 一栏写明无从核对。
asks_en: >
  Which matters between this mediator and the parties should be disclosed? Same household, near kin, interest in a parcel, earlier
  contact in a case, work in one body. An official becomes a person through IS; an unjudged one is said to be so. A row is a matter to
  disclose, never a fault; the rule is chosen by place and day. People's mediation law itself has no article on recusal.
params:
  mediator_id: {type: id, required: true, of: [Official], zh: 调解员, en: the mediator}
  parties: {type: parties, of: [Resident, Household, Organ], zh: 当事人（含代理人）, en: 'the parties, agents too'}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day (today)}
columns:
  party_id: {type: id, zh: 当事人}
  ground:
    type: text
    zh: 情形
    values: {household: 同户, near_kin: 近亲属, interest: 利害关系, accused: 被反映, prior_handler: 原办理, prior_contact: 此前往来, co_work: 同事}
  path: {type: path, zh: 路径}
  rule_article: {type: text, zh: 依据, values: {none: 适用规则未作规定}}
  rule_text: {type: text, zh: 规则内容}
  certainty: {type: text, zh: 身份, values: {certain: 确定, probable: 很可能是同一人（未经判断）, possible: 可能是同一人（未经判断）}}
  detail:
    type: words
    zh: 细节
    values:
      self: 本人
      holds: 持有地块
      contests: 是地块案件当事人
      party: 同案当事人
      handled: 办理过其案件
      complained_of: 被其反映
      spouse: 配偶
      child: 子女
      parent: 父母
      sibling: 兄弟姐妹
      grandparent: 祖父母
      grandchild: 孙辈
      agent: 代理人
      petitioner: 信访人
      applicant: 申请人
      respondent: 被申请人
      representative: 代表
      participant: 参与人
      third_party: 第三人
rule: neutrality/default@1
law: [recusal]
for: [investigator, mediator, api]
evidence: [party_id, path]
sentence: "需要披露的情形：{ground} {detail}（身份{certainty}）。依据：{rule_article}。"
order: [ground, certainty, party_id, path, rule_article, rule_text]
parts:
  people:
    zh: 身份核对
    columns:
      official_id: {type: id, zh: 干部}
      official: {type: text, zh: 姓名}
      person_id: {type: id, zh: 即居民}
      certainty: {type: text, zh: 身份, values: {certain: 已对应到居民, probable: 很可能是某居民（未经判断）, possible: 可能是某居民（未经判断）, unlinked: 没有对应到居民，其亲属、同户、地块利益无从核对，不等于没有}}
    evidence: [official_id, person_id]
    sentence: "{official}：{certainty}。"
    order: [official_id, person_id, certainty]
*/
// found: main
MATCH (p:Resident {id: $party})
WHERE visible(p)
RETURN 'party' AS side, 'person' AS touch, p.id AS party, p.id AS person, p.id AS node, [p.id] AS path, 'certain' AS certainty, 'self' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(q:Resident)
in_order(p, m, q)
WITH p, m, q
WHERE during(m, $as_of) AND coalesce(p.kind, '') <> 'collective' AND visible(p) AND visible(q)
RETURN 'party' AS side, 'person' AS touch, p.id AS party, q.id AS person, q.id AS node, [p.id, q.id] AS path, 'certain' AS certainty, 'self' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Resident {id: $party})-[k:KIN]->(q:Resident)
in_order(p, k, q)
WITH p, k, q
WHERE k.degree = 'near' AND visible(p) AND visible(k) AND visible(q)
RETURN 'party' AS side, 'kin' AS touch, p.id AS party, p.id AS person, q.id AS node, [p.id, q.id] AS path, 'certain' AS certainty, coalesce(k.relation, '') AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(q:Resident)-[k:KIN]->(w:Resident)
in_order(p, m, q, k, w)
WITH p, m, q, k, w
WHERE during(m, $as_of) AND coalesce(p.kind, '') <> 'collective' AND k.degree = 'near' AND visible(p) AND visible(q) AND visible(k) AND visible(w)
RETURN 'party' AS side, 'kin' AS touch, p.id AS party, q.id AS person, w.id AS node, [p.id, q.id, w.id] AS path, 'certain' AS certainty, coalesce(k.relation, '') AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Resident {id: $party})-[m:MEMBER_OF]->(h:Household)
in_order(p, m, h)
WITH p, m, h
WHERE during(m, $as_of) AND coalesce(h.kind, '') <> 'collective' AND visible(p) AND visible(h)
RETURN 'party' AS side, 'household' AS touch, p.id AS party, p.id AS person, h.id AS node, [p.id, h.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Household {id: $party})
WHERE coalesce(p.kind, '') <> 'collective' AND visible(p)
RETURN 'party' AS side, 'household' AS touch, p.id AS party, '' AS person, p.id AS node, [p.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:@party {id: $party})-[o:HOLDS]->(x:Parcel)
in_order(p, o, x)
WITH p, o, x
WHERE during(o, $as_of) AND visible(p) AND visible(x)
RETURN 'party' AS side, 'parcel' AS touch, p.id AS party, p.id AS person, x.id AS node, [p.id, x.id] AS path, 'certain' AS certainty, 'holds' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Resident {id: $party})-[m:MEMBER_OF]->(h:Household)-[o:HOLDS]->(x:Parcel)
in_order(p, m, h, o, x)
WITH p, m, h, o, x
WHERE during(m, $as_of) AND coalesce(h.kind, '') <> 'collective' AND during(o, $as_of) AND visible(p) AND visible(h) AND visible(x)
RETURN 'party' AS side, 'parcel' AS touch, p.id AS party, p.id AS person, x.id AS node, [p.id, h.id, x.id] AS path, 'certain' AS certainty, 'holds' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(q:Resident)-[o:HOLDS]->(x:Parcel)
in_order(p, m, q, o, x)
WITH p, m, q, o, x
WHERE during(m, $as_of) AND coalesce(p.kind, '') <> 'collective' AND during(o, $as_of) AND visible(p) AND visible(q) AND visible(x)
RETURN 'party' AS side, 'parcel' AS touch, p.id AS party, q.id AS person, x.id AS node, [p.id, q.id, x.id] AS path, 'certain' AS certainty, 'holds' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Resident {id: $party})-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(x:Parcel)
in_order(p, e, d, o, x)
WITH p, e, d, o, x
WHERE by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(p) AND visible(d) AND visible(x)
RETURN 'party' AS side, 'parcel' AS touch, p.id AS party, p.id AS person, x.id AS node, [p.id, d.id, x.id] AS path, 'certain' AS certainty, 'contests' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Resident {id: $party})-[e:PARTY_TO]->(d:`Case`)
in_order(p, e, d)
WITH p, e, d
WHERE by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(p) AND visible(d)
RETURN 'party' AS side, 'case' AS touch, p.id AS party, p.id AS person, d.id AS node, [p.id, d.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Organ {id: $party})-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(x:Parcel)
in_order(p, e, d, o, x)
WITH p, e, d, o, x
WHERE by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(p) AND visible(d) AND visible(x)
RETURN 'party' AS side, 'parcel' AS touch, p.id AS party, p.id AS person, x.id AS node, [p.id, d.id, x.id] AS path, 'certain' AS certainty, 'contests' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Organ {id: $party})-[e:PARTY_TO]->(d:`Case`)
in_order(p, e, d)
WITH p, e, d
WHERE by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(p) AND visible(d)
RETURN 'party' AS side, 'case' AS touch, p.id AS party, p.id AS person, d.id AS node, [p.id, d.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(q:Resident)-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(x:Parcel)
in_order(p, m, q, e, d, o, x)
WITH p, m, q, e, d, o, x
WHERE during(m, $as_of) AND coalesce(p.kind, '') <> 'collective' AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(p) AND visible(q) AND visible(d) AND visible(x)
RETURN 'party' AS side, 'parcel' AS touch, p.id AS party, q.id AS person, x.id AS node, [p.id, q.id, d.id, x.id] AS path, 'certain' AS certainty, 'contests' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Household {id: $party})<-[m:MEMBER_OF]-(q:Resident)-[e:PARTY_TO]->(d:`Case`)
in_order(p, m, q, e, d)
WITH p, m, q, e, d
WHERE during(m, $as_of) AND coalesce(p.kind, '') <> 'collective' AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(p) AND visible(q) AND visible(d)
RETURN 'party' AS side, 'case' AS touch, p.id AS party, q.id AS person, d.id AS node, [p.id, q.id, d.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Organ {id: $party})
WHERE visible(p)
RETURN 'party' AS side, 'organ' AS touch, p.id AS party, '' AS person, p.id AS node, [p.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (p:Resident {id: $party})<-[i:IS]-(g:Official)-[v:SERVES_IN]->(o:Organ)
in_order(p, i, g, v, o)
WITH p, i, g, v, o
WHERE during(v, $as_of) AND visible(p) AND visible(g) AND visible(o)
RETURN 'party' AS side, 'organ' AS touch, p.id AS party, g.id AS person, o.id AS node, [p.id, g.id, o.id] AS path, coalesce(i.tier, 'possible') AS certainty, '' AS detail, coalesce(p.area_code, '') AS area, 0 AS seq
UNION
MATCH (f:Official {id: $mediator_id})-[i:IS]->(x:Resident)
in_order(f, i, x)
WITH f, i, x
WHERE visible(f) AND visible(x)
RETURN 'mediator' AS side, 'person' AS touch, '' AS party, x.id AS person, x.id AS node, [f.id] AS path, coalesce(i.tier, 'possible') AS certainty, '' AS detail, '' AS area, 0 AS seq
UNION
MATCH (f:Official {id: $mediator_id})-[i:IS]->(x:Resident)-[m:MEMBER_OF]->(h:Household)
in_order(f, i, x, m, h)
WITH f, i, x, m, h
WHERE during(m, $as_of) AND coalesce(h.kind, '') <> 'collective' AND visible(f) AND visible(x) AND visible(h)
RETURN 'mediator' AS side, 'household' AS touch, '' AS party, x.id AS person, h.id AS node, [x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, '' AS detail, '' AS area, 0 AS seq
UNION
MATCH (f:Official {id: $mediator_id})-[i:IS]->(x:Resident)-[o:HOLDS]->(y:Parcel)
in_order(f, i, x, o, y)
WITH f, i, x, o, y
WHERE during(o, $as_of) AND visible(f) AND visible(x) AND visible(y)
RETURN 'mediator' AS side, 'parcel' AS touch, '' AS party, x.id AS person, y.id AS node, [x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'holds' AS detail, '' AS area, 0 AS seq
UNION
MATCH (f:Official {id: $mediator_id})-[i:IS]->(x:Resident)-[m:MEMBER_OF]->(h:Household)-[o:HOLDS]->(y:Parcel)
in_order(f, i, x, m, h, o, y)
WITH f, i, x, m, h, o, y
WHERE during(m, $as_of) AND during(o, $as_of) AND coalesce(h.kind, '') <> 'collective' AND visible(f) AND visible(x) AND visible(h) AND visible(y)
RETURN 'mediator' AS side, 'parcel' AS touch, '' AS party, x.id AS person, y.id AS node, [h.id, x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'holds' AS detail, '' AS area, 0 AS seq
UNION
MATCH (f:Official {id: $mediator_id})-[i:IS]->(x:Resident)-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(y:Parcel)
in_order(f, i, x, e, d, o, y)
WITH f, i, x, e, d, o, y
WHERE by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(f) AND visible(x) AND visible(d) AND visible(y)
RETURN 'mediator' AS side, 'parcel' AS touch, '' AS party, x.id AS person, y.id AS node, [d.id, x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'contests' AS detail, '' AS area, 0 AS seq
UNION
MATCH (f:Official {id: $mediator_id})-[i:IS]->(x:Resident)-[e:PARTY_TO]->(d:`Case`)
in_order(f, i, x, e, d)
WITH f, i, x, e, d
WHERE by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(f) AND visible(x) AND visible(d)
RETURN 'mediator' AS side, 'case' AS touch, '' AS party, x.id AS person, d.id AS node, [x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'party' AS detail, '' AS area, 0 AS seq
UNION
MATCH (f:Official {id: $mediator_id})-[r:RESPONSIBLE_FOR]->(d:`Case`)
in_order(f, r, d)
WITH f, r, d
WHERE known(d.closed_on, $as_of) <> '' AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(f) AND visible(d)
RETURN 'mediator' AS side, 'case' AS touch, '' AS party, f.id AS person, d.id AS node, [f.id] AS path, 'certain' AS certainty, 'handled' AS detail, '' AS area, 0 AS seq
UNION
MATCH (f:Official {id: $mediator_id})<-[z:COMPLAINS_OF]-(d:`Case`)
in_order(f, z, d)
WITH f, z, d
WHERE by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(f) AND visible(d)
RETURN 'mediator' AS side, 'case' AS touch, '' AS party, f.id AS person, d.id AS node, [f.id] AS path, 'certain' AS certainty, 'complained_of' AS detail, '' AS area, 0 AS seq
UNION
MATCH (f:Official {id: $mediator_id})-[v:SERVES_IN]->(w:Organ)
in_order(f, v, w)
WITH f, v, w
WHERE during(v, $as_of) AND visible(f) AND visible(w)
RETURN 'mediator' AS side, 'organ' AS touch, '' AS party, f.id AS person, w.id AS node, [f.id] AS path, 'certain' AS certainty, '' AS detail, '' AS area, 0 AS seq
// part: main
UNWIND $found AS a
UNWIND $found AS b
WITH a, b
WHERE a.side = 'party' AND b.side = 'mediator' AND a.node = b.node AND ((a.touch = b.touch AND (a.touch = 'person' OR a.person <> b.person)) OR (a.touch = 'kin' AND b.touch = 'person' AND a.person <> b.person))
WITH a.party AS party_id, CASE a.touch WHEN 'kin' THEN 'near_kin' WHEN 'household' THEN 'household' WHEN 'case' THEN 'prior_contact' WHEN 'organ' THEN 'co_work'  ELSE 'interest' END AS ground,
  CASE WHEN a.certainty = 'possible' OR b.certainty = 'possible' THEN 'possible'
    WHEN a.certainty = 'probable' OR b.certainty = 'probable' THEN 'probable' ELSE 'certain' END AS certainty,
  [a.detail, b.detail] AS detail, a.path + b.path AS path, a.area AS area, 'mediator' AS who
UNWIND $law_recusal AS rule
WITH party_id, ground, certainty, detail, path, area, who, rule.id AS rule_id, max(CASE WHEN rule.ground = ground AND rule.who IN ['', who] AND rule.valid_from <= $as_of AND rule.valid_to >= $as_of AND area STARTS WITH rule.jurisdiction THEN rule.jurisdiction END) AS place
WHERE place IS NOT NULL
UNWIND $law_recusal AS rule
WITH party_id, ground, certainty, detail, path, area, who, rule_id, place, rule
WHERE rule.id = rule_id AND rule.jurisdiction = place AND rule.ground = ground AND rule.who IN ['', who] AND rule.valid_from <= $as_of AND rule.valid_to >= $as_of AND area STARTS WITH rule.jurisdiction
RETURN party_id, ground, path, rule.cited AS rule_article, rule.text AS rule_text, certainty, detail
UNION
UNWIND $found AS a
UNWIND $found AS b
WITH a, b
WHERE a.side = 'party' AND b.side = 'mediator' AND a.node = b.node AND ((a.touch = b.touch AND (a.touch = 'person' OR a.person <> b.person)) OR (a.touch = 'kin' AND b.touch = 'person' AND a.person <> b.person))
WITH a.party AS party_id, CASE a.touch WHEN 'kin' THEN 'near_kin' WHEN 'household' THEN 'household' WHEN 'case' THEN 'prior_contact' WHEN 'organ' THEN 'co_work'  ELSE 'interest' END AS ground,
  CASE WHEN a.certainty = 'possible' OR b.certainty = 'possible' THEN 'possible'
    WHEN a.certainty = 'probable' OR b.certainty = 'probable' THEN 'probable' ELSE 'certain' END AS certainty,
  [a.detail, b.detail] AS detail, a.path + b.path AS path, a.area AS area, 'mediator' AS who
UNWIND $law_recusal AS rule
WITH party_id, ground, certainty, detail, path, area, who, count(CASE WHEN rule.ground = ground AND rule.who IN ['', who] AND rule.valid_from <= $as_of AND rule.valid_to >= $as_of AND area STARTS WITH rule.jurisdiction THEN rule.id END) AS rules
WHERE rules = 0
RETURN party_id, ground, path, 'none' AS rule_article, '' AS rule_text, certainty, detail
// part: people
MATCH (f:Official {id: $mediator_id}) WHERE visible(f)
OPTIONAL MATCH (f)-[i:IS]->(x:Resident) WHERE visible(x)
RETURN f.id AS official_id, f.name AS official, coalesce(x.id, '') AS person_id,
  CASE WHEN x.id IS NULL THEN 'unlinked' ELSE coalesce(i.tier, 'possible') END AS certainty
