MATCH (a:@from_id {id: $from_id}), (b:@to_id {id: $to_id})
WHERE a.id <> b.id AND visible(a) AND visible(b)
MATCH p = allShortestPaths((a)-[:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|
    HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO*1..6]-(b))
WHERE all(r IN relationships(p) WHERE edge(r) IN $kinds AND coalesce(r.on_date, r.until, '9999') >= $since)
  AND all(n IN nodes(p) WHERE n.id IN [$from_id, $to_id] OR (visible(n)
    AND ($avoid_hubs = false OR NOT kind(n) IN ['Area', 'Organ', 'Source'] AND coalesce(n.hub, false) = false)))
  AND length(p) <= $max_hops
RETURN DISTINCT length(p) AS length, [n IN nodes(p) | n.id] AS node_ids, [r IN relationships(p) | edge(r)] AS edge_kinds,
  [n IN nodes(p) | n.name] AS names
