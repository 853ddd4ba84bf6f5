-- Strong links of two disputes: one party, one household, one parcel, a declared origin, a person's confirmation. No hub
-- links, no agent, no collective household, and never a pair that somebody rejected. `on_day` is the day both were known.
CREATE TABLE disputes AS
SELECT id, left(coalesce(registered_on, opened_on, ''), 10) AS day, name, area_code FROM graph."Case" WHERE kind = 'dispute';
CREATE TABLE hinges AS
SELECT 'same_party' AS kind, p.from_id AS hinge, p.from_id AS who, d.id, greatest(d.day, left(coalesce(p.on_date, ''), 10)) AS day
FROM graph."PARTY_TO.Resident.Case" p JOIN disputes d ON d.id = p.to_id JOIN graph."Resident" r ON r.id = p.from_id
WHERE p.role <> 'agent' AND NOT r.hub
UNION ALL
SELECT 'same_party', p.from_id, p.from_id, d.id, d.day
FROM graph."PARTY_TO.Organ.Case" p JOIN disputes d ON d.id = p.to_id JOIN graph."Organ" o ON o.id = p.from_id
WHERE p.role <> 'agent' AND NOT o.hub
UNION ALL
SELECT 'same_household', m.to_id, p.from_id, d.id, greatest(d.day, left(coalesce(p.on_date, ''), 10))
FROM graph."PARTY_TO.Resident.Case" p JOIN disputes d ON d.id = p.to_id JOIN graph."Resident" r ON r.id = p.from_id
JOIN graph."MEMBER_OF.Resident.Household" m ON m.from_id = p.from_id JOIN graph."Household" h ON h.id = m.to_id
WHERE p.role <> 'agent' AND NOT r.hub AND NOT h.hub AND h.kind <> 'collective'
    AND (d.day = '' OR coalesce(m.since, '') <= d.day)
    AND (coalesce(m.until, '') = '' OR m.until >= left(d.day, length(m.until)))
UNION ALL
SELECT 'same_parcel', c.to_id, NULL, d.id, d.day
FROM graph."CONCERNS.Case.Parcel" c JOIN disputes d ON d.id = c.from_id JOIN graph."Parcel" p ON p.id = c.to_id WHERE NOT p.hub;

CREATE TABLE found_links AS
SELECT DISTINCT a.kind, a.id AS a, b.id AS b, greatest(a.day, b.day) AS day
FROM hinges a JOIN hinges b ON a.kind = b.kind AND a.hinge = b.hinge AND a.id < b.id
WHERE a.kind <> 'same_household' OR a.who <> b.who
UNION ALL
SELECT 'declared', least(f.from_id, f.to_id), greatest(f.from_id, f.to_id), greatest(a.day, b.day)
FROM (
    SELECT from_id, to_id FROM graph."FOLLOWS.Case.Case"
    UNION SELECT from_id, to_id FROM graph."SAME_MATTER.Case.Case" WHERE test = 'declared'
) f JOIN disputes a ON a.id = f.from_id JOIN disputes b ON b.id = f.to_id WHERE a.id <> b.id
UNION ALL
SELECT 'confirmed', a.id, b.id, greatest(a.day, b.day)
FROM link_verdicts j JOIN disputes a ON a.id = j.a JOIN disputes b ON b.id = j.b WHERE j.verdict = 'confirm';
CREATE TABLE strong_links AS
SELECT a, b, min(day) AS day, list_sort(list(DISTINCT kind)) AS kinds
FROM found_links WHERE (a, b) NOT IN (SELECT (a, b) FROM link_verdicts WHERE verdict = 'reject') GROUP BY a, b;
