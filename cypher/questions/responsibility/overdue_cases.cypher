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
sentence: "{clock}（{article}）{due_on}届满，已超过{days_over}天，{organ}{official}{role}。{flags}"
order: [due_on, case_id, clock_id]
*/
// found: main
MATCH (k:Clock)<-[:HAS_CLOCK]-(c:`Case`)
WHERE k.duty AND ($clock = 'any' OR k.clock = $clock) AND left(coalesce(k.start_on, '9999'), 10) <= $as_of AND within(c)
  AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(k) AND visible(c)
WITH c, k, known(k.met_on, $as_of) AS met_on, known(k.ended_on, $as_of) AS ended_on,
  CASE WHEN by_then(k.extended_on, $as_of) THEN coalesce(k.due_on, '9999') ELSE coalesce(k.base_due_on, '9999') END AS due_on
WHERE due_on < $as_of AND met_on = '' AND ended_on = ''
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.custody AND visible(s)
WITH c, k, due_on, count(s.id) AS steps,
  min(CASE WHEN left(s.on_date, 10) <= $as_of AND (coalesce(s.custody_until, '') = '' OR left(s.custody_until, 10) > $as_of) THEN s.id END) AS step_id
RETURN k.id AS clock_id, k.clock AS clock,
  CASE WHEN coalesce(k.statute, '') = '' THEN coalesce(k.article, '') ELSE '《' + k.statute + '》' + k.article END AS article, due_on,
  coalesce(k.organ_id, '') AS owed_by, coalesce(k.flags, '') AS flags, c.id AS case_id, steps, coalesce(step_id, '') AS step_id
// part: main
UNWIND $found AS row
MATCH (c:`Case`) WHERE c.id = row.case_id AND visible(c)
OPTIONAL MATCH (s:Step)-[:TO_ORGAN]->(t:Organ) WHERE s.id = row.step_id AND visible(s) AND visible(t)
OPTIONAL MATCH (s)-[:BY_OFFICIAL]->(f:Official) WHERE visible(f)
WITH row, c, min(t.id) AS receiver, [''] + collect(DISTINCT f.id) AS named
OPTIONAL MATCH (g:Organ)-[d:RESPONSIBLE_FOR]->(c) WHERE d.role IN ['handler', 'first_handler'] AND during(d, $as_of) AND visible(g)
WITH row, c, receiver, named, min(g.id) AS responsible
WITH row, c, named, CASE WHEN row.steps > 0 THEN coalesce(receiver, '') ELSE coalesce(responsible, '') END AS owner
WITH row, c, named,
  CASE
    WHEN row.clock IN ['review', 're_review'] AND row.owed_by <> '' THEN 'asked'
    WHEN owner <> '' THEN 'owner'
    WHEN row.owed_by <> '' THEN 'owes'
    ELSE 'gap'
  END AS role, owner
WITH row, c, named, role, CASE WHEN role = 'owner' THEN owner ELSE row.owed_by END AS organ_id
OPTIONAL MATCH (o:Organ) WHERE o.id = organ_id AND visible(o)
WITH row, c, named, role, o
WHERE $organ = '' OR o.id = $organ OR o.name = $organ
OPTIONAL MATCH (h:Official)-[d:RESPONSIBLE_FOR]->(c) WHERE d.role IN ['handler', 'first_handler'] AND during(d, $as_of) AND visible(h)
WITH row, named, role, o, [''] + collect(DISTINCT h.id) AS handlers
OPTIONAL MATCH (p:Official)-[v:SERVES_IN]->(o) WHERE during(v, $as_of) AND visible(p)
WITH row, role, o, min(CASE WHEN p.id IN named THEN p.id END) AS serving, min(CASE WHEN p.id IN handlers THEN p.id END) AS handler
WITH row, role, o, coalesce(serving, handler, '') AS official_id
OPTIONAL MATCH (p:Official) WHERE p.id = official_id AND visible(p)
RETURN row.case_id AS case_id, row.clock AS clock, row.article AS article, row.due_on AS due_on, days(row.due_on, $as_of) AS days_over,
  coalesce(o.id, '') AS organ_id, coalesce(o.name, '') AS organ, coalesce(p.id, '') AS official_id, coalesce(p.name, '') AS official,
  role, [CASE WHEN row.flags CONTAINS 'holidays_estimated' THEN 'holidays_estimated' ELSE '' END] AS flags,
  row.clock_id AS clock_id
