/*
title: {zh: 回避与披露, en: Recusal and disclosure}
asks: >
  办理这一案件的人（当日在责的，和当日以前经办过环节的）与各方当事人、代理人之间有哪些需要披露的情形？同户、近亲属、利害关系
  （本人即当事人，或本人、其户持有案件所涉地块，或是该地块其他案件的当事人）、被反映（在本案中被反映或是被申请人）、原办理（复查、复核的
  经办人先前办理过）、此前往来（曾同在另一案，或曾在另一案中被其反映）、同事（当日同在一个单位任职，或在作为当事人的单位任职）。
  列出的是披露事项，不是过错；身份未经判断的照样标明。被反映、原办理和地块是对案件本身的，当事人一栏为空。
  没有对应到居民的办理人，people 一栏写明无从核对。
asks_en: >
  Which matters between whoever handles the case and its parties and agents should be disclosed? Household, near kin, interest, accused in
  the case, prior handler of what is reviewed, earlier contact, work in one body. A row is a matter to disclose, never a fault. Grounds
  that concern the case itself have no party. Handlers who are linked to no resident are said to be so.
params:
  case_id: {type: id, required: true, of: [Case], zh: 案件, en: the case}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day (today)}
columns:
  official_id: {type: id, zh: 办理人}
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
rule: recusal/default@1
law: [recusal]
for: [investigator, mediator, api]
evidence: [official_id, party_id, path]
sentence: "需要披露的情形：{ground} {detail}（身份{certainty}）。依据：{rule_article}。"
order: [ground, certainty, official_id, party_id, path, rule_article, rule_text]
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
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(p:Resident)
in_order(c, e, p)
WITH c, e, p
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c) AND visible(p)
RETURN 'party' AS side, 'person' AS touch, p.id AS party, p.id AS person, p.id AS node, [p.id] AS path, 'certain' AS certainty, coalesce(e.role, '') AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(p:Organ)
in_order(c, e, p)
WITH c, e, p
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c) AND visible(p)
RETURN 'party' AS side, 'organ' AS touch, p.id AS party, p.id AS person, p.id AS node, [p.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(p:Resident)-[k:KIN]->(q:Resident)
in_order(c, e, p, k, q)
WITH c, e, p, k, q
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND k.degree = 'near' AND visible(c) AND visible(p) AND visible(k) AND visible(q)
RETURN 'party' AS side, 'kin' AS touch, p.id AS party, p.id AS person, q.id AS node, [p.id, q.id] AS path, 'certain' AS certainty, coalesce(k.relation, '') AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(p:Resident)-[m:MEMBER_OF]->(h:Household)
in_order(c, e, p, m, h)
WITH c, e, p, m, h
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(m, $as_of) AND coalesce(h.kind, '') <> 'collective' AND visible(c) AND visible(p) AND visible(h)
RETURN 'party' AS side, 'household' AS touch, p.id AS party, p.id AS person, h.id AS node, [p.id, h.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[e:CONCERNS]->(h:Household)
in_order(c, e, h)
WITH c, e, h
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND coalesce(h.kind, '') <> 'collective' AND visible(c) AND visible(h)
RETURN 'party' AS side, 'household' AS touch, h.id AS party, '' AS person, h.id AS node, [c.id, h.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[e:CONCERNS]->(y:Parcel)
in_order(c, e, y)
WITH c, e, y
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c) AND visible(y)
RETURN 'party' AS side, 'parcel' AS touch, '' AS party, '' AS person, y.id AS node, [c.id, y.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(p:Resident)-[g:PARTY_TO]->(d:`Case`)
in_order(c, e, p, g, d)
WITH c, e, p, g, d
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND d.id <> c.id AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(c) AND visible(p) AND visible(d)
RETURN 'party' AS side, 'case' AS touch, p.id AS party, p.id AS person, d.id AS node, [p.id, d.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(p:Resident)-[g:PARTY_TO]->(d:`Case`)-[z:COMPLAINS_OF]->(f:Official)
in_order(c, e, p, g, d, z, f)
WITH c, e, p, g, d, z, f
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND d.id <> c.id AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(c) AND visible(p) AND visible(d) AND visible(f)
RETURN 'party' AS side, 'complained_of' AS touch, p.id AS party, p.id AS person, f.id AS node, [p.id, d.id] AS path, 'certain' AS certainty, 'complained_of' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(p:Resident)<-[i:IS]-(g:Official)-[v:SERVES_IN]->(o:Organ)
in_order(c, e, p, i, g, v, o)
WITH c, e, p, i, g, v, o
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(v, $as_of) AND visible(c) AND visible(p) AND visible(g) AND visible(o)
RETURN 'party' AS side, 'organ' AS touch, p.id AS party, g.id AS person, o.id AS node, [p.id, g.id, o.id] AS path, coalesce(i.tier, 'possible') AS certainty, '' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[z:COMPLAINS_OF]->(f:Official)
in_order(c, z, f)
WITH c, z, f
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c) AND visible(f)
RETURN 'party' AS side, 'accused' AS touch, '' AS party, '' AS person, f.id AS node, [c.id] AS path, 'certain' AS certainty, 'complained_of' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[z:FOLLOWS]->(d:`Case`)<-[r:RESPONSIBLE_FOR]-(f:Official)
in_order(c, z, d, r, f)
WITH c, z, d, r, f
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND z.kind IN ['review', 're_review'] AND r.role IN ['handler', 'first_handler', 'mediator'] AND coalesce(r.since, '') <= $as_of AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(c) AND visible(d) AND visible(f)
RETURN 'party' AS side, 'prior' AS touch, '' AS party, '' AS person, f.id AS node, [c.id, d.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[z:FOLLOWS]->(d:`Case`)-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)
in_order(c, z, d, t, s, b, f)
WITH c, z, d, t, s, b, f
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND z.kind IN ['review', 're_review'] AND s.kind IN ['accept', 'handle', 'reply', 'review'] AND by_then(s.on_date, $as_of) AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(c) AND visible(d) AND visible(s) AND visible(f)
RETURN 'party' AS side, 'prior' AS touch, '' AS party, '' AS person, f.id AS node, [c.id, d.id, s.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)
in_order(c, t, s, b, f)
WITH c, t, s, b, f
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND s.kind IN ['accept', 'handle', 'reply', 'review'] AND by_then(s.on_date, $as_of) AND visible(c) AND visible(s) AND visible(f)
RETURN 'party' AS side, 'handled' AS touch, '' AS party, '' AS person, f.id AS node, [c.id, s.id] AS path, 'certain' AS certainty, '' AS detail, coalesce(c.area_code, '') AS area, CASE c.kind WHEN 'dispute' THEN 'mediator' ELSE 'handler' END AS who, coalesce(s.seq, 0) AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)
in_order(c, t, s, b, f)
WITH c, t, s, b, f
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND s.kind IN ['review', 're_review'] AND by_then(s.on_date, $as_of) AND visible(c) AND visible(s) AND visible(f)
RETURN 'handler' AS side, 'reviews' AS touch, f.id AS party, f.id AS person, f.id AS node, [s.id, f.id] AS path, 'certain' AS certainty, '' AS detail, '' AS area, '' AS who, coalesce(s.seq, 0) AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(f:Official)
in_order(c, r, f)
WITH c, r, f
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(r, $as_of) AND visible(c) AND visible(f)
RETURN 'handler' AS side, 'self' AS touch, f.id AS party, f.id AS person, f.id AS node, [f.id] AS path, 'certain' AS certainty, '' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(f:Official)-[i:IS]->(x:Resident)
in_order(c, r, f, i, x)
WITH c, r, f, i, x
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(r, $as_of) AND visible(c) AND visible(f) AND visible(x)
RETURN 'handler' AS side, 'person' AS touch, f.id AS party, x.id AS person, x.id AS node, [f.id] AS path, coalesce(i.tier, 'possible') AS certainty, '' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(f:Official)-[i:IS]->(x:Resident)-[m:MEMBER_OF]->(h:Household)
in_order(c, r, f, i, x, m, h)
WITH c, r, f, i, x, m, h
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(r, $as_of) AND during(m, $as_of) AND coalesce(h.kind, '') <> 'collective' AND visible(c) AND visible(f) AND visible(x) AND visible(h)
RETURN 'handler' AS side, 'household' AS touch, f.id AS party, x.id AS person, h.id AS node, [x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, '' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(f:Official)-[i:IS]->(x:Resident)-[o:HOLDS]->(y:Parcel)
in_order(c, r, f, i, x, o, y)
WITH c, r, f, i, x, o, y
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(r, $as_of) AND during(o, $as_of) AND visible(c) AND visible(f) AND visible(x) AND visible(y)
RETURN 'handler' AS side, 'parcel' AS touch, f.id AS party, x.id AS person, y.id AS node, [x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'holds' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(f:Official)-[i:IS]->(x:Resident)-[m:MEMBER_OF]->(h:Household)-[o:HOLDS]->(y:Parcel)
in_order(c, r, f, i, x, m, h, o, y)
WITH c, r, f, i, x, m, h, o, y
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(r, $as_of) AND during(m, $as_of) AND during(o, $as_of) AND coalesce(h.kind, '') <> 'collective' AND visible(c) AND visible(f) AND visible(x) AND visible(h) AND visible(y)
RETURN 'handler' AS side, 'parcel' AS touch, f.id AS party, x.id AS person, y.id AS node, [h.id, x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'holds' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(f:Official)-[i:IS]->(x:Resident)-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(y:Parcel)
in_order(c, r, f, i, x, e, d, o, y)
WITH c, r, f, i, x, e, d, o, y
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(r, $as_of) AND d.id <> $case_id AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(c) AND visible(f) AND visible(x) AND visible(d) AND visible(y)
RETURN 'handler' AS side, 'parcel' AS touch, f.id AS party, x.id AS person, y.id AS node, [d.id, x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'contests' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(f:Official)-[i:IS]->(x:Resident)-[e:PARTY_TO]->(d:`Case`)
in_order(c, r, f, i, x, e, d)
WITH c, r, f, i, x, e, d
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(r, $as_of) AND d.id <> $case_id AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(c) AND visible(f) AND visible(x) AND visible(d)
RETURN 'handler' AS side, 'case' AS touch, f.id AS party, x.id AS person, d.id AS node, [x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'party' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(f:Official)-[v:SERVES_IN]->(w:Organ)
in_order(c, r, f, v, w)
WITH c, r, f, v, w
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND during(r, $as_of) AND during(v, $as_of) AND visible(c) AND visible(f) AND visible(w)
RETURN 'handler' AS side, 'organ' AS touch, f.id AS party, f.id AS person, w.id AS node, [f.id] AS path, 'certain' AS certainty, '' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)
in_order(c, t, s, b, f)
WITH c, t, s, b, f
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(s.on_date, $as_of) AND visible(c) AND visible(s) AND visible(f)
RETURN 'handler' AS side, 'self' AS touch, f.id AS party, f.id AS person, f.id AS node, [f.id] AS path, 'certain' AS certainty, '' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)-[i:IS]->(x:Resident)
in_order(c, t, s, b, f, i, x)
WITH c, t, s, b, f, i, x
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(s.on_date, $as_of) AND visible(c) AND visible(s) AND visible(f) AND visible(x)
RETURN 'handler' AS side, 'person' AS touch, f.id AS party, x.id AS person, x.id AS node, [f.id] AS path, coalesce(i.tier, 'possible') AS certainty, '' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)-[i:IS]->(x:Resident)-[m:MEMBER_OF]->(h:Household)
in_order(c, t, s, b, f, i, x, m, h)
WITH c, t, s, b, f, i, x, m, h
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(s.on_date, $as_of) AND during(m, $as_of) AND coalesce(h.kind, '') <> 'collective' AND visible(c) AND visible(s) AND visible(f) AND visible(x) AND visible(h)
RETURN 'handler' AS side, 'household' AS touch, f.id AS party, x.id AS person, h.id AS node, [x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, '' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)-[i:IS]->(x:Resident)-[o:HOLDS]->(y:Parcel)
in_order(c, t, s, b, f, i, x, o, y)
WITH c, t, s, b, f, i, x, o, y
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(s.on_date, $as_of) AND during(o, $as_of) AND visible(c) AND visible(s) AND visible(f) AND visible(x) AND visible(y)
RETURN 'handler' AS side, 'parcel' AS touch, f.id AS party, x.id AS person, y.id AS node, [x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'holds' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)-[i:IS]->(x:Resident)-[m:MEMBER_OF]->(h:Household)-[o:HOLDS]->(y:Parcel)
in_order(c, t, s, b, f, i, x, m, h, o, y)
WITH c, t, s, b, f, i, x, m, h, o, y
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(s.on_date, $as_of) AND during(m, $as_of) AND during(o, $as_of) AND coalesce(h.kind, '') <> 'collective' AND visible(c) AND visible(s) AND visible(f) AND visible(x) AND visible(h) AND visible(y)
RETURN 'handler' AS side, 'parcel' AS touch, f.id AS party, x.id AS person, y.id AS node, [h.id, x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'holds' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)-[i:IS]->(x:Resident)-[e:PARTY_TO]->(d:`Case`)-[o:CONCERNS]->(y:Parcel)
in_order(c, t, s, b, f, i, x, e, d, o, y)
WITH c, t, s, b, f, i, x, e, d, o, y
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(s.on_date, $as_of) AND d.id <> $case_id AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(c) AND visible(s) AND visible(f) AND visible(x) AND visible(d) AND visible(y)
RETURN 'handler' AS side, 'parcel' AS touch, f.id AS party, x.id AS person, y.id AS node, [d.id, x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'contests' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)-[i:IS]->(x:Resident)-[e:PARTY_TO]->(d:`Case`)
in_order(c, t, s, b, f, i, x, e, d)
WITH c, t, s, b, f, i, x, e, d
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(s.on_date, $as_of) AND d.id <> $case_id AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(c) AND visible(s) AND visible(f) AND visible(x) AND visible(d)
RETURN 'handler' AS side, 'case' AS touch, f.id AS party, x.id AS person, d.id AS node, [x.id, f.id] AS path, coalesce(i.tier, 'possible') AS certainty, 'party' AS detail, '' AS area, '' AS who, 0 AS seq
UNION
MATCH (c:`Case` {id: $case_id})-[t:HAS_STEP]->(s:Step)-[b:BY_OFFICIAL]->(f:Official)-[v:SERVES_IN]->(w:Organ)
in_order(c, t, s, b, f, v, w)
WITH c, t, s, b, f, v, w
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND by_then(s.on_date, $as_of) AND during(v, $as_of) AND visible(c) AND visible(s) AND visible(f) AND visible(w)
RETURN 'handler' AS side, 'organ' AS touch, f.id AS party, f.id AS person, w.id AS node, [f.id] AS path, 'certain' AS certainty, '' AS detail, '' AS area, '' AS who, 0 AS seq
// part: main
UNWIND $found AS a
UNWIND $found AS b
WITH a, b
WHERE a.side = 'party' AND b.side = 'handler' AND a.node = b.node AND ((a.touch = b.touch AND (a.touch = 'person' OR a.person <> b.person))
  OR (a.touch = 'kin' AND b.touch = 'person' AND a.person <> b.person)
  OR (a.touch IN ['accused', 'prior', 'complained_of'] AND b.touch = 'self') OR (a.touch = 'handled' AND b.touch = 'reviews' AND a.seq < b.seq))
WITH b.party AS official_id, a.party AS party_id, CASE a.touch WHEN 'kin' THEN 'near_kin' WHEN 'household' THEN 'household' WHEN 'case' THEN 'prior_contact' WHEN 'organ' THEN 'co_work' WHEN 'accused' THEN 'accused' WHEN 'prior' THEN 'prior_handler' WHEN 'handled' THEN 'prior_handler' WHEN 'complained_of' THEN 'prior_contact' WHEN 'person' THEN CASE a.detail WHEN 'respondent' THEN 'accused' ELSE 'interest' END ELSE 'interest' END AS ground,
  CASE WHEN a.certainty = 'possible' OR b.certainty = 'possible' THEN 'possible'
    WHEN a.certainty = 'probable' OR b.certainty = 'probable' THEN 'probable' ELSE 'certain' END AS certainty,
  [a.detail, b.detail] AS detail, a.path + b.path AS path, a.area AS area, a.who AS who
UNWIND $law_recusal AS rule
WITH official_id, party_id, ground, certainty, detail, path, area, who, rule.id AS rule_id, max(CASE WHEN rule.ground = ground AND rule.who IN ['', who] AND rule.valid_from <= $as_of AND rule.valid_to >= $as_of AND area STARTS WITH rule.jurisdiction THEN rule.jurisdiction END) AS place
WHERE place IS NOT NULL
UNWIND $law_recusal AS rule
WITH official_id, party_id, ground, certainty, detail, path, area, who, rule_id, place, rule
WHERE rule.id = rule_id AND rule.jurisdiction = place AND rule.ground = ground AND rule.who IN ['', who] AND rule.valid_from <= $as_of AND rule.valid_to >= $as_of AND area STARTS WITH rule.jurisdiction
RETURN official_id, party_id, ground, path, rule.cited AS rule_article, rule.text AS rule_text, certainty, detail
UNION
UNWIND $found AS a
UNWIND $found AS b
WITH a, b
WHERE a.side = 'party' AND b.side = 'handler' AND a.node = b.node AND ((a.touch = b.touch AND (a.touch = 'person' OR a.person <> b.person))
  OR (a.touch = 'kin' AND b.touch = 'person' AND a.person <> b.person)
  OR (a.touch IN ['accused', 'prior', 'complained_of'] AND b.touch = 'self') OR (a.touch = 'handled' AND b.touch = 'reviews' AND a.seq < b.seq))
WITH b.party AS official_id, a.party AS party_id, CASE a.touch WHEN 'kin' THEN 'near_kin' WHEN 'household' THEN 'household' WHEN 'case' THEN 'prior_contact' WHEN 'organ' THEN 'co_work' WHEN 'accused' THEN 'accused' WHEN 'prior' THEN 'prior_handler' WHEN 'handled' THEN 'prior_handler' WHEN 'complained_of' THEN 'prior_contact' WHEN 'person' THEN CASE a.detail WHEN 'respondent' THEN 'accused' ELSE 'interest' END ELSE 'interest' END AS ground,
  CASE WHEN a.certainty = 'possible' OR b.certainty = 'possible' THEN 'possible'
    WHEN a.certainty = 'probable' OR b.certainty = 'probable' THEN 'probable' ELSE 'certain' END AS certainty,
  [a.detail, b.detail] AS detail, a.path + b.path AS path, a.area AS area, a.who AS who
UNWIND $law_recusal AS rule
WITH official_id, party_id, ground, certainty, detail, path, area, who, count(CASE WHEN rule.ground = ground AND rule.who IN ['', who] AND rule.valid_from <= $as_of AND rule.valid_to >= $as_of AND area STARTS WITH rule.jurisdiction THEN rule.id END) AS rules
WHERE rules = 0
RETURN official_id, party_id, ground, path, 'none' AS rule_article, '' AS rule_text, certainty, detail
// part: people
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(f:Official)
WHERE during(r, $as_of) AND visible(c) AND visible(f)
OPTIONAL MATCH (f)-[i:IS]->(x:Resident) WHERE visible(x)
RETURN f.id AS official_id, f.name AS official, coalesce(x.id, '') AS person_id,
  CASE WHEN x.id IS NULL THEN 'unlinked' ELSE coalesce(i.tier, 'possible') END AS certainty
UNION
MATCH (c:`Case` {id: $case_id})-[:HAS_STEP]->(s:Step)-[:BY_OFFICIAL]->(f:Official)
WHERE by_then(s.on_date, $as_of) AND visible(c) AND visible(s) AND visible(f)
OPTIONAL MATCH (f)-[i:IS]->(x:Resident) WHERE visible(x)
RETURN f.id AS official_id, f.name AS official, coalesce(x.id, '') AS person_id,
  CASE WHEN x.id IS NULL THEN 'unlinked' ELSE coalesce(i.tier, 'possible') END AS certainty
