/*
title: {zh: 名称, en: Names of nodes of one label}
params: {ids: {type: ids, required: true}}
columns: {id: {type: id}, name: {type: text}}
*/
UNWIND $ids AS wanted
MATCH (n:@ids) WHERE n.id = wanted AND visible(n) RETURN n.id AS id, n.name AS name
