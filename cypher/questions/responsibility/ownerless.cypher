/*
title: {zh: 无责任单位的时段, en: Days nobody owned a case}
asks: >
  截至 as_of，哪些案件现在没有责任单位，或者曾有一段日子没有责任单位？自哪一天、至哪一天（当日已有接手的单位或已办结；空为仍无）、
  此前是哪个单位？案件从登记环节起算；没有流转环节的案件看承办、首办责任。岗位空缺而单位仍在的不在此列，见责任链的标记；来源写了单位而机构表里没有的也不算。
asks_en: >
  Which cases have no owner on the day asked about, or had none for some days? `to` is the day a unit took it or it was closed, empty
  while it lasts; `last_organ_id` who owned it before. A case begins with its step of registration. Cases without steps go by the duties to handle. A vacant post of a unit that
  still owns the case is no such gap, nor is a unit that the source names and nobody handed over.
params:
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  now_only: {type: bool, default: false, zh: 只列现在没有的, en: only those without owner now}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  case_id: {type: id, zh: 案件}
  'from': {type: date, zh: 自}
  to: {type: date, zh: 至}
  last_organ_id: {type: id, zh: 此前的单位}
  now: {type: bool, zh: 现在无责任单位}
  reason:
    type: text
    zh: 情形
    values: {to_nobody: 移转未写明接收单位, not_received: 登记后尚未交出, duty_ended: 责任期满无人接手, no_record: 没有任何责任单位的记载}
  step_id: {type: id, zh: 依据}
rule: custody@2
for: [investigator, api]
evidence: [case_id, step_id, last_organ_id]
sentence: "无责任单位（{reason}）：{from}—{to}。"
order: [-now, 'from', case_id]
*/
MATCH (c:`Case`)-[e:HAS_STEP]->(s:Step)
WHERE c.gaps > 0 AND within(c) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c) AND visible(s) in_order(c, e, s)
WITH c, s
WHERE s.to_nobody AND left(s.on_date, 10) <= $as_of
WITH c, left(s.on_date, 10) AS since, known(coalesce(s.custody_until, '9999'), $as_of) AS taken,
  known(coalesce(c.concluded_on, '9999'), $as_of) AS closed, s.previous_owner AS last, s.id AS step_id
WITH c, since, last, step_id, CASE WHEN taken <> '' AND (closed = '' OR taken <= closed) THEN taken ELSE closed END AS `to`
WHERE (`to` = '' OR `to` > since) AND (`to` = '' OR NOT $now_only)
RETURN c.id AS case_id, since AS `from`, `to`, last AS last_organ_id, `to` = '' AS now, 'to_nobody' AS reason, step_id
UNION
MATCH (c:`Case`)
WHERE c.unowned_first AND within(c) AND left(coalesce(c.registered_on, c.opened_on, '9999'), 10) <= $as_of
  AND left(coalesce(c.registered_on, c.opened_on), 10) < coalesce(c.owned_from, '9999') AND visible(c)
WITH c, left(coalesce(c.registered_on, c.opened_on), 10) AS since, known(coalesce(c.owned_from, '9999'), $as_of) AS taken,
  known(coalesce(c.concluded_on, '9999'), $as_of) AS closed
WITH c, since, taken, CASE WHEN taken <> '' AND (closed = '' OR taken <= closed) THEN taken ELSE closed END AS `to`
WHERE (`to` = '' OR `to` > since) AND (`to` = '' OR NOT $now_only)
RETURN c.id AS case_id, since AS `from`, `to`, '' AS last_organ_id, `to` = '' AS now,
  CASE WHEN taken = '' THEN 'no_record' ELSE 'not_received' END AS reason, c.id AS step_id
UNION
MATCH (c:`Case`)<-[r:RESPONSIBLE_FOR]-(o:Organ)
WHERE c.gaps > 0 AND within(c) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c) AND visible(o) in_order(c, r, o)
WITH c, r, o
WHERE r.gap_from <= $as_of
WITH c, o, r.gap_from AS since, known(coalesce(r.gap_until, '9999'), $as_of) AS taken, known(coalesce(c.concluded_on, '9999'), $as_of) AS closed
WITH c, o, since, CASE WHEN taken <> '' AND (closed = '' OR taken <= closed) THEN taken ELSE closed END AS `to`
WHERE (`to` = '' OR `to` > since) AND (`to` = '' OR NOT $now_only)
RETURN c.id AS case_id, since AS `from`, `to`, o.id AS last_organ_id, `to` = '' AS now, 'duty_ended' AS reason, c.id AS step_id
