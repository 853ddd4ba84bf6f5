-- Petitions and disputes become cases. `number` is what other rows refer to; a foreign table also has its own number,
-- which is what people read. A dispute that bears the number of a petition keeps apart under `D-` + number.
-- `sheet` tells apart the files and sheets that said the newest word, each by its load and part (see `ord`).
CREATE TABLE petition_numbers AS SELECT DISTINCT number FROM register.petitions;
CREATE MACRO dispute_key(n) AS CASE WHEN n IN (SELECT number FROM petition_numbers) THEN 'D-' || n ELSE n END;

CREATE TABLE case_rows AS
SELECT number AS case_key, 'petition' AS kind, number, own_number, title AS name, category, purpose, route, channel, NULL AS scale,
    petitioned_on AS opened_on, coalesce(registered_on, petitioned_on) AS registered_on, accepted_on, replied_on, closed_on, due_on,
    extended_to, status, conclusion AS outcome, NULL AS method, timeliness, rating, people AS people_claimed,
    NULL::DOUBLE AS amount, place, text, area, parcel, origin, organ_complained_of, person_complained_of, reply, ord, ref
FROM register.petitions
UNION ALL
SELECT dispute_key(number), 'dispute', number, own_number, title, category, NULL, NULL, NULL, scale,
    happened_on, happened_on, NULL, NULL, resolved_on, due_on,
    NULL, NULL, CASE success WHEN '1' THEN 'settled' WHEN '0' THEN 'unsettled' END, method, NULL, NULL, people,
    amount, place, text, area, parcel, origin, NULL, NULL, NULL, ord, ref
FROM register.disputes;

CREATE TABLE cases AS
SELECT case_key, key_id('c', case_key) AS id, any_value(kind) AS kind, any_value(number) AS number,
    max_by(own_number, ord) AS own_number, coalesce(max_by(name, ord), max_by(own_number, ord), any_value(number)) AS name,
    max_by(category, ord) AS category, max_by(purpose, ord) AS purpose, max_by(route, ord) AS route,
    max_by(channel, ord) AS channel, max_by(scale, ord) AS scale, max_by(opened_on, ord) AS opened_on,
    max_by(registered_on, ord) AS registered_on, max_by(accepted_on, ord) AS accepted_on,
    max_by(replied_on, ord) AS replied_on, max_by(closed_on, ord) AS closed_on, max_by(due_on, ord) AS due_on,
    max_by(extended_to, ord) AS extended_to, max_by(status, ord) AS status, max_by(outcome, ord) AS outcome,
    max_by(method, ord) AS method, max_by(timeliness, ord) AS timeliness, max_by(rating, ord) AS rating,
    max_by(people_claimed, ord) AS people_claimed, max_by(amount, ord) AS amount, max_by(place, ord) AS place,
    max_by(text, ord) AS text, max_by(area, ord) AS area, max_by(parcel, ord) AS parcel, max_by(origin, ord) AS origin,
    max_by(organ_complained_of, ord) AS organ_complained_of, max_by(person_complained_of, ord) AS person_complained_of,
    max(ord) >> 32 AS sheet, list(ref ORDER BY ord) AS refs
FROM case_rows GROUP BY case_key;

-- Where: the code, else a place that is a code or the name of exactly one division, else the parcel's village.
CREATE TABLE case_areas AS
SELECT c.id, coalesce(c.area, CASE WHEN regexp_full_match(c.place, '\d{12}') THEN c.place END, n.code, p.area_code) AS area_code
FROM cases c LEFT JOIN area_names n ON n.name = c.place LEFT JOIN parcels p ON p.code = c.parcel;
CREATE TABLE graph."IN_AREA.Case.Area" AS
SELECT id AS from_id, key_id('a', area_code) AS to_id, refs[1] AS ref, 0 AS ord
FROM cases JOIN case_areas USING (id) WHERE area_code IS NOT NULL;

CREATE TABLE case_ids AS SELECT number, min_by(id, kind <> 'petition') AS id FROM cases GROUP BY number;

