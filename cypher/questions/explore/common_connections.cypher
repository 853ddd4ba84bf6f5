/*
title: {zh: 共同的联系, en: What two things have in common}
asks: >
  这两者都连着哪些户、亲属、案件、地块、机构？各自直接相连的，或隔一个人、户、案件、地块的（至多两步）；to_a、to_b 依次是连到 a、b 的关系，
  via_a、via_b 是中间隔着的那一个。能直接相连的不再列两步的走法；两边隔着同一个的不算，因为那一个本身就是共同的。枢纽（连接12件以上案件的）
  排在最后；avoid_hubs 时中间不隔枢纽和机构。只看 as_of 当日有效的关系、当日及以前的案件和环节；不走区划、管辖、隶属、期限。
asks_en: >
  Which households, kin, cases, parcels and organs do both touch, directly or with one thing between (two steps at most)? to_a and to_b
  are the relations from it to a and b, via_a and via_b what stands between. A direct relation hides the longer ways; ways of both through
  the same thing are left out, since that thing itself is common. Hubs come last; avoid_hubs lets no hub and no organ stand between. Only
  what holds on as_of and was known by then; areas, jurisdiction, subordination and clocks are not walked.
params:
  a: {type: id, required: true, zh: 甲, en: one thing}
  b: {type: id, required: true, zh: 乙, en: the other}
  kinds:
    type: choices
    default: all
    of: [
      MEMBER_OF, KIN, POSSIBLY_SAME, IS, PARTY_TO, COMPLAINS_OF, CONCERNS, FOLLOWS, SAME_MATTER, HOLDS, ADJOINS,
      HAS_STEP, BY_OFFICIAL, RESPONSIBLE_FOR, SERVES_IN, REPORTS_TO,
    ]
    zh: 关系种类
    en: kinds of relation
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
  avoid_hubs: {type: bool, default: true, zh: 中间不隔枢纽, en: no hub between}
  limit: {type: int, cuts: rows, default: 100, min: 1, max: 1000, zh: 至多几行, en: at most so many rows}
columns:
  id: {type: id, zh: 标识}
  kind:
    type: text
    zh: 类型
    values: {Case: 案件, Parcel: 地块, Household: 户, Resident: 居民, Official: 干部, Organ: 机构, Step: 办理环节}
  name: {type: text, zh: 名称}
  to_a:
    type: path
    zh: 与甲
    values: {
      MEMBER_OF: 户成员, KIN: 亲属, POSSIBLY_SAME: 疑似同一人, IS: 即居民, PARTY_TO: 当事人, COMPLAINS_OF: 反映,
      CONCERNS: 涉及, FOLLOWS: 承接, SAME_MATTER: 同一事项, HOLDS: 持有, ADJOINS: 相邻, HAS_STEP: 环节,
      BY_OFFICIAL: 经办, RESPONSIBLE_FOR: 负责, SERVES_IN: 任职, REPORTS_TO: 上级领导,
    }
  to_b:
    type: path
    zh: 与乙
    values: {
      MEMBER_OF: 户成员, KIN: 亲属, POSSIBLY_SAME: 疑似同一人, IS: 即居民, PARTY_TO: 当事人, COMPLAINS_OF: 反映,
      CONCERNS: 涉及, FOLLOWS: 承接, SAME_MATTER: 同一事项, HOLDS: 持有, ADJOINS: 相邻, HAS_STEP: 环节,
      BY_OFFICIAL: 经办, RESPONSIBLE_FOR: 负责, SERVES_IN: 任职, REPORTS_TO: 上级领导,
    }
  via_a: {type: id, zh: 与甲之间}
  via_b: {type: id, zh: 与乙之间}
  hub: {type: bool, zh: 枢纽}
for: [investigator]
evidence: [id, via_a, via_b]
sentence: "{kind}“{name}”是两者共同的：与甲 {to_a}，与乙 {to_b}。"
order: [hub, kind, id, to_a, via_a, to_b, via_b]
*/
MATCH (a:@a {id: $a})-[p:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(x),
  (x)-[q:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(b:@b {id: $b})
WHERE a.id <> b.id AND NOT x.id IN [$a, $b]
  AND by_then(coalesce(x.registered_on, x.opened_on, x.on_date, x.signed_on, x.start_on), $as_of)
  AND edge(p) IN $kinds AND during(p, $as_of) AND by_then(p.on_date, $as_of)
  AND edge(q) IN $kinds AND during(q, $as_of) AND by_then(q.on_date, $as_of)
  AND visible(a) AND visible(x) AND visible(b)
RETURN DISTINCT x.id AS id, kind(x) AS kind, x.name AS name, [edge(p)] AS to_a, [edge(q)] AS to_b, '' AS via_a, '' AS via_b,
  coalesce(x.hub, false) AS hub
UNION
MATCH (a:@a {id: $a})-[p:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(x),
  (x)-[s:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(n)-[q:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(b:@b {id: $b})
USING JOIN ON x
WHERE a.id <> b.id AND NOT x.id IN [$a, $b]
  AND NOT n.id IN [$a, $b, x.id] AND ($avoid_hubs = false OR kind(n) <> 'Organ' AND coalesce(n.hub, false) = false)
  AND by_then(coalesce(n.registered_on, n.opened_on, n.on_date, n.signed_on, n.start_on), $as_of)
  AND NOT EXISTS { MATCH (b)-[v:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(x) WHERE edge(v) IN $kinds AND during(v, $as_of) AND by_then(v.on_date, $as_of) }
  AND by_then(coalesce(x.registered_on, x.opened_on, x.on_date, x.signed_on, x.start_on), $as_of)
  AND edge(p) IN $kinds AND during(p, $as_of) AND by_then(p.on_date, $as_of)
  AND edge(s) IN $kinds AND during(s, $as_of) AND by_then(s.on_date, $as_of)
  AND edge(q) IN $kinds AND during(q, $as_of) AND by_then(q.on_date, $as_of)
  AND visible(a) AND visible(x) AND visible(b) AND visible(n)
RETURN DISTINCT x.id AS id, kind(x) AS kind, x.name AS name, [edge(p)] AS to_a, [edge(q), edge(s)] AS to_b, '' AS via_a, n.id AS via_b,
  coalesce(x.hub, false) AS hub
UNION
MATCH (a:@a {id: $a})-[p:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(m)-[r:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(x),
  (x)-[q:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(b:@b {id: $b})
USING JOIN ON x
WHERE a.id <> b.id AND NOT x.id IN [$a, $b]
  AND NOT m.id IN [$a, $b, x.id] AND ($avoid_hubs = false OR kind(m) <> 'Organ' AND coalesce(m.hub, false) = false)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND NOT EXISTS { MATCH (a)-[u:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(x) WHERE edge(u) IN $kinds AND during(u, $as_of) AND by_then(u.on_date, $as_of) }
  AND by_then(coalesce(x.registered_on, x.opened_on, x.on_date, x.signed_on, x.start_on), $as_of)
  AND edge(p) IN $kinds AND during(p, $as_of) AND by_then(p.on_date, $as_of)
  AND edge(r) IN $kinds AND during(r, $as_of) AND by_then(r.on_date, $as_of)
  AND edge(q) IN $kinds AND during(q, $as_of) AND by_then(q.on_date, $as_of)
  AND visible(a) AND visible(x) AND visible(b) AND visible(m)
RETURN DISTINCT x.id AS id, kind(x) AS kind, x.name AS name, [edge(p), edge(r)] AS to_a, [edge(q)] AS to_b, m.id AS via_a, '' AS via_b,
  coalesce(x.hub, false) AS hub
UNION
MATCH (a:@a {id: $a})-[p:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(m)-[r:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(x),
  (x)-[s:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(n)-[q:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(b:@b {id: $b})
USING JOIN ON x
WHERE a.id <> b.id AND NOT x.id IN [$a, $b]
  AND NOT m.id IN [$a, $b, x.id] AND ($avoid_hubs = false OR kind(m) <> 'Organ' AND coalesce(m.hub, false) = false)
  AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND NOT EXISTS { MATCH (a)-[u:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(x) WHERE edge(u) IN $kinds AND during(u, $as_of) AND by_then(u.on_date, $as_of) }
  AND NOT n.id IN [$a, $b, x.id] AND ($avoid_hubs = false OR kind(n) <> 'Organ' AND coalesce(n.hub, false) = false)
  AND by_then(coalesce(n.registered_on, n.opened_on, n.on_date, n.signed_on, n.start_on), $as_of)
  AND NOT EXISTS { MATCH (b)-[v:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO]-(x) WHERE edge(v) IN $kinds AND during(v, $as_of) AND by_then(v.on_date, $as_of) }
  AND m.id <> n.id
  AND by_then(coalesce(x.registered_on, x.opened_on, x.on_date, x.signed_on, x.start_on), $as_of)
  AND edge(p) IN $kinds AND during(p, $as_of) AND by_then(p.on_date, $as_of)
  AND edge(r) IN $kinds AND during(r, $as_of) AND by_then(r.on_date, $as_of)
  AND edge(s) IN $kinds AND during(s, $as_of) AND by_then(s.on_date, $as_of)
  AND edge(q) IN $kinds AND during(q, $as_of) AND by_then(q.on_date, $as_of)
  AND visible(a) AND visible(x) AND visible(b) AND visible(m) AND visible(n)
RETURN DISTINCT x.id AS id, kind(x) AS kind, x.name AS name, [edge(p), edge(r)] AS to_a, [edge(q), edge(s)] AS to_b, m.id AS via_a, n.id AS via_b,
  coalesce(x.hub, false) AS hub
