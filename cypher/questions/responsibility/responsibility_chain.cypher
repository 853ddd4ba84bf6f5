/*
title: {zh: 责任链, en: Chain of responsibility}
asks: >
  这一案件先后由哪些单位负责，当日由谁承办、任何职务、负责到哪一天？责任单位是登记、转送、交办、退回、受理、承办的接收单位，
  接手之日起即负责；退回而无接收单位即为空档（organ_id 为空）。承办人是环节的处理人，否则是当日有效的承办人，且当日须在该单位任职。
  没有流转环节的案件以责任落实为准。upward：从现责任单位逐级向上的机构，以及承办人的上级领导中当日任职于该机构的人，另列包案领导；
  当日没有责任单位而有属地责任的，从属地单位起（责任一栏写明属地单位）。
  问题发生地既不是信访人所在区划、也不在首个单位辖区内的，另列发生地的属地单位。环节时限自写明之环节起约束该单位，直到另定时限、
  移交或答复；转送、交办的时限到受理为止。异议是否超期以该次转送、交办的异议期限为准（case_clocks 的
  objection，全国为五个工作日），届满后的休息日提出也是超期；未提异议而届满后才退回的，标记 late_return。只看 as_of 当日及以前发生的事。
asks_en: >
  Which units owned the case in turn, who handled it there, in which post, until when? The receiving unit owns from the day it receives;
  a return without a receiver leaves a gap (empty organ_id). The official is the one of the step, else the handler in force, and only
  if in a post of that unit on that day. `upward` climbs from the present owner, with the handler's superiors who serve there;
  where nobody owns the case it climbs from the unit with the local duty, whose role says so. Where the place named is neither the
  petitioners' division nor in the first unit's area, the local unit of that place is listed. A limit binds its unit until another is
  set, the case is handed on or answered; that of a transfer ends with acceptance. A late objection was raised after the
  last day of the period of its transfer (`objection` of case_clocks, five working days in the country), on a day off too; a return
  after it without an objection before is a late_return.
params:
  case_id: {type: id, required: true, of: [Case], zh: 案件, en: the case}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day (today)}
columns:
  seq: {type: int, zh: 次序}
  step:
    type: text
    zh: 环节
    values: {register: 登记, transfer: 转送, assign: 交办, return: 退回, accept: 受理, handle: 承办, '': 责任落实}
  'on': {type: date, zh: 接手日}
  organ_id: {type: id, zh: 单位标识}
  organ: {type: text, zh: 单位}
  official_id: {type: id, zh: 承办人标识}
  official: {type: text, zh: 承办人}
  post: {type: text, zh: 当日职务}
  role:
    type: words
    zh: 责任
    values:
      owner: 责任单位
      first_handler: 首办单位
      handler: 承办单位
      supervisor: 督办单位
      stability: 稳控单位
      mediator: 化解单位
      local: 属地单位
      competent: 主管单位
      lead_leader: 包案单位
  until: {type: date, zh: 负责至}
  days: {type: int, zh: 天数}
  flags:
    type: words
    zh: 标记
    values:
      gap: 无人负责
      unknown_organ: 来源所载单位未建档
      vacant_post: 当日无人在任
      no_official: 未载承办人
      post_left: 承办人中途离任
      past_due: 超过环节时限
      returned: 退回
      loop: 重回曾负责的单位
      late_objection: 超过期限提出异议
      late_return: 未经异议，超过异议期限退回
      transfer_just_before_due: 期限届满前三日内移交
  step_id: {type: id, zh: 依据}
rule: custody@4
for: [investigator, mediator, api]
evidence: [step_id, organ_id, official_id]
sentence: "{on}{step}[，{role}][：{organ}{post}{official}][，{days}天]。{flags}"
order: [seq, 'on', organ_id, step_id]
parts:
  upward:
    zh: 上级责任
    columns:
      level: {type: int, zh: 级（0为现责任单位或属地单位）}
      organ_id: {type: id, zh: 机构标识}
      organ: {type: text, zh: 机构}
      official_id: {type: id, zh: 领导标识}
      official: {type: text, zh: 领导}
      post: {type: text, zh: 职务}
      role: {type: text, zh: 责任, values: {organ: 机构, local: 属地单位（当日无责任单位）, place: 问题发生地属地单位, superior: 上级领导, lead_leader: 包案领导}}
    evidence: [organ_id, official_id]
    sentence: "{role}：{organ}{post}{official}。"
    order: [level, organ_id, role, official_id]
*/
// found: main
MATCH (c:`Case` {id: $case_id})-[:HAS_STEP]->(s:Step)
WHERE s.custody AND left(s.on_date, 10) <= $as_of AND visible(c) AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(o:Organ) WHERE visible(o)
OPTIONAL MATCH (s)-[:BY_OFFICIAL]->(f:Official) WHERE visible(f)
WITH c, s, o, [''] + collect(DISTINCT f.id) AS named, left(s.on_date, 10) AS day,
  known(coalesce(s.custody_until, '9999'), $as_of) AS until, [coalesce(s.flags, ''), CASE WHEN s.kind = 'return' THEN 'returned' ELSE '' END,
    CASE WHEN s.past_due_on <= $as_of THEN 'past_due' ELSE '' END, CASE WHEN s.objected_late_on <= $as_of THEN 'late_objection' ELSE '' END] AS marks
