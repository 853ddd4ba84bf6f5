/*
title: {zh: 案件的法定期限, en: Statutory periods of a case}
asks: >
  这一案件有哪些法定期限，依据哪一条，自何日起算、何日届满，到 as_of 这一天为止是否完成？末日逢休息日顺延到下一工作日，未顺延的日子另列（unrolled_on）。
  延期自准予之日起计入，听证时间自听证之日起扣除。当事人或单位的权利（异议、申请复查、申请复核、申请司法确认）期满未行使不算逾期，标记 lapsed。
  当时规则未收录的（如 2022-05-01 以前起算的信访期限）不作计算，标记 rule_unknown。只看 as_of 当日及以前发生的事。
asks_en: >
  Which statutory periods does the case have, by which article, from when to when, and were they kept as far as was known on `as_of`? A last
  day off gives way to the next working day; `unrolled_on` is the day before that. An extension counts from the day it was granted, the time
  of a hearing is left out from its day. A right that nobody used in time is no delay (flag lapsed). A period whose rule of that time is not
  known is not computed (flag rule_unknown).
params:
  case_id: {type: id, required: true, of: [Case], zh: 案件, en: the case}
  as_of: {type: date, default: '', zh: 截至哪一天（默认今天）, en: as of which day (today)}
columns:
  clock:
    type: text
    zh: 期限
    values:
      dispatch: 转送交办期限
      acceptance: 受理告知期限
      objection: 异议期限
      handling: 办理期限
      review_request: 申请复查期限
      review: 复查期限
      re_review_request: 申请复核期限
      re_review: 复核期限
      confirmation: 申请司法确认期限
      mediation: 调解期限
      declared: 来源所载时限
  article: {type: text, zh: 依据}
  starts_on: {type: date, zh: 起算日}
  due_on: {type: date, zh: 届满日}
  met_on: {type: date, zh: 完成日}
  days_used: {type: int, zh: 已用天数}
  days_left: {type: int, zh: 剩余天数（负数为超过的天数）}
  extension: {type: int, zh: 延长天数}
  state:
    type: text
    zh: 状态
    values: {running: 在期限内, met: 按期完成, met_late: 逾期完成, overdue: 逾期未完成, not_started: 尚未起算, not_applicable: 不计算}
  unrolled_on: {type: date, zh: 未顺延的届满日}
  organ_id: {type: id, zh: 起算时应办单位}
  flags:
    type: words
    zh: 标记
    values:
      lapsed: 期满未行使
      ended: 事项已转出、退回、决定或办结，不再适用
      rule_unknown: 当时规则未收录，不作计算
      other_route: 非第三十一条第六项途径，不适用
      other_purpose: 非申诉求决，不适用
      route_unknown: 办理途径未载，无从计算
      start_imprecise: 起算日不到日，无从计算
      holidays_estimated: 安排未公布，按周末推算
      extension_too_long: 延期超过法定天数
      extension_again: 延期不止一次
      extension_undated: 准予延期之日未载
      extension_late: 届满后才延期
      extension_unknown: 延至何日未载
  basis: {type: text, zh: 依据与起止}
  clock_id: {type: id, zh: 期限标识}
rule: clocks@1
for: [investigator, mediator, api]
evidence: [clock_id, organ_id]
sentence: "{clock}{basis}：{state}{met_on}。{flags}"
order: [starts_on, due_on, clock, clock_id]
*/
MATCH (c:`Case` {id: $case_id})-[:HAS_CLOCK]->(k:Clock)
WHERE by_then(coalesce(c.registered_on, c.opened_on), $as_of) AND (by_then(k.start_on, $as_of) OR k.clock IN ['handling', 'mediation'])
  AND visible(c) AND visible(k)
WITH k, known(k.start_on, $as_of) AS starts_on, known(k.met_on, $as_of) AS met_on, known(k.ended_on, $as_of) AS ended_on,
  by_then(k.extended_on, $as_of) AS lengthened, coalesce(k.flags, '') AS flags
