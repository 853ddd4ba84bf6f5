-- Steps in order of day, then of the office's own number. A custody step hands the case to the unit that receives it.
CREATE TABLE steps AS
SELECT hash_id('s', concat_ws('|', case_number, step, s."on", coalesce(seq::VARCHAR, ''), coalesce(from_organ, ''),
        coalesce(to_organ, ''), coalesce(official, ''))) AS id,
    c.id AS case_id, step, s."on" AS on_date, due_on, from_organ, to_organ, official, opinion, seq,
    step IN ('register', 'transfer', 'assign', 'return', 'accept', 'handle') AS custody, s.ref, s.ord
FROM register.steps s JOIN case_ids c ON c.number = s.case_number
QUALIFY row_number() OVER (PARTITION BY case_number, step, s."on", seq, from_organ, to_organ, official ORDER BY s.ord DESC) = 1;

CREATE TABLE ordered_steps AS
SELECT *, row_number() OVER handling AS place, lead(id) OVER handling AS next_id FROM steps
WINDOW handling AS (PARTITION BY case_id ORDER BY day(on_date), seq NULLS LAST, on_date, id);
CREATE TABLE custody AS
SELECT id, lead(day(on_date)) OVER later AS custody_until,
    lag(to_organ) OVER later AS previous_organ, row_number() OVER later AS nth
FROM ordered_steps WHERE custody WINDOW later AS (PARTITION BY case_id ORDER BY place);

CREATE TABLE graph."HAS_STEP.Case.Step" AS SELECT case_id AS from_id, id AS to_id, place AS seq, ref, ord FROM ordered_steps;
CREATE TABLE graph."NEXT.Step.Step" AS
SELECT id AS from_id, next_id AS to_id, place AS seq, ref, ord FROM ordered_steps WHERE next_id IS NOT NULL;
CREATE TABLE graph."BY_ORGAN.Step.Organ" AS
SELECT id AS from_id, key_id('o', from_organ) AS to_id, ref, ord FROM steps WHERE from_organ IS NOT NULL;
CREATE TABLE graph."TO_ORGAN.Step.Organ" AS
SELECT id AS from_id, key_id('o', to_organ) AS to_id, ref, ord FROM steps WHERE to_organ IS NOT NULL;
CREATE TABLE graph."BY_OFFICIAL.Step.Official" AS
SELECT id AS from_id, key_id('f', official) AS to_id, ref, ord FROM steps WHERE official IS NOT NULL;

CREATE TABLE graph."RESPONSIBLE_FOR.Organ.Case" AS
SELECT key_id('o', d.organ) AS from_id, c.id AS to_id, d.duty AS role, d.since, d.until, d.ref, d.ord
FROM register.responsibilities d JOIN case_ids c ON c.number = d.case_number WHERE d.organ IS NOT NULL;
CREATE TABLE graph."RESPONSIBLE_FOR.Official.Case" AS
SELECT key_id('f', d.official) AS from_id, c.id AS to_id, d.duty AS role, d.since, d.until, d.ref, d.ord
FROM register.responsibilities d JOIN case_ids c ON c.number = d.case_number WHERE d.official IS NOT NULL
UNION ALL
SELECT key_id('f', mediator_code), key_id('c', dispute_key(number)), 'mediator', NULL, NULL, ref, ord
FROM register.disputes d WHERE mediator_code IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM register.responsibilities r
    WHERE r.case_number = d.number AND r.official = d.mediator_code AND r.duty = 'mediator');

-- What went wrong in the handling, as facts about the matter. A missing reply is said only where the same file or sheet
-- carries replies at all; absence of data is no evidence.
CREATE TABLE last_day AS SELECT max(d) AS d FROM (
    SELECT max(day(registered_on)) AS d FROM cases UNION ALL SELECT max(day(on_date)) FROM steps
    UNION ALL SELECT max(day(replied_on)) FROM cases UNION ALL SELECT max(day(closed_on)) FROM cases);
