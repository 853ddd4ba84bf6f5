/*
title: {zh: 责任链, en: Chain of responsibility}
asks: >
  一件案件依次由谁经手、交给了谁、当时任何职务、负责到哪一天；再往上由哪级机构、哪位领导负责。
  到 as_of 为止发生的事才算。flags：gap 无人负责；vacant_post 经办人当日已不在任；no_official 没有记载经办人。
asks_en: >
  Who handled a case in turn, who received it, in which post on that day and until when; then the organs and leaders above.
params:
  case_id: {type: id, of: [Case], required: true, zh: 案件, en: the case}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day}
columns:
  seq: {type: int, zh: 次序}
  step:
    type: text
    zh: 环节
    values: {register: 登记, transfer: 转送, assign: 交办, accept: 受理, not_accept: 不予受理, handle: 承办, extend: 延期, return: 退回, objection: 异议, supervise: 督办, urge: 催办, interview: 约谈, reply: 答复, review_request: 复查申请, review: 复查, re_review_request: 复核申请, re_review: 复核, hearing: 听证, close: 办结, follow_up: 回访}
  happened_on: {type: date, zh: 日期}
  organ_id: {type: id, zh: 接收单位标识}
  organ: {type: text, zh: 接收单位}
  official_id: {type: id, zh: 经办人标识}
  official: {type: text, zh: 经办人}
  post: {type: text, zh: 当日职务}
  role: {type: text, zh: 责任, values: {owner: 责任单位, step: 环节}}
  until: {type: date, zh: 负责至}
  days: {type: int, zh: 天数}
  flags: {type: words, zh: 流转异常, values: {gap: 无人负责, vacant_post: 当日不在任, no_official: 无经办人}}
  step_id: {type: id, zh: 环节标识}
rule: custody@1
for: [investigator, mediator, api]
evidence: [step_id, organ_id, official_id]
sentence: "{happened_on}{step}，{organ}{post}{official}。{flags}"
order: [seq, official_id, organ_id, post]
parts:
  upward:
    zh: 上级责任
    columns:
      level: {type: int, zh: 级}
      organ_id: {type: id, zh: 机构标识}
      organ: {type: text, zh: 机构}
      official_id: {type: id, zh: 领导标识}
      official: {type: text, zh: 领导}
      post: {type: text, zh: 职务}
      role: {type: text, zh: 责任, values: {handler: 承办单位, superior: 上级机构, lead_leader: 包案领导}}
    evidence: [organ_id, official_id]
    sentence: "{role}：{organ}{post}{official}。"
    order: [level, role, organ_id, official_id, post]
*/
// part: main
MATCH (c:`Case`)-[:HAS_STEP]->(s:Step)
WHERE c.id = $case_id AND left(s.on_date, 10) <= $as_of AND visible(c) AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(o:Organ) WHERE visible(o)
OPTIONAL MATCH (s)-[:BY_OFFICIAL]->(f:Official) WHERE visible(f)
OPTIONAL MATCH (g:Official)-[d:RESPONSIBLE_FOR]->(c)
  WHERE d.role = 'handler' AND coalesce(d.since, '') <= s.on_date AND coalesce(d.until, '9999') >= left(s.on_date, 10)
    AND s.custody AND visible(g)
WITH s, o, CASE WHEN f.id IS NOT NULL THEN f.id ELSE min(g.id) END AS said_id
OPTIONAL MATCH (w:Official)-[v:SERVES_IN]->(u:Organ)
  WHERE w.id = said_id AND coalesce(v.since, '') <= left(s.on_date, 10) AND coalesce(v.until, '9999') >= left(s.on_date, 10)
    AND visible(w) AND visible(u)
WITH s, o, said_id, min(w.id) AS official_id, min(w.name) AS official, min(v.post) AS post
WITH s, o, said_id, official_id, official, post,
  CASE WHEN s.custody_until <= $as_of THEN s.custody_until END AS until
RETURN s.seq AS seq, s.kind AS step, left(s.on_date, 10) AS happened_on, coalesce(o.id, '') AS organ_id, coalesce(o.name, '') AS organ,
  coalesce(official_id, '') AS official_id, coalesce(official, '') AS official, coalesce(post, '') AS post,
  CASE WHEN s.custody THEN 'owner' ELSE 'step' END AS role, coalesce(until, '') AS until,
  CASE WHEN s.custody THEN days(s.on_date, coalesce(until, $as_of)) END AS days,
  CASE WHEN s.custody AND o.id IS NULL THEN 'gap ' ELSE '' END
    + CASE WHEN said_id IS NOT NULL AND official_id IS NULL THEN 'vacant_post' WHEN said_id IS NULL AND s.custody THEN 'no_official' ELSE '' END AS flags,
  s.id AS step_id
