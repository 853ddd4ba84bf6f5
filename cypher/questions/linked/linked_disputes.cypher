/*
title: {zh: 关联纠纷, en: Linked disputes}
asks: >
  截至 as_of 那一天，哪些案件与这一案件有关联？强：人工确认、来源所载承接关系、同一当事人（代理人、被反映人不算）、同一户（集体户不算）、同一地块。
  中：两户的当事人是亲属（同一户的成员算同一户）、相邻地块、同一被申请人或被反映干部、反映同一机构。弱：文字相似、当事人疑似同一人。
  户成员关系以各案件当日为准。只经枢纽（连接案件多于界限的人、户、地块、机构，界限见 hub_over）的关联写明枢纽的名称并排在最后。
  人工确认的关联写明 confirmed，人工否认的写明 rejected。path 是依据：节点与边的标识依次。
asks_en: >
  Which cases were linked to this one as of a day? Strong: confirmed by a person, declared, same party (no agents, no persons
  complained of), same household (no collective ones), same parcel. Medium: kin of two households, adjacent parcel, same respondent
  or official complained of, same organ complained of. Weak: similar text, possibly the same party. Links only through a hub (more
  cases than `hub_over`) name it and come last. What a person judged is said. `path` holds the ids of nodes and edges in turn.
params:
  case_id: {type: id, required: true, of: [Case], zh: 案件, en: the case}
  kinds:
    type: choices
    default: all
    of: [
      confirmed, same_party, same_household, kin, same_parcel, adjacent_parcel, same_respondent, same_organ_action, declared,
      similar_text, possible_same_party,
    ]
    zh: 关联种类
    en: kinds of links
  min_strength: {type: choice, of: [weak, medium, strong], default: weak, zh: 至少强度, en: weakest link wanted}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day (today)}
columns:
  other_case_id: {type: id, zh: 关联案件}
  kind:
    type: text
    zh: 关联种类
    values:
      confirmed: 人工确认
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
  judgement: {type: text, zh: 判断, values: {confirmed: 经人工确认, '': 未经判断, pending: 待人工判断, unsure: 人工存疑, rejected: 经人工否认}}
  hub_over: {type: int, zh: 枢纽界限（涉及案件多于此数）}
  through: {type: text, zh: 依据说明}
  path: {type: path, zh: 依据（节点与边依次）}
  other_name: {type: text, zh: 关联案件名称}
  other_kind: {type: text, zh: 类型, values: {petition: 信访件, dispute: 纠纷}}
rule: link/default@2
for: [investigator, mediator, api]
evidence: [path, via]
sentence: "与{other_kind}“{other_name}”（{other_case_id}）有{strength}关联：{kind}。{through}（{judgement}）。"
order: [hub, strength, kind, other_case_id]
one_per: [other_case_id, kind]
*/
// found: main
MATCH (c:`Case` {id: $case_id})-[e:FOLLOWS|SAME_MATTER]-(o:`Case`)
WHERE 'declared' IN $kinds
in_order(c, e, o)
WITH c, e, o
WHERE o.id <> c.id AND (e.kind <> 'repeat' OR e.test = 'declared')
  AND visible(c) AND visible(o)
RETURN o.id AS other, 'declared' AS kind, 'strong' AS strength, c.id AS via, false AS hub, 0 AS over, '' AS hub_name,
  '来源写明两案的承接关系' AS through, [c.id, e.id, o.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})-[e:LINK_JUDGED]-(o:`Case`)
