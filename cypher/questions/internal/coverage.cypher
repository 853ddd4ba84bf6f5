/*
title: {zh: 数据覆盖, en: What the graph was made from}
columns:
  id: {type: id}
  file: {type: text}
  sheet: {type: text}
  table: {type: text}
  provider: {type: text}
  rows: {type: int}
  loaded_at: {type: date}
*/
MATCH (d:Source) WHERE visible(d)
RETURN d.id AS id, d.file AS file, d.sheet AS sheet, d.`table` AS `table`, d.provider AS provider, d.rows AS rows,
  d.loaded_at AS loaded_at
