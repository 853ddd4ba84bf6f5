/*
title: {zh: 时间线, en: Timeline}
asks: >
  这一案件、居民、户、地块或干部，什么时候发生了什么，又是哪一天载入的？recorded_on 是最早写明它的那批资料载入的日子。相邻两件事之间（或最后一件
  到 as_of）隔了 min_gap 天以上的，另列一行空档（最后一件是办结的不列；until 为下一件事的日子，空为至今），空档只说没有记载。
asks_en: >
  What happened when around this case, resident, household, parcel or official, and on which day was it recorded, that is, loaded by
  the delivery that said it first? Where nothing is recorded for `min_gap` days or more, a row says so, unless a case was closed last; it says no more than that.
params:
  id: {type: id, required: true, of: [Case, Resident, Household, Parcel, Official], zh: 标识, en: the thing}
  min_gap: {type: int, default: 90, min: 1, max: 100000, zh: 空档至少几天, en: gaps of at least so many days}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  'on': {type: date, zh: 发生}
  recorded_on: {type: date, zh: 载入}
  what:
    type: text
    zh: 事情
    values:
      opened: 发生或提出
      register: 登记
      transfer: 转送
      assign: 交办
      return: 退回
      objection: 异议
      accept: 受理
      not_accept: 不予受理
      handle: 承办
      extend: 延期
      supervise: 督办
      urge: 催办
      interview: 约谈
      hearing: 听证
      reply: 答复
      review_request: 复查申请
      review: 复查
      re_review_request: 复核申请
      re_review: 复核
      close: 办结
      follow_up: 回访
      due: 期限届满
      agreement: 达成协议
      agreement_due: 履行期限届满
      performed: 履行协议
      confirmed: 司法确认
      duty_begins: 开始负责
      duty_ends: 不再负责
      joins: 入户
      leaves: 离户
      holds: 开始持有
      gives_up: 不再持有
      takes_post: 任职
      leaves_post: 离任
      gap: 没有记载的空档
  case_id: {type: id, zh: 案件}
  organ_id: {type: id, zh: 单位}
  thing_id: {type: id, zh: 涉及}
  until: {type: date, zh: 空档至}
  days: {type: int, zh: 空档天数}
for: [investigator, mediator, api]
evidence: [case_id, organ_id, thing_id]
sentence: "{on}{what} {until} {days}"
order: ['on', what, case_id, organ_id, thing_id]
*/
// found: main
MATCH (c:`Case` {id: $id})
WHERE visible(c) AND coalesce(c.opened_on, '') <> '' AND left(c.opened_on, 10) <= $as_of
RETURN left(c.opened_on, 10) AS day, 'opened' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})
WHERE coalesce(c.registered_on, '') <> '' AND left(c.registered_on, 10) <= $as_of AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.kind = 'register' AND left(s.on_date, 10) = left(c.registered_on, 10) AND visible(s)
WITH c, count(s.id) AS told
WHERE told = 0
RETURN left(c.registered_on, 10) AS day, 'register' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})
WHERE coalesce(c.accepted_on, '') <> '' AND left(c.accepted_on, 10) <= $as_of AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.kind = 'accept' AND left(s.on_date, 10) = left(c.accepted_on, 10) AND visible(s)
WITH c, count(s.id) AS told
WHERE told = 0
RETURN left(c.accepted_on, 10) AS day, 'accept' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})
WHERE coalesce(c.replied_on, '') <> '' AND left(c.replied_on, 10) <= $as_of AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.kind = 'reply' AND left(s.on_date, 10) = left(c.replied_on, 10) AND visible(s)
WITH c, count(s.id) AS told
WHERE told = 0
RETURN left(c.replied_on, 10) AS day, 'reply' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})
WHERE coalesce(c.closed_on, '') <> '' AND left(c.closed_on, 10) <= $as_of AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step) WHERE s.kind = 'close' AND left(s.on_date, 10) = left(c.closed_on, 10) AND visible(s)
WITH c, count(s.id) AS told
WHERE told = 0
RETURN left(c.closed_on, 10) AS day, 'close' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})-[:HAS_STEP]->(s:Step)
WHERE coalesce(s.on_date, '') <> '' AND left(s.on_date, 10) <= $as_of AND visible(c) AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(t:Organ) WHERE visible(t)
WITH c, s, min(t.id) AS received
OPTIONAL MATCH (s)-[:BY_ORGAN]->(b:Organ) WHERE visible(b)
WITH c, s, received, min(b.id) AS sent
RETURN left(s.on_date, 10) AS day, s.kind AS what, c.id AS case_id, coalesce(received, sent, '') AS organ_id, s.id AS thing_id, coalesce(s.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})-[:SETTLED_BY]->(g:Agreement)
WHERE visible(c) AND visible(g) AND coalesce(g.signed_on, '') <> '' AND left(g.signed_on, 10) <= $as_of
RETURN left(g.signed_on, 10) AS day, 'agreement' AS what, c.id AS case_id, '' AS organ_id, g.id AS thing_id, coalesce(g.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})-[:SETTLED_BY]->(g:Agreement)
WHERE visible(c) AND visible(g) AND coalesce(g.due_on, '') <> '' AND left(g.due_on, 10) <= $as_of
RETURN left(g.due_on, 10) AS day, 'agreement_due' AS what, c.id AS case_id, '' AS organ_id, g.id AS thing_id, coalesce(g.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})-[:SETTLED_BY]->(g:Agreement)
WHERE visible(c) AND visible(g) AND coalesce(g.performed_on, '') <> '' AND left(g.performed_on, 10) <= $as_of
RETURN left(g.performed_on, 10) AS day, 'performed' AS what, c.id AS case_id, '' AS organ_id, g.id AS thing_id, coalesce(g.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})-[:SETTLED_BY]->(g:Agreement)
WHERE visible(c) AND visible(g) AND coalesce(g.confirmed_on, '') <> '' AND left(g.confirmed_on, 10) <= $as_of
RETURN left(g.confirmed_on, 10) AS day, 'confirmed' AS what, c.id AS case_id, '' AS organ_id, g.id AS thing_id, coalesce(g.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})-[:HAS_CLOCK]->(k:Clock)
WHERE visible(c) AND visible(k) AND coalesce(k.due_on, '') <> '' AND left(k.due_on, 10) <= $as_of
RETURN left(k.due_on, 10) AS day, 'due' AS what, c.id AS case_id, '' AS organ_id, k.id AS thing_id, coalesce(k.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})<-[r:RESPONSIBLE_FOR]-(x:Organ)
WHERE visible(c) AND visible(x) AND coalesce(r.since, '') <> '' AND left(r.since, 10) <= $as_of
RETURN left(r.since, 10) AS day, 'duty_begins' AS what, c.id AS case_id, x.id AS organ_id, '' AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})<-[r:RESPONSIBLE_FOR]-(x:Organ)
WHERE visible(c) AND visible(x) AND coalesce(r.until, '') <> '' AND left(r.until, 10) <= $as_of
RETURN left(r.until, 10) AS day, 'duty_ends' AS what, c.id AS case_id, x.id AS organ_id, '' AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})<-[r:RESPONSIBLE_FOR]-(x:Official)
WHERE visible(c) AND visible(x) AND coalesce(r.since, '') <> '' AND left(r.since, 10) <= $as_of
RETURN left(r.since, 10) AS day, 'duty_begins' AS what, c.id AS case_id, '' AS organ_id, x.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (c:`Case` {id: $id})<-[r:RESPONSIBLE_FOR]-(x:Official)
WHERE visible(c) AND visible(x) AND coalesce(r.until, '') <> '' AND left(r.until, 10) <= $as_of
RETURN left(r.until, 10) AS day, 'duty_ends' AS what, c.id AS case_id, '' AS organ_id, x.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Resident {id: $id})-[r:MEMBER_OF]->(h:Household)
WHERE visible(n) AND visible(h) AND coalesce(r.since, '') <> '' AND left(r.since, 10) <= $as_of
RETURN left(r.since, 10) AS day, 'joins' AS what, '' AS case_id, '' AS organ_id, h.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Household {id: $id})<-[r:MEMBER_OF]-(m:Resident)
WHERE visible(n) AND visible(m) AND coalesce(r.since, '') <> '' AND left(r.since, 10) <= $as_of
RETURN left(r.since, 10) AS day, 'joins' AS what, '' AS case_id, '' AS organ_id, m.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Resident {id: $id})-[r:MEMBER_OF]->(h:Household)
WHERE visible(n) AND visible(h) AND coalesce(r.until, '') <> '' AND left(r.until, 10) <= $as_of
RETURN left(r.until, 10) AS day, 'leaves' AS what, '' AS case_id, '' AS organ_id, h.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Household {id: $id})<-[r:MEMBER_OF]-(m:Resident)
WHERE visible(n) AND visible(m) AND coalesce(r.until, '') <> '' AND left(r.until, 10) <= $as_of
RETURN left(r.until, 10) AS day, 'leaves' AS what, '' AS case_id, '' AS organ_id, m.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Resident {id: $id})-[r:HOLDS]->(p:Parcel)
WHERE visible(n) AND visible(p) AND coalesce(r.since, '') <> '' AND left(r.since, 10) <= $as_of
RETURN left(r.since, 10) AS day, 'holds' AS what, '' AS case_id, '' AS organ_id, p.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Household {id: $id})-[r:HOLDS]->(p:Parcel)
WHERE visible(n) AND visible(p) AND coalesce(r.since, '') <> '' AND left(r.since, 10) <= $as_of
RETURN left(r.since, 10) AS day, 'holds' AS what, '' AS case_id, '' AS organ_id, p.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Parcel {id: $id})<-[r:HOLDS]-(x)
WHERE visible(n) AND visible(x) AND coalesce(r.since, '') <> '' AND left(r.since, 10) <= $as_of
RETURN left(r.since, 10) AS day, 'holds' AS what, '' AS case_id, '' AS organ_id, x.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Resident {id: $id})-[r:HOLDS]->(p:Parcel)
WHERE visible(n) AND visible(p) AND coalesce(r.until, '') <> '' AND left(r.until, 10) <= $as_of
RETURN left(r.until, 10) AS day, 'gives_up' AS what, '' AS case_id, '' AS organ_id, p.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Household {id: $id})-[r:HOLDS]->(p:Parcel)
WHERE visible(n) AND visible(p) AND coalesce(r.until, '') <> '' AND left(r.until, 10) <= $as_of
RETURN left(r.until, 10) AS day, 'gives_up' AS what, '' AS case_id, '' AS organ_id, p.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Parcel {id: $id})<-[r:HOLDS]-(x)
WHERE visible(n) AND visible(x) AND coalesce(r.until, '') <> '' AND left(r.until, 10) <= $as_of
RETURN left(r.until, 10) AS day, 'gives_up' AS what, '' AS case_id, '' AS organ_id, x.id AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Resident {id: $id})-[:PARTY_TO]->(c:`Case`)
WHERE visible(n) AND visible(c) AND coalesce(c.registered_on, '') <> '' AND left(c.registered_on, 10) <= $as_of
RETURN left(c.registered_on, 10) AS day, 'register' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (n:Resident {id: $id})-[:PARTY_TO]->(c:`Case`)
WHERE visible(n) AND visible(c) AND coalesce(c.concluded_on, '') <> '' AND left(c.concluded_on, 10) <= $as_of
RETURN left(c.concluded_on, 10) AS day, 'close' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (n:Parcel {id: $id})<-[:CONCERNS]-(c:`Case`)
WHERE visible(n) AND visible(c) AND coalesce(c.registered_on, '') <> '' AND left(c.registered_on, 10) <= $as_of
RETURN left(c.registered_on, 10) AS day, 'register' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (n:Parcel {id: $id})<-[:CONCERNS]-(c:`Case`)
WHERE visible(n) AND visible(c) AND coalesce(c.concluded_on, '') <> '' AND left(c.concluded_on, 10) <= $as_of
RETURN left(c.concluded_on, 10) AS day, 'close' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (n:Household {id: $id})<-[:CONCERNS]-(c:`Case`)
WHERE visible(n) AND visible(c) AND coalesce(c.registered_on, '') <> '' AND left(c.registered_on, 10) <= $as_of
RETURN left(c.registered_on, 10) AS day, 'register' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (n:Household {id: $id})<-[:CONCERNS]-(c:`Case`)
WHERE visible(n) AND visible(c) AND coalesce(c.concluded_on, '') <> '' AND left(c.concluded_on, 10) <= $as_of
RETURN left(c.concluded_on, 10) AS day, 'close' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (n:Household {id: $id})<-[:MEMBER_OF]-(m:Resident)-[:PARTY_TO]->(c:`Case`)
WHERE visible(n) AND visible(m) AND visible(c) AND coalesce(c.registered_on, '') <> '' AND left(c.registered_on, 10) <= $as_of
RETURN left(c.registered_on, 10) AS day, 'register' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (n:Household {id: $id})<-[:MEMBER_OF]-(m:Resident)-[:PARTY_TO]->(c:`Case`)
WHERE visible(n) AND visible(m) AND visible(c) AND coalesce(c.concluded_on, '') <> '' AND left(c.concluded_on, 10) <= $as_of
RETURN left(c.concluded_on, 10) AS day, 'close' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(c.source, '') AS src
UNION
MATCH (n:Official {id: $id})-[r:SERVES_IN]->(o:Organ)
WHERE visible(n) AND visible(o) AND coalesce(r.since, '') <> '' AND left(r.since, 10) <= $as_of
RETURN left(r.since, 10) AS day, 'takes_post' AS what, '' AS case_id, o.id AS organ_id, '' AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Official {id: $id})-[r:SERVES_IN]->(o:Organ)
WHERE visible(n) AND visible(o) AND coalesce(r.until, '') <> '' AND left(r.until, 10) <= $as_of
RETURN left(r.until, 10) AS day, 'leaves_post' AS what, '' AS case_id, o.id AS organ_id, '' AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Official {id: $id})-[r:RESPONSIBLE_FOR]->(c:`Case`)
WHERE visible(n) AND visible(c) AND coalesce(r.since, '') <> '' AND left(r.since, 10) <= $as_of
RETURN left(r.since, 10) AS day, 'duty_begins' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Official {id: $id})-[r:RESPONSIBLE_FOR]->(c:`Case`)
WHERE visible(n) AND visible(c) AND coalesce(r.until, '') <> '' AND left(r.until, 10) <= $as_of
RETURN left(r.until, 10) AS day, 'duty_ends' AS what, c.id AS case_id, '' AS organ_id, '' AS thing_id, coalesce(r.source, '') AS src
UNION
MATCH (n:Official {id: $id})<-[:BY_OFFICIAL]-(s:Step)
WHERE visible(n) AND visible(s) AND coalesce(s.on_date, '') <> '' AND left(s.on_date, 10) <= $as_of
RETURN left(s.on_date, 10) AS day, s.kind AS what, s.case_id AS case_id, '' AS organ_id, s.id AS thing_id, coalesce(s.source, '') AS src
// part: main
UNWIND $found AS row
OPTIONAL MATCH (d:Source) WHERE row.src STARTS WITH d.prefix AND visible(d)
WITH row, min(left(d.loaded_at, 10)) AS recorded
RETURN row.day AS `on`, coalesce(recorded, '') AS recorded_on, row.what AS what, row.case_id AS case_id, row.organ_id AS organ_id,
  row.thing_id AS thing_id, '' AS until, CASE WHEN row.day = '' THEN 0 END AS days
UNION
UNWIND $found AS row
WITH DISTINCT row.day AS day
UNWIND $found AS later
WITH day, min(CASE WHEN later.day > day THEN later.day END) AS next, count(CASE WHEN later.day = day AND later.what = 'close' THEN 1 END) AS closings
WITH day, closings, coalesce(next, $as_of) AS until, next IS NULL AS last
WHERE NOT last OR closings = 0
WITH day, until, last, days(day, until) AS days
WHERE days >= $min_gap
RETURN day AS `on`, '' AS recorded_on, 'gap' AS what, '' AS case_id, '' AS organ_id, '' AS thing_id, CASE WHEN last THEN '' ELSE until END AS until, days
