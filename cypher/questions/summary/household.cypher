/*
title: {zh: 户概要, en: Summary of a household}
asks: 一户的成员、成员参与的案件和持有的地块。
asks_en: Members, their cases and the parcels held.
params: {id: {type: id, of: [Household], required: true, zh: 户, en: the household}}
columns:
  id: {type: id, zh: 标识}
  name: {type: text, zh: 名称}
  kind: {type: text, zh: 户类型, values: {family: 家庭户, collective: 集体户}}
  area: {type: text, zh: 区划}
for: [investigator, mediator, api]
evidence: [id]
parts:
  members: {zh: 成员, columns: {person_id: {type: id, zh: 居民}, name: {type: text, zh: 姓名}, relation: {type: text, zh: 与户主关系}}, evidence: [person_id], order: [relation, person_id]}
  cases: {zh: 案件, columns: {case_id: {type: id, zh: 案件}, person_id: {type: id, zh: 居民}, role: {type: text, zh: 角色}, kind: {type: text, zh: 类型}, name: {type: text, zh: 名称}, opened_on: {type: date, zh: 日期}}, evidence: [case_id], order: [-opened_on, case_id, person_id, role]}
  parcels: {zh: 地块, columns: {parcel_id: {type: id, zh: 地块}, name: {type: text, zh: 名称}, right: {type: text, zh: 权利}}, evidence: [parcel_id], order: [parcel_id]}
*/
// part: main
MATCH (n:Household) WHERE n.id = $id AND visible(n)
RETURN n.id AS id, n.name AS name, coalesce(n.kind, '') AS kind, coalesce(n.area_code, '') AS area
// part: members
MATCH (n:Household)<-[e:MEMBER_OF]-(p:Resident) WHERE n.id = $id AND visible(n) AND visible(p)
RETURN p.id AS person_id, p.name AS name, coalesce(e.relation, '') AS relation
// part: cases
MATCH (n:Household)<-[:MEMBER_OF]-(p:Resident)-[e:PARTY_TO]->(c:`Case`) WHERE n.id = $id AND visible(n) AND visible(p) AND visible(c)
RETURN c.id AS case_id, p.id AS person_id, e.role AS role, c.kind AS kind, c.name AS name, coalesce(c.opened_on, '') AS opened_on
// part: parcels
MATCH (n:Household)-[e:HOLDS]->(p:Parcel) WHERE n.id = $id AND visible(n) AND visible(p)
RETURN p.id AS parcel_id, p.name AS name, coalesce(e.right, '') AS right
