/*
title: {zh: 逾期案件, en: Overdue cases}
asks: >
  到 as_of 这一天，哪些期限已经届满而没有完成？每个逾期的期限一行，写明依据、届满日、超过的天数，以及当日案件由哪个单位、谁负责
  （规则同责任链）；复查、复核期限写收到请求的单位。当日无人负责的，写起算时应办的单位。只列机关的职责，当事人的权利期满不算逾期；
  规则未收录而不能计算的期限不列。只看 as_of 当日及以前发生的事。
asks_en: >
  Which periods had ended unmet on `as_of`, as far as was known that day? One row a period, with the article, the days over, and the unit and
  official who owned the case that day (for review and re-review the unit that was asked; where nobody owned it, the unit that owed it at the
  start). Only duties are listed; rights that were not used, and periods that cannot be computed, are not.
params:
  organ: {type: text, default: '', zh: 单位标识或名称（空为全部）, en: id or name of an organ}
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day (today)}
  clock:
    type: choice
    default: any
    of: [any, dispatch, acceptance, objection, handling, review_request, review, re_review_request, re_review, confirmation, mediation, declared]
    zh: 期限种类（any 为全部）
    en: which period
columns:
  case_id: {type: id, zh: 案件}
  clock:
    type: text
    zh: 期限
    values:
      dispatch: 转送交办期限
      acceptance: 受理告知期限
      handling: 办理期限
      review: 复查期限
      re_review: 复核期限
      mediation: 调解期限
      declared: 来源所载时限
  article: {type: text, zh: 依据}
  due_on: {type: date, zh: 届满日}
  days_over: {type: int, zh: 超过天数}
  organ_id: {type: id, zh: 单位标识}
  organ: {type: text, zh: 单位}
  official_id: {type: id, zh: 承办人标识}
  official: {type: text, zh: 承办人}
  role: {type: text, zh: 责任, values: {owner: 当日负责, owes: 应办而当日未另有单位负责, asked: 收到请求, gap: 当日无人负责}}
  flags: {type: words, zh: 标记, values: {holidays_estimated: 安排未公布，按周末推算}}
  clock_id: {type: id, zh: 期限标识}
rule: clocks@1
for: [investigator, api]
evidence: [case_id, clock_id, organ_id, official_id]
sentence: "{case_id}的{clock}（{article}）{due_on}届满，已超过{days_over}天，{organ}{official}{role}。{flags}"
order: [due_on, case_id, clock_id]
*/
// found: main
MATCH (k:Clock)<-[:HAS_CLOCK]-(c:`Case`)
WHERE k.duty AND ($clock = 'any' OR k.clock = $clock) AND left(coalesce(k.start_on, '9999'), 10) <= $as_of AND within(c)
  AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(k) AND visible(c)
WITH c, k, known(k.met_on, $as_of) AS met_on, known(k.ended_on, $as_of) AS ended_on,
  CASE WHEN by_then(k.extended_on, $as_of) THEN coalesce(k.due_on, '9999') ELSE coalesce(k.base_due_on, '9999') END AS due_on
WHERE due_on < $as_of AND met_on = '' AND ended_on = ''
OPTIONAL MATCH (c)-[:HAS_STEP]->(z:Step) WHERE z.custody AND visible(z)
WITH c, k, due_on, count(z.id) AS steps
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step)
WHERE s.custody AND left(s.on_date, 10) <= $as_of AND (coalesce(s.custody_until, '') = '' OR left(s.custody_until, 10) > $as_of) AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(t:Organ) WHERE visible(t)
OPTIONAL MATCH (s)-[:BY_OFFICIAL]->(f:Official) WHERE visible(f)
WITH c, k, due_on, steps, min(t.id) AS receiver, [''] + collect(DISTINCT f.id) AS named
OPTIONAL MATCH (g:Organ)-[d:RESPONSIBLE_FOR]->(c) WHERE d.role IN ['handler', 'first_handler'] AND during(d, $as_of) AND visible(g)
WITH c, k, due_on, steps, receiver, named, min(g.id) AS responsible
OPTIONAL MATCH (h:Official)-[d:RESPONSIBLE_FOR]->(c) WHERE d.role IN ['handler', 'first_handler'] AND during(d, $as_of) AND visible(h)
WITH c, k, due_on, named, [''] + collect(DISTINCT h.id) AS handlers,
  CASE WHEN steps > 0 THEN coalesce(receiver, '') ELSE coalesce(responsible, '') END AS owner, coalesce(k.organ_id, '') AS owed_by
WITH c, k, due_on, named, handlers, owner, owed_by,
  CASE
    WHEN k.clock IN ['review', 're_review'] AND owed_by <> '' THEN 'asked'
    WHEN owner <> '' THEN 'owner'
    WHEN owed_by <> '' THEN 'owes'
    ELSE 'gap'
  END AS role
RETURN k.id AS clock_id, k.clock AS clock,
  CASE WHEN coalesce(k.statute, '') = '' THEN coalesce(k.article, '') ELSE '《' + k.statute + '》' + coalesce(k.article, '') END AS article, due_on,
  coalesce(k.flags, '') AS flags, c.id AS case_id, named, handlers, role, CASE WHEN role = 'owner' THEN owner ELSE owed_by END AS organ_id
// part: main
UNWIND $found AS row
MATCH (o:Organ) WHERE o.id = row.organ_id AND visible(o)
WITH row, o
WHERE $organ = '' OR o.id = $organ OR o.name = $organ
OPTIONAL MATCH (p:Official)-[v:SERVES_IN]->(o) WHERE during(v, $as_of) AND visible(p)
WITH row, o, min(CASE WHEN p.id IN row.named THEN p.id END) AS serving, min(CASE WHEN p.id IN row.handlers THEN p.id END) AS handler
WITH row, o, coalesce(serving, handler, '') AS official_id
OPTIONAL MATCH (p:Official)-[v:SERVES_IN]->(o) WHERE p.id = official_id AND during(v, $as_of) AND visible(p)
WITH row, o, official_id, min(p.name) AS official
RETURN row.case_id AS case_id, row.clock AS clock, row.article AS article, row.due_on AS due_on, days(row.due_on, $as_of) AS days_over,
  o.id AS organ_id, coalesce(o.name, '') AS organ, official_id, coalesce(official, '') AS official, row.role AS role,
  [CASE WHEN row.flags CONTAINS 'holidays_estimated' THEN 'holidays_estimated' ELSE '' END] AS flags, row.clock_id AS clock_id
UNION
UNWIND $found AS row
MATCH (c:`Case`) WHERE c.id = row.case_id AND row.organ_id = '' AND $organ = '' AND visible(c)
RETURN row.case_id AS case_id, row.clock AS clock, row.article AS article, row.due_on AS due_on, days(row.due_on, $as_of) AS days_over,
  '' AS organ_id, '' AS organ, '' AS official_id, '' AS official, row.role AS role,
  [CASE WHEN row.flags CONTAINS 'holidays_estimated' THEN 'holidays_estimated' ELSE '' END] AS flags, row.clock_id AS clock_id
