/*
title: {zh: 连接路径, en: Paths between two things}
asks: 两个事物之间最短的连接有哪些（同样长的取前 k 条）；默认不经过枢纽和机构。
asks_en: The shortest connections between two things, the first k of equal length; hubs and organs are no bridge by default.
params:
  from_id: {type: id, required: true, zh: 起点, en: from}
  to_id: {type: id, required: true, zh: 终点, en: to}
  k: {type: int, default: 5, min: 1, max: 50, zh: 几条, en: how many}
  avoid_hubs: {type: bool, default: true, zh: 不经过枢纽, en: avoid hubs}
columns:
  length: {type: int, zh: 长度}
  node_ids: {type: path, zh: 经过}
  edge_kinds: {type: path, zh: 关系}
  edge_ids: {type: path, zh: 边}
for: [investigator, mediator]
evidence: [node_ids]
sentence: "{node_ids}"
order: [length, node_ids, edge_ids]
*/
MATCH (a:@from_id)-[e:MEMBER_OF|KIN|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO|SETTLED_BY* ALL SHORTEST 1..6 (x, n | WHERE NOT $avoid_hubs OR (coalesce(n.hub, false) = false AND NOT kind(n) IN ['Organ', 'Area', 'Source']))]-(b:@to_id)
WHERE a.id = $from_id AND b.id = $to_id AND $k > 0 AND visible(a) AND visible(b)
RETURN length(e) AS length, [a.id] + properties(nodes(e), 'id') + [b.id] AS node_ids, properties(rels(e), '_LABEL') AS edge_kinds,
  properties(rels(e), 'id') AS edge_ids
