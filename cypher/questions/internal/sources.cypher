/*
title: {zh: 来源行, en: Source rows of nodes of one label}
params: {ids: {type: ids, required: true}}
columns: {id: {type: id}, source: {type: text}}
*/
UNWIND $ids AS wanted
MATCH (n:@ids) WHERE n.id = wanted AND visible(n) RETURN n.id AS id, n.source AS source
