/*
title: {zh: 单位办理情况, en: How organs handled their cases}
asks: >
  截至 as_of，各单位负责的案件有多少件，及时受理、按期办结、化解各多少？一件案件只归当日的责任单位（规则同责任链；没有流转环节的归
  承办、首办责任单位；当日无责任单位的归空单位），所以各单位件数之和等于案件总数。及时受理、按期办结以受理、办理（没有的以来源所载）
  期限为准，来源写明按期、逾期的照写；没有期限的不计。化解率＝化解成功÷已有结果的纠纷。给出 organ 时 cases 逐件列出，每个数字都能打开到案件。
asks_en: >
  Per organ as of a day: how many cases does it own, how many were accepted in time, closed in time, mediated? A case counts once, for
  its owner of that day (the rule of the chain; without steps the unit with the duty to handle; an empty organ where nobody owns it),
  so the organs add up to all cases. In time goes by the clocks of acceptance and handling (else the limit the source sets) and by what
  the source says itself; without either a case is in neither figure. With `organ` given, `cases` lists every case behind the figures.
params:
  organ: {type: text, default: '', zh: 单位标识或名称（- 为没有责任单位的）, en: 'id or name of an organ, - for none'}
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  since: {type: date, default: '', zh: 登记自, en: registered from}
  until: {type: date, default: '9999', zh: 登记至, en: registered until}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  organ_id: {type: id, zh: 单位标识}
  organ: {type: text, zh: 单位}
  registered: {type: int, zh: 案件}
  accepted_in_time: {type: int, zh: 及时受理}
  accepted_late: {type: int, zh: 受理逾期}
  closed: {type: int, zh: 办结}
  closed_in_time: {type: int, zh: 按期办结}
  closed_late: {type: int, zh: 办理逾期}
  mediated: {type: int, zh: 已有结果的纠纷}
  settled: {type: int, zh: 化解成功}
  success_rate: {type: float, zh: 化解率（%）}
  repeated_after_closure: {type: int, zh: 办结后同一事项再次登记}
rule: performance@2
for: [investigator, api]
evidence: [organ_id]
sentence: "{organ}负责{registered}件：及时受理{accepted_in_time}件，受理逾期{accepted_late}件；办结{closed}件，按期{closed_in_time}件，逾期{closed_late}件；化解成功{settled}/{mediated}件；办结后再次登记{repeated_after_closure}件。"
order: [-registered, organ_id]
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
          registered: 案件, accepted_in_time: 及时受理, accepted_late: 受理逾期, closed: 办结, closed_in_time: 按期办结, closed_late: 办理逾期,
          mediated: 已有结果的纠纷, settled: 化解成功, repeated_after_closure: 办结后同一事项再次登记,
        }
    evidence: [case_id, organ_id]
    sentence: "计入：{counted}。"
    order: [organ_id, case_id]
*/
MATCH (c:`Case`)
WHERE within(c) AND left(coalesce(c.registered_on, c.opened_on, ''), 10) >= $since
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
  CASE WHEN c.concluded_on <= $as_of THEN 1 ELSE 0 END AS closed,
  CASE WHEN c.reply_late_on <= $as_of THEN 'late' WHEN c.reply_met_on <= $as_of THEN 'in_time' ELSE '' END AS replied,
  CASE WHEN c.kind = 'dispute' AND c.concluded_on <= $as_of THEN coalesce(c.outcome, '') ELSE '' END AS outcome,
  CASE WHEN standing(c.repeated, $as_of) <> '' THEN 1 ELSE 0 END AS again
WITH organ_id, count(organ_id) AS registered, count(CASE WHEN accepted = 'in_time' THEN 1 END) AS accepted_in_time,
  count(CASE WHEN accepted = 'late' THEN 1 END) AS accepted_late, count(CASE WHEN closed = 1 THEN 1 END) AS closed,
  count(CASE WHEN replied = 'in_time' AND closed = 1 THEN 1 END) AS closed_in_time, count(CASE WHEN replied = 'late' THEN 1 END) AS closed_late,
  count(CASE WHEN outcome IN ['settled', 'unsettled'] THEN 1 END) AS mediated, count(CASE WHEN outcome = 'settled' THEN 1 END) AS settled,
  count(CASE WHEN again = 1 THEN 1 END) AS repeated_after_closure
OPTIONAL MATCH (o:Organ) WHERE o.id = organ_id AND visible(o)
WITH o, organ_id, registered, accepted_in_time, accepted_late, closed, closed_in_time, closed_late, mediated, settled, repeated_after_closure
WHERE $organ = '' OR o.id = $organ OR o.name = $organ OR ($organ = '-' AND o.id IS NULL)
RETURN coalesce(o.id, '') AS organ_id, coalesce(o.name, '') AS organ, registered, accepted_in_time, accepted_late, closed, closed_in_time, closed_late, mediated,
  settled, CASE WHEN mediated > 0 THEN (settled * 1000 / mediated) / 10.0 END AS success_rate, repeated_after_closure
// part: cases
MATCH (c:`Case`)
WHERE $organ <> '' AND within(c) AND left(coalesce(c.registered_on, c.opened_on, ''), 10) >= $since
  AND left(coalesce(c.registered_on, c.opened_on, ''), size($until)) <= $until AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step)
WHERE c.owner_since > $as_of AND s.custody AND left(s.on_date, 10) <= $as_of AND left(s.custody_until, 10) > $as_of AND visible(s)
OPTIONAL MATCH (s)-[:TO_ORGAN]->(l:Organ) WHERE visible(l)
WITH c, min(l.id) AS received
OPTIONAL MATCH (h:Organ)-[d:RESPONSIBLE_FOR]->(c)
WHERE c.owner_since > $as_of AND d.role IN ['handler', 'first_handler'] AND during(d, $as_of) AND visible(h)
WITH c, received, min(h.id) AS charged
WITH c, CASE WHEN c.owner_since <= $as_of THEN c.owner_id ELSE coalesce(received, charged, '') END AS organ_id
OPTIONAL MATCH (o:Organ) WHERE o.id = organ_id AND visible(o)
WITH c, o
WHERE o.id = $organ OR o.name = $organ OR ($organ = '-' AND o.id IS NULL)
RETURN c.id AS case_id, coalesce(o.id, '') AS organ_id, ['registered',
  CASE WHEN c.accept_late_on <= $as_of THEN 'accepted_late' WHEN c.accept_met_on <= $as_of THEN 'accepted_in_time' ELSE '' END,
  CASE WHEN c.concluded_on <= $as_of THEN 'closed' ELSE '' END,
  CASE WHEN c.reply_late_on <= $as_of THEN 'closed_late' WHEN c.reply_met_on <= $as_of AND c.concluded_on <= $as_of THEN 'closed_in_time' ELSE '' END,
  CASE WHEN c.kind = 'dispute' AND c.concluded_on <= $as_of AND c.outcome IN ['settled', 'unsettled'] THEN 'mediated' ELSE '' END,
  CASE WHEN c.kind = 'dispute' AND c.concluded_on <= $as_of AND c.outcome = 'settled' THEN 'settled' ELSE '' END,
  CASE WHEN standing(c.repeated, $as_of) <> '' THEN 'repeated_after_closure' ELSE '' END] AS counted