WITH k, starts_on, met_on, ended_on, lengthened, flags, CASE WHEN starts_on = '' THEN '' WHEN lengthened THEN coalesce(k.due_on, '') ELSE coalesce(k.base_due_on, '') END AS due_on
WITH k, starts_on, met_on, ended_on, lengthened, flags, due_on,
  CASE
    WHEN ended_on <> '' AND (met_on = '' OR due_on = '') THEN 'not_applicable'
    WHEN starts_on = '' THEN 'not_started'
    WHEN due_on = '' THEN 'not_applicable'
    WHEN met_on <> '' AND met_on <= due_on THEN 'met'
    WHEN met_on <> '' THEN 'met_late'
    WHEN due_on >= $as_of THEN 'running'
    WHEN coalesce(k.duty, false) THEN 'overdue'
    ELSE 'lapsed'
  END AS state
WITH k, starts_on, met_on, ended_on, lengthened, flags, due_on, state,
  CASE WHEN coalesce(k.statute, '') = '' THEN coalesce(k.article, '') ELSE '《' + k.statute + '》' + coalesce(k.article, '') END AS article
RETURN k.clock AS clock, article, starts_on, due_on, met_on,
  days(starts_on, CASE WHEN met_on <> '' THEN met_on WHEN ended_on <> '' THEN ended_on ELSE $as_of END) AS days_used,
  days(CASE WHEN state IN ['running', 'overdue'] THEN $as_of ELSE '' END, due_on) AS days_left,
  CASE WHEN lengthened AND starts_on <> '' THEN coalesce(k.extension_days, 0) ELSE 0 END AS extension,
  CASE WHEN state = 'lapsed' THEN 'not_applicable' ELSE state END AS state,
  CASE WHEN lengthened AND starts_on <> '' THEN coalesce(k.unrolled_on, '') ELSE '' END AS unrolled_on, coalesce(k.organ_id, '') AS organ_id,
  [CASE WHEN state = 'lapsed' THEN 'lapsed' ELSE '' END,
    CASE WHEN ended_on <> '' AND met_on = '' AND NOT (flags CONTAINS 'other_') THEN 'ended' ELSE '' END,
    CASE WHEN starts_on <> '' AND flags CONTAINS 'rule_unknown' THEN 'rule_unknown' ELSE '' END,
    CASE WHEN flags CONTAINS 'other_route' THEN 'other_route' ELSE '' END,
    CASE WHEN flags CONTAINS 'other_purpose' THEN 'other_purpose' ELSE '' END,
    CASE WHEN flags CONTAINS 'route_unknown' THEN 'route_unknown' ELSE '' END,
    CASE WHEN starts_on <> '' AND flags CONTAINS 'start_imprecise' THEN 'start_imprecise' ELSE '' END,
    CASE WHEN starts_on <> '' AND flags CONTAINS 'holidays_estimated' THEN 'holidays_estimated' ELSE '' END,
    CASE WHEN lengthened AND flags CONTAINS 'extension_too_long' THEN 'extension_too_long' ELSE '' END,
    CASE WHEN lengthened AND flags CONTAINS 'extension_again' THEN 'extension_again' ELSE '' END,
    CASE WHEN lengthened AND flags CONTAINS 'extension_undated' THEN 'extension_undated' ELSE '' END,
    CASE WHEN lengthened AND flags CONTAINS 'extension_late' THEN 'extension_late' ELSE '' END,
    CASE WHEN lengthened AND flags CONTAINS 'extension_unknown' THEN 'extension_unknown' ELSE '' END] AS flags,
  CASE
    WHEN article = '' AND starts_on = '' THEN ''
    WHEN starts_on = '' THEN '（' + article + '）'
    WHEN article = '' THEN '（' + starts_on + '起算）'
    WHEN due_on = '' THEN '（' + article + '，' + starts_on + '起算）'
    ELSE '（' + article + '，' + starts_on + '起算，' + due_on + '届满）'
  END AS basis, k.id AS clock_id
