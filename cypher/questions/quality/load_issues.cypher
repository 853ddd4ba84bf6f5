/*
title: {zh: 载入问题, en: What was wrong in the files}
asks: >
  各文件、工作表载入时有哪些行被拒收、哪些单元格没有采用、哪些列不认识，按规则计数；以及哪些信访件没有写明办理途径因而不计60日期限。
  行数恒等：读入＝载入＋合并＋拒收。只有计数，没有单元格的值；改正用拒收工作簿（quarantine.xlsx）。as_of：该日及以前载入的文件。
asks_en: >
  What was refused or not used of each file and sheet, counted by rule: rows, cells, columns that are not known, and petitions
  that do not say their route, so that no 60-day clock runs. Read = loaded + merged + refused. Counts only, never a value.
  as_of: of the files loaded by that day.
params:
  as_of: {type: date, default: '', zh: 截至哪一天, en: as of which day}
columns:
  issue_id: {type: id, zh: 标识}
  source_id: {type: id, zh: 来源}
  file: {type: text, zh: 文件}
  sheet: {type: text, zh: 工作表}
  table: {type: text, zh: 表}
  rule: {type: text, zh: 规则}
  issue: {type: text, zh: 问题}
  rows: {type: int, zh: 拒收的行（或所涉件数）}
  cells: {type: int, zh: 未采用的单元格}
  read: {type: int, zh: 读入}
  loaded: {type: int, zh: 载入}
  merged: {type: int, zh: 合并}
  quarantined: {type: int, zh: 拒收}
for: [investigator, api]
evidence: [source_id]
sentence: "{file}{sheet}：{issue}（{rows}行，{cells}个单元格）；读入{read}＝载入{loaded}＋合并{merged}＋拒收{quarantined}。"
order: [file, sheet, -rows, -cells, rule, source_id, issue_id]
*/
MATCH (d:Source) WHERE visible(d)
MATCH (e:LoadIssue) WHERE e.source_id = d.id AND by_then(d.loaded_at, $as_of) AND visible(e)
RETURN e.id AS issue_id, d.id AS source_id, coalesce(d.file, '') AS file, coalesce(d.sheet, '') AS sheet, d.`table` AS `table`,
  e.rule AS rule, e.name AS issue, e.rows AS rows, e.cells AS cells, d.rows AS read, d.loaded AS loaded, d.merged AS merged,
  d.quarantined AS quarantined