CREATE TABLE graph."PARTY_TO.Resident.Case" AS
SELECT h.id AS from_id, c.id AS to_id, coalesce(h.role, 'applicant') AS role, h.on_date, h.ref, h.ord
FROM (SELECT *, CASE WHEN role IS NULL THEN dispute_key(case_number) ELSE case_number END AS case_key FROM case_heads) h
JOIN cases c USING (case_key)
WHERE h.role IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM party_rows p WHERE p.case_number = h.case_number AND p.id = h.id AND p.role <> 'complained_of')
UNION ALL
SELECT p.id, c.id, p.role, NULL, p.ref, p.ord
FROM party_rows p JOIN case_ids c ON c.number = p.case_number
WHERE p.organ IS NULL AND p.role <> 'complained_of' AND p.name NOT IN (SELECT name FROM organ_names);

CREATE TABLE graph."PARTY_TO.Organ.Case" AS
SELECT coalesce(key_id('o', p.organ), n.id) AS from_id, c.id AS to_id, p.role, NULL::VARCHAR AS on_date, p.ref, p.ord
FROM party_rows p JOIN case_ids c ON c.number = p.case_number LEFT JOIN organ_names n ON n.name = p.name
WHERE (p.organ IS NOT NULL OR n.id IS NOT NULL) AND p.role <> 'complained_of'
UNION ALL
SELECT coalesce(o.id, n.id), key_id('c', dispute_key(d.number)), 'third_party', NULL, d.ref, d.ord
FROM register.disputes d LEFT JOIN graph."Organ" o ON o.code = d.organ_concerned
LEFT JOIN organ_names n ON n.name = d.organ_concerned WHERE coalesce(o.id, n.id) IS NOT NULL;

CREATE TABLE complaints AS
SELECT id AS case_id, organ_complained_of AS organ, person_complained_of AS person, NULL AS token, refs[1] AS ref, 0 AS ord FROM cases
UNION ALL
SELECT c.id, coalesce(p.organ, p.name), CASE WHEN p.organ IS NULL THEN p.name END,
    CASE WHEN p.id_number IS NOT NULL THEN p.id END, p.ref, p.ord
FROM party_rows p JOIN case_ids c ON c.number = p.case_number WHERE p.role = 'complained_of';
CREATE TABLE graph."COMPLAINS_OF.Case.Organ" AS
SELECT x.case_id AS from_id, coalesce(o.id, n.id) AS to_id, x.ref, x.ord
FROM complaints x LEFT JOIN graph."Organ" o ON o.code = x.organ LEFT JOIN organ_names n ON n.name = x.organ
WHERE coalesce(o.id, n.id) IS NOT NULL;
CREATE TABLE graph."COMPLAINS_OF.Case.Official" AS
SELECT x.case_id AS from_id, coalesce(t.id, n.id) AS to_id, x.ref, x.ord
FROM complaints x LEFT JOIN graph."Official" t ON 'r:' || t.id_number_token = x.token
LEFT JOIN official_names n ON n.name = x.person WHERE coalesce(t.id, n.id) IS NOT NULL;

CREATE TABLE graph."CONCERNS.Case.Parcel" AS
SELECT id AS from_id, key_id('p', parcel) AS to_id, refs[1] AS ref, 0 AS ord FROM cases WHERE parcel IS NOT NULL;
CREATE TABLE graph."FOLLOWS.Case.Case" AS
SELECT c.id AS from_id, o.id AS to_id, 'declared' AS kind, c.refs[1] AS ref, 0 AS ord
FROM cases c JOIN case_ids o ON o.number = c.origin WHERE o.id <> c.id;

CREATE TABLE agreements AS
SELECT number, key_id('g', number) AS id, '协议' || number AS name, max_by(case_number, ord) AS case_number,
    max_by(signed_on, ord) AS signed_on, max_by(due_on, ord) AS due_on, max_by(performed_on, ord) AS performed_on,
    coalesce(max_by(performed, ord), CASE WHEN max_by(performed_on, ord) IS NOT NULL THEN 'yes' ELSE 'unknown' END) AS performed,
    max_by(confirmed_on, ord) AS confirmed_on, max_by(mediator, ord) AS mediator, max_by(mediating_body, ord) AS organ,
    list(ref ORDER BY ord) AS refs
FROM register.agreements GROUP BY number;
CREATE TABLE graph."SETTLED_BY.Case.Agreement" AS
SELECT c.id AS from_id, a.id AS to_id, a.refs[1] AS ref, 0 AS ord FROM agreements a JOIN case_ids c ON c.number = a.case_number;
