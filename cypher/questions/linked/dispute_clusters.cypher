/*
title: {zh: 纠纷群, en: Clusters of disputes}
asks: >
  截至 as_of 那一天，哪些纠纷由强关联（人工确认、来源所载承接、同一当事人、同一户、同一地块）连成一群？枢纽、中弱关联、人工否认的关联不成群。
  群以其最早的纠纷命名，只要还在就不改名；两群相连时，有更早纠纷的一群延续。area：群中有纠纷在该区划；since：群中最晚的纠纷不早于该日。
  joined：与上一次构图相比，哪些纠纷新入了群，经由哪些纠纷、因何关联。
asks_en: >
  Which disputes are connected by strong links as of a day (confirmed, declared, same party, household or parcel)? No hubs, no weaker
  links, nothing that a person rejected. A cluster is named after its earliest dispute and keeps its name while it lasts; when two meet, the
  one with the earlier dispute goes on. `joined` tells what joined since the build before, through which disputes and why.
params:
  area: {type: area, default: '', zh: 区划, en: area}
  since: {type: date, default: '', zh: 最晚的纠纷不早于, en: newest dispute not before}
  min_size: {type: int, default: 3, min: 2, max: 1000, zh: 至少几件, en: at least so many disputes}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day (today)}
columns:
  cluster_id: {type: id, zh: 纠纷群}
  case_ids: {type: ids, zh: 纠纷}
  people: {type: int, zh: 当事人数}
  parcels: {type: int, zh: 地块数}
  kinds: {type: words, zh: 因何关联, values: {confirmed: 人工确认, declared: 来源所载承接, same_party: 同一当事人, same_household: 同一户, same_parcel: 同一地块}}
  first_on: {type: date, zh: 最早}
  last_on: {type: date, zh: 最晚}
  open_cases: {type: int, zh: 未办结}
  cases: {type: int, zh: 件数}
  parcel_ids: {type: ids, zh: 地块}
  name: {type: text, zh: 名称（最早的纠纷）}
rule: cluster/strong@1
beside: [joined]
for: [investigator, mediator, api]
evidence: [cluster_id, case_ids, parcel_ids]
sentence: "“{name}”等{cases}件纠纷因{kinds}连成一群，{first_on}至{last_on}，当事人{people}人，未办结{open_cases}件。"
order: [-cases, -last_on, cluster_id]
parts:
  joined:
    zh: 上一次构图以来入群的纠纷
    columns:
      case_id: {type: id, zh: 纠纷}
      cluster_id: {type: id, zh: 纠纷群}
      how: {type: text, zh: 如何入群, values: {new: 新成一群, joined: 加入原有的群, merged: 随原来的群并入, split: 从原来的群分出, renamed: 原来的群改名}}
      before: {type: id, zh: 原来的群}
      kinds: {type: words, zh: 因何关联, values: {confirmed: 人工确认, declared: 来源所载承接, same_party: 同一当事人, same_household: 同一户, same_parcel: 同一地块}}
      through: {type: ids, zh: 经由的纠纷}
      name: {type: text, zh: 名称}
    evidence: [case_id, cluster_id, through]
    sentence: "“{name}”{how}：{kinds}，经由{through}。"
    order: [cluster_id, case_id]
*/
// part: main
MATCH (u:Cluster)<-[e:IN_CLUSTER]-(c:`Case`)
in_order(u, e, c)
WITH u, e, c
WHERE during(e, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(u) AND visible(c)
OPTIONAL MATCH (c)<-[t:PARTY_TO]-(r:Resident) WHERE t.role <> 'agent' AND by_then(t.on_date, $as_of) AND visible(r)
OPTIONAL MATCH (c)-[:CONCERNS]->(p:Parcel) WHERE visible(p)
WITH u.id AS cluster_id, u.name AS name, collect(DISTINCT c.id) AS case_ids, count(DISTINCT r.id) AS people, collect(DISTINCT p.id) AS parcel_ids,
  min(e.declared_on) AS declared, min(e.confirmed_on) AS confirmed, min(e.same_party_on) AS party, min(e.same_household_on) AS household,
  min(e.same_parcel_on) AS parcel,
  min(CASE WHEN coalesce(c.registered_on, c.opened_on, '') <> '' THEN left(coalesce(c.registered_on, c.opened_on), 10) END) AS first_on,
  max(left(coalesce(c.registered_on, c.opened_on, ''), 10)) AS last_on,
  count(DISTINCT CASE WHEN known(c.closed_on, $as_of) = '' AND (coalesce(c.closed_on, '') <> '' OR coalesce(c.outcome, '') = '') THEN c.id END) AS open_cases,
  max(CASE WHEN within(c) THEN 1 ELSE 0 END) AS here
WHERE here = 1 AND last_on >= $since AND size(case_ids) >= $min_size
RETURN cluster_id, case_ids, people, size(parcel_ids) AS parcels,
  [CASE WHEN left(declared, 10) <= $as_of THEN 'declared' ELSE '' END, CASE WHEN left(confirmed, 10) <= $as_of THEN 'confirmed' ELSE '' END,
    CASE WHEN left(party, 10) <= $as_of THEN 'same_party' ELSE '' END, CASE WHEN left(household, 10) <= $as_of THEN 'same_household' ELSE '' END,
    CASE WHEN left(parcel, 10) <= $as_of THEN 'same_parcel' ELSE '' END] AS kinds,
  first_on, last_on, open_cases, size(case_ids) AS cases, parcel_ids, name
// part: joined
UNWIND $joined AS row
MATCH (c:`Case`) WHERE c.id = row.case_id AND visible(c)
WITH row, c
WHERE within(c)
RETURN c.id AS case_id, row.cluster_id AS cluster_id, row.how AS how, row.before AS before, row.kinds AS kinds, row.through AS through,
  c.name AS name
