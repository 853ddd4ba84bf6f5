/*
title: {zh: 两者之间的路径, en: Paths between two things}
asks: >
  这两者经过哪些人、户、案件、地块、干部相连？给出全部最短路径中按节点标识排序的前 k 条。只走 as_of 当日有效的关系、
  当日及以前的案件和环节；给出 since 时只走其后发生的或仍有效的。不走区划、管辖、隶属、期限；avoid_hubs 时
  中间不经过枢纽（连接12件以上案件的），也不经过区划、机构。
asks_en: >
  Through which people, households, cases, parcels and officials are these two connected? All shortest paths, the first k by node ids.
  Only what holds on as_of and was known by then is walked. Areas, jurisdiction, subordination and clocks are not walked; avoid_hubs also leaves out hubs and organs in between.
params:
  from_id: {type: id, required: true, zh: 从, en: from}
  to_id: {type: id, required: true, zh: 到, en: to}
  max_hops: {type: int, default: 6, min: 1, max: 6, zh: 至多几步, en: at most so many steps}
  k: {type: int, cuts: rows, default: 5, min: 1, max: 50, zh: 至多几条, en: at most so many paths}
  kinds:
    type: choices
    default: all
    of: [
      MEMBER_OF, KIN, POSSIBLY_SAME, IS, PARTY_TO, COMPLAINS_OF, CONCERNS, FOLLOWS, SAME_MATTER, HOLDS, ADJOINS,
      HAS_STEP, BY_OFFICIAL, RESPONSIBLE_FOR, SERVES_IN, REPORTS_TO,
    ]
    zh: 关系种类
    en: kinds of relation
  since: {type: date, default: '', zh: 自哪一天, en: since which day}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
  avoid_hubs: {type: bool, default: true, zh: 不经过枢纽, en: keep clear of hubs}
columns:
  length: {type: int, zh: 步数}
  node_ids: {type: path, zh: 节点}
  edge_kinds:
    type: path
    zh: 关系
    values: {
      MEMBER_OF: 户成员, KIN: 亲属, POSSIBLY_SAME: 疑似同一人, IS: 即居民, PARTY_TO: 当事人, COMPLAINS_OF: 反映,
      CONCERNS: 涉及, FOLLOWS: 承接, SAME_MATTER: 同一事项, HOLDS: 持有, ADJOINS: 相邻, HAS_STEP: 环节,
      BY_OFFICIAL: 经办, RESPONSIBLE_FOR: 负责, SERVES_IN: 任职, REPORTS_TO: 上级领导,
    }
  names: {type: path, zh: 名称}
for: [investigator]
evidence: [node_ids]
sentence: "{length}步：{names}（{edge_kinds}）。"
order: [length, node_ids, edge_kinds]
*/
MATCH (a:@from_id {id: $from_id}), (b:@to_id {id: $to_id})
WHERE a.id <> b.id AND visible(a) AND visible(b)
MATCH p = ALL SHORTEST (a)
  ((m WHERE visible(m) AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of))
    -[r:MEMBER_OF|KIN|POSSIBLY_SAME|IS|PARTY_TO|COMPLAINS_OF|CONCERNS|FOLLOWS|SAME_MATTER|HOLDS|ADJOINS|HAS_STEP|BY_OFFICIAL|RESPONSIBLE_FOR|SERVES_IN|REPORTS_TO
      WHERE edge(r) IN $kinds AND coalesce(r.on_date, r.until, '9999') >= $since
        AND during(r, $as_of) AND by_then(r.on_date, $as_of)]-
    (n WHERE by_then(coalesce(n.registered_on, n.opened_on, n.on_date, n.signed_on, n.start_on), $as_of)
      AND (n.id = $to_id OR visible(n)
      AND ($avoid_hubs = false OR NOT kind(n) IN ['Area', 'Organ', 'Source'] AND coalesce(n.hub, false) = false)))){1,6}
  (b)
WHERE length(p) <= $max_hops
RETURN DISTINCT length(p) AS length, [x IN nodes(p) | x.id] AS node_ids, [e IN relationships(p) | edge(e)] AS edge_kinds,
  [x IN nodes(p) | x.name] AS names
