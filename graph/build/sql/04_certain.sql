-- Who is who, as far as records alone make it certain: a valid id number, else the same name with the same phone, else
-- the key of the table that names the person. A name alone joins two mentions only inside one case: its petitioner and
-- the party row of the same name, never a participant (namesakes may sign one letter) nor one of several of that name.
-- `own_id` is the id that the row alone would give; `step` says what gave the present one.
CREATE MACRO born_of(n) AS substr(n, 7, 4) || '-' || substr(n, 11, 2) || '-' || substr(n, 13, 2);
CREATE MACRO own_key(person_key, own) AS hash_id('r', CASE WHEN person_key IS NULL THEN own ELSE 'key|' || person_key END);
CREATE MACRO step_of(token, person_key) AS CASE
    WHEN token IS NOT NULL THEN 'id_number' WHEN person_key IS NOT NULL THEN 'source_key' ELSE 'own_key' END;

-- What a register without numbers says of a person is a key of its source's own. Where one delivery has several rows of
-- one key with neither a phone nor a whole birth date, each is somebody of their own.
CREATE TABLE named_rows AS
SELECT *, phone_token IS NULL AND coalesce(length(born_on), 0) < 10 AND count(*) OVER same_key > 1 AS apart,
    row_number() OVER (PARTITION BY delivery, own, id_number_token IS NULL, traits ORDER BY ord DESC) AS nth
FROM (SELECT * EXCLUDE (head_id_number_token), concat_ws('|', coalesce(gender, ''), coalesce(former_name, ''), coalesce(relation, '')) AS traits,
        concat_ws('|', 'residents', coalesce(provider, ''), name, coalesce(phone_token, ''), coalesce(household_no, ''),
            coalesce(live_address, registered_address, ''), coalesce(born_on, ''), coalesce(area, '')) AS own
    FROM register.residents)
WINDOW same_key AS (PARTITION BY delivery, own, id_number_token IS NULL);

CREATE TABLE resident_rows AS
SELECT coalesce('r:' || id_number_token, own_id) AS id, * FROM (
    SELECT own_key(person_key, CASE WHEN apart THEN concat_ws('|', own, traits, nth) ELSE own END) AS own_id,
        id_number_token, step_of(id_number_token, person_key) AS step, person_key,
        name, former_name, coalesce(gender, CASE WHEN id_number IS NULL THEN NULL
            WHEN substr(id_number, 17, 1)::INT % 2 = 1 THEN '1' ELSE '2' END) AS gender,
        coalesce(born_on, born_of(id_number)) AS born_on,
        died_on, id_number, phone, phone_token, coalesce(live_address, registered_address, live_place, registered_place) AS address,
        area, grid, household_no, relation, moved_in_on, moved_out_on, ord, ref
    FROM named_rows);

-- The persons that hold a parcel by their number.
CREATE TABLE numbered_holders AS
SELECT 'r:' || holder_id_number_token AS person, holder AS name, holder_id_number AS id_number, code, "right", contract_no, since,
    until, area, ref, ord
FROM register.parcels WHERE holder_id_number IS NOT NULL;

-- The person a case's own row names: petitioner of a petition, main party of a dispute. An anonymous petition has none.
CREATE TABLE case_heads AS
SELECT coalesce('r:' || id_number_token, own_id) AS id, step_of(id_number_token, person_key) AS step, * FROM (
    SELECT number AS case_number, petitioner AS name, person_key,
        own_key(person_key, concat_ws('|', 'case', number, petitioner)) AS own_id, id_number_token,
        id_number, phone, phone_token, address, 'petitioner' AS role, petitioned_on AS on_date, area, ord, ref
    FROM register.petitions WHERE petitioner IS NOT NULL OR id_number_token IS NOT NULL
    UNION ALL
    SELECT number, party, NULL, own_key(NULL, concat_ws('|', 'case', number, party)), party_id_number_token,
        party_id_number, NULL, NULL, NULL, NULL, happened_on, area, ord, ref
    FROM register.disputes WHERE party IS NOT NULL);

CREATE TABLE heads_by_name AS
SELECT case_number, name, any_value(id) AS id FROM case_heads
WHERE person_key IS NULL OR id IN (SELECT id FROM resident_rows) GROUP BY ALL HAVING count(DISTINCT id) = 1;

-- Where one delivery lists several of one name in one role, each is somebody of their own; so are both sides of a dispute.
CREATE TABLE party_namesakes AS
SELECT DISTINCT case_number, name, role FROM (
    SELECT case_number, name, role FROM register.parties WHERE name IS NOT NULL
    GROUP BY delivery, case_number, name, role HAVING count(*) > 1);
CREATE TABLE listed_parties AS
SELECT p.*, CASE WHEN n.role IS NULL THEN '' ELSE concat_ws('|', coalesce(address, ''), row_number() OVER (
        PARTITION BY delivery, p.case_number, p.name, p.role, address ORDER BY ord DESC)) END AS which, n.role IS NOT NULL
    OR (p.role = 'respondent' AND count_if(p.role = 'applicant') OVER (PARTITION BY p.case_number, p.name) > 0) AS several
FROM register.parties p LEFT JOIN party_namesakes n
    ON n.case_number = p.case_number AND n.name = p.name AND n.role = p.role;
