/*
title: {zh: 初次信访办理质量, en: How first petitions were handled}
asks: >
  各单位办理的初次信访件（同一事项的第一件，不含催办等不计登记的）中，及时受理、按期办结各多少，自登记到受理、到答复平均几天，评价满意的多少？
  一件只归当日的责任单位，所以各单位件数之和等于初次信访件总数；受理、办结的比率只除以有期限结果的件数，满意率只除以有评价的件数。
  给出 organ 时 cases 逐件列出，每个数字都能打开到案件。
asks_en: >
  Of the first petitions of each organ (the first registration of a matter, urging and the like left out): how many were accepted and
  closed in time, after how many days on average was one accepted and answered, how many petitioners were satisfied? A petition counts
  once, for its owner of that day, so the organs add up; a rate divides by what has a result. With `organ`, `cases` lists every case.
params:
  organ: {type: text, default: '', zh: 单位标识或名称（- 为没有责任单位的）, en: 'id or name of an organ, - for none'}
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  since: {type: date, default: '', zh: 登记自, en: registered from}
  until: {type: date, default: '9999', zh: 登记至, en: registered until}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  organ_id: {type: id, zh: 单位标识}
  organ: {type: text, zh: 单位}
  petitions: {type: int, zh: 初次信访件}
  accepted_in_time: {type: int, zh: 及时受理}
  accepted_late: {type: int, zh: 受理逾期}
  timely_acceptance_rate: {type: float, zh: 及时受理率（%）}
  closed_in_time: {type: int, zh: 按期办结}
  closed_late: {type: int, zh: 办理逾期}
  timely_closing_rate: {type: float, zh: 按期办结率（%）}
  acceptance_days: {type: float, zh: 平均受理天数}
  reply_days: {type: float, zh: 平均答复天数}
  rated: {type: int, zh: 有评价}
  satisfied: {type: int, zh: 满意和基本满意}
  satisfaction_rate: {type: float, zh: 满意率（%）}
rule: performance@2
for: [investigator, api]
evidence: [organ_id]
sentence: "{organ}初次信访{petitions}件：及时受理率{timely_acceptance_rate}%，按期办结率{timely_closing_rate}%，平均{acceptance_days}天受理、{reply_days}天答复，满意率{satisfaction_rate}%。"
order: [-petitions, organ_id]
parts:
  cases:
    zh: 逐件（给出 organ 时）
    columns:
      case_id: {type: id, zh: 案件}
      organ_id: {type: id, zh: 单位标识}
      counted:
        type: words
        zh: 计入
        values: {
          petitions: 初次信访件, accepted_in_time: 及时受理, accepted_late: 受理逾期, closed_in_time: 按期办结, closed_late: 办理逾期,
          rated: 有评价, satisfied: 满意和基本满意,
        }
      acceptance_days: {type: int, zh: 受理天数}
      reply_days: {type: int, zh: 答复天数}
    evidence: [case_id, organ_id]
    sentence: "计入：{counted}；{acceptance_days}天受理，{reply_days}天答复。"
    order: [organ_id, case_id]
*/
MATCH (c:`Case`)
WHERE c.kind = 'petition' AND matter_of(c, $as_of) = c.id AND standing(c.not_counted, $as_of) = '' AND within(c) AND left(coalesce(c.registered_on, c.opened_on, ''), 10) >= $since
  AND left(coalesce(c.registered_on, c.opened_on, ''), size($until)) <= $until AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step)
WHERE c.owner_since > $as_of AND s.custody AND left(s.on_date, 10) <= $as_of AND left(s.custody_until, 10) > $as_of AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(l:Organ) WHERE visible(l)
WITH c, min(l.id) AS received
OPTIONAL MATCH (h:Organ)-[d:RESPONSIBLE_FOR]->(c)
WHERE c.owner_since > $as_of AND d.role IN ['handler', 'first_handler'] AND during(d, $as_of) AND visible(h)
WITH c, received, min(h.id) AS charged
WITH CASE WHEN c.owner_since <= $as_of THEN c.owner_id ELSE coalesce(received, charged, '') END AS organ_id,
  CASE WHEN c.accept_late_on <= $as_of THEN 'late' WHEN c.accept_met_on <= $as_of THEN 'in_time' ELSE '' END AS accepted,
  CASE WHEN c.reply_late_on <= $as_of THEN 'late' WHEN c.reply_met_on <= $as_of AND c.concluded_on <= $as_of THEN 'in_time' ELSE '' END AS replied,
  CASE WHEN c.taken_on <= $as_of THEN days(c.registered_on, c.taken_on) END AS taken,
  CASE WHEN c.answered_on <= $as_of THEN days(c.registered_on, c.answered_on) END AS answered,
  CASE WHEN coalesce(c.concluded_on, c.answered_on) <= $as_of THEN coalesce(c.rating, '') ELSE '' END AS rating
