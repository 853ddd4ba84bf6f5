-- People after judgements: `merged` (id, person) says which ids a confirmation joined to another. `judged.py` made it.
UPDATE resident_rows SET id = m.person FROM merged m WHERE m.id = resident_rows.id;
UPDATE case_heads SET id = m.person FROM merged m WHERE m.id = case_heads.id;
UPDATE party_rows SET id = m.person FROM merged m WHERE m.id = party_rows.id;
UPDATE calls SET id = s.person FROM same_person s WHERE s.id = calls.id;
UPDATE calls SET id = m.person FROM merged m WHERE m.id = calls.id;

-- People who are named by cases or parcels and need not be in the register of residents.
CREATE TABLE mentions AS
SELECT id, name, id_number, phone, phone_token, address, area, person_key IS NOT NULL AS anonymous, ord, ref FROM case_heads
UNION ALL
SELECT id, name, id_number, phone, phone_token, address, area, person_key IS NOT NULL, ord, ref
FROM party_rows WHERE organ IS NULL AND role <> 'complained_of' AND name NOT IN (SELECT name FROM organ_names)
UNION ALL
SELECT person, name, id_number, NULL, NULL, NULL, area, false, ord, ref FROM numbered_holders WHERE name IS NOT NULL;

CREATE TABLE mentioned_people AS
SELECT id, max_by(name, ord) AS name, max_by(id_number, ord) AS id_number, max_by(phone, ord) AS phone,
    max_by(phone_token, ord) AS phone_token, max_by(address, ord) AS address, max_by(area, ord) AS area,
    bool_or(anonymous) AS anonymous, list(ref ORDER BY ord) AS refs
FROM mentions GROUP BY id;

-- The newest value counts; of a birth or death the newest of the most exact ones, so that a newer "1988" takes no day away.
CREATE TABLE registered_people AS
SELECT id, max_by(name, ord) AS name, max_by(former_name, ord) AS former_name, max_by(gender, ord) AS gender,
    max_by(born_on, row(length(born_on), ord)) AS born_on, max_by(died_on, row(length(died_on), ord)) AS died_on,
    max_by(id_number, ord) AS id_number, max_by(phone, ord) AS phone, max_by(phone_token, ord) AS phone_token, max_by(address, ord) AS address,
    max_by(area, ord) AS area, max_by(grid, ord) AS grid, list(ref ORDER BY ord) AS refs
FROM resident_rows GROUP BY id;

CREATE TABLE people AS
SELECT id, coalesce(r.name, m.name, '未具名') AS name, former_name,
    coalesce(gender, CASE WHEN m.id_number IS NULL THEN NULL
        WHEN substr(m.id_number, 17, 1)::INT % 2 = 1 THEN '1' ELSE '2' END) AS gender,
    coalesce(born_of(coalesce(r.id_number, m.id_number)), born_on) AS born_on,
    died_on, mask_id_number(coalesce(r.id_number, m.id_number)) AS id_number,
    mask_phone(coalesce(r.phone, m.phone)) AS phone, coalesce(r.phone_token, m.phone_token) AS phone_token,
    coalesce(r.address, m.address) AS address, coalesce(r.area, m.area) AS area_code, grid,
    r.id IS NOT NULL AS registered, r.id IS NULL AND m.anonymous AS anonymous,
    CASE WHEN m.id IS NULL THEN r.refs WHEN r.id IS NULL THEN m.refs ELSE list_concat(r.refs, m.refs) END AS refs
FROM registered_people r FULL JOIN mentioned_people m USING (id);

CREATE TABLE graph."IN_AREA.Resident.Area" AS
SELECT id AS from_id, key_id('a', area_code) AS to_id, refs[1] AS ref, 0 AS ord FROM people WHERE area_code IS NOT NULL;
CREATE TABLE graph."IS.Official.Resident" AS
SELECT id AS from_id, 'r:' || id_number_token AS to_id, 'certain' AS tier, refs[1] AS ref, 0 AS ord
FROM graph."Official" WHERE id_number_token IS NOT NULL
UNION ALL
SELECT o.id, coalesce(m.person, r.numbered_id, by_phone(r.name, r.phone_token)), 'certain', f.ref, f.ord
FROM register.officials f JOIN graph."Official" o ON o.id = key_id('f', f.code) AND o.id_number_token IS NULL
JOIN reached r ON r.name = f.name AND r.phone_token = f.phone_token
LEFT JOIN merged m ON m.id = coalesce(r.numbered_id, by_phone(r.name, r.phone_token));

-- An id that somebody had, or would have had by a weaker rule, answers with the person it is now, when that is one person.
CREATE TABLE graph."FormerId" AS
SELECT 'was:' || former AS id, "now", []::VARCHAR[] AS refs FROM (
    SELECT w.former, coalesce(m.person, w.id) AS "now" FROM weaker_ids w LEFT JOIN merged m ON m.id = w.id
    UNION
    SELECT id, person FROM merged)
WHERE former NOT IN (SELECT id FROM people) AND "now" IN (SELECT id FROM people)
QUALIFY count(*) OVER (PARTITION BY former) = 1;
