/*
title: {zh: 查找, en: Search}
asks: >
  名称（姓名、案件标题、地块坐落、机构、区划）含有这段文字的，或案件编号、宗地代码、机构编码、区划代码正是它的，有哪些？每类至多 limit 个。
  案件只列 as_of 当日及以前登记的；干部的提示是当日的职务。
asks_en: >
  What has this text in its name, or exactly this as its number or code? At most `limit` of a kind. Cases known by as_of;
  the hint of an official is a post held that day.
params:
  text: {type: text, required: true, zh: 文字, en: the text}
  kinds:
    type: choices
    default: all
    of: [Resident, Household, Case, Parcel, Official, Organ, Area]
    zh: 类型
    en: kinds of things
  area: {type: area, default: '', zh: 区划, en: area}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
  limit: {type: int, cuts: kind, default: 50, min: 1, max: 500, zh: 每类至多几个, en: at most so many of a kind}
columns:
  id: {type: id, zh: 标识}
  kind:
    type: text
    zh: 类型
    values: {
      Area: 区划, Case: 案件, Household: 户, Official: 干部, Organ: 机构, Parcel: 地块, Resident: 居民,
    }
  name: {type: text, zh: 名称}
  hint: {type: text, zh: 提示}
  area: {type: text, zh: 区划}
for: [investigator, mediator, api]
evidence: [id]
sentence: "{kind}“{name}”（{hint} {area}）。"
order: [kind, name, id]
*/
MATCH (n:Resident)
WHERE 'Resident' IN $kinds AND n.name CONTAINS $text AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Resident' AS kind, n.name AS name, left(coalesce(n.born_on, ''), 4) AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:Household)
WHERE 'Household' IN $kinds AND n.name CONTAINS $text AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Household' AS kind, n.name AS name, coalesce(n.kind, '') AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:`Case`)
WHERE 'Case' IN $kinds AND (n.name CONTAINS $text OR n.number = $text) AND by_then(coalesce(n.registered_on, n.opened_on), $as_of)
  AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Case' AS kind, n.name AS name, coalesce(n.category, '') AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:Parcel)
WHERE 'Parcel' IN $kinds AND (n.name CONTAINS $text OR n.code = $text) AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Parcel' AS kind, n.name AS name, coalesce(n.use, '') AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:Official)
WHERE 'Official' IN $kinds AND n.name CONTAINS $text AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
OPTIONAL MATCH (n)-[v:SERVES_IN]->(o:Organ) WHERE during(v, $as_of) AND visible(o)
WITH n, max(v.post) AS post
RETURN n.id AS id, 'Official' AS kind, n.name AS name, coalesce(post, '') AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:Organ)
WHERE 'Organ' IN $kinds AND (n.name CONTAINS $text OR n.code = $text) AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Organ' AS kind, n.name AS name, coalesce(n.level, '') AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:Area)
WHERE 'Area' IN $kinds AND (n.name CONTAINS $text OR n.code = $text) AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Area' AS kind, n.name AS name, coalesce(n.level, '') AS `hint`, coalesce(n.area_code, '') AS area
