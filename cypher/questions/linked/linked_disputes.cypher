/*
title: {zh: 关联纠纷, en: Linked disputes}
asks: >
  哪些案件与这一案件有关联？强：同一当事人（代理人、被反映人不算）、同一户（集体户不算）、同一地块、来源所载承接关系。
  中：两户的当事人是亲属、相邻地块、同一被申请人或被反映干部、反映同一机构。弱：文字相似、当事人疑似同一人。
  户成员关系以各案件当日为准。只经枢纽（连接12件以上的人、户、地块、机构）的关联标明并排在最后。
asks_en: >
  Which cases are linked to this one? Strong: same party (no agents, no persons complained of), same household (no collective ones),
  same parcel, declared. Medium: kin of two households, adjacent parcel, same respondent or official complained of, same organ
  complained of. Weak: similar text, possibly the same party. Links only through a hub are marked and come last.
params:
  case_id: {type: id, required: true, of: [Case], zh: 案件, en: the case}
  kinds:
    type: choices
    default: all
    of: [
      same_party, same_household, kin, same_parcel, adjacent_parcel, same_respondent, same_organ_action, declared,
      similar_text, possible_same_party,
    ]
    zh: 关联种类
    en: kinds of links
  min_strength: {type: choice, of: [weak, medium, strong], default: weak, zh: 至少强度, en: weakest link wanted}
columns:
  other_case_id: {type: id, zh: 关联案件}
  kind:
    type: text
    zh: 关联种类
    values:
      declared: 来源所载承接
      same_party: 同一当事人
      same_household: 同一户
      same_parcel: 同一地块
      kin: 当事人是亲属
      adjacent_parcel: 相邻地块
      same_respondent: 同一被申请人或被反映干部
      same_organ_action: 反映同一机构
      similar_text: 文字相似
      possible_same_party: 当事人疑似同一人
  strength: {type: text, zh: 强度, values: {strong: 强, medium: 中, weak: 弱}}
  via: {type: ids, zh: 经由}
  hub: {type: bool, zh: 只经枢纽}
  judgement: {type: text, zh: 判断, values: {pending: 待人工判断, '': ''}}
  other_name: {type: text, zh: 关联案件名称}
  other_kind: {type: text, zh: 类型, values: {petition: 信访件, dispute: 纠纷}}
rule: link/default@1
for: [investigator, mediator, api]
evidence: [other_case_id, via]
sentence: "与{other_kind}“{other_name}”有{strength}关联：{kind}。"
order: [hub, strength, kind, other_case_id]
*/
MATCH (c:`Case` {id: $case_id})-[e:FOLLOWS|SAME_MATTER]-(o:`Case`)
WHERE 'declared' IN $kinds
in_order(c, e, o)
WITH c, e, o
WHERE o.id <> c.id AND (e.kind <> 'repeat' OR e.test = 'declared')
  AND visible(c) AND visible(o)
RETURN o.id AS other_case_id, 'declared' AS kind, 'strong' AS strength, collect(DISTINCT c.id) AS via,
  min(CASE WHEN false THEN 1 ELSE 0 END) = 1 AS hub, '' AS judgement, o.name AS other_name, o.kind AS other_kind
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(x)-[f:PARTY_TO]->(o:`Case`)
WHERE 'same_party' IN $kinds
in_order(c, e, x, f, o)
WITH c, e, x, f, o
WHERE o.id <> c.id AND e.role <> 'agent' AND f.role <> 'agent'
  AND visible(c) AND visible(x) AND visible(o)
RETURN o.id AS other_case_id, 'same_party' AS kind, 'strong' AS strength, collect(DISTINCT x.id) AS via,
  min(CASE WHEN x.hub THEN 1 ELSE 0 END) = 1 AS hub, '' AS judgement, o.name AS other_name, o.kind AS other_kind
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(x:Resident)-[m:MEMBER_OF]->(h:Household)
  <-[n:MEMBER_OF]-(y:Resident)-[f:PARTY_TO]->(o:`Case`)
WHERE 'same_household' IN $kinds
in_order(c, e, x, m, h, n, y, f, o)
WITH c, e, x, m, h, n, y, f, o
WHERE o.id <> c.id AND x.id <> y.id AND e.role <> 'agent' AND f.role <> 'agent'
  AND coalesce(h.kind, '') <> 'collective'
  AND coalesce(m.since, '') <= left(coalesce(c.registered_on, c.opened_on, '9999'), 10)
  AND (coalesce(m.until, '') = '' OR m.until >= left(left(coalesce(c.registered_on, c.opened_on, '9999'), 10), size(m.until)))
  AND coalesce(n.since, '') <= left(coalesce(o.registered_on, o.opened_on, '9999'), 10)
  AND (coalesce(n.until, '') = '' OR n.until >= left(left(coalesce(o.registered_on, o.opened_on, '9999'), 10), size(n.until)))
  AND visible(c) AND visible(x) AND visible(h) AND visible(y) AND visible(o)
RETURN o.id AS other_case_id, 'same_household' AS kind, 'strong' AS strength, collect(DISTINCT h.id) AS via,
  min(CASE WHEN h.hub OR x.hub OR y.hub THEN 1 ELSE 0 END) = 1 AS hub, '' AS judgement, o.name AS other_name, o.kind AS other_kind
UNION
MATCH (c:`Case` {id: $case_id})-[e:CONCERNS]->(x:Parcel)<-[f:CONCERNS]-(o:`Case`)
WHERE 'same_parcel' IN $kinds
in_order(c, e, x, f, o)
WITH c, e, x, f, o
WHERE o.id <> c.id
  AND visible(c) AND visible(x) AND visible(o)