WHERE 'confirmed' IN $kinds
in_order(c, e, o)
WITH c, e, o
WHERE o.id <> c.id AND e.verdict = 'confirm' AND visible(c) AND visible(o)
RETURN o.id AS other, 'confirmed' AS kind, 'strong' AS strength, c.id AS via, false AS hub, 0 AS over, '' AS hub_name,
  '有人确认两案有关联' AS through, [c.id, e.id, o.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(x)-[f:PARTY_TO]->(o:`Case`)
WHERE 'same_party' IN $kinds
in_order(c, e, x, f, o)
WITH c, e, x, f, o
WHERE o.id <> c.id AND e.role <> 'agent' AND f.role <> 'agent' AND by_then(e.on_date, $as_of) AND by_then(f.on_date, $as_of)
  AND visible(c) AND visible(x) AND visible(o)
RETURN o.id AS other, 'same_party' AS kind, 'strong' AS strength, x.id AS via, coalesce(x.hub, false) AS hub,
  coalesce(x.hub_over, 0) AS over, coalesce(x.name, '') AS hub_name,
  '两案的当事人都有“' + coalesce(x.name, '') + '”' AS through, [c.id, e.id, x.id, f.id, o.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(x:Resident)-[m:MEMBER_OF]->(h:Household)
  <-[n:MEMBER_OF]-(y:Resident)-[f:PARTY_TO]->(o:`Case`)
WHERE 'same_household' IN $kinds
in_order(c, e, x, m, h, n, y, f, o)
WITH c, e, x, m, h, n, y, f, o, left(coalesce(c.registered_on, c.opened_on, $as_of), 10) AS day,
  left(coalesce(o.registered_on, o.opened_on, $as_of), 10) AS other_day
WHERE o.id <> c.id AND x.id <> y.id AND e.role <> 'agent' AND f.role <> 'agent' AND by_then(e.on_date, $as_of)
  AND by_then(f.on_date, $as_of) AND coalesce(h.kind, '') <> 'collective' AND during(m, day) AND during(n, other_day)
  AND visible(c) AND visible(x) AND visible(h) AND visible(y) AND visible(o)
RETURN o.id AS other, 'same_household' AS kind, 'strong' AS strength, h.id AS via,
  coalesce(h.hub, false) OR coalesce(x.hub, false) OR coalesce(y.hub, false) AS hub,
  coalesce(h.hub_over, x.hub_over, y.hub_over, 0) AS over,
  CASE WHEN coalesce(h.hub, false) THEN coalesce(h.name, '') WHEN coalesce(x.hub, false) THEN coalesce(x.name, '') ELSE coalesce(y.name, '') END AS hub_name,
  '本案的“' + coalesce(x.name, '') + '”与该案的“' + coalesce(y.name, '') + '”同属“' + coalesce(h.name, '') + '”' AS through,
  [c.id, e.id, x.id, m.id, h.id, n.id, y.id, f.id, o.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})-[e:CONCERNS]->(x:Parcel)<-[f:CONCERNS]-(o:`Case`)
WHERE 'same_parcel' IN $kinds
in_order(c, e, x, f, o)
WITH c, e, x, f, o
WHERE o.id <> c.id
  AND visible(c) AND visible(x) AND visible(o)
RETURN o.id AS other, 'same_parcel' AS kind, 'strong' AS strength, x.id AS via, coalesce(x.hub, false) AS hub,
  coalesce(x.hub_over, 0) AS over, coalesce(x.name, '') AS hub_name,
  '两案都涉及地块“' + coalesce(x.name, '') + '”' AS through, [c.id, e.id, x.id, f.id, o.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(x:Resident)-[k:KIN]->(y:Resident)-[f:PARTY_TO]->(o:`Case`)
WHERE 'kin' IN $kinds AND $min_strength <> 'strong'
in_order(c, e, x, k, y, f, o)
WITH c, e, x, k, y, f, o, left(coalesce(c.registered_on, c.opened_on, $as_of), 10) AS day,
  left(coalesce(o.registered_on, o.opened_on, $as_of), 10) AS other_day
WHERE o.id <> c.id AND x.id <> y.id AND e.role <> 'agent' AND f.role <> 'agent' AND by_then(e.on_date, $as_of)
  AND by_then(f.on_date, $as_of) AND visible(c) AND visible(x) AND visible(y) AND visible(o)
OPTIONAL MATCH (x)-[m:MEMBER_OF]->(h:Household)
WHERE during(m, day) AND coalesce(h.kind, '') <> 'collective' AND visible(h)
WITH c, e, x, k, y, f, o, other_day, [''] + collect(DISTINCT h.id) AS homes
OPTIONAL MATCH (y)-[n:MEMBER_OF]->(g:Household)
WHERE g.id IN homes AND during(n, other_day) AND visible(g)
WITH c, e, x, k, y, f, o, count(g.id) AS shared
WHERE shared = 0
RETURN o.id AS other, 'kin' AS kind, 'medium' AS strength, y.id AS via, coalesce(x.hub, false) OR coalesce(y.hub, false) AS hub,
  coalesce(x.hub_over, y.hub_over, 0) AS over,
  CASE WHEN coalesce(x.hub, false) THEN coalesce(x.name, '') ELSE coalesce(y.name, '') END AS hub_name,
  '本案的“' + coalesce(x.name, '') + '”与该案的“' + coalesce(y.name, '') + '”是两户的亲属' AS through,
  [c.id, e.id, x.id, k.id, y.id, f.id, o.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})-[e:CONCERNS]->(x:Parcel)-[a:ADJOINS]-(y:Parcel)<-[f:CONCERNS]-(o:`Case`)
WHERE 'adjacent_parcel' IN $kinds AND $min_strength <> 'strong'
in_order(c, e, x, a, y, f, o)
WITH c, e, x, a, y, f, o
WHERE o.id <> c.id AND x.id <> y.id
  AND visible(c) AND visible(x) AND visible(y) AND visible(o)
RETURN o.id AS other, 'adjacent_parcel' AS kind, 'medium' AS strength, y.id AS via,
  coalesce(x.hub, false) OR coalesce(y.hub, false) AS hub, coalesce(x.hub_over, y.hub_over, 0) AS over,
  CASE WHEN coalesce(x.hub, false) THEN coalesce(x.name, '') ELSE coalesce(y.name, '') END AS hub_name,
  '本案的地块“' + coalesce(x.name, '') + '”与该案的地块“' + coalesce(y.name, '') + '”相邻' AS through,
  [c.id, e.id, x.id, a.id, y.id, f.id, o.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})-[e:PARTY_TO|COMPLAINS_OF]-(x)-[f:PARTY_TO|COMPLAINS_OF]-(o:`Case`)
