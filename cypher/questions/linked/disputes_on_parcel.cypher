/*
title: {zh: 地块上的纠纷, en: Disputes on a parcel}
asks: >
  截至 as_of 那一天，哪些案件涉及这块地，哪些涉及与它相邻的地块（include_adjacent）？holders 是案件当日该地块的持有者，outcome 是那一天已知的结果。
asks_en: >
  Which cases concern this parcel as of a day, and which its neighbours (`include_adjacent`)? `holders` held that parcel on the day of
  the case; `outcome` is what was known by then.
params:
  parcel_id: {type: id, required: true, of: [Parcel], zh: 地块, en: the parcel}
  include_adjacent: {type: bool, default: true, zh: 包括相邻地块, en: neighbours too}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day (today)}
columns:
  case_id: {type: id, zh: 案件}
  parcel_id: {type: id, zh: 地块}
  relation: {type: text, zh: 与所问地块的关系, values: {same: 本地块, adjacent: 相邻地块}}
  holders: {type: ids, zh: 案件当日的持有者}
  outcome: {type: text, zh: 结果, values: {settled: 化解, unsettled: 未化解, open: 办理中}}
  opened_on: {type: date, zh: 日期}
  closed_on: {type: date, zh: 办结日期}
  case_kind: {type: text, zh: 类型, values: {petition: 信访件, dispute: 纠纷}}
  case_name: {type: text, zh: 案件名称}
  parcel_name: {type: text, zh: 地块名称}
  hub: {type: bool, zh: 枢纽地块}
  path: {type: path, zh: 依据（节点与边依次）}
rule: link/parcel@1
for: [investigator, mediator, api]
evidence: [path, holders]
sentence: "{opened_on}，{case_kind}“{case_name}”涉及{relation}“{parcel_name}”：{outcome}。"
order: [relation, -opened_on, case_id, parcel_id]
one_per: [case_id, parcel_id]
*/
// found: main
MATCH (p:Parcel {id: $parcel_id})<-[e:CONCERNS]-(c:`Case`)
in_order(p, e, c)
WITH p, e, c
WHERE visible(p) AND visible(c)
RETURN c.id AS case_id, p.id AS parcel_id, 'same' AS relation, [p.id, e.id, c.id] AS path
UNION
MATCH (p:Parcel {id: $parcel_id})-[a:ADJOINS]-(q:Parcel)<-[e:CONCERNS]-(c:`Case`)
WHERE $include_adjacent
in_order(p, a, q, e, c)
WITH p, a, q, e, c
WHERE p.id <> q.id AND visible(p) AND visible(q) AND visible(c)
RETURN c.id AS case_id, q.id AS parcel_id, 'adjacent' AS relation, [p.id, a.id, q.id, e.id, c.id] AS path
// part: main
UNWIND $found AS row
MATCH (c:`Case`) WHERE c.id = row.case_id AND visible(c)
WITH row, c, left(coalesce(c.registered_on, c.opened_on, $as_of), 10) AS day
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of)
MATCH (p:Parcel) WHERE p.id = row.parcel_id AND visible(p)
OPTIONAL MATCH (p)<-[h:HOLDS]-(x) WHERE during(h, day) AND visible(x)
WITH row, c, p, collect(DISTINCT x.id) AS holders
RETURN c.id AS case_id, p.id AS parcel_id, row.relation AS relation, holders,
  CASE WHEN NOT by_then(c.closed_on, $as_of) THEN 'open' WHEN coalesce(c.outcome, '') <> '' THEN c.outcome
    WHEN known(c.closed_on, $as_of) = '' THEN 'open' ELSE '' END AS outcome,
  left(coalesce(c.registered_on, c.opened_on, ''), 10) AS opened_on, known(c.closed_on, $as_of) AS closed_on, c.kind AS case_kind,
  c.name AS case_name, p.name AS parcel_name, coalesce(p.hub, false) AS hub, row.path AS path