CREATE TABLE replying_sheets AS SELECT DISTINCT sheet FROM cases WHERE kind = 'petition' AND coalesce(replied_on, closed_on) IS NOT NULL;
CREATE TABLE replies AS
SELECT c.id AS case_id, coalesce(day(c.replied_on), min(day(s.on_date)) FILTER (s.step IN ('reply', 'close')), day(c.closed_on)) AS on_day
FROM cases c LEFT JOIN steps s ON s.case_id = c.id GROUP BY c.id, c.replied_on, c.closed_on;
-- Whether a case is past its limit on day d: the one its source sets, or 60 days (and the extension, at most 30) from
-- acceptance on route (六). Without a limit nothing is late.
CREATE MACRO late(due_on, extended_to, route, accepted_on, d) AS
    coalesce(d > greatest(day(due_on), coalesce(day(extended_to), '')) AND due_on IS NOT NULL, false)
    OR coalesce(route = '6' AND days_between(accepted_on, d)
        > 60 + least(30, greatest(0, coalesce(days_between(accepted_on, extended_to) - 60, 0))), false);
CREATE TABLE faults AS
SELECT case_id, 'missed_deadline' AS fault FROM replies r JOIN cases c ON c.id = r.case_id, last_day
WHERE c.timeliness = 'overdue' OR late(c.due_on, c.extended_to, c.route, c.accepted_on, coalesce(r.on_day, last_day.d))
UNION ALL
SELECT r.case_id, 'no_reply' FROM replies r JOIN cases c ON c.id = r.case_id JOIN replying_sheets USING (sheet), last_day
WHERE c.kind = 'petition' AND r.on_day IS NULL AND days_between(c.registered_on, last_day.d) > 75
UNION ALL
SELECT DISTINCT case_id, 'returned' FROM steps WHERE step = 'return'
UNION ALL
SELECT case_id, 'owner_changed' FROM steps JOIN custody USING (id)
WHERE to_organ IS DISTINCT FROM previous_organ AND nth > 1 GROUP BY case_id HAVING count(*) > 1
UNION ALL
SELECT DISTINCT c.id, 'unkept_agreement' FROM agreements a JOIN case_ids c ON c.number = a.case_number, last_day
WHERE a.performed IN ('no', 'repudiated') OR (a.performed IN ('unknown', 'partly') AND day(a.due_on) < last_day.d);
CREATE TABLE case_faults AS SELECT case_id AS id, string_agg(DISTINCT fault, ' ' ORDER BY fault) AS faults FROM faults GROUP BY case_id;

-- Urging an overdue case is no new registration of the matter.
CREATE TABLE not_counted AS
SELECT c.id, 'urging' AS not_counted FROM cases c
JOIN case_ids oi ON oi.number = c.origin JOIN cases o ON o.id = oi.id JOIN replies r ON r.case_id = o.id
WHERE c.kind = 'petition'
    AND (starts_with(c.name, '催办') OR EXISTS (SELECT 1 FROM steps s WHERE s.case_id = c.id AND s.step = 'urge'))
    AND coalesce(r.on_day > day(c.registered_on), true)
    AND (o.timeliness = 'overdue' OR late(o.due_on, o.extended_to, o.route, o.accepted_on, day(c.registered_on)));

-- The limit that the source itself sets for a case.
CREATE TABLE graph."Clock" AS
SELECT hash_id('k', c.id || '|declared') AS id, '来源所载时限' AS name, c.id AS case_id, 'declared' AS clock,
    '来源表所载' AS article, day(c.registered_on) AS start_on, day(c.due_on) AS due_on, r.on_day AS met_on,
    NULL::BIGINT AS extension_days, 'declared@1' AS rule_version, a.area_code, c.refs
FROM cases c JOIN case_areas a USING (id) JOIN replies r ON r.case_id = c.id WHERE c.due_on IS NOT NULL;
CREATE TABLE graph."HAS_CLOCK.Case.Clock" AS SELECT case_id AS from_id, id AS to_id, refs[1] AS ref, 0 AS ord FROM graph."Clock";