CREATE TABLE party_rows AS
SELECT p.case_number, p.name, p.role, p.organ, p.id_number_token,
    own_key(p.person_key, concat_ws('|', 'party', p.case_number, p.name, p.role, p.which)) AS own_id,
    p.id_number_token IS NULL AND p.person_key IS NULL AND h.id IS NOT NULL AS is_head,
    CASE WHEN is_head THEN h.id ELSE coalesce('r:' || p.id_number_token, own_id) END AS id,
    CASE WHEN is_head THEN 'same_case' ELSE step_of(p.id_number_token, p.person_key) END AS step,
    p.id_number, p.phone, p.phone_token, p.address, p.person_key, p.area, p.ord, p.ref
FROM listed_parties p
LEFT JOIN heads_by_name h ON h.case_number = p.case_number AND h.name = p.name AND NOT p.several
    AND p.role NOT IN ('participant', 'third_party');

-- Certain, too: the same full name with the same personal phone, when no id number and no birth date contradicts. A
-- phone is personal until it stands beside more than five names, or beside two in more than twelve cases. Who is
-- known by several phones and no number stays apart, and so does a pseudonym: a source's own key of nobody registered.
CREATE MACRO full_name(n) AS length(n) > 1 AND NOT regexp_matches(n, '[*＊×某]|先生|女士|匿名|未具名|同志');
CREATE MACRO by_phone(n, t) AS hash_id('r', concat_ws('|', 'phone', n, t));
CREATE TABLE calls AS
SELECT id, name, phone_token, born_on, case_number, ref, bool_or(id_number IS NOT NULL) OVER (PARTITION BY id) AS numbered FROM (
    SELECT id, name, phone_token, born_on, id_number, NULL AS case_number, ref, person_key FROM resident_rows
    UNION ALL
    SELECT id, name, phone_token, born_of(id_number), id_number, case_number, ref, person_key FROM case_heads
    UNION ALL
    SELECT id, name, phone_token, born_of(id_number), id_number, case_number, ref, person_key FROM party_rows
    WHERE organ IS NULL AND role <> 'complained_of')
QUALIFY phone_token IS NOT NULL AND full_name(name) AND name NOT IN (SELECT name FROM organ_names)
    AND (person_key IS NULL OR id IN (SELECT id FROM resident_rows));
CREATE TABLE personal_phones AS
SELECT phone_token FROM calls GROUP BY phone_token
HAVING count(DISTINCT name) <= 5 AND (count(DISTINCT name) = 1 OR count(DISTINCT case_number) <= 12);
CREATE TABLE callers AS
SELECT name, phone_token, min(id) FILTER (numbered) AS numbered_id, count(DISTINCT id) AS ids,
    count(DISTINCT CASE WHEN numbered THEN id END) AS numbers,
    greatest(count(DISTINCT left(born_on, 4)), count(DISTINCT CASE WHEN length(born_on) >= 7 THEN left(born_on, 7) END),
        count(DISTINCT CASE WHEN length(born_on) >= 10 THEN left(born_on, 10) END)) AS births
FROM calls JOIN personal_phones USING (phone_token) GROUP BY name, phone_token;
CREATE TABLE reached AS SELECT * FROM callers WHERE numbers <= 1 AND births <= 1;
CREATE TABLE same_person AS
SELECT c.id, coalesce(r.numbered_id, by_phone(r.name, r.phone_token)) AS person
FROM (SELECT id, any_value(name) AS name, any_value(phone_token) AS phone_token FROM calls WHERE NOT numbered
    GROUP BY id HAVING count(DISTINCT name) = 1 AND count(DISTINCT phone_token) = 1) c
JOIN reached r USING (name, phone_token);
UPDATE resident_rows SET id = s.person, step = 'name_phone' FROM same_person s WHERE s.id = resident_rows.id;
UPDATE case_heads SET id = s.person, step = 'name_phone' FROM same_person s WHERE s.id = case_heads.id;
UPDATE party_rows SET id = s.person, step = 'name_phone' FROM same_person s WHERE s.id = party_rows.id;

-- Every row that names a person who may be somebody in the graph, and the ids that weaker rules would have given.
CREATE TABLE namings AS
SELECT id, own_id, step, name, born_on, id_number IS NOT NULL AS numbered, person_key IS NOT NULL AS keyed, true AS registered,
    'residents' AS said_in, ref FROM resident_rows
UNION ALL
SELECT id, own_id, step, name, born_of(id_number), id_number IS NOT NULL, person_key IS NOT NULL, false,
    CASE WHEN role IS NULL THEN 'disputes' ELSE 'petitions' END, ref FROM case_heads
UNION ALL
SELECT id, own_id, step, name, born_of(id_number), id_number IS NOT NULL, person_key IS NOT NULL, false, 'parties', ref
FROM party_rows WHERE organ IS NULL AND role <> 'complained_of' AND name NOT IN (SELECT name FROM organ_names)
UNION ALL
SELECT person, NULL, 'id_number', name, born_of(id_number), true, false, false, 'parcels', ref
FROM numbered_holders WHERE name IS NOT NULL;
CREATE TABLE weaker_ids AS
SELECT former, any_value(id) AS id FROM (
    SELECT own_id AS former, id FROM namings WHERE own_id <> id
    UNION ALL
    SELECT by_phone(name, phone_token), numbered_id FROM reached WHERE numbered_id IS NOT NULL)
GROUP BY former HAVING count(DISTINCT id) = 1;