WITH organ_id, count(organ_id) AS petitions, count(CASE WHEN accepted = 'in_time' THEN 1 END) AS accepted_in_time,
  count(CASE WHEN accepted = 'late' THEN 1 END) AS accepted_late, count(CASE WHEN replied = 'in_time' THEN 1 END) AS closed_in_time,
  count(CASE WHEN replied = 'late' THEN 1 END) AS closed_late, count(taken) AS takings, sum(taken) AS taking, count(answered) AS answers,
  sum(answered) AS answering, count(CASE WHEN rating IN ['满意', '基本满意', '不满意'] THEN 1 END) AS rated,
  count(CASE WHEN rating IN ['满意', '基本满意'] THEN 1 END) AS satisfied
OPTIONAL MATCH (o:Organ) WHERE o.id = organ_id AND visible(o)
WITH o, organ_id, petitions, accepted_in_time, accepted_late, closed_in_time, closed_late, takings, taking, answers, answering, rated, satisfied
WHERE $organ = '' OR o.id = $organ OR o.name = $organ OR ($organ = '-' AND o.id IS NULL)
RETURN coalesce(o.id, '') AS organ_id, coalesce(o.name, '') AS organ, petitions, accepted_in_time, accepted_late,
  CASE WHEN accepted_in_time + accepted_late > 0 THEN (accepted_in_time * 1000 / (accepted_in_time + accepted_late)) / 10.0 END AS timely_acceptance_rate,
  closed_in_time, closed_late,
  CASE WHEN closed_in_time + closed_late > 0 THEN (closed_in_time * 1000 / (closed_in_time + closed_late)) / 10.0 END AS timely_closing_rate,
  CASE WHEN takings > 0 THEN (taking * 10 / takings) / 10.0 END AS acceptance_days,
  CASE WHEN answers > 0 THEN (answering * 10 / answers) / 10.0 END AS reply_days, rated, satisfied,
  CASE WHEN rated > 0 THEN (satisfied * 1000 / rated) / 10.0 END AS satisfaction_rate
// part: cases
MATCH (c:`Case`)
WHERE $organ <> '' AND c.kind = 'petition' AND matter_of(c, $as_of) = c.id AND standing(c.not_counted, $as_of) = '' AND within(c) AND left(coalesce(c.registered_on, c.opened_on, ''), 10) >= $since
  AND left(coalesce(c.registered_on, c.opened_on, ''), size($until)) <= $until AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step)
WHERE c.owner_since > $as_of AND s.custody AND left(s.on_date, 10) <= $as_of AND left(s.custody_until, 10) > $as_of AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(l:Organ) WHERE visible(l)
WITH c, min(l.id) AS received
OPTIONAL MATCH (h:Organ)-[d:RESPONSIBLE_FOR]->(c)
WHERE c.owner_since > $as_of AND d.role IN ['handler', 'first_handler'] AND during(d, $as_of) AND visible(h)
WITH c, received, min(h.id) AS charged
WITH c, CASE WHEN c.owner_since <= $as_of THEN c.owner_id ELSE coalesce(received, charged, '') END AS organ_id, CASE WHEN coalesce(c.concluded_on, c.answered_on) <= $as_of THEN coalesce(c.rating, '') ELSE '' END AS rating
OPTIONAL MATCH (o:Organ) WHERE o.id = organ_id AND visible(o)
WITH c, o, rating
WHERE o.id = $organ OR o.name = $organ OR ($organ = '-' AND o.id IS NULL)
RETURN c.id AS case_id, coalesce(o.id, '') AS organ_id, ['petitions',
  CASE WHEN c.accept_late_on <= $as_of THEN 'accepted_late' WHEN c.accept_met_on <= $as_of THEN 'accepted_in_time' ELSE '' END,
  CASE WHEN c.reply_late_on <= $as_of THEN 'closed_late' WHEN c.reply_met_on <= $as_of AND c.concluded_on <= $as_of THEN 'closed_in_time' ELSE '' END,
  CASE WHEN rating IN ['满意', '基本满意', '不满意'] THEN 'rated' ELSE '' END,
  CASE WHEN rating IN ['满意', '基本满意'] THEN 'satisfied' ELSE '' END] AS counted,
  CASE WHEN c.taken_on <= $as_of THEN days(c.registered_on, c.taken_on) END AS acceptance_days,
  CASE WHEN c.answered_on <= $as_of THEN days(c.registered_on, c.answered_on) END AS reply_days
