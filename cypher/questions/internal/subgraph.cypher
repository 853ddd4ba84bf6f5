/*
title: {zh: 其间的边, en: Edges from nodes of one label to given nodes}
asks: 起于 as_of 之前的边；此后的截止日期不写。
params: {from_ids: {type: ids, required: true}, ids: {type: ids, required: true}, as_of: {type: date, required: true}}
columns:
  from_id: {type: id}
  to_id: {type: id}
  edge: {type: text}
  edge_id: {type: id}
  since: {type: date}
  until: {type: date}
  on_date: {type: date}
  role: {type: text}
  relation: {type: text}
  tier: {type: text}
  blood: {type: bool}
  seq: {type: int}
*/
UNWIND $from_ids AS wanted
MATCH (a:@from_ids) WHERE a.id = wanted AND visible(a)
OPTIONAL MATCH (a)-[e]->(b) WHERE b.id IN $ids AND visible(b)
WITH a, e, b
WHERE b.id IS NOT NULL AND by_then(e.since, $as_of) AND by_then(e.on_date, $as_of)
RETURN a.id AS from_id, b.id AS to_id, edge(e) AS edge, e.id AS edge_id, coalesce(e.since, '') AS since,
  known(e.until, $as_of) AS until, coalesce(e.on_date, '') AS on_date, coalesce(e.role, '') AS role,
  coalesce(e.relation, '') AS relation, coalesce(e.tier, '') AS tier, e.blood AS blood, e.seq AS seq
