/*
title: {zh: 重复信访的办理原因, en: What in the handling came before repeats}
asks: >
  各单位的重复登记之前，办理中出了什么问题？同一人就同一事项的每一次再登记算一件，问题记在它之前那一件上：逾期、未答复、被退回、协议未履行、责任单位变更。
  单位是再登记时前一件的责任单位（最后接手者，没有流程的取责任落实中的单位，再没有则为空）。一件可有几个原因，也可没有；repeats 之和等于 cases 部分的件数。
asks_en: >
  What went wrong before people came again, per organ? Every further registration of one person on one matter is counted once, at the organ that owned
  the registration before it; the causes are those of that earlier one. The sum of `repeats` is the number of rows of part `cases`.
params:
  since: {type: date, default: '', zh: 再登记自, en: registered again from}
  until: {type: date, default: '9999', zh: 再登记至, en: registered again until}
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  rule: {type: rule, of: [repeat], default: default, zh: 重复的规则, en: rule of what is a repeat}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  organ_id: {type: id, zh: 单位标识}
  organ: {type: text, zh: 单位}
  repeats: {type: int, zh: 重复登记件数}
  missed_deadline: {type: int, zh: 前件逾期}
  no_reply: {type: int, zh: 前件未答复}
  returned: {type: int, zh: 前件被退回}
  unkept_agreement: {type: int, zh: 协议未履行}
  owner_changed: {type: int, zh: 责任单位变更}
  without_cause: {type: int, zh: 未见办理问题}
  case_ids: {type: ids, zh: 再登记的信访件}
parts:
  cases:
    zh: 逐件
    columns:
      case_id: {type: id, zh: 再登记的信访件}
      earlier_id: {type: id, zh: 之前的一件}
      organ_id: {type: id, zh: 单位标识}
      registered_on: {type: date, zh: 再登记日期}
      causes: {type: words, zh: 办理过程问题, values: {missed_deadline: 逾期, no_reply: 未答复, returned: 被退回, unkept_agreement: 协议未履行, owner_changed: 责任单位变更}}
    evidence: [case_id, earlier_id]
    sentence: "{registered_on}再次登记，之前一件办理问题：{causes}。"
    order: [organ_id, registered_on, case_id]
rule: repeat/{rule}
for: [investigator, api]
evidence: [case_ids]
sentence: "{organ}办理后又登记{repeats}件：逾期{missed_deadline}、未答复{no_reply}、被退回{returned}、协议未履行{unkept_agreement}、责任单位变更{owner_changed}。"
order: [-repeats, organ_id]
*/
// found: main
MATCH (r:Resident)-[e:PARTY_TO]->(c:`Case`)
WHERE e.role IN ['petitioner', 'representative'] AND c.kind = 'petition' AND NOT standing(c.not_counted, $as_of) IN $rule_excluded
  AND ('any' IN $rule_channels OR coalesce(c.channel, '') IN $rule_channels) AND within(c) AND visible(c) AND visible(r)
WITH r, c, left(coalesce(c.registered_on, c.opened_on, ''), 10) AS day,
  CASE WHEN coalesce(c.replied_on, '') <> '' AND left(c.replied_on, 10) <= $as_of THEN left(c.replied_on, 10) ELSE '9999' END AS replied
WHERE day <= $as_of
WITH r, matter_of(c, $as_of) AS matter, count(DISTINCT c.id) AS registrations,
  collect(DISTINCT {id: c.id, day: day, replied: replied, place: day + ' ' + c.id}) AS cases
WHERE registrations > 1
UNWIND cases AS x
UNWIND cases AS y
WITH r, matter, cases, x, y
WHERE y.place < x.place AND x.day >= $since AND x.day <= $until AND (NOT $rule_answered OR y.replied < x.day)
  AND ($rule_window = 0 OR days(y.day, x.day) <= $rule_window)