RETURN o.id AS other_case_id, 'same_parcel' AS kind, 'strong' AS strength, collect(DISTINCT x.id) AS via,
  min(CASE WHEN x.hub THEN 1 ELSE 0 END) = 1 AS hub, '' AS judgement, o.name AS other_name, o.kind AS other_kind
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(x:Resident)-[k:KIN]->(y:Resident)-[f:PARTY_TO]->(o:`Case`)
WHERE 'kin' IN $kinds AND $min_strength <> 'strong'
in_order(c, e, x, k, y, f, o)
WITH c, e, x, k, y, f, o
WHERE o.id <> c.id AND x.id <> y.id AND e.role <> 'agent' AND f.role <> 'agent'
  AND visible(c) AND visible(x) AND visible(y) AND visible(o)
OPTIONAL MATCH (x)-[:MEMBER_OF]->(h:Household)<-[:MEMBER_OF]-(z:Resident)
WHERE z.id = y.id AND coalesce(h.kind, '') <> 'collective' AND visible(h) AND visible(z)
WITH c, x, y, o, count(h.id) AS shared
WHERE shared = 0
RETURN o.id AS other_case_id, 'kin' AS kind, 'medium' AS strength, collect(DISTINCT y.id) AS via,
  min(CASE WHEN x.hub OR y.hub THEN 1 ELSE 0 END) = 1 AS hub, '' AS judgement, o.name AS other_name, o.kind AS other_kind
UNION
MATCH (c:`Case` {id: $case_id})-[e:CONCERNS]->(x:Parcel)-[a:ADJOINS]-(y:Parcel)<-[f:CONCERNS]-(o:`Case`)
WHERE 'adjacent_parcel' IN $kinds AND $min_strength <> 'strong'
in_order(c, e, x, a, y, f, o)
WITH c, e, x, a, y, f, o
WHERE o.id <> c.id AND x.id <> y.id
  AND visible(c) AND visible(x) AND visible(y) AND visible(o)
RETURN o.id AS other_case_id, 'adjacent_parcel' AS kind, 'medium' AS strength, collect(DISTINCT y.id) AS via,
  min(CASE WHEN x.hub OR y.hub THEN 1 ELSE 0 END) = 1 AS hub, '' AS judgement, o.name AS other_name, o.kind AS other_kind
UNION
MATCH (c:`Case` {id: $case_id})-[e:PARTY_TO|COMPLAINS_OF]-(x)-[f:PARTY_TO|COMPLAINS_OF]-(o:`Case`)
WHERE 'same_respondent' IN $kinds AND $min_strength <> 'strong'
in_order(c, e, x, f, o)
WITH c, e, x, f, o
WHERE o.id <> c.id AND coalesce(e.role, 'respondent') = 'respondent'
  AND coalesce(f.role, 'respondent') = 'respondent'
  AND NOT (kind(x) = 'Organ' AND edge(e) = 'COMPLAINS_OF' AND edge(f) = 'COMPLAINS_OF')
  AND visible(c) AND visible(x) AND visible(o)
RETURN o.id AS other_case_id, 'same_respondent' AS kind, 'medium' AS strength, collect(DISTINCT x.id) AS via,
  min(CASE WHEN x.hub THEN 1 ELSE 0 END) = 1 AS hub, '' AS judgement, o.name AS other_name, o.kind AS other_kind
UNION
MATCH (c:`Case` {id: $case_id})-[e:COMPLAINS_OF]->(x:Organ)<-[f:COMPLAINS_OF]-(o:`Case`)
WHERE 'same_organ_action' IN $kinds AND $min_strength <> 'strong'
in_order(c, e, x, f, o)
WITH c, e, x, f, o
WHERE o.id <> c.id
  AND visible(c) AND visible(x) AND visible(o)
RETURN o.id AS other_case_id, 'same_organ_action' AS kind, 'medium' AS strength, collect(DISTINCT x.id) AS via,
  min(CASE WHEN x.hub THEN 1 ELSE 0 END) = 1 AS hub, '' AS judgement, o.name AS other_name, o.kind AS other_kind
UNION
MATCH (c:`Case` {id: $case_id})-[e:SAME_MATTER]-(o:`Case`)
WHERE 'similar_text' IN $kinds AND $min_strength = 'weak'
in_order(c, e, o)
WITH c, e, o
WHERE o.id <> c.id AND e.test = 'category_place_text'
  AND visible(c) AND visible(o)
RETURN o.id AS other_case_id, 'similar_text' AS kind, 'weak' AS strength, collect(DISTINCT c.id) AS via,
  min(CASE WHEN false THEN 1 ELSE 0 END) = 1 AS hub, 'pending' AS judgement, o.name AS other_name, o.kind AS other_kind
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(x:Resident)-[s:POSSIBLY_SAME]-(y:Resident)-[f:PARTY_TO]->(o:`Case`)
WHERE 'possible_same_party' IN $kinds AND $min_strength = 'weak'
in_order(c, e, x, s, y, f, o)
WITH c, e, x, s, y, f, o
WHERE o.id <> c.id AND x.id <> y.id AND e.role <> 'agent' AND f.role <> 'agent'
  AND visible(c) AND visible(x) AND visible(y) AND visible(o)
RETURN o.id AS other_case_id, 'possible_same_party' AS kind, 'weak' AS strength, collect(DISTINCT y.id) AS via,
  min(CASE WHEN x.hub OR y.hub THEN 1 ELSE 0 END) = 1 AS hub, 'pending' AS judgement, o.name AS other_name, o.kind AS other_kind
