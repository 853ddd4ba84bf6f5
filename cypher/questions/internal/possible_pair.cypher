/*
title: {zh: 两人之间的疑似边, en: What is said of two people being one}
params: {a: {type: id, required: true}, b: {type: id, required: true}}
columns: {tier: {type: text}, likeness: {type: float}, why: {type: text}, why_not: {type: text}, features: {type: text}, judgement: {type: text}}
*/
MATCH (a:Resident {id: $a})-[e:POSSIBLY_SAME]-(b:Resident)
WHERE b.id = $b AND visible(a) AND visible(b)
RETURN coalesce(e.tier, '') AS tier, e.score AS likeness, coalesce(e.why, '') AS why, coalesce(e.why_not, '') AS why_not,
  coalesce(e.features, '') AS features, coalesce(e.judgement, '') AS judgement
