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

CREATE TABLE last_day AS SELECT max(d) AS d FROM (
    SELECT max(day(registered_on)) AS d FROM cases UNION ALL SELECT max(day(on_date)) FROM steps
    UNION ALL SELECT max(day(replied_on)) FROM cases UNION ALL SELECT max(day(closed_on)) FROM cases);
CREATE TABLE replies AS
SELECT c.id AS case_id, coalesce(day(c.replied_on), min(day(s.on_date)) FILTER (s.step IN ('reply', 'close')), day(c.closed_on)) AS on_day
FROM cases c LEFT JOIN steps s ON s.case_id = c.id GROUP BY c.id, c.replied_on, c.closed_on;
