-- Divisions from province to village, and grids below them. The parent is the one that is said, else the nearest
-- declared division whose code begins this one's.
CREATE TABLE area_rows AS
SELECT code, name, level, parent, ord, ref FROM register.areas
UNION ALL
SELECT g.code, g.name, 'grid', coalesce(v.code, g.area), g.ord, g.ref
FROM register.grids g
LEFT JOIN (SELECT name, any_value(code) AS code FROM register.areas GROUP BY name HAVING count(DISTINCT code) = 1) v
    ON v.name = g.village;

CREATE TABLE graph."Area" AS
SELECT key_id('a', code) AS id, max_by(name, ord) AS name, code, code AS area_code,
    coalesce(max_by(level, ord), CASE length(area_prefix(code))
        WHEN 2 THEN 'province' WHEN 4 THEN 'city' WHEN 6 THEN 'county' WHEN 9 THEN 'township' WHEN 12 THEN 'village'
        ELSE 'grid' END) AS level,
    max_by(parent, ord) AS said_parent, list(ref ORDER BY ord) AS refs
FROM area_rows GROUP BY code;

CREATE TABLE area_codes AS SELECT code, area_prefix(code) AS prefix, id, name, level FROM graph."Area";

CREATE TABLE area_starts AS SELECT code, unnest([2, 4, 6, 9, 12]) AS long, length(prefix) AS own FROM area_codes;
CREATE TABLE area_above AS
SELECT s.code, max_by(p.id, s.long) AS parent_id
FROM area_starts s JOIN area_codes p ON p.prefix = left(s.code, s.long) WHERE s.long < s.own GROUP BY s.code;
CREATE TABLE area_parents AS
SELECT c.code, c.id, coalesce(said.id, above.parent_id) AS parent_id, c.refs
FROM graph."Area" c LEFT JOIN area_codes said ON said.code = c.said_parent LEFT JOIN area_above above ON above.code = c.code;

CREATE TABLE graph."IN_AREA.Area.Area" AS
SELECT id AS from_id, parent_id AS to_id, refs[1] AS ref, 0 AS ord FROM area_parents WHERE parent_id IS NOT NULL;

-- A place given as a name counts when exactly one declared division has that name.
CREATE TABLE area_names AS
SELECT name, any_value(code) AS code FROM area_codes GROUP BY name HAVING count(*) = 1;
