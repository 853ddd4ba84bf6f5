/*
title: {zh: 待判断的疑似同一人, en: Possible same persons awaiting a judgement}
asks: >
  哪些人疑似是同一人、还没有人判断？先列判断后影响大的：两人都有案件的在前，其中涉及同一事项的更先，再按合并后的案件数；
  存疑的（unsure）排在最后。案件只数当事人（代理人不算），且只数 as_of 当日及以前登记的；
  判断本身不分日期，总是现在的。判断用 fengqiao identities judge，下次 build 生效。
asks_en: >
  Which pairs are possibly the same person and not yet judged? First those where a judgement changes most: both have cases, on the
  same matter, then by how many cases would join; unsure ones last. Agents do not count. Cases are those known by
  as_of; judgements are the present ones, whatever the day.
params:
  area: {type: area, default: '', zh: 其中一人所在区划, en: area of either person}
  tier: {type: choice, of: [any, probable, possible], default: any, zh: 层级, en: tier}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  a_id: {type: id, zh: 甲}
  b_id: {type: id, zh: 乙}
  a_name: {type: text, zh: 甲姓名}
  b_name: {type: text, zh: 乙姓名}
  tier: {type: text, zh: 层级, values: {probable: 很可能, possible: 可能, '': 未分层}}
  why: {type: text, zh: 支持理由}
  why_not: {type: text, zh: 反对理由}
  features: {type: text, zh: 各项比对}
  judgement: {type: text, zh: 人工判断, values: {unsure: 存疑, review: 待复核, '': 未判断}}
  cases_a: {type: int, zh: 甲的案件}
  cases_b: {type: int, zh: 乙的案件}
  cases_joined: {type: int, zh: 合并后涉及的案件}
  same_matters: {type: int, zh: 两人都有的事项}
  unsure: {type: bool, zh: 存疑}
  both: {type: bool, zh: 两人都有案件}
for: [investigator, mediator]
evidence: [a_id, b_id]
sentence: "“{a_name}”与“{b_name}”{tier}是同一人（{judgement}）：{why}；不利：{why_not}。判为同一人则{cases_joined}件案件归于一人。"
order: [unsure, -both, -same_matters, -cases_joined, a_id, b_id]
*/
MATCH (a:Resident)-[e:POSSIBLY_SAME]->(b:Resident)
WHERE visible(a) AND visible(b)
in_order(a, e, b)
WITH a, e, b
WHERE a.id <> b.id AND ($tier = 'any' OR e.tier = $tier) AND (within(a) OR within(b))
OPTIONAL MATCH (a)-[x:PARTY_TO]->(c:`Case`) WHERE x.role <> 'agent' AND by_then(x.on_date, $as_of) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c)
WITH a, e, b, collect(DISTINCT c.id) AS of_a, collect(DISTINCT matter_of(c, $as_of)) AS matters
OPTIONAL MATCH (b)-[y:PARTY_TO]->(d:`Case`) WHERE y.role <> 'agent' AND by_then(y.on_date, $as_of) AND by_then(coalesce(d.registered_on, d.opened_on), $as_of) AND visible(d)
WITH a, e, b, of_a, matters, d.id AS case_id, matter_of(d, $as_of) AS matter
WITH a, e, b, size(of_a) AS cases_a, count(DISTINCT case_id) AS cases_b,
  count(DISTINCT CASE WHEN NOT case_id IN of_a THEN case_id END) AS more,
  count(DISTINCT CASE WHEN matter IN matters THEN matter END) AS same_matters
RETURN a.id AS a_id, b.id AS b_id, a.name AS a_name, b.name AS b_name, coalesce(e.tier, '') AS tier, coalesce(e.why, '') AS why,
  coalesce(e.why_not, '') AS why_not, coalesce(e.features, '') AS features, coalesce(e.judgement, '') AS judgement,
  cases_a, cases_b, cases_a + more AS cases_joined, same_matters, coalesce(e.judgement, '') = 'unsure' AS unsure,
  cases_a > 0 AND cases_b > 0 AS both
