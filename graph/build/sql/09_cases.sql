-- How a case fared, as days on which something became so: a question about a day takes what had become so by then.
CREATE TABLE endings AS
SELECT c.id, day(c.registered_on) AS registered, coalesce(day(c.closed_on), min(day(s.on_date)) FILTER (s.step = 'close')) AS concluded_on,
    coalesce(day(c.accepted_on), min(day(s.on_date)) FILTER (s.step IN ('accept', 'not_accept'))) AS taken_on,
    coalesce(day(c.replied_on), min(day(s.on_date)) FILTER (s.step = 'reply')) AS answered_on
FROM cases c LEFT JOIN steps s ON s.case_id = c.id GROUP BY c.id, c.registered_on, c.closed_on, c.accepted_on, c.replied_on;

-- Without custody steps the units with the duty to handle own a case; the days between their duties nobody does.
CREATE TABLE duties AS
SELECT c.id AS case_id, d.duty, d.organ, d.official, coalesce(day(d.since), e.registered, '0000') AS since, day(d.until) AS until
FROM register.responsibilities d JOIN case_ids c ON c.number = d.case_number JOIN endings e ON e.id = c.id;
CREATE TABLE owning_duties AS
SELECT *, max(coalesce(until, '9999')) OVER w AS held_until, lead(since) OVER (PARTITION BY case_id ORDER BY since, coalesce(until, '9999'), organ) AS next_since
FROM duties WHERE organ IS NOT NULL AND duty IN ('handler', 'first_handler') AND case_id NOT IN (SELECT case_id FROM owners)
WINDOW w AS (PARTITION BY case_id ORDER BY since, coalesce(until, '9999'), organ);
CREATE TABLE duty_gaps AS
SELECT case_id, organ, next_day(held_until) AS gap_from, next_since AS gap_until FROM owning_duties
WHERE held_until <> '9999' AND coalesce(until, '9999') = held_until AND coalesce(next_since > next_day(held_until), true);
ALTER TABLE graph."RESPONSIBLE_FOR.Organ.Case" ADD COLUMN gap_from VARCHAR;
ALTER TABLE graph."RESPONSIBLE_FOR.Organ.Case" ADD COLUMN gap_until VARCHAR;
UPDATE graph."RESPONSIBLE_FOR.Organ.Case" SET gap_from = g.gap_from, gap_until = g.gap_until FROM duty_gaps g
WHERE from_id = key_id('o', g.organ) AND to_id = g.case_id AND role IN ('handler', 'first_handler') AND next_day(until) = g.gap_from;

-- The owner after all that is known, and since when; `owned_from` is the first day anybody owned it.
CREATE TABLE last_owners AS
SELECT case_id, arg_max(struct_pack(organ := organ, since := since), hop).organ AS organ, max(since) AS since, min(since) AS owned_from FROM owners GROUP BY case_id
UNION ALL
SELECT case_id,
    min_by(organ, (duty <> 'handler', organ)) FILTER (until IS NULL),
    coalesce(min_by(since, (duty <> 'handler', organ)) FILTER (until IS NULL), next_day(max(until))), min(since)
FROM owning_duties GROUP BY case_id;

-- The local unit of a division: it governs the division, and its own superior governs another one or there is none.
CREATE TABLE local_units AS
SELECT g.to_id AS area_id, min(o.id) AS organ_id
FROM graph."GOVERNS.Organ.Area" g JOIN graph."Organ" o ON o.id = g.from_id
LEFT JOIN graph."Organ" up ON up.code = o.parent
WHERE coalesce(o.level, '') <> '' AND (o.parent IS NULL OR (up.area_code <> o.area_code AND coalesce(up.level, '') <> 'department'))
GROUP BY g.to_id;
CREATE MACRO apart(a, b) AS a IS NOT NULL AND b IS NOT NULL AND NOT starts_with(area_prefix(a), area_prefix(b))
    AND NOT starts_with(area_prefix(b), area_prefix(a));
-- A matter crosses a border when the place named is neither where its petitioners live nor in the area of the first unit.
CREATE TABLE crossing AS
SELECT a.id, min(u.organ_id) AS local_organ
FROM case_areas a JOIN local_units u ON u.area_id = key_id('a', a.area_code)
LEFT JOIN owners o ON o.case_id = a.id AND o.hop = 0 LEFT JOIN graph."Organ" first ON first.code = o.organ
LEFT JOIN (
    SELECT p.to_id AS id, bool_and(apart(r.area_code, a.area_code)) AS away
    FROM graph."PARTY_TO.Resident.Case" p JOIN people r ON r.id = p.from_id JOIN case_areas a ON a.id = p.to_id
    WHERE p.role IN ('petitioner', 'representative', 'applicant') AND r.area_code IS NOT NULL GROUP BY p.to_id) home ON home.id = a.id
WHERE coalesce(home.away, false) OR apart(first.area_code, a.area_code) GROUP BY a.id;

-- What the source itself says of the answer, in time or overdue, has no day: it is known when the case was answered or closed,
-- else from the last day of the data, never from its registration.
CREATE TABLE said_timely AS
SELECT c.id, c.timeliness, w.on_day AS timeliness_on FROM cases c JOIN said_on w ON w.case_id = c.id WHERE c.timeliness IS NOT NULL;