RETURN s.seq AS seq, s.kind AS step, day AS since, day, coalesce(o.id, '') AS organ_id, named, '' AS role, until,
  CASE
    WHEN until <> '' THEN until
    WHEN coalesce(c.closed_on, '') >= day AND left(c.closed_on, 10) <= $as_of THEN c.closed_on
    ELSE $as_of
  END AS held_until, CASE WHEN coalesce(s.to_nobody, true) THEN 'gap' ELSE 'unknown_organ' END AS without, marks, s.id AS step_id
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(o:Organ)
WHERE r.role IN ['handler', 'first_handler'] AND coalesce(r.since, '') <= $as_of AND visible(c) AND visible(o)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.custody AND visible(s)
WITH c, o, r, count(s.id) AS steps, CASE WHEN coalesce(r.until, '') = '' OR r.until > $as_of THEN $as_of ELSE r.until END AS day
WHERE steps = 0
RETURN 0 AS seq, '' AS step, coalesce(r.since, '') AS since, day, o.id AS organ_id, [''] AS named, r.role AS role,
  known(coalesce(r.until, '9999'), $as_of) AS until, day AS held_until,
  'gap' AS without, [''] AS marks, c.id AS step_id
// part: main
UNWIND $found AS row
MATCH (c:`Case`) WHERE c.id = $case_id AND visible(c)
OPTIONAL MATCH (k:Organ)-[d:RESPONSIBLE_FOR]->(c) WHERE during(d, row.day) AND visible(k)
WITH row, c, collect(DISTINCT CASE WHEN k.id = row.organ_id THEN d.role END) AS roles
OPTIONAL MATCH (o:Organ) WHERE o.id = row.organ_id AND visible(o)
OPTIONAL MATCH (g:Official)-[d:RESPONSIBLE_FOR]->(c)
WHERE d.role IN ['handler', 'first_handler'] AND during(d, row.day) AND visible(g)
WITH row, c, roles, o, [''] + collect(DISTINCT g.id) AS handlers
OPTIONAL MATCH (p:Official)-[v:SERVES_IN]->(o) WHERE during(v, row.day) AND visible(p)
WITH row, c, roles, o, handlers, min(CASE WHEN p.id IN row.named THEN p.id END) AS serving, min(CASE WHEN p.id IN handlers THEN p.id END) AS handler
WITH row, c, roles, o, handlers, coalesce(serving, handler, '') AS official_id
OPTIONAL MATCH (p:Official)-[v:SERVES_IN]->(o) WHERE p.id = official_id AND visible(p)
WITH row, c, roles, o, handlers, p, min(CASE WHEN during(v, row.day) THEN v.post END) AS post,
  count(CASE WHEN during(v, row.held_until) THEN 1 END) AS still
