-- Who is who, as far as it is certain: a valid id number, else the same name with the same phone, else the key of the
-- table that names the person. A name alone joins two mentions only inside one case: its petitioner and the party row
-- of the same name.
CREATE MACRO born_of(n) AS substr(n, 7, 4) || '-' || substr(n, 11, 2) || '-' || substr(n, 13, 2);
CREATE MACRO person_id(token, person_key, own_key) AS CASE
    WHEN token IS NOT NULL THEN 'r:' || token
    WHEN person_key IS NOT NULL THEN hash_id('r', 'key|' || person_key)
    ELSE hash_id('r', own_key) END;

CREATE TABLE resident_rows AS
SELECT person_id(id_number_token, person_key, concat_ws('|', 'residents', name, coalesce(phone, ''),
        coalesce(household_no, ''), coalesce(live_address, registered_address, ''))) AS id,
    name, former_name, coalesce(gender, CASE WHEN id_number IS NULL THEN NULL
        WHEN substr(id_number, 17, 1)::INT % 2 = 1 THEN '1' ELSE '2' END) AS gender,
    coalesce(born_on, born_of(id_number)) AS born_on,
    died_on, id_number, phone, phone_token, coalesce(live_address, registered_address, live_place, registered_place) AS address,
    area, grid, household_no, relation, moved_in_on, moved_out_on, ord, ref
FROM register.residents;

-- The person a case's own row names: petitioner of a petition, main party of a dispute. An anonymous petition has none.
CREATE TABLE case_heads AS
SELECT number AS case_number, petitioner AS name, person_key,
    person_id(id_number_token, person_key, concat_ws('|', 'case', number, petitioner)) AS id,
    id_number, phone, phone_token, address, 'petitioner' AS role, petitioned_on AS on_date, area, ord, ref
FROM register.petitions WHERE petitioner IS NOT NULL OR id_number_token IS NOT NULL
UNION ALL
SELECT number, party, NULL, person_id(party_id_number_token, NULL, concat_ws('|', 'case', number, party)),
    party_id_number, NULL, NULL, NULL, NULL, happened_on, area, ord, ref
FROM register.disputes WHERE party IS NOT NULL;

CREATE TABLE heads_by_name AS
SELECT case_number, name, any_value(id) AS id FROM case_heads GROUP BY ALL HAVING count(DISTINCT id) = 1;

CREATE TABLE party_rows AS
SELECT p.case_number, p.name, p.role, p.organ,
    CASE WHEN p.id_number_token IS NULL AND p.person_key IS NULL AND h.id IS NOT NULL THEN h.id
        ELSE person_id(p.id_number_token, p.person_key, concat_ws('|', 'case', p.case_number, p.name)) END AS id,
    p.id_number, p.phone, p.phone_token, p.address, p.person_key, p.area, p.ord, p.ref
FROM register.parties p
LEFT JOIN heads_by_name h ON h.case_number = p.case_number AND h.name = p.name;

-- Certain, too: the same full name with the same personal phone, when no id number and no birth date contradicts. A
-- phone is personal until it stands beside more than six names, or beside two in more than twelve cases. Who is
-- known by several phones and no number stays apart.
CREATE MACRO full_name(n) AS length(n) > 1 AND NOT regexp_matches(n, '[*＊×某]|先生|女士|匿名|未具名|同志');
CREATE MACRO by_phone(n, t) AS hash_id('r', concat_ws('|', 'phone', n, t));
CREATE TABLE calls AS
SELECT id, name, phone_token, born_on, case_number, bool_or(id_number IS NOT NULL) OVER (PARTITION BY id) AS numbered FROM (
    SELECT id, name, phone_token, born_on, id_number, NULL AS case_number FROM resident_rows
    UNION ALL
    SELECT id, name, phone_token, born_of(id_number), id_number, case_number FROM case_heads
    UNION ALL
    SELECT id, name, phone_token, born_of(id_number), id_number, case_number FROM party_rows
    WHERE organ IS NULL AND role <> 'complained_of')
