/*
title: {zh: 相邻的事物, en: Neighbours}
asks: >
  与这一事物直接相连的有哪些？先给出各类的数量，再列出，每个方向至多 limit 个。只看 as_of 当日有效的关系、
  当日及以前发生的事；给出 since 时，只看其后发生的或仍有效的。
asks_en: >
  What is directly connected to this thing? Counts by kind first, then the things, at most `limit` a direction. Relations in
  force on as_of and what had happened by then; with `since`, only what happened or still held since that day.
params:
  id: {type: id, required: true, zh: 标识, en: the thing}
  kinds:
    type: choices
    default: all
    of: [
      MEMBER_OF, KIN, POSSIBLY_SAME, IS, PARTY_TO, COMPLAINS_OF, CONCERNS, FOLLOWS, SAME_MATTER, HOLDS, ADJOINS,
      HAS_STEP, NEXT, BY_ORGAN, BY_OFFICIAL, TO_ORGAN, RESPONSIBLE_FOR, SERVES_IN, REPORTS_TO, UNDER, GOVERNS,
      IN_AREA, SETTLED_BY, HAS_CLOCK, LINK_JUDGED, IN_CLUSTER,
    ]
    zh: 关系种类
    en: kinds of relation
  since: {type: date, default: '', zh: 自哪一天, en: since which day}
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
  limit: {type: int, cuts: direction, default: 50, min: 1, max: 500, zh: 至多几个, en: at most so many}
columns:
  id: {type: id, zh: 标识}
  kind:
    type: text
    zh: 类型
    values: {
      Resident: 居民, Household: 户, Case: 案件, Parcel: 地块, Official: 干部, Organ: 机构, Area: 区划,
      Step: 办理环节, Agreement: 协议, Clock: 期限, Cluster: 纠纷群, Source: 来源,
    }
  name: {type: text, zh: 名称}
  edge:
    type: text
    zh: 关系
    values: {
      MEMBER_OF: 户成员, KIN: 亲属, POSSIBLY_SAME: 疑似同一人, IS: 即居民, PARTY_TO: 当事人, COMPLAINS_OF: 反映,
      CONCERNS: 涉及, FOLLOWS: 承接, SAME_MATTER: 同一事项, HOLDS: 持有, ADJOINS: 相邻, HAS_STEP: 环节,
      NEXT: 下一环节, BY_ORGAN: 来自, BY_OFFICIAL: 经办, TO_ORGAN: 交至, RESPONSIBLE_FOR: 负责, SERVES_IN: 任职,
      REPORTS_TO: 上级领导, UNDER: 隶属, GOVERNS: 管辖, IN_AREA: 位于, SETTLED_BY: 达成协议, HAS_CLOCK: 期限,
      LINK_JUDGED: 关联判断, IN_CLUSTER: 同群,
    }
  direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}
  hop: {type: int, zh: 距离}
for: [investigator, mediator, api]
evidence: [id]
sentence: "{direction}{kind}“{name}”：{edge}。"
order: [edge, direction, kind, id]
parts:
  counts:
    zh: 各类数量
    columns:
      edge:
        type: text
        zh: 关系
        values: {
          MEMBER_OF: 户成员, KIN: 亲属, POSSIBLY_SAME: 疑似同一人, IS: 即居民, PARTY_TO: 当事人, COMPLAINS_OF: 反映,
          CONCERNS: 涉及, FOLLOWS: 承接, SAME_MATTER: 同一事项, HOLDS: 持有, ADJOINS: 相邻, HAS_STEP: 环节,
          NEXT: 下一环节, BY_ORGAN: 来自, BY_OFFICIAL: 经办, TO_ORGAN: 交至, RESPONSIBLE_FOR: 负责,
          SERVES_IN: 任职, REPORTS_TO: 上级领导, UNDER: 隶属, GOVERNS: 管辖, IN_AREA: 位于, SETTLED_BY: 达成协议,
          HAS_CLOCK: 期限, LINK_JUDGED: 关联判断, IN_CLUSTER: 同群,
        }
      direction: {type: text, zh: 方向, values: {out: 指向, in: 来自}}
      kind:
        type: text
        zh: 类型
        values: {
          Resident: 居民, Household: 户, Case: 案件, Parcel: 地块, Official: 干部, Organ: 机构, Area: 区划,
          Step: 办理环节, Agreement: 协议, Clock: 期限, Cluster: 纠纷群, Source: 来源,
        }
      things: {type: int, zh: 数量}
    order: [edge, direction, kind]
*/
// part: counts
MATCH (n:@id {id: $id})-[e]->(m)
WHERE edge(e) IN $kinds AND coalesce(e.on_date, e.until, '9999') >= $since
  AND during(e, $as_of) AND by_then(e.on_date, $as_of) AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'out' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
UNION
MATCH (n:@id {id: $id})<-[e]-(m)
WHERE edge(e) IN $kinds AND coalesce(e.on_date, e.until, '9999') >= $since
  AND during(e, $as_of) AND by_then(e.on_date, $as_of) AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
RETURN edge(e) AS edge, 'in' AS direction, kind(m) AS kind, count(DISTINCT m.id) AS things
// part: main
MATCH (n:@id {id: $id})-[e]->(m)
WHERE edge(e) IN $kinds AND coalesce(e.on_date, e.until, '9999') >= $since
  AND during(e, $as_of) AND by_then(e.on_date, $as_of) AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
WITH DISTINCT edge(e) AS edge, kind(m) AS kind, m.id AS id, m.name AS name
ORDER BY edge, kind, id
LIMIT $limit
RETURN id, kind, name, edge, 'out' AS direction, 1 AS hop
UNION
MATCH (n:@id {id: $id})<-[e]-(m)
WHERE edge(e) IN $kinds AND coalesce(e.on_date, e.until, '9999') >= $since
  AND during(e, $as_of) AND by_then(e.on_date, $as_of) AND by_then(coalesce(m.registered_on, m.opened_on, m.on_date, m.signed_on, m.start_on), $as_of)
  AND visible(n) AND visible(m)
WITH DISTINCT edge(e) AS edge, kind(m) AS kind, m.id AS id, m.name AS name
ORDER BY edge, kind, id
LIMIT $limit
RETURN id, kind, name, edge, 'in' AS direction, 1 AS hop
