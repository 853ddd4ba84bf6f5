-- `identity_forms` (name, key, variant, pinyin, surname, masked) and `identity_doors` (address, door) come from the step
-- between. What may be compared shares a key: blocking. A key that too many share says nothing and makes no pairs.
CREATE TABLE identity_names AS
SELECT w.id, w.former, f.* FROM identity_written w JOIN identity_forms f USING (name) JOIN identity_people USING (id);
CREATE TABLE identity_areas AS
SELECT DISTINCT id, left(area, 12) AS area FROM identity_said
WHERE length(area) >= 12 AND right(left(area, 12), 3) <> '000';
CREATE TABLE identity_at_doors AS
SELECT DISTINCT id, door FROM identity_said JOIN identity_doors USING (address);
-- A phone beside more than six names is an office's, a hotline's or a shop's.
CREATE TABLE identity_phones AS
SELECT DISTINCT id, phone_token FROM identity_said JOIN (
    SELECT phone_token FROM identity_said WHERE phone_token IS NOT NULL GROUP BY phone_token HAVING count(DISTINCT name) <= 6)
USING (phone_token);

-- Who is found in which case and household; who is known to no village is compared by name and a companion's name.
CREATE TABLE identity_in_cases AS
SELECT DISTINCT case_number, id FROM case_heads
UNION SELECT case_number, id FROM party_rows WHERE organ IS NULL AND role <> 'complained_of';
CREATE TABLE identity_in_homes AS
SELECT DISTINCT household_no, regexp_extract(ref, '^.*:') AS sheet, id FROM resident_rows WHERE household_no IS NOT NULL;
CREATE TABLE identity_crowds AS
SELECT case_number FROM identity_in_cases GROUP BY case_number HAVING count(*) > 20;
CREATE TABLE identity_nowhere AS
SELECT DISTINCT key FROM identity_names JOIN identity_people USING (id)
WHERE loose AND pinyin IS NOT NULL AND id NOT IN (SELECT id FROM identity_areas);

CREATE TABLE identity_keys AS
SELECT DISTINCT k.id, k.key, p.loose FROM (
    SELECT id, hash('phone', phone_token) AS key FROM identity_phones
    UNION ALL
    SELECT id, hash('village', pinyin, area) FROM identity_names JOIN identity_areas USING (id) WHERE pinyin IS NOT NULL
    UNION ALL
    SELECT id, hash('born', pinyin, born) FROM identity_names JOIN identity_people USING (id)
    WHERE pinyin IS NOT NULL AND length(born) >= 10
    UNION ALL
    SELECT id, hash('year', n.key, left(born, 4)) FROM identity_names n JOIN identity_people USING (id)
    WHERE pinyin IS NOT NULL AND born IS NOT NULL
    UNION ALL
    SELECT id, hash('day', area, born) FROM identity_people JOIN identity_areas USING (id) WHERE length(born) >= 10
    UNION ALL
    SELECT id, hash('door', surname, door) FROM identity_names JOIN identity_at_doors USING (id)
    UNION ALL
    SELECT n.id, hash('beside', n.key, o.key) FROM identity_names n SEMI JOIN identity_nowhere USING (key)
    JOIN (SELECT x.id, y.id AS other FROM identity_in_homes x JOIN identity_in_homes y USING (household_no)
        UNION ALL SELECT x.id, y.id FROM identity_in_cases x JOIN identity_in_cases y USING (case_number)
        ANTI JOIN identity_crowds USING (case_number)) b ON b.id = n.id AND b.other <> n.id
    JOIN identity_names o ON o.id = b.other
) k JOIN identity_people p USING (id);
CREATE TABLE identity_blocks AS
SELECT key FROM identity_keys GROUP BY key HAVING count(*) BETWEEN 2 AND $most AND bool_or(loose);

-- Never candidates of each other: the parties of one case, the members of one household in one sheet, two officials,
-- and whom a person has judged to be two.
CREATE TABLE IF NOT EXISTS judged (a VARCHAR, b VARCHAR, verdict VARCHAR);

CREATE TABLE identity_met AS
SELECT DISTINCT least(l.id, r.id) AS a, greatest(l.id, r.id) AS b
FROM (SELECT id, key FROM identity_keys SEMI JOIN identity_blocks USING (key) WHERE loose) l
JOIN (SELECT id, key FROM identity_keys SEMI JOIN identity_blocks USING (key)) r USING (key)
WHERE l.id <> r.id AND NOT (starts_with(l.id, 'f:') AND starts_with(r.id, 'f:'));
CREATE TABLE identity_pairs AS
SELECT a AS join_key_l, b AS join_key_r, '0' AS match_key FROM identity_met m
ANTI JOIN (SELECT x.id AS a, y.id AS b FROM identity_in_cases x JOIN identity_in_cases y USING (case_number)
    WHERE x.id < y.id) USING (a, b)
ANTI JOIN (SELECT x.id AS a, y.id AS b FROM identity_in_homes x JOIN identity_in_homes y USING (household_no, sheet)
    WHERE x.id < y.id) USING (a, b)
ANTI JOIN (SELECT a, b FROM judged WHERE verdict = 'reject') USING (a, b);