-- Limits of acceptance and of the answer: when each was met, or the first day on which it was late.
CREATE TABLE timing AS
SELECT id, min(met) FILTER (accepting) AS accept_met_on, min(late) FILTER (accepting) AS accept_late_on,
    min(met) FILTER (NOT accepting) AS reply_met_on, min(late) FILTER (NOT accepting) AS reply_late_on
FROM (
    SELECT case_id AS id, clock = 'acceptance' AS accepting, day(met_on) AS met,
        CASE WHEN coalesce(met_on > due_on, ended_on > due_on, true) THEN next_day(day(due_on)) END AS late
    FROM graph."Clock" WHERE clock IN ('acceptance', 'handling', 'declared', 'mediation') AND due_on IS NOT NULL 
        AND NOT coalesce(met_on IS NULL AND ended_on <= due_on, false)
    QUALIFY clock <> 'acceptance' OR row_number() OVER (PARTITION BY case_id, clock ORDER BY start_on DESC, id) = 1
    UNION ALL
    SELECT id, false, coalesce(e.answered_on, e.concluded_on), CASE WHEN timeliness = 'overdue' THEN timeliness_on END
    FROM said_timely JOIN endings e USING (id)) GROUP BY id;

-- The same matter registered again after it was closed, with the days on which that counts: urging and the like are no
-- registration of their own, from the day on which that is known. Periods that touch are one.
CREATE TABLE came_back AS
SELECT e.id, greatest(later.registered, x.since) AS since, label.since AS until
FROM endings e JOIN matters m ON m.id = e.id JOIN matters other ON other.matter_id = m.matter_id AND other.id <> e.id
JOIN endings later ON later.id = other.id LEFT JOIN met_later x ON x.id = e.id AND x.other_id = other.id
LEFT JOIN (SELECT id, min(since) AS since FROM label_days GROUP BY id) label ON label.id = other.id
WHERE later.registered > e.concluded_on;
CREATE TABLE returned_matters AS
SELECT id, string_agg(dated('again', since, until), ' ' ORDER BY since) AS repeated FROM (
    SELECT id, min(since) AS since, nullif(max(coalesce(until, '9999')), '9999') AS until
    FROM (SELECT *, sum(apart::INT) OVER (PARTITION BY id ORDER BY since, until) AS run FROM (
        SELECT *, coalesce(since > max(coalesce(until, '9999')) OVER (
            PARTITION BY id ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS apart
        FROM came_back WHERE until IS NULL OR until > since))
    GROUP BY id, run) GROUP BY id;

CREATE TABLE known_since AS
SELECT case_id AS id, min(d) AS known_from FROM (
    SELECT case_id, day(on_date) AS d FROM steps WHERE coalesce(from_organ, to_organ, official) IS NOT NULL
    UNION ALL SELECT case_id, since FROM duties
    UNION ALL SELECT r.to_id, e.registered FROM graph."RESPONSIBLE_FOR.Official.Case" r JOIN endings e ON e.id = r.to_id WHERE r.role = 'mediator'
) GROUP BY case_id;
CREATE TABLE case_facts AS
SELECT e.id, e.concluded_on, e.taken_on, coalesce(e.answered_on, e.concluded_on) AS answered_on,
    coalesce(h.hops, 0)::BIGINT AS hops, coalesce(known.id, '') AS owner_id, coalesce(l.since, '') AS owner_since, l.owned_from,
    coalesce(l.owned_from > e.registered AND NOT coalesce(h.registered_first, false), l.owned_from IS NULL) AS unowned_first,
    (coalesce(h.gaps, 0) + coalesce(g.gaps, 0) + unowned_first::INT)::BIGINT AS gaps,
    k.known_from, d.first_handler_from, d.local_from, x.local_organ, t.accept_met_on, t.accept_late_on, t.reply_met_on, t.reply_late_on,
    s.timeliness_on, r.repeated
FROM endings e LEFT JOIN last_owners l ON l.case_id = e.id LEFT JOIN graph."Organ" known ON known.code = l.organ
LEFT JOIN (SELECT o.case_id, max(o.hop) AS hops, count(*) FILTER (organ IS NULL) AS gaps, bool_or(o.hop = 0 AND s.step = 'register') AS registered_first
    FROM owners o JOIN steps s ON s.id = o.step_id GROUP BY o.case_id) h ON h.case_id = e.id
LEFT JOIN (SELECT case_id, count(*) AS gaps FROM duty_gaps GROUP BY case_id) g ON g.case_id = e.id
LEFT JOIN (
    SELECT case_id, min(since) FILTER (duty = 'first_handler') AS first_handler_from, min(since) FILTER (duty = 'local') AS local_from
    FROM duties GROUP BY case_id) d ON d.case_id = e.id
LEFT JOIN known_since k ON k.id = e.id LEFT JOIN crossing x ON x.id = e.id LEFT JOIN timing t ON t.id = e.id
LEFT JOIN returned_matters r ON r.id = e.id LEFT JOIN said_timely s ON s.id = e.id;