// part: upward
MATCH (c:`Case`)-[:HAS_STEP]->(s:Step)-[:TO_ORGAN]->(o:Organ)-[:UNDER]->(p:Organ)
WHERE c.id = $case_id AND s.custody AND left(s.on_date, 10) <= $as_of AND coalesce(s.custody_until, '9999') > $as_of
  AND visible(c) AND visible(s) AND visible(o) AND visible(p)
OPTIONAL MATCH (f:Official)-[v:SERVES_IN]->(p)
  WHERE coalesce(v.since, '') <= $as_of AND coalesce(v.until, '9999') >= $as_of AND visible(f)
RETURN 1 AS level, p.id AS organ_id, p.name AS organ, coalesce(f.id, '') AS official_id, coalesce(f.name, '') AS official,
  coalesce(v.post, '') AS post, 'superior' AS role
UNION
MATCH (c:`Case`)-[:HAS_STEP]->(s:Step)-[:TO_ORGAN]->(o:Organ)-[:UNDER]->(q:Organ)-[:UNDER]->(p:Organ)
WHERE c.id = $case_id AND s.custody AND left(s.on_date, 10) <= $as_of AND coalesce(s.custody_until, '9999') > $as_of
  AND visible(c) AND visible(s) AND visible(o) AND visible(q) AND visible(p)
OPTIONAL MATCH (f:Official)-[v:SERVES_IN]->(p)
  WHERE coalesce(v.since, '') <= $as_of AND coalesce(v.until, '9999') >= $as_of AND visible(f)
RETURN 2 AS level, p.id AS organ_id, p.name AS organ, coalesce(f.id, '') AS official_id, coalesce(f.name, '') AS official,
  coalesce(v.post, '') AS post, 'superior' AS role
UNION
MATCH (c:`Case`)-[:HAS_STEP]->(s:Step)-[:TO_ORGAN]->(o:Organ)-[:UNDER]->(q:Organ)-[:UNDER]->(r:Organ)-[:UNDER]->(p:Organ)
WHERE c.id = $case_id AND s.custody AND left(s.on_date, 10) <= $as_of AND coalesce(s.custody_until, '9999') > $as_of
  AND visible(c) AND visible(s) AND visible(o) AND visible(q) AND visible(r) AND visible(p)
OPTIONAL MATCH (f:Official)-[v:SERVES_IN]->(p)
  WHERE coalesce(v.since, '') <= $as_of AND coalesce(v.until, '9999') >= $as_of AND visible(f)
RETURN 3 AS level, p.id AS organ_id, p.name AS organ, coalesce(f.id, '') AS official_id, coalesce(f.name, '') AS official,
  coalesce(v.post, '') AS post, 'superior' AS role
UNION
MATCH (o:Organ)-[d:RESPONSIBLE_FOR]->(c:`Case`)
WHERE c.id = $case_id AND d.role = 'handler' AND coalesce(d.since, '') <= $as_of AND coalesce(d.until, '9999') >= $as_of AND visible(o) AND visible(c)
RETURN 0 AS level, o.id AS organ_id, o.name AS organ, '' AS official_id, '' AS official, '' AS post, 'handler' AS role
UNION
MATCH (p:Organ)<-[:UNDER]-(o:Organ)-[d:RESPONSIBLE_FOR]->(c:`Case`)
WHERE c.id = $case_id AND d.role = 'handler' AND coalesce(d.since, '') <= $as_of AND coalesce(d.until, '9999') >= $as_of AND visible(o) AND visible(c) AND visible(p)
RETURN 1 AS level, p.id AS organ_id, p.name AS organ, '' AS official_id, '' AS official, '' AS post, 'superior' AS role
UNION
MATCH (p:Organ)<-[:UNDER]-(q:Organ)<-[:UNDER]-(o:Organ)-[d:RESPONSIBLE_FOR]->(c:`Case`)
WHERE c.id = $case_id AND d.role = 'handler' AND coalesce(d.since, '') <= $as_of AND coalesce(d.until, '9999') >= $as_of AND visible(o) AND visible(c) AND visible(q) AND visible(p)
RETURN 2 AS level, p.id AS organ_id, p.name AS organ, '' AS official_id, '' AS official, '' AS post, 'superior' AS role
UNION
MATCH (f:Official)-[d:RESPONSIBLE_FOR]->(c:`Case`)
WHERE c.id = $case_id AND d.role = 'lead_leader' AND coalesce(d.since, '') <= $as_of AND coalesce(d.until, '9999') >= $as_of AND visible(f) AND visible(c)
OPTIONAL MATCH (f)-[v:SERVES_IN]->(o:Organ)
  WHERE coalesce(v.since, '') <= $as_of AND coalesce(v.until, '9999') >= $as_of AND visible(o)
RETURN 9 AS level, coalesce(o.id, '') AS organ_id, coalesce(o.name, '') AS organ, f.id AS official_id, f.name AS official,
  coalesce(v.post, '') AS post, 'lead_leader' AS role