RETURN row.seq AS seq, row.step AS step, row.since AS `on`, coalesce(o.id, '') AS organ_id, coalesce(o.name, '') AS organ,
  coalesce(p.id, '') AS official_id, coalesce(p.name, '') AS official, coalesce(post, '') AS post,
  CASE WHEN row.role <> '' THEN [row.role] WHEN o.id IS NULL THEN [''] WHEN size(roles) = 0 THEN ['owner'] ELSE roles END AS role,
  row.until AS until, days(row.since, row.held_until) AS days,
  row.marks + [CASE
    WHEN o.id IS NULL THEN row.without
    WHEN p.id IS NOT NULL AND still > 0 THEN ''
    WHEN p.id IS NOT NULL THEN 'post_left'
    WHEN size(row.named) + size(handlers) = 2 THEN 'no_official'
    ELSE 'vacant_post'
  END] AS flags, row.step_id AS step_id
// found: upward
MATCH (c:`Case` {id: $case_id})-[:HAS_STEP]->(s:Step)-[:TO_ORGAN]->(o:Organ)
WHERE s.custody AND left(s.on_date, 10) <= $as_of AND (coalesce(s.custody_until, '') = '' OR left(s.custody_until, 10) > $as_of)
  AND visible(c) AND visible(s) AND visible(o)
OPTIONAL MATCH (s)-[:BY_OFFICIAL]->(f:Official) WHERE visible(f)
OPTIONAL MATCH (g:Official)-[d:RESPONSIBLE_FOR]->(c)
WHERE d.role IN ['handler', 'first_handler'] AND during(d, $as_of) AND visible(g)
RETURN 'owner' AS start, o.id AS organ_id, [''] + collect(DISTINCT f.id) + collect(DISTINCT g.id) AS said
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(o:Organ)
WHERE r.role IN ['handler', 'first_handler', 'local'] AND during(r, $as_of) AND visible(c) AND visible(o)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.custody AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(t:Organ) WHERE visible(t)
WITH c, o, collect(DISTINCT r.role) AS roles, count(DISTINCT s.id) AS steps,
  count(CASE WHEN left(s.on_date, 10) <= $as_of AND (coalesce(s.custody_until, '') = '' OR left(s.custody_until, 10) > $as_of) THEN t.id END) AS owners
OPTIONAL MATCH (k:Organ)-[d:RESPONSIBLE_FOR]->(c)
WHERE d.role IN ['handler', 'first_handler'] AND during(d, $as_of) AND visible(k)
WITH c, o, roles, steps, owners, count(k.id) AS handlers
WITH c, o, CASE WHEN steps = 0 AND ('handler' IN roles OR 'first_handler' IN roles) THEN true ELSE false END AS handling,
  CASE WHEN 'local' IN roles AND owners = 0 AND (steps > 0 OR handlers = 0) THEN true ELSE false END AS standing_in
WHERE handling OR standing_in
OPTIONAL MATCH (g:Official)-[d:RESPONSIBLE_FOR]->(c)
WHERE (d.role IN ['handler', 'first_handler'] OR (standing_in AND d.role = 'local')) AND coalesce(d.since, '') <= $as_of
  AND (coalesce(d.until, '') = '' OR d.until >= left($as_of, size(d.until))) AND visible(g)
RETURN CASE WHEN standing_in THEN 'local' ELSE 'owner' END AS start, o.id AS organ_id, [''] + collect(DISTINCT g.id) AS said
UNION
MATCH (c:`Case` {id: $case_id})<-[r:RESPONSIBLE_FOR]-(f:Official)
WHERE r.role = 'lead_leader' AND during(r, $as_of) AND visible(c) AND visible(f)
RETURN 'lead_leader' AS start, '' AS organ_id, [f.id] AS said
UNION
MATCH (c:`Case`) WHERE c.id = $case_id AND visible(c)
WITH c
WHERE c.local_organ <> '' AND by_then(coalesce(c.registered_on, c.opened_on), $as_of)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.custody AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(t:Organ) WHERE visible(t)
WITH c, count(DISTINCT s.id) AS steps,
  count(CASE WHEN left(s.on_date, 10) <= $as_of AND (coalesce(s.custody_until, '') = '' OR left(s.custody_until, 10) > $as_of) THEN t.id END) AS owners
