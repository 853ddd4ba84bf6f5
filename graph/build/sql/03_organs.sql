CREATE TABLE graph."Organ" AS
SELECT key_id('o', code) AS id, max_by(name, ord) AS name, code, max_by(level, ord) AS level,
    max_by(area, ord) AS area_code, max_by(parent, ord) AS parent, list(ref ORDER BY ord) AS refs
FROM register.organs GROUP BY code;

CREATE TABLE graph."UNDER.Organ.Organ" AS
SELECT id AS from_id, key_id('o', parent) AS to_id, refs[1] AS ref, 0 AS ord FROM graph."Organ" WHERE parent IS NOT NULL;
CREATE TABLE graph."GOVERNS.Organ.Area" AS
SELECT id AS from_id, key_id('a', area_code) AS to_id, refs[1] AS ref, 0 AS ord
FROM graph."Organ" WHERE area_code IS NOT NULL AND coalesce(level, '') <> 'department';
CREATE TABLE graph."IN_AREA.Organ.Area" AS
SELECT id AS from_id, key_id('a', area_code) AS to_id, refs[1] AS ref, 0 AS ord FROM graph."Organ" WHERE area_code IS NOT NULL;

-- An organ is also found by its name when no other organ has that name.
CREATE TABLE organ_names AS
SELECT name, any_value(id) AS id FROM graph."Organ" GROUP BY name HAVING count(*) = 1;

-- An official belongs to the area of the newest post, in whatever order the posts are listed.
CREATE TABLE graph."Official" AS
SELECT key_id('f', f.code) AS id, max_by(f.name, ord) AS name, mask_phone(max_by(phone, ord)) AS phone,
    coalesce(max_by(f.area, {since: coalesce(since, ''), ord: ord}), max_by(o.area_code, {since: coalesce(since, ''), ord: ord})) AS area_code,
    max_by(id_number_token, ord) AS id_number_token, max_by(leader, ord) AS leader, list(ref ORDER BY ord) AS refs
FROM register.officials f LEFT JOIN graph."Organ" o ON o.code = f.organ
GROUP BY f.code;

CREATE TABLE graph."SERVES_IN.Official.Organ" AS
SELECT key_id('f', code) AS from_id, key_id('o', organ) AS to_id, coalesce(post, '') AS post, since, until, ref, ord
FROM register.officials WHERE organ IS NOT NULL;
CREATE TABLE graph."REPORTS_TO.Official.Official" AS
SELECT key_id('f', code) AS from_id, key_id('f', leader) AS to_id, ref, ord
FROM register.officials WHERE leader IS NOT NULL AND leader <> code;

CREATE TABLE official_names AS
SELECT name, any_value(id) AS id FROM graph."Official" GROUP BY name HAVING count(*) = 1;
