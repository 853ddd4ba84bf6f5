/*
title: {zh: 相邻的事物, en: Neighbours}
asks: 与一个事物直接相连的有哪些；先给出各类的数量，再列出（最多 limit 个）。
asks_en: What is directly connected to a thing; counts by kind first, then the things themselves.
params:
  id: {type: id, required: true, zh: 标识, en: the thing}
  kinds: {type: choices, of: [MEMBER_OF, KIN, POSSIBLY_SAME, IS, PARTY_TO, COMPLAINS_OF, CONCERNS, FOLLOWS, SAME_MATTER, HOLDS, ADJOINS, HAS_STEP, NEXT, BY_ORGAN, BY_OFFICIAL, TO_ORGAN, RESPONSIBLE_FOR, SERVES_IN, REPORTS_TO, UNDER, GOVERNS, IN_AREA, SETTLED_BY, HAS_CLOCK], default: all, zh: 关系种类, en: kinds of relation}
  since: {type: date, default: '', zh: 自（有日期的关系）, en: relations dated since}
  limit: {type: int, default: 50, min: 1, max: 500, zh: 最多几个, en: at most so many}
columns:
  id: {type: id, zh: 标识}
  kind: {type: text, zh: 类型}
  name: {type: text, zh: 名称}
  edge: {type: text, zh: 关系}
  direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}
  hop: {type: int, zh: 距离}
for: [investigator, mediator, api]
evidence: [id]
order: [edge, direction, kind, id]
parts:
  counts:
    zh: 数量
    columns:
      edge: {type: text, zh: 关系}
      direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}
      kind: {type: text, zh: 类型}
      things: {type: int, zh: 数量}
    order: [edge, direction, kind]
*/
// part: main
MATCH (n:@id)-[e]->(m)
WHERE n.id = $id AND edge(e) IN $kinds AND coalesce(e.on_date, e.since, '9999') >= $since AND visible(n) AND visible(m)
WITH DISTINCT m.id AS id, kind(m) AS kind, m.name AS name, edge(e) AS edge
ORDER BY edge, kind, id
LIMIT $limit
RETURN id, kind, name, edge, 'out' AS direction, 1 AS hop
UNION
MATCH (n:@id)<-[e]-(m)
WHERE n.id = $id AND edge(e) IN $kinds AND coalesce(e.on_date, e.since, '9999') >= $since AND visible(n) AND visible(m)
WITH DISTINCT m.id AS id, kind(m) AS kind, m.name AS name, edge(e) AS edge
ORDER BY edge, kind, id
LIMIT $limit
RETURN id, kind, name, edge, 'in' AS direction, 1 AS hop
// part: counts
MATCH (n:@id)-[e]->(m)
WHERE n.id = $id AND edge(e) IN $kinds AND coalesce(e.on_date, e.since, '9999') >= $since AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'out' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
UNION
MATCH (n:@id)<-[e]-(m)
WHERE n.id = $id AND edge(e) IN $kinds AND coalesce(e.on_date, e.since, '9999') >= $since AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'in' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
