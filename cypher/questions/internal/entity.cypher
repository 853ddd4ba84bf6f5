/*
title: {zh: 一个事物, en: One thing}
params: {id: {type: id, required: true}}
columns: {properties: {type: properties}}
*/
MATCH (n:@id) WHERE n.id = $id AND visible(n) RETURN properties(n) AS properties
