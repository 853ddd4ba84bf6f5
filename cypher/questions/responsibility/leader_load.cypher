/*
title: {zh: 包案办理情况, en: Cases a leader took charge of}
asks: >
  这位领导（或这个单位任职的领导）截至 as_of 包案的案件，在办的、逾期未答复的、被退回过的、办结后同一事项再次登记的各有多少件？
  数字是案件的件数，说的是事项办得怎样，不是对人的评价，也不排名。cases 逐件列出，每个数字都能打开到案件。
asks_en: >
  Of the cases a leader (or the leaders serving in an organ) took charge of: how many are open, overdue without an answer, were returned
  at some time, or came again with the same matter after they were closed? These are numbers of cases, about how matters were handled;
  nobody is scored or ranked. The part `cases` lists them one by one.
params:
  official_id: {type: id, default: '', of: [Official], zh: 领导, en: the leader}
  organ: {type: text, default: '', zh: 任职单位标识或名称, en: id or name of the organ}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  official_id: {type: id, zh: 领导标识}
  official: {type: text, zh: 领导}
  organ_ids: {type: ids, zh: 任职单位}
  cases: {type: int, zh: 包案件数}
  open: {type: int, zh: 在办}
  overdue: {type: int, zh: 逾期未答复}
  returned: {type: int, zh: 被退回过}
  repeated: {type: int, zh: 办结后同一事项再次登记}
rule: lead@2
for: [investigator, api]
evidence: [official_id, organ_ids]
sentence: "{official}包案{cases}件：在办{open}件，逾期未答复{overdue}件，被退回过{returned}件，办结后再次登记{repeated}件。"
order: [official_id]
parts:
  cases:
    zh: 逐件
    columns:
      official_id: {type: id, zh: 领导标识}
      case_id: {type: id, zh: 案件}
      since: {type: date, zh: 包案自}
      until: {type: date, zh: 包案至}
      open: {type: bool, zh: 在办}
      overdue: {type: bool, zh: 逾期未答复}
      returned: {type: bool, zh: 被退回过}
      repeated: {type: bool, zh: 办结后同一事项再次登记}
    evidence: [official_id, case_id]
    sentence: "{since}起包案；在办：{open}；逾期未答复：{overdue}；被退回过：{returned}；办结后再次登记：{repeated}。"
    order: [official_id, since, case_id]
*/
// found: main
MATCH (f:Official)-[d:RESPONSIBLE_FOR]->(c:`Case`)
WHERE d.role = 'lead_leader' AND ($official_id = '' OR f.id = $official_id) AND coalesce(d.since, '') <= $as_of
  AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(f) AND visible(c)
RETURN f.id AS official_id, c.id AS case_id, CASE WHEN min(CASE WHEN during(d, $as_of) THEN 0 ELSE 1 END) = 0 THEN 1 ELSE 0 END AS held
// part: main
UNWIND $found AS row
MATCH (c:`Case`) WHERE c.id = row.case_id AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.kind = 'return' AND by_then(s.on_date, $as_of) AND visible(s)
WITH row, c, CASE WHEN count(s.id) > 0 THEN 1 ELSE 0 END AS returned
WITH row.official_id AS leader, c.id AS case_id, row.held AS held, returned,
  CASE WHEN coalesce(c.concluded_on, '9999') > $as_of THEN 1 ELSE 0 END AS running,
  CASE WHEN coalesce(c.answered_on, '9999') > $as_of AND c.reply_late_on <= $as_of THEN 1 ELSE 0 END AS late,
  CASE WHEN standing(c.repeated, $as_of) <> '' THEN 1 ELSE 0 END AS repeated
WITH leader, count(case_id) AS cases, count(CASE WHEN held * running = 1 THEN 1 END) AS open, count(CASE WHEN held * late = 1 THEN 1 END) AS overdue,
  count(CASE WHEN returned = 1 THEN 1 END) AS returned, count(CASE WHEN repeated = 1 THEN 1 END) AS repeated
OPTIONAL MATCH (f:Official)-[v:SERVES_IN]->(o:Organ) WHERE f.id = leader AND during(v, $as_of) AND visible(f) AND visible(o)
WITH leader, cases, open, overdue, returned, repeated, count(CASE WHEN o.id = $organ OR o.name = $organ THEN 1 END) AS serving, collect(DISTINCT o.id) AS organ_ids
WHERE $organ = '' OR serving > 0
MATCH (f:Official) WHERE f.id = leader AND visible(f)
RETURN f.id AS official_id, f.name AS official, organ_ids, cases, open, overdue, returned, repeated
// part: cases
MATCH (f:Official)-[d:RESPONSIBLE_FOR]->(c:`Case`)
WHERE d.role = 'lead_leader' AND ($official_id = '' OR f.id = $official_id) AND coalesce(d.since, '') <= $as_of
  AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(f) AND visible(c)
WITH f, c, min(coalesce(d.since, '')) AS since, max(CASE WHEN coalesce(d.until, '') = '' THEN '9999' ELSE d.until END) AS until,
  count(CASE WHEN during(d, $as_of) THEN 1 END) AS held
OPTIONAL MATCH (f)-[v:SERVES_IN]->(o:Organ) WHERE during(v, $as_of) AND (o.id = $organ OR o.name = $organ) AND visible(o)
WITH f, c, since, until, held, count(o.id) AS serving
WHERE $organ = '' OR serving > 0
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.kind = 'return' AND by_then(s.on_date, $as_of) AND visible(s)
WITH f, c, since, until, held, count(s.id) AS returns
RETURN f.id AS official_id, c.id AS case_id, since, known(until, $as_of) AS until, held > 0 AND coalesce(c.concluded_on, '9999') > $as_of AS open,
  held > 0 AND coalesce(c.answered_on, '9999') > $as_of AND coalesce(c.reply_late_on, '9999') <= $as_of AS overdue,
  returns > 0 AS returned, standing(c.repeated, $as_of) <> '' AS repeated