QUALIFY phone_token IS NOT NULL AND full_name(name) AND name NOT IN (SELECT name FROM organ_names);
CREATE TABLE personal_phones AS
SELECT phone_token FROM calls GROUP BY phone_token
HAVING count(DISTINCT name) <= 6 AND (count(DISTINCT name) = 1 OR count(DISTINCT case_number) <= 12);
CREATE TABLE reached AS
SELECT name, phone_token, min(id) FILTER (numbered) AS numbered_id
FROM calls JOIN personal_phones USING (phone_token) GROUP BY name, phone_token
HAVING count(DISTINCT CASE WHEN numbered THEN id END) <= 1 AND count(DISTINCT left(born_on, 4)) <= 1
    AND count(DISTINCT CASE WHEN length(born_on) >= 7 THEN left(born_on, 7) END) <= 1
    AND count(DISTINCT CASE WHEN length(born_on) >= 10 THEN left(born_on, 10) END) <= 1;
CREATE TABLE same_person AS
SELECT c.id, coalesce(r.numbered_id, by_phone(r.name, r.phone_token)) AS person
FROM (SELECT id, any_value(name) AS name, any_value(phone_token) AS phone_token FROM calls WHERE NOT numbered
    GROUP BY id HAVING count(DISTINCT name) = 1 AND count(DISTINCT phone_token) = 1) c
JOIN reached r USING (name, phone_token);
UPDATE resident_rows SET id = s.person FROM same_person s WHERE s.id = resident_rows.id;
UPDATE case_heads SET id = s.person FROM same_person s WHERE s.id = case_heads.id;
UPDATE party_rows SET id = s.person FROM same_person s WHERE s.id = party_rows.id;

-- People who are named by cases or parcels and need not be in the register of residents.
CREATE TABLE mentions AS
SELECT id, name, id_number, phone, phone_token, address, area, person_key IS NOT NULL AS anonymous, ord, ref FROM case_heads
UNION ALL
SELECT id, name, id_number, phone, phone_token, address, area, person_key IS NOT NULL, ord, ref
FROM party_rows WHERE organ IS NULL AND role <> 'complained_of' AND name NOT IN (SELECT name FROM organ_names)
UNION ALL
SELECT 'r:' || holder_id_number_token, holder, holder_id_number, NULL, NULL, NULL, area, false, ord, ref
FROM register.parcels WHERE holder_id_number_token IS NOT NULL AND holder IS NOT NULL;

CREATE TABLE mentioned_people AS
SELECT id, max_by(name, ord) AS name, max_by(id_number, ord) AS id_number, max_by(phone, ord) AS phone,
    max_by(phone_token, ord) AS phone_token, max_by(address, ord) AS address, max_by(area, ord) AS area,
    bool_or(anonymous) AS anonymous, list(ref ORDER BY ord) AS refs
FROM mentions GROUP BY id;

CREATE TABLE registered_people AS
SELECT id, max_by(name, ord) AS name, max_by(former_name, ord) AS former_name, max_by(gender, ord) AS gender,
    max_by(born_on, ord) AS born_on, max_by(died_on, ord) AS died_on, max_by(id_number, ord) AS id_number,
    max_by(phone, ord) AS phone, max_by(phone_token, ord) AS phone_token, max_by(address, ord) AS address,
    max_by(area, ord) AS area, max_by(grid, ord) AS grid, list(ref ORDER BY ord) AS refs
FROM resident_rows GROUP BY id;

CREATE TABLE people AS
SELECT id, coalesce(r.name, m.name, '未具名') AS name, former_name,
    coalesce(gender, CASE WHEN m.id_number IS NULL THEN NULL
        WHEN substr(m.id_number, 17, 1)::INT % 2 = 1 THEN '1' ELSE '2' END) AS gender,
    coalesce(born_on, born_of(m.id_number)) AS born_on,
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
SELECT o.id, coalesce(r.numbered_id, by_phone(r.name, r.phone_token)), 'certain', f.ref, f.ord
FROM register.officials f JOIN graph."Official" o ON o.id = key_id('f', f.code) AND o.id_number_token IS NULL
JOIN reached r ON r.name = f.name AND r.phone_token = f.phone_token;
