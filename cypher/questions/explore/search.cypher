/*
title: {zh: 查找, en: Search}
asks: 按姓名或名称的一部分、案件编号、宗地代码、机构编码查找。
asks_en: Find by part of a name, or by the number of a case, the code of a parcel or an organ.
params:
  text: {type: text, required: true, zh: 文字, en: the text}
  kinds: {type: choices, of: [Resident, Household, Case, Parcel, Official, Organ, Area], default: all, zh: 类型, en: kinds}
  area: {type: area, default: '', zh: 区划, en: area}
  limit: {type: int, default: 50, min: 1, max: 500, zh: 每类最多几个, en: at most so many of a kind}
columns:
  id: {type: id, zh: 标识}
  kind: {type: text, zh: 类型}
  name: {type: text, zh: 名称}
  hint: {type: text, zh: 提示}
  area: {type: text, zh: 区划}
for: [investigator, mediator, api]
evidence: [id]
order: [kind, name, id]
*/
MATCH (n:Resident) WHERE 'Resident' IN $kinds AND n.name CONTAINS $text AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Resident' AS kind, n.name AS name, left(coalesce(n.born_on, ''), 4) AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:Household) WHERE 'Household' IN $kinds AND n.name CONTAINS $text AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Household' AS kind, n.name AS name, coalesce(n.kind, '') AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:`Case`) WHERE 'Case' IN $kinds AND (n.name CONTAINS $text OR n.number = $text) AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Case' AS kind, n.name AS name, coalesce(n.category, '') AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:Parcel) WHERE 'Parcel' IN $kinds AND (n.name CONTAINS $text OR n.code = $text) AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Parcel' AS kind, n.name AS name, coalesce(n.code, '') AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:Official) WHERE 'Official' IN $kinds AND n.name CONTAINS $text AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Official' AS kind, n.name AS name, '' AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:Organ) WHERE 'Organ' IN $kinds AND (n.name CONTAINS $text OR n.code = $text) AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Organ' AS kind, n.name AS name, coalesce(n.level, '') AS `hint`, coalesce(n.area_code, '') AS area
UNION
MATCH (n:Area) WHERE 'Area' IN $kinds AND (n.name CONTAINS $text OR n.code = $text) AND within(n) AND visible(n)
WITH n ORDER BY n.name, n.id LIMIT $limit
RETURN n.id AS id, 'Area' AS kind, n.name AS name, coalesce(n.level, '') AS `hint`, coalesce(n.area_code, '') AS area
