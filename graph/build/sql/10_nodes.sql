-- Everything a node says that depends on the edges: matters, hubs, faults. `matters` comes from the step between, the macro
-- hub_threshold() from the operator's choices. A hub says above how many cases it is one.
CREATE TABLE hubs AS
SELECT id, hub_threshold()::BIGINT AS hub_over FROM (
SELECT from_id AS id FROM graph."PARTY_TO.Resident.Case" GROUP BY from_id HAVING count(DISTINCT to_id) > hub_threshold()
UNION ALL
SELECT from_id FROM (
    SELECT from_id, to_id FROM graph."PARTY_TO.Organ.Case" UNION ALL SELECT to_id, from_id FROM graph."COMPLAINS_OF.Case.Organ")
GROUP BY from_id HAVING count(DISTINCT to_id) > hub_threshold()
UNION ALL
SELECT to_id FROM graph."CONCERNS.Case.Parcel" GROUP BY to_id HAVING count(DISTINCT from_id) > hub_threshold()
UNION ALL
SELECT m.to_id FROM graph."MEMBER_OF.Resident.Household" m JOIN graph."PARTY_TO.Resident.Case" p ON p.from_id = m.from_id
GROUP BY m.to_id HAVING count(DISTINCT p.to_id) > hub_threshold());

CREATE TABLE graph."Resident" AS SELECT p.*, h.id IS NOT NULL AS hub, h.hub_over FROM people p LEFT JOIN hubs h USING (id);
CREATE TABLE graph."Household" AS SELECT p.*, h.id IS NOT NULL AS hub, h.hub_over FROM households p LEFT JOIN hubs h USING (id);
CREATE TABLE graph."Parcel" AS SELECT p.*, h.id IS NOT NULL AS hub, h.hub_over FROM parcels p LEFT JOIN hubs h USING (id);
ALTER TABLE graph."Organ" ADD COLUMN hub BOOLEAN;
ALTER TABLE graph."Organ" ADD COLUMN hub_over BIGINT;
UPDATE graph."Organ" SET hub = id IN (SELECT id FROM hubs);
UPDATE graph."Organ" SET hub_over = hub_threshold() WHERE hub;

CREATE TABLE graph."Case" AS
SELECT c.* EXCLUDE (text, area, sheet, own_number) REPLACE (coalesce(own_number, number) AS number, hide_numbers(name) AS name), left(hide_numbers(c.text), 200) AS excerpt, a.area_code,
    coalesce(m.matter_id, c.id) AS matter_id, h.matter_history, n.not_counted, f.faults, o.* EXCLUDE (id)
FROM cases c JOIN case_areas a USING (id) LEFT JOIN matters m USING (id)
LEFT JOIN (
    SELECT id, string_agg(dated(matter_id, since, until), ' ' ORDER BY since) AS matter_history FROM matter_days JOIN moved USING (id) GROUP BY id) h USING (id)
LEFT JOIN not_counted n USING (id) LEFT JOIN case_faults f USING (id) JOIN case_facts o USING (id);
CREATE TABLE graph."Step" AS
SELECT s.id, s.step AS name, s.step AS kind, s.case_id, s.place AS seq, s.on_date, s.due_on, s.custody, u.custody_until,
    hide_numbers(s.opinion) AS opinion, a.area_code, [s.ref] AS refs, o.* EXCLUDE (id)
FROM ordered_steps s JOIN case_areas a ON a.id = s.case_id LEFT JOIN custody u ON u.id = s.id JOIN step_facts o ON o.id = s.id;
CREATE TABLE graph."Agreement" AS
SELECT a.*, c.id AS case_id, ca.area_code, k.due_on AS confirmation_due_on
FROM agreements a LEFT JOIN case_ids c ON c.number = a.case_number LEFT JOIN case_areas ca ON ca.id = c.id
LEFT JOIN graph."Clock" k ON k.id = hash_id('k', concat_ws('|', c.id, 'confirmation', a.id));
