/*
title: {zh: 协议及其履行, en: Agreements and whether they were kept}
asks: >
  截至 as_of 那一天，这一当事人（人、户、机构；代理人不算）或这一案件有哪些调解协议，履行到哪一步？给出 party_id 或 case_id，两者都给则取交集。
  state 依次取：broken 未履行（履行期限已过或未约定）或反悔；kept 已履行；overdue 过了履行期限；confirmed 已经司法确认；confirmation_due 签订后三十日内
  仍可申请司法确认（人民调解法第三十三条）；due 履行期限未到；confirmation_missed 三十日内没有确认，也没有约定履行期限。confirmation 另说司法确认本身。
asks_en: >
  Which mediation agreements did this party (person, household, body; no agents) or this case have as of a day, and how far were they
  kept? Give `party_id` or `case_id`; both narrow. `state` is the first that holds: broken (not performed in time, or repudiated), kept,
  overdue, confirmed, confirmation_due (within thirty days of signing), due, confirmation_missed (and no day of performance agreed).
params:
  party_id: {type: id, default: '', of: [Resident, Household, Organ], zh: 当事人, en: the party}
  case_id: {type: id, default: '', of: [Case], zh: 案件, en: the case}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day (today)}
columns:
  agreement_id: {type: id, zh: 协议}
  case_id: {type: id, zh: 案件}
  signed_on: {type: date, zh: 达成日期}
  due_on: {type: date, zh: 履行期限}
  performed: {type: text, zh: 履行情况, values: {'yes': 已履行, partly: 部分履行, 'no': 未履行, repudiated: 反悔, unknown: 未载}}
  confirmed_on: {type: date, zh: 司法确认日期}
  confirmation_due_on: {type: date, zh: 申请司法确认的期限}
  state: {type: text, zh: 状态, values: {broken: 未按约履行, overdue: 已过履行期限, confirmation_due: 可申请司法确认, due: 待履行, confirmation_missed: 未在三十日内确认, confirmed: 已司法确认, kept: 已履行}}
  confirmation: {type: text, zh: 司法确认, values: {confirmed: 已确认, due: 期限内, missed: 期限内未确认, '': 日期不详}}
  performed_on: {type: date, zh: 履行日期}
  roles: {type: words, zh: 角色, values: {petitioner: 信访人, representative: 代表, participant: 参与人, applicant: 申请人, respondent: 被申请人, third_party: 第三人, member: 户成员}}
  agreement_name: {type: text, zh: 协议名称}
  path: {type: path, zh: 依据（节点与边依次）}
rule: agreement@1
needs: [party_id, case_id]
for: [investigator, mediator, api]
evidence: [path]
sentence: "{signed_on}达成的{agreement_name}：{state}；履行情况：{performed}；司法确认：{confirmation}。"
order: [-signed_on, agreement_id]
one_per: [agreement_id]
*/
// found: main
MATCH (p:Resident {id: $party_id})-[e:PARTY_TO]->(c:`Case`)-[s:SETTLED_BY]->(g:Agreement)
in_order(p, e, c, s, g)
WITH p, e, c, s, g
WHERE e.role <> 'agent' AND by_then(e.on_date, $as_of) AND ($case_id = '' OR c.id = $case_id) AND visible(p) AND visible(c) AND visible(g)
RETURN g.id AS agreement, c.id AS case_id, e.role AS role, [p.id, e.id, c.id, s.id, g.id] AS path
UNION
MATCH (p:Organ {id: $party_id})-[e:PARTY_TO]->(c:`Case`)-[s:SETTLED_BY]->(g:Agreement)
in_order(p, e, c, s, g)
WITH p, e, c, s, g
WHERE e.role <> 'agent' AND by_then(e.on_date, $as_of) AND ($case_id = '' OR c.id = $case_id) AND visible(p) AND visible(c) AND visible(g)
RETURN g.id AS agreement, c.id AS case_id, e.role AS role, [p.id, e.id, c.id, s.id, g.id] AS path
UNION
MATCH (p:Household {id: $party_id})<-[m:MEMBER_OF]-(q:Resident)-[e:PARTY_TO]->(c:`Case`)-[s:SETTLED_BY]->(g:Agreement)
in_order(p, m, q, e, c, s, g)
WITH p, m, q, e, c, s, g, left(coalesce(c.registered_on, c.opened_on, $as_of), 10) AS day
WHERE e.role <> 'agent' AND by_then(e.on_date, $as_of) AND during(m, day) AND ($case_id = '' OR c.id = $case_id)
  AND visible(p) AND visible(q) AND visible(c) AND visible(g)
RETURN g.id AS agreement, c.id AS case_id, 'member' AS role, [p.id, m.id, q.id, e.id, c.id, s.id, g.id] AS path
UNION
MATCH (c:`Case` {id: $case_id})-[s:SETTLED_BY]->(g:Agreement)
WHERE $party_id = ''
in_order(c, s, g)
WITH c, s, g
WHERE visible(c) AND visible(g)
RETURN g.id AS agreement, c.id AS case_id, '' AS role, [c.id, s.id, g.id] AS path
// part: main
UNWIND $found AS row
MATCH (g:Agreement) WHERE g.id = row.agreement AND visible(g)
WITH row, g, known(g.performed_on, $as_of) AS performed_on, known(g.confirmed_on, $as_of) AS confirmed_on,
  coalesce(g.confirmation_due_on, '') AS last_day, coalesce(g.due_on, '') AS due, coalesce(g.performed, 'unknown') AS said
WHERE by_then(g.signed_on, $as_of)
WITH row, g, performed_on, confirmed_on, last_day, due,
  CASE WHEN NOT by_then(g.performed_on, $as_of) THEN 'unknown' WHEN said = 'no' AND due >= $as_of THEN 'unknown' ELSE said END AS performed,
  CASE WHEN confirmed_on <> '' THEN 'confirmed' WHEN last_day = '' THEN '' WHEN last_day >= $as_of THEN 'due' ELSE 'missed' END AS confirmation
RETURN g.id AS agreement_id, row.case_id AS case_id, known(g.signed_on, $as_of) AS signed_on, due AS due_on, performed, confirmed_on,
  last_day AS confirmation_due_on,
  CASE WHEN performed IN ['no', 'repudiated'] THEN 'broken' WHEN performed = 'yes' THEN 'kept'
    WHEN due <> '' AND due < left($as_of, size(due)) THEN 'overdue' WHEN confirmation = 'confirmed' THEN 'confirmed'
    WHEN confirmation = 'due' THEN 'confirmation_due' WHEN due = '' AND confirmation = 'missed' THEN 'confirmation_missed' ELSE 'due' END AS state,
  confirmation, performed_on, [row.role] AS roles, g.name AS agreement_name, row.path AS path
