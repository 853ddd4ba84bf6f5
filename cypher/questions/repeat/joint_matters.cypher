/*
title: {zh: 多人反映同一事项, en: One matter raised by many}
asks: >
  哪些事项由许多人提出？people 是同一事项各信访件中不同的信访人、代表、参与人（来源表自报的人数不算），households 是他们登记当日所属的户。
  over_representative_limit：其中有一次走访的代表人数超过登记当日、当地的上限（全国不超过5人，地方规定见规则包）。
  上限因人数而异的，人数取该件的人数与来源自报人数中较大的；地方规定没有说到的人数，适用上一级的上限。
asks_en: >
  Which matters were raised by many? `people` are the distinct petitioners, representatives and participants of the petitions on the matter
  (not the number that a source claims), `households` theirs on the day of registration. Over the limit: one visit had more
  representatives than the rule in force on that day at that place allows. Where that depends on the size of the group, it is the
  larger of the people of that petition and the number the source claims; a group of which a place does not speak is under the rule above.
params:
  min_people: {type: int, default: 5, min: 2, zh: 至少人数, en: at least so many people}
  since: {type: date, default: '', zh: 登记自, en: registered from}
  until: {type: date, default: '9999', zh: 登记至, en: registered until}
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  matter: {type: id, zh: 事项}
  people: {type: int, zh: 人数}
  households: {type: int, zh: 户数}
  case_ids: {type: ids, zh: 信访件}
  first_on: {type: date, zh: 首次}
  last_on: {type: date, zh: 末次}
  over_representative_limit: {type: bool, zh: 代表超过人数上限}
  most_representatives: {type: int, zh: 一次走访最多的代表人数}
  matter_name: {type: text, zh: 事项名称}
law: [limit]
rule: joint@3
for: [investigator, mediator, api]
evidence: [case_ids]
sentence: "“{matter_name}”由{people}人、{households}户提出（{first_on}至{last_on}），代表超过人数上限：{over_representative_limit}。"
order: [-people, matter]
*/
// found: main
MATCH (r:Resident)-[e:PARTY_TO]->(c:`Case`)
WHERE e.role IN ['petitioner', 'representative', 'participant'] AND c.kind = 'petition' AND within(c) AND visible(c) AND visible(r)
WITH r, e, c, left(coalesce(c.registered_on, c.opened_on, ''), 10) AS day
WHERE day >= $since AND day <= $until AND day <= $as_of
WITH matter_of(c, $as_of) AS matter, count(DISTINCT r.id) AS people, collect(DISTINCT {person: r.id, case_id: c.id, day: day,
  role: e.role, channel: coalesce(c.channel, ''), area: coalesce(c.area_code, ''), claimed: coalesce(c.people_claimed, 0)}) AS rows
WHERE people >= $min_people
UNWIND rows AS x
RETURN matter, people, x.person AS person, x.case_id AS case_id, x.day AS day, x.role AS role, x.channel AS channel,
  x.area AS area, x.claimed AS claimed
// part: main
UNWIND $found AS row
MATCH (r:Resident)
WHERE r.id = row.person AND visible(r)
OPTIONAL MATCH (r)-[m:MEMBER_OF]->(h:Household)
WHERE during(m, row.day) AND visible(h)
WITH row.matter AS matter, row.people AS people, row.case_id AS case_id, row.day AS day, row.channel AS channel, row.area AS area, row.claimed AS claimed,
  collect(DISTINCT {person: row.person, home: coalesce(h.id, '')}) AS homes, count(DISTINCT row.person) AS here,
  count(DISTINCT CASE WHEN row.role = 'representative' THEN row.person END) AS representatives
WITH matter, people, case_id, day, channel, area, homes, representatives, CASE WHEN claimed > here THEN claimed ELSE here END AS size_of
UNWIND homes AS x
UNWIND $law_limit AS rule
WITH matter, people, case_id, day, channel, representatives, x.home AS home,
  max(CASE WHEN left(rule.id, 15) = 'representatives' AND area STARTS WITH rule.jurisdiction AND day >= rule.valid_from
    AND day <= rule.valid_to AND size_of > rule.above_people AND (rule.up_to_people = 0 OR size_of <= rule.up_to_people)
    THEN size(rule.jurisdiction) * 1000000000000 + rule.above_people * 1000000 + rule.most ELSE 0 END) AS chosen
WITH matter, people, case_id, day, home, CASE WHEN channel = 'visit' THEN representatives ELSE 0 END AS representatives,
  CASE WHEN channel = 'visit' AND chosen > 0 AND representatives > chosen % 1000000 THEN 1 ELSE 0 END AS over
WITH matter, people, count(DISTINCT CASE WHEN home <> '' THEN home END) AS households, collect(DISTINCT case_id) AS case_ids,
  min(day) AS first_on, max(day) AS last_on, max(over) AS over, max(representatives) AS most_representatives
OPTIONAL MATCH (t:`Case`) WHERE t.id = matter AND visible(t)
RETURN matter, people, households, case_ids, first_on, last_on, over > 0 AS over_representative_limit, most_representatives,
  coalesce(t.name, matter) AS matter_name
