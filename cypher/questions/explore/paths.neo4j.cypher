MATCH (a:@from_id), (b:@to_id) WHERE a.id = $from_id AND b.id = $to_id AND $k > 0 AND visible(a) AND visible(b)
MATCH p = allShortestPaths((a)-[:MEMBER_OF|KIN|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO|SETTLED_BY*..6]-(b))
WHERE all(n IN nodes(p)[1..-1] WHERE NOT $avoid_hubs OR (coalesce(n.hub, false) = false AND NOT kind(n) IN ['Organ', 'Area', 'Source']))
RETURN length(p) AS length, [n IN nodes(p) | n.id] AS node_ids, [r IN relationships(p) | edge(r)] AS edge_kinds, [r IN relationships(p) | r.id] AS edge_ids
