/*
title: {zh: 同户轮流信访, en: Repeat petitions of one household}
asks: >
  哪些事项由同一户的不同成员先后登记？成员以登记当日的户成员关系为准，户籍与实际居住都算，集体户不算；至少两名成员、两件以上。
  信访件的计数与规则同“重复信访”，组为户与事项。
asks_en: >
  Which matters were registered in turn by different members of one household? Membership on the day of registration counts, registered
  or actual; collective households do not. Petitions are counted, and rules applied, as in repeat_petitioners, per household and matter.
params:
  min_count: {type: int, default: 2, min: 2, zh: 至少登记次数, en: at least so many registrations}
  since: {type: date, default: '', zh: 登记自, en: registered from}
  until: {type: date, default: '9999', zh: 登记至, en: registered until}
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  matter: {type: choice, of: [same, any], default: same, zh: 同一事项（same）或不论事项（any）, en: on the same matter or on any}
  rule: {type: rule, of: [repeat], default: default, zh: 重复的规则（default、after_opinion、window_90d 或自定）, en: 'rule of what is a repeat, or one of your own'}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  household_id: {type: id, zh: 户}
  member_ids: {type: ids, zh: 信访的成员}
  matter: {type: id, zh: 事项, values: {any: 不论事项}}
  certain: {type: int, zh: 登记次数}
  first_on: {type: date, zh: 首次}
  last_on: {type: date, zh: 末次}
  case_ids: {type: ids, zh: 信访件}
  household: {type: text, zh: 户名}
  matter_name: {type: text, zh: 事项名称, values: {any: 各类事项}}
rule: repeat/{rule}
for: [investigator, mediator, api]
evidence: [case_ids]
sentence: "“{matter_name}”由{household}的不同成员登记{certain}次（{first_on}至{last_on}）。"
order: [-certain, household_id, matter]
*/
MATCH (c:`Case`)<-[e:PARTY_TO]-(r:Resident)-[m:MEMBER_OF]->(h:Household)
WHERE c.kind = 'petition' AND NOT standing(c.not_counted, $as_of) IN $rule_excluded
  AND ('any' IN $rule_channels OR coalesce(c.channel, '') IN $rule_channels) AND within(c) AND visible(c)
in_order(c, e, r, m, h)
WITH h, m, r, e, c
WHERE e.role IN ['petitioner', 'representative'] AND coalesce(h.kind, '') <> 'collective' AND visible(r) AND visible(h)
WITH h, m, r, c, left(coalesce(c.registered_on, c.opened_on, ''), 10) AS day, CASE WHEN coalesce(c.replied_on, '') <> '' AND left(c.replied_on, 10) <= $as_of THEN left(c.replied_on, 10) ELSE '9999' END AS replied,
  CASE $matter WHEN 'any' THEN 'any' ELSE matter_of(c, $as_of) END AS matter
WHERE day >= $since AND day <= $until AND day <= $as_of AND coalesce(m.since, '') <= day AND (coalesce(m.until, '') = '' OR m.until >= day)
WITH h, matter, collect(DISTINCT {id: c.id, day: day, replied: replied}) AS cases, count(DISTINCT c.id) AS registrations,
  count(DISTINCT r.id) AS people
WHERE registrations >= $min_count AND people > 1
UNWIND cases AS x
UNWIND cases AS y
WITH h, matter, x,
  count(CASE WHEN x.id <> y.id AND (y.replied < x.day OR x.replied < y.day) THEN 1 END) AS answered,
  count(CASE WHEN y.day < x.day AND days(y.day, x.day) <= $rule_window THEN 1 END) AS before
WITH h, matter, collect({id: x.id, day: x.day, answered: answered > 0, begins: before = 0}) AS cases
UNWIND cases AS x
UNWIND cases AS y
WITH h, matter, x, max(CASE WHEN y.begins AND y.day <= x.day THEN y.day END) AS first_of_run
WITH h, matter, x,
  CASE WHEN $rule_answered AND NOT x.answered THEN NULL WHEN $rule_window > 0 THEN first_of_run ELSE 'all' END AS run
WHERE run IS NOT NULL
WITH h, matter, run, collect(x) AS cases, count(x.id) AS registrations
WHERE registrations >= $min_count
UNWIND cases AS x
WITH h, matter, x.id AS case_id, x.day AS day
OPTIONAL MATCH (h)<-[m:MEMBER_OF]-(r:Resident)-[e:PARTY_TO]->(c:`Case`)
WHERE c.id = case_id AND e.role IN ['petitioner', 'representative'] AND visible(r) AND visible(c)
  AND coalesce(m.since, '') <= day AND (coalesce(m.until, '') = '' OR m.until >= day)
WITH h, matter, count(DISTINCT case_id) AS certain, min(day) AS first_on, max(day) AS last_on,
  collect(DISTINCT case_id) AS case_ids, collect(DISTINCT r.id) AS member_ids, count(DISTINCT r.id) AS people
WHERE people > 1
OPTIONAL MATCH (t:`Case`) WHERE t.id = matter AND visible(t)
RETURN h.id AS household_id, member_ids, matter, certain, first_on, last_on, case_ids, h.name AS household,
  coalesce(t.name, matter) AS matter_name
