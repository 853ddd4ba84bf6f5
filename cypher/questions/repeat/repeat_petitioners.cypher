/*
title: {zh: 重复信访, en: Repeat petitions on one matter}
asks: >
  哪些事项被同一人反复登记？只数信访件，信访人或代表算数；复查复核、诉讼、补充材料、催办等（not_counted 有原因的）不数。
  certain 是组内登记次数；possible 再加上疑似同一人在同一事项上的登记，是上限。at_least=possible 时按上限筛选，确定数不足而上限足够的组也列出。
  规则 default：同一人、同一事项，登记达到次数。after_opinion：只数“此前已有答复又登记”及其所对应的登记，即组内存在另一件，其答复日早于
  后一件的登记日。window_90d：相邻两次登记相隔不超过90天的连续登记为一串，只数达到次数的串；不足一日精度的日期不与他件相连。
asks_en: >
  Which matters were registered again and again by the same person? Petitions only, as petitioner or representative, without those
  that carry a reason not to count. `certain` counts the registrations of the group, `possible` adds those of possible same persons;
  with at_least=possible a group is listed when the upper end reaches min_count.
  default: enough registrations of one person on one matter. after_opinion: registrations that precede or follow a written reply given
  before the later of the two. window_90d: runs of registrations at most 90 days apart, each run being long enough.
params:
  min_count: {type: int, default: 2, min: 1, zh: 至少登记次数, en: at least so many registrations}
  since: {type: date, default: '', zh: 登记自, en: registered from}
  until: {type: date, default: '9999', zh: 登记至, en: registered until}
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  matter: {type: choice, of: [same, any], default: same, zh: 同一事项（same）或不论事项（any）, en: on the same matter or on any}
  at_least: {type: choice, of: [certain, possible], default: certain, zh: 次数按确定数（certain）还是上限（possible）, en: which end of the range must reach min_count}
  rule: {type: rule, of: [repeat], default: default, zh: 重复的规则（default、after_opinion、window_90d 或自定）, en: 'rule of what is a repeat, or one of your own'}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  petitioner_id: {type: id, zh: 信访人标识}
  petitioner: {type: text, zh: 信访人}
  household_id: {type: id, zh: 户}
  matter: {type: id, zh: 事项, values: {any: 不论事项}}
  certain: {type: int, zh: 登记次数}
  possible: {type: int, zh: 至多登记次数}
  first_on: {type: date, zh: 首次}
  last_on: {type: date, zh: 末次}
  case_ids: {type: ids, zh: 信访件}
  organs: {type: words, zh: 经手单位}
  causes:
    type: words
    zh: 办理过程问题
    values: {missed_deadline: 逾期, no_reply: 未答复, returned: 被退回, unkept_agreement: 协议未履行, owner_changed: 责任单位变更}
  matter_name: {type: text, zh: 事项名称, values: {any: 各类事项}}
parts:
  labelled:
    zh: 不另计的登记（连同它们，同一人在同一事项上的登记达到次数的）
    columns:
      case_id: {type: id, zh: 信访件}
      label:
        type: text
        zh: 不另计的原因
        values: {review: 复查, re_review: 复核, litigation: 诉讼, urging: 催办, added_material: 补充材料, art19: 办理期间向上级重复提出（第十九条）, art36: 复核后以同一事实提出（第三十六条）}
      petitioner_id: {type: id, zh: 信访人标识}
      matter: {type: id, zh: 事项}
      registered_on: {type: date, zh: 登记日期}
    evidence: [case_id]
    sentence: "{registered_on}的登记不另计：{label}。"
    order: [registered_on, case_id]
rule: repeat/{rule}
for: [investigator, mediator, api]
evidence: [case_ids]
sentence: "“{matter_name}”由同一人登记{certain}次、至多{possible}次（{first_on}至{last_on}），涉及{organs}。"
order: [-certain, petitioner_id, matter]
*/
MATCH (r:Resident)-[e:PARTY_TO]->(c:`Case`)
WHERE e.role IN ['petitioner', 'representative'] AND c.kind = 'petition' AND NOT standing(c.not_counted, $as_of) IN $rule_excluded
  AND ('any' IN $rule_channels OR coalesce(c.channel, '') IN $rule_channels)
  AND within(c) AND visible(c) AND visible(r)
WITH r, c, left(coalesce(c.registered_on, c.opened_on, ''), 10) AS day, CASE WHEN coalesce(c.replied_on, '') <> '' AND left(c.replied_on, 10) <= $as_of THEN left(c.replied_on, 10) ELSE '9999' END AS replied,
  CASE $matter WHEN 'any' THEN 'any' ELSE matter_of(c, $as_of) END AS matter
