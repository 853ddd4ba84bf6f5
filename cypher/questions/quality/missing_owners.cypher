/*
title: {zh: 缺责任单位的案件, en: Cases without a known owner}
asks: >
  截至 as_of，哪些案件的来源没有写明任何单位和干部（nobody），哪些没有首办责任（first_handler），哪些没有属地责任（local）？
  counts 先给出各有多少件。缺的是记载，不等于没有人办；发生地跨区域的，local_organ_id 是所涉地点的属地单位，可供补录。
asks_en: >
  For which cases do the sources name no unit and no official at all, no first handler, no local unit? What is missing is the record,
  not necessarily the handling. For a matter that crosses a border `local_organ_id` is the local unit of the place named.
params:
  area: {type: area, default: '', zh: 案件所在区划, en: area of the cases}
  missing:
    type: choices
    default: all
    of: [nobody, first_handler, local]
    zh: 缺什么
    en: what is missing
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
  limit: {type: int, cuts: rows, default: 500, min: 1, max: 100000, zh: 至多几件, en: at most so many}
columns:
  case_id: {type: id, zh: 案件}
  missing: {type: words, zh: 缺, values: {nobody: 任何单位和干部, first_handler: 首办单位, local: 属地单位}}
  registered_on: {type: date, zh: 登记日期}
  local_organ_id: {type: id, zh: 所涉地点的属地单位}
for: [investigator, api]
evidence: [case_id, local_organ_id]
sentence: "来源没有写明{missing}。"
order: [registered_on, case_id]
parts:
  counts:
    zh: 各有多少件
    columns:
      missing: {type: text, zh: 缺, values: {nobody: 任何单位和干部, first_handler: 首办单位, local: 属地单位}}
      cases: {type: int, zh: 件数}
    sentence: "没有写明{missing}的{cases}件。"
    order: [missing]
*/
// part: main
MATCH (c:`Case`)
WHERE within(c) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c)
  AND ('nobody' IN $missing AND coalesce(c.known_from, '9999') > $as_of OR 'first_handler' IN $missing AND coalesce(c.first_handler_from, '9999') > $as_of
    OR 'local' IN $missing AND coalesce(c.local_from, '9999') > $as_of)
WITH c, left(coalesce(c.registered_on, c.opened_on, ''), 10) AS registered_on, c.id AS case_id
ORDER BY registered_on, case_id
LIMIT $limit
RETURN case_id, [CASE WHEN coalesce(c.known_from, '9999') > $as_of THEN 'nobody' ELSE '' END,
    CASE WHEN coalesce(c.first_handler_from, '9999') > $as_of THEN 'first_handler' ELSE '' END,
    CASE WHEN coalesce(c.local_from, '9999') > $as_of THEN 'local' ELSE '' END] AS missing,
  registered_on, c.local_organ AS local_organ_id
// part: counts
MATCH (c:`Case`)
WHERE within(c) AND by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND visible(c)
WITH count(CASE WHEN coalesce(c.known_from, '9999') > $as_of THEN 1 END) AS nobody,
  count(CASE WHEN coalesce(c.first_handler_from, '9999') > $as_of THEN 1 END) AS first_handler,
  count(CASE WHEN coalesce(c.local_from, '9999') > $as_of THEN 1 END) AS local
UNWIND $missing AS missing
RETURN missing, CASE missing WHEN 'nobody' THEN nobody WHEN 'first_handler' THEN first_handler ELSE local END AS cases
