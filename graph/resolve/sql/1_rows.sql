-- Who takes part in comparing, and everything their rows say, one small table a thing. Loose is who has no valid id
-- number; an official without one is loose too. Anonymous and pseudonymous people never take part.
CREATE TABLE identity_people AS
SELECT id, id_number IS NULL AS loose, gender, born_on AS born, registered AS listed
FROM people WHERE NOT coalesce(anonymous, false)
UNION ALL
SELECT id, true, NULL, NULL, false FROM graph."Official"
WHERE id NOT IN (SELECT from_id FROM graph."IS.Official.Resident");

CREATE TABLE identity_said AS
SELECT id, name, phone_token, address, area FROM resident_rows
UNION ALL
SELECT r.id, NULL, NULL, s.registered_address, NULL FROM resident_rows r JOIN register.residents s USING (ref)
WHERE s.registered_address <> r.address
UNION ALL
SELECT id, name, phone_token, address, area FROM mentions
UNION ALL
SELECT key_id('f', code), name, phone_token, NULL, NULL FROM register.officials;

CREATE TABLE identity_written AS
SELECT DISTINCT id, name, false AS former FROM identity_said WHERE name IS NOT NULL
UNION
SELECT id, former_name, true FROM resident_rows WHERE former_name IS NOT NULL;
CREATE TABLE identity_addresses AS SELECT DISTINCT address FROM identity_said WHERE address IS NOT NULL;