WHERE 'same_respondent' IN $kinds AND $min_strength <> 'strong'
in_order(c, e, x, f, o)
WITH c, e, x, f, o
WHERE o.id <> c.id AND coalesce(e.role, 'respondent') = 'respondent'
  AND coalesce(f.role, 'respondent') = 'respondent'
  AND NOT (kind(x) = 'Organ' AND edge(e) = 'COMPLAINS_OF' AND edge(f) = 'COMPLAINS_OF')
  AND visible(c) AND visible(x) AND visible(o)
RETURN o.id AS other, 'same_respondent' AS kind, 'medium' AS strength, x.id AS via, coalesce(x.hub, false) AS hub,
  coalesce(x.hub_over, 0) AS over, coalesce(x.name, '') AS hub_name,
  '两案都针对“' + coalesce(x.name, '') + '”' AS through, [c.id, e.id, x.id, f.id, o.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})-[e:COMPLAINS_OF]->(x:Organ)<-[f:COMPLAINS_OF]-(o:`Case`)
WHERE 'same_organ_action' IN $kinds AND $min_strength <> 'strong'
in_order(c, e, x, f, o)
WITH c, e, x, f, o
WHERE o.id <> c.id
  AND visible(c) AND visible(x) AND visible(o)
RETURN o.id AS other, 'same_organ_action' AS kind, 'medium' AS strength, x.id AS via, coalesce(x.hub, false) AS hub,
  coalesce(x.hub_over, 0) AS over, coalesce(x.name, '') AS hub_name,
  '两案都反映“' + coalesce(x.name, '') + '”' AS through, [c.id, e.id, x.id, f.id, o.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})-[e:SAME_MATTER]-(o:`Case`)
WHERE 'similar_text' IN $kinds AND $min_strength = 'weak'
in_order(c, e, o)
WITH c, e, o
WHERE o.id <> c.id AND e.test = 'category_place_text'
  AND visible(c) AND visible(o)
RETURN o.id AS other, 'similar_text' AS kind, 'weak' AS strength, c.id AS via, false AS hub, 0 AS over, '' AS hub_name,
  '两案同类、同村，文字相似' AS through, [c.id, e.id, o.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})<-[e:PARTY_TO]-(x:Resident)-[s:POSSIBLY_SAME]-(y:Resident)-[f:PARTY_TO]->(o:`Case`)
WHERE 'possible_same_party' IN $kinds AND $min_strength = 'weak'
in_order(c, e, x, s, y, f, o)
WITH c, e, x, s, y, f, o
WHERE o.id <> c.id AND x.id <> y.id AND e.role <> 'agent' AND f.role <> 'agent' AND by_then(e.on_date, $as_of)
  AND by_then(f.on_date, $as_of) AND visible(c) AND visible(x) AND visible(y) AND visible(o)
RETURN o.id AS other, 'possible_same_party' AS kind, 'weak' AS strength, y.id AS via,
  coalesce(x.hub, false) OR coalesce(y.hub, false) AS hub, coalesce(x.hub_over, y.hub_over, 0) AS over,
  CASE WHEN coalesce(x.hub, false) THEN coalesce(x.name, '') ELSE coalesce(y.name, '') END AS hub_name,
  '本案的“' + coalesce(x.name, '') + '”与该案的“' + coalesce(y.name, '') + '”疑似同一人' AS through,
  [c.id, e.id, x.id, s.id, y.id, f.id, o.id] AS path
// part: main
UNWIND $found AS row
MATCH (o:`Case`) WHERE o.id = row.other AND visible(o)
MATCH (c:`Case`) WHERE c.id = $case_id AND visible(c)
WITH row, o, c
WHERE by_then(coalesce(o.registered_on, o.opened_on), $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of)
OPTIONAL MATCH (o)-[j:LINK_JUDGED]-(d:`Case`) WHERE d.id = $case_id AND visible(d)
WITH row, o, CASE WHEN d.id IS NULL THEN '' ELSE coalesce(j.verdict, '') END AS verdict
RETURN o.id AS other_case_id, row.kind AS kind, row.strength AS strength, [row.via] AS via, row.hub AS hub,
  CASE verdict WHEN 'confirm' THEN 'confirmed' WHEN 'reject' THEN 'rejected' WHEN 'unsure' THEN 'unsure'
    ELSE CASE row.strength WHEN 'weak' THEN 'pending' ELSE '' END END AS judgement,
  CASE WHEN row.hub = true THEN row.over END AS hub_over,
  CASE WHEN row.hub = true THEN row.through + '；“' + row.hub_name + '”是枢纽' ELSE row.through END AS through,
  row.path AS path, o.name AS other_name, o.kind AS other_kind