OPTIONAL MATCH (k:Organ)-[d:RESPONSIBLE_FOR]->(c)
WHERE (d.role = 'local' OR (steps = 0 AND d.role IN ['handler', 'first_handler'])) AND during(d, $as_of) AND visible(k)
WITH c, owners, count(k.id) AS charged
RETURN CASE WHEN owners + charged = 0 THEN 'local' ELSE 'place' END AS start, c.local_organ AS organ_id, [''] AS said
// part: upward
UNWIND $found AS row
MATCH (o:Organ) WHERE o.id = row.organ_id AND row.start <> 'place' AND visible(o)
OPTIONAL MATCH (h:Official)-[:SERVES_IN]->(o) WHERE h.id IN row.said AND visible(h)
OPTIONAL MATCH (h)-[:REPORTS_TO]->(a:Official) WHERE visible(a)
OPTIONAL MATCH (a)-[:REPORTS_TO]->(b:Official) WHERE visible(b)
OPTIONAL MATCH (b)-[:REPORTS_TO]->(e:Official) WHERE visible(e)
OPTIONAL MATCH (e)-[:REPORTS_TO]->(i:Official) WHERE visible(i)
WITH row, o, [''] + collect(DISTINCT a.id) + collect(DISTINCT b.id) + collect(DISTINCT e.id) + collect(DISTINCT i.id) AS superiors
OPTIONAL MATCH (o)-[:UNDER]->(o1:Organ) WHERE visible(o1)
OPTIONAL MATCH (o1)-[:UNDER]->(o2:Organ) WHERE visible(o2)
OPTIONAL MATCH (o2)-[:UNDER]->(o3:Organ) WHERE visible(o3)
OPTIONAL MATCH (o3)-[:UNDER]->(o4:Organ) WHERE visible(o4)
OPTIONAL MATCH (o4)-[:UNDER]->(o5:Organ) WHERE visible(o5)
UNWIND range(0, 5) AS level
WITH superiors, level, row.start = 'local' AND level = 0 AS local_unit,
  CASE level WHEN 0 THEN o.id WHEN 1 THEN o1.id WHEN 2 THEN o2.id WHEN 3 THEN o3.id WHEN 4 THEN o4.id ELSE o5.id END AS organ_id
WHERE organ_id IS NOT NULL
OPTIONAL MATCH (p:Organ) WHERE p.id = organ_id AND visible(p)
OPTIONAL MATCH (f:Official)-[v:SERVES_IN]->(p) WHERE f.id IN superiors AND during(v, $as_of) AND visible(f)
WITH level, local_unit, p, f, min(v.post) AS post
RETURN level, p.id AS organ_id, p.name AS organ, coalesce(f.id, '') AS official_id, coalesce(f.name, '') AS official,
  coalesce(post, '') AS post, CASE WHEN f.id IS NOT NULL THEN 'superior' WHEN local_unit THEN 'local' ELSE 'organ' END AS role
UNION
UNWIND $found AS row
MATCH (o:Organ) WHERE row.start IN ['local', 'place'] AND o.id = row.organ_id AND visible(o)
RETURN 0 AS level, o.id AS organ_id, o.name AS organ, '' AS official_id, '' AS official, '' AS post, row.start AS role
UNION
UNWIND $found AS row
UNWIND row.said AS leader
MATCH (f:Official) WHERE row.start = 'lead_leader' AND f.id = leader AND visible(f)
OPTIONAL MATCH (f)-[v:SERVES_IN]->(p:Organ) WHERE during(v, $as_of) AND visible(p)
RETURN CASE WHEN f.id IS NULL THEN 0 END AS level, coalesce(p.id, '') AS organ_id, coalesce(p.name, '') AS organ,
  f.id AS official_id, f.name AS official, coalesce(v.post, '') AS post, 'lead_leader' AS role
