/*
title: {zh: 其间的边, en: Edges from nodes of one label to given nodes}
params: {from_ids: {type: ids, required: true}, ids: {type: ids, required: true}}
columns: {from_id: {type: id}, to_id: {type: id}, edge: {type: text}, edge_id: {type: id}}
*/
UNWIND $from_ids AS wanted
MATCH (a:@from_ids) WHERE a.id = wanted AND visible(a)
OPTIONAL MATCH (a)-[e]->(b) WHERE b.id IN $ids AND visible(b)
WITH a, e, b
WHERE b.id IS NOT NULL
RETURN a.id AS from_id, b.id AS to_id, edge(e) AS edge, e.id AS edge_id
