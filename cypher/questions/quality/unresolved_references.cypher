/*
title: {zh: 未能对应的引用, en: References to what is not there}
asks: >
  哪些行提到了还没有交来的案件、机构、干部、地块、户、区划，或四至所指的权利人不止一块地？各在哪个文件、工作表、哪一行。
  这些行已经载入；所提到的一到，下一次 build 就自己连上，不再列出。as_of：该日及以前载入的文件。
  每类至多列出 1000 条，先列先载入的文件；counts 给出全部数目，其中 unlisted 是超出这 1000 条、没有列出的。身份证号、电话已遮盖。
asks_en: >
  Which rows name a case, organ, official, parcel, household or division that nobody handed over yet, or a bound that may mean several
  parcels, and in which file, sheet and row? The rows are loaded; the edge comes by itself with the build after the thing does. as_of: of
  the files loaded by that day. At most 1,000 of each kind are listed, those of the files loaded first; `counts` are whole and tell how many
  are not listed. Id numbers and phones are masked.
params:
  kind:
    type: choice
    of: [any, case, organ, official, parcel, household, area, bound_ambiguous]
    default: any
    zh: 类型
    en: kind
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  kind:
    type: text
    zh: 类型
    values: &kinds {
      case: 案件, organ: 机构, official: 干部, parcel: 地块, household: 户, area: 区划, bound_ambiguous: 四至所指不止一块,
    }
  value: {type: text, zh: 所提到的}
  file: {type: text, zh: 文件}
  sheet: {type: text, zh: 工作表}
  row: {type: int, zh: 行}
  table:
    type: text
    zh: 表
    values: &tables {
      areas: 行政区划, grids: 网格, residents: 居民, households: 户, parcels: 地块, organs: 机构, officials: 干部, petitions: 信访件,
      disputes: 矛盾纠纷, parties: 当事人, steps: 办理流程, responsibilities: 责任落实, agreements: 调解协议,
    }
  field:
    type: text
    zh: 字段
    values: &fields {
      case_number: 事件编号, origin: 原事件编号, parcel: 涉及宗地, household_no: 户号, organ: 机构, from_organ: 来源单位, to_organ: 处理单位,
      official: 干部, leader: 直接领导, mediator_code: 调解员, parent: 上级, area: 区划, east: 东至, south: 南至, west: 西至, north: 北至,
    }
  said_by: {type: text, zh: 所在行的编号}
  candidates: {type: int, zh: 可能是几块地}
  source_id: {type: id, zh: 来源}
beside: [unresolved, unresolved_counts]
for: [investigator, api]
evidence: [source_id]
sentence: "{file}{sheet}第{row}行（{table}{said_by}）的{field}“{value}”未能对应：{kind}。"
order: [kind, file, sheet, row, field, value, source_id]
parts:
  counts:
    zh: 各有多少条
    columns:
      file: {type: text, zh: 文件}
      sheet: {type: text, zh: 工作表}
      table: {type: text, zh: 表, values: *tables}
      field: {type: text, zh: 字段, values: *fields}
      kind: {type: text, zh: 类型, values: *kinds}
      references: {type: int, zh: 共几条}
      unlisted: {type: int, zh: 其中未列出}
      source_id: {type: id, zh: 来源}
    evidence: [source_id]
    sentence: "{file}{sheet}（{table}）的{field}未能对应{references}条：{kind}；其中未列出{unlisted}条。"
    order: [file, sheet, table, field, kind, source_id]
*/
// part: main
UNWIND $unresolved AS said
MATCH (d:Source) WHERE d.id = said.source_id AND visible(d)
WITH said, d
WHERE by_then(d.loaded_at, $as_of) AND ($kind = 'any' OR said.kind = $kind)
RETURN said.kind AS kind, said.value AS value, coalesce(d.file, '') AS file, coalesce(d.sheet, '') AS sheet, said.`row` AS `row`,
  said.`table` AS `table`, said.field AS field, said.said_by AS said_by, said.candidates AS candidates, d.id AS source_id
// part: counts
UNWIND $unresolved_counts AS said
MATCH (d:Source) WHERE d.id = said.source_id AND visible(d)
WITH said, d
WHERE by_then(d.loaded_at, $as_of) AND ($kind = 'any' OR said.kind = $kind)
RETURN coalesce(d.file, '') AS file, coalesce(d.sheet, '') AS sheet, said.`table` AS `table`, said.field AS field, said.kind AS kind,
  said.references AS references, said.unlisted AS unlisted, d.id AS source_id
