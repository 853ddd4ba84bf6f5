-- Two names of one length that differ in one byte of UTF-8: in one character, for a neighbour of it in the table of characters.
-- The model was trained on that; `levenshtein` counts bytes or characters depending on the version of the database.
CREATE MACRO one_byte_apart(a, b) AS strlen(a) = strlen(b)
    AND len([i for i in range(1, strlen(a) + 1) if substr(hex(encode(a)), 2 * i - 1, 2) <> substr(hex(encode(b)), 2 * i - 1, 2)]) = 1;

-- One row a person in `identity_paired`: what is compared. A list holds all that any row says; empty is null.
CREATE TABLE identity_named AS
SELECT id, list(DISTINCT name ORDER BY name) FILTER (NOT former AND NOT masked) AS written,
    list(DISTINCT key ORDER BY key) FILTER (NOT former AND NOT masked) AS names,
    list(DISTINCT key ORDER BY key) FILTER (NOT masked) AS all_names,
    list(DISTINCT variant ORDER BY variant) FILTER (NOT masked) AS variants,
    list(DISTINCT pinyin ORDER BY pinyin) AS pinyins, list(DISTINCT surname ORDER BY surname) AS surnames,
    min(key) FILTER (NOT former AND NOT masked) AS name, bool_and(masked) AS masked
FROM identity_names SEMI JOIN identity_paired USING (id) GROUP BY id;

-- Whom a person is found with: the members of the household by name, its head, the parties of the same small case.
CREATE TABLE identity_homes AS SELECT DISTINCT household_no, id FROM identity_in_homes;
CREATE TABLE identity_beside AS
SELECT x.id, y.id AS other FROM identity_homes x JOIN identity_homes y USING (household_no)
WHERE x.id <> y.id AND x.id IN (SELECT id FROM identity_paired)
UNION
SELECT x.id, y.id FROM identity_in_cases x JOIN identity_in_cases y USING (case_number)
ANTI JOIN identity_crowds USING (case_number)
WHERE x.id <> y.id AND x.id IN (SELECT id FROM identity_paired);
CREATE TABLE identity_fellows AS
SELECT DISTINCT b.id, n.key AS fellow FROM identity_beside b JOIN identity_names n ON n.id = b.other WHERE pinyin IS NOT NULL
UNION
SELECT r.id, f.key FROM resident_rows r JOIN register.residents s USING (ref) JOIN identity_forms f ON f.name = s.head_name
WHERE s.head_name <> r.name AND r.id IN (SELECT id FROM identity_paired);

-- How common a name is in the village, among those with numbers and in the fullest list of residents; where no list
-- says it, once. A village counts at least so many people, for a place of which little is loaded proves nothing; who is
-- known to no village is taken for somebody of such a village.
CREATE TABLE identity_villages AS
SELECT area, greatest(count(*), $fewest) AS people FROM identity_areas JOIN identity_people USING (id)
WHERE NOT loose OR listed GROUP BY area;
CREATE TABLE identity_namesakes AS
SELECT name, area, max(people) AS namesakes FROM (
    SELECT n.key AS name, area, count(DISTINCT id) AS people FROM identity_names n JOIN identity_areas USING (id)
    JOIN identity_people USING (id) WHERE NOT loose AND NOT former GROUP BY ALL
    UNION ALL
    SELECT f.key, left(r.area, 12), count(DISTINCT r.id) FROM resident_rows r JOIN identity_forms f USING (name)
    WHERE r.area IS NOT NULL GROUP BY f.key, left(r.area, 12), regexp_extract(r.ref, '^.*:')) GROUP BY ALL;
CREATE TABLE identity_at AS
SELECT n.id, n.name || '@' || coalesce(min(area), '') AS name_at, max(coalesce(s.namesakes, 0)) AS namesakes,
    max(greatest(coalesce(s.namesakes, 1), 1) / coalesce(v.people, $fewest)) AS share
FROM identity_named n LEFT JOIN identity_areas a USING (id) LEFT JOIN identity_villages v USING (area)
LEFT JOIN identity_namesakes s ON s.name = n.name AND s.area = a.area GROUP BY n.id, n.name;

CREATE TABLE identity_records AS
SELECT p.id AS unique_id, p.loose, n.name, n.written, n.names, n.all_names, n.variants, n.pinyins, n.surnames, n.masked,
    a.name_at, a.namesakes, a.share, t.phones, p.born, p.gender, v.areas, v.towns, d.doors, h.households, f.fellows
FROM identity_people p JOIN identity_named n USING (id) LEFT JOIN identity_at a USING (id)
LEFT JOIN (SELECT id, list(DISTINCT phone_token ORDER BY phone_token) AS phones FROM identity_phones GROUP BY id) t USING (id)
LEFT JOIN (SELECT id, list(area ORDER BY area) AS areas, list(DISTINCT left(area, 9)) AS towns FROM identity_areas GROUP BY id) v USING (id)
LEFT JOIN (SELECT id, list(door ORDER BY door) AS doors FROM identity_at_doors GROUP BY id) d USING (id)
LEFT JOIN (SELECT id, list(household_no ORDER BY household_no) AS households FROM identity_homes GROUP BY id) h USING (id)
LEFT JOIN (SELECT id, list(fellow ORDER BY fellow) AS fellows FROM identity_fellows GROUP BY id) f USING (id);
CREATE TABLE identity_frequency AS
SELECT name_at, max(share) AS tf_name_at FROM identity_records WHERE name_at IS NOT NULL GROUP BY name_at;
DELETE FROM identity_pairs WHERE join_key_l NOT IN (SELECT unique_id FROM identity_records)
    OR join_key_r NOT IN (SELECT unique_id FROM identity_records);