WITH x.id AS case_id, x.day AS day, max(y.place) AS last, collect(DISTINCT {id: y.id, place: y.place}) AS earlier
UNWIND earlier AS y
WITH case_id, day, last, y
WHERE y.place = last
RETURN DISTINCT case_id, day, y.id AS earlier_id
// part: main
UNWIND $found AS row
MATCH (c:`Case`)
WHERE c.id = row.earlier_id AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step)-[:TO_ORGAN]->(o:Organ)
WHERE s.custody AND by_then(s.on_date, row.day) AND visible(s) AND visible(o)
OPTIONAL MATCH (b:Organ)-[d:RESPONSIBLE_FOR]->(c)
WHERE by_then(d.since, row.day) AND visible(b)
WITH row, c, max(s.seq) AS last, collect(DISTINCT {seq: s.seq, id: o.id}) AS owners, min(b.id) AS duty
UNWIND owners AS owner
WITH row.case_id AS case_id, row.earlier_id AS earlier_id, row.day AS day, standing(c.faults, row.day) AS faults, last, owner,
  coalesce(owner.id, duty, '') AS organ_id
WHERE last IS NULL OR owner.seq = last
WITH organ_id, count(DISTINCT case_id) AS repeats, collect(DISTINCT case_id) AS case_ids,
  count(DISTINCT CASE WHEN faults CONTAINS 'missed_deadline' THEN case_id END) AS missed_deadline,
  count(DISTINCT CASE WHEN faults CONTAINS 'no_reply' THEN case_id END) AS no_reply,
  count(DISTINCT CASE WHEN faults CONTAINS 'returned' THEN case_id END) AS returned,
  count(DISTINCT CASE WHEN faults CONTAINS 'unkept_agreement' THEN case_id END) AS unkept_agreement,
  count(DISTINCT CASE WHEN faults CONTAINS 'owner_changed' THEN case_id END) AS owner_changed,
  count(DISTINCT CASE WHEN faults = '' THEN case_id END) AS without_cause
OPTIONAL MATCH (o:Organ) WHERE o.id = organ_id AND visible(o)
RETURN organ_id, coalesce(o.name, organ_id) AS organ, repeats, missed_deadline, no_reply, returned, unkept_agreement, owner_changed,
  without_cause, case_ids
// found: cases
MATCH (r:Resident)-[e:PARTY_TO]->(c:`Case`)
WHERE e.role IN ['petitioner', 'representative'] AND c.kind = 'petition' AND NOT standing(c.not_counted, $as_of) IN $rule_excluded
  AND ('any' IN $rule_channels OR coalesce(c.channel, '') IN $rule_channels) AND within(c) AND visible(c) AND visible(r)
WITH r, c, left(coalesce(c.registered_on, c.opened_on, ''), 10) AS day,
  CASE WHEN coalesce(c.replied_on, '') <> '' AND left(c.replied_on, 10) <= $as_of THEN left(c.replied_on, 10) ELSE '9999' END AS replied
WHERE day <= $as_of
WITH r, matter_of(c, $as_of) AS matter, count(DISTINCT c.id) AS registrations,
  collect(DISTINCT {id: c.id, day: day, replied: replied, place: day + ' ' + c.id}) AS cases
WHERE registrations > 1
UNWIND cases AS x
UNWIND cases AS y
WITH r, matter, cases, x, y
WHERE y.place < x.place AND x.day >= $since AND x.day <= $until AND (NOT $rule_answered OR y.replied < x.day)
  AND ($rule_window = 0 OR days(y.day, x.day) <= $rule_window)
WITH x.id AS case_id, x.day AS day, max(y.place) AS last, collect(DISTINCT {id: y.id, place: y.place}) AS earlier
UNWIND earlier AS y
WITH case_id, day, last, y
WHERE y.place = last
RETURN DISTINCT case_id, day, y.id AS earlier_id
// part: cases
UNWIND $found AS row
MATCH (c:`Case`)
WHERE c.id = row.earlier_id AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step)-[:TO_ORGAN]->(o:Organ)
WHERE s.custody AND by_then(s.on_date, row.day) AND visible(s) AND visible(o)
OPTIONAL MATCH (b:Organ)-[d:RESPONSIBLE_FOR]->(c)
WHERE by_then(d.since, row.day) AND visible(b)
WITH row, c, max(s.seq) AS last, collect(DISTINCT {seq: s.seq, id: o.id}) AS owners, min(b.id) AS duty
UNWIND owners AS owner
WITH row.case_id AS case_id, row.earlier_id AS earlier_id, row.day AS day, standing(c.faults, row.day) AS faults, last, owner,
  coalesce(owner.id, duty, '') AS organ_id
WHERE last IS NULL OR owner.seq = last
RETURN case_id, min(earlier_id) AS earlier_id, min(organ_id) AS organ_id, min(day) AS registered_on, collect(DISTINCT faults) AS causes