WHERE day >= $since AND day <= $until AND day <= $as_of
WITH r, matter, collect(DISTINCT {id: c.id, day: day, replied: replied}) AS cases, count(DISTINCT c.id) AS registrations
WHERE registrations >= $min_count OR $at_least = 'possible'
UNWIND cases AS x
UNWIND cases AS y
WITH r, matter, x,
  count(CASE WHEN x.id <> y.id AND (y.replied < x.day OR x.replied < y.day) THEN 1 END) AS answered,
  count(CASE WHEN y.day < x.day AND days(y.day, x.day) <= $rule_window THEN 1 END) AS before
WITH r, matter, collect({id: x.id, day: x.day, answered: answered > 0, begins: before = 0}) AS cases
UNWIND cases AS x
UNWIND cases AS y
WITH r, matter, x, max(CASE WHEN y.begins AND y.day <= x.day THEN y.day END) AS first_of_run
WITH r, matter, x,
  CASE WHEN $rule_answered AND NOT x.answered THEN NULL WHEN $rule_window > 0 THEN first_of_run ELSE 'all' END AS run
WHERE run IS NOT NULL
WITH r, matter, run, collect(x) AS cases, count(x.id) AS registrations
WHERE registrations >= $min_count OR $at_least = 'possible'
UNWIND cases AS x
WITH r, matter, x.id AS case_id, x.day AS day
OPTIONAL MATCH (c:`Case`) WHERE c.id = case_id AND visible(c)
OPTIONAL MATCH (c)-[:HAS_STEP]->(s:Step)-[:TO_ORGAN]->(o:Organ) WHERE s.custody AND by_then(s.on_date, $as_of) AND visible(s) AND visible(o)
OPTIONAL MATCH (b:Organ)-[d:RESPONSIBLE_FOR]->(c) WHERE by_then(d.since, $as_of) AND visible(b)
WITH r, matter, count(DISTINCT case_id) AS certain, min(day) AS first_on, max(day) AS last_on,
  collect(DISTINCT case_id) AS case_ids, collect(DISTINCT o.name) + collect(DISTINCT b.name) AS organs,
  collect(DISTINCT standing(c.faults, $as_of)) AS causes
OPTIONAL MATCH (r)-[:POSSIBLY_SAME]-(q:Resident)-[e:PARTY_TO]->(d:`Case`)
WHERE e.role IN ['petitioner', 'representative'] AND d.kind = 'petition' AND NOT standing(d.not_counted, $as_of) IN $rule_excluded
  AND ('any' IN $rule_channels OR coalesce(d.channel, '') IN $rule_channels)
  AND by_then(coalesce(d.registered_on, d.opened_on), $as_of)
  AND (matter = 'any' OR matter_of(d, $as_of) = matter) AND NOT d.id IN case_ids
  AND left(coalesce(d.registered_on, d.opened_on, ''), 10) >= $since
  AND left(coalesce(d.registered_on, d.opened_on, ''), 10) <= $until AND within(d) AND visible(q) AND visible(d)
WITH r, matter, certain, first_on, last_on, case_ids, organs, causes, certain + count(DISTINCT d.id) AS possible
WHERE certain >= $min_count OR possible >= $min_count
OPTIONAL MATCH (r)-[m:MEMBER_OF]->(h:Household) WHERE during(m, $as_of) AND visible(h)
WITH r, matter, certain, first_on, last_on, case_ids, organs, causes, possible, min(h.id) AS any_household,
  min(CASE WHEN m.registered THEN h.id END) AS household
OPTIONAL MATCH (t:`Case`) WHERE t.id = matter AND visible(t)
RETURN r.id AS petitioner_id, r.name AS petitioner, coalesce(household, any_household, '') AS household_id, matter, certain,
  possible, first_on, last_on, case_ids, organs, causes, coalesce(t.name, matter) AS matter_name
// part: labelled
MATCH (r:Resident)-[e:PARTY_TO]->(c:`Case`)
WHERE e.role IN ['petitioner', 'representative'] AND c.kind = 'petition' AND within(c) AND visible(c) AND visible(r)
WITH r, c, left(coalesce(c.registered_on, c.opened_on, ''), 10) AS day,
  CASE $matter WHEN 'any' THEN 'any' ELSE matter_of(c, $as_of) END AS matter
WHERE day >= $since AND day <= $until AND day <= $as_of
WITH r, matter, collect(DISTINCT {id: c.id, day: day, label: standing(c.not_counted, $as_of)}) AS cases, count(DISTINCT c.id) AS registrations
WHERE registrations >= $min_count
UNWIND cases AS x
WITH r, matter, x.id AS case_id, x.label AS label, x.day AS day
WHERE label IN $rule_excluded
RETURN case_id, label, min(r.id) AS petitioner_id, matter, min(day) AS registered_on
