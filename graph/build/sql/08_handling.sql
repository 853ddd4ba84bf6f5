-- What went wrong in the handling, as facts about the matter. A missing reply is said only where the same file or sheet
-- carries replies at all; absence of data is no evidence.
CREATE TABLE replying_sheets AS SELECT DISTINCT sheet FROM cases WHERE kind = 'petition' AND coalesce(replied_on, closed_on) IS NOT NULL;
-- Overdue on a day: the limit that the source sets, or the sixty days of route (六), as the clocks have them. Without a
-- limit nothing is late.
CREATE TABLE limits AS
SELECT case_id, base_due_on, due_on, coalesce(extended_on, '') AS extended_on, met_on FROM graph."Clock"
WHERE clock IN ('declared', 'handling') AND due_on IS NOT NULL;
CREATE TABLE faults AS
SELECT id AS case_id, 'missed_deadline' AS fault FROM cases WHERE timeliness = 'overdue'
UNION ALL
SELECT case_id, 'missed_deadline' FROM limits, last_day WHERE coalesce(met_on, last_day.d) > due_on
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
    AND (o.timeliness = 'overdue' OR EXISTS (
        SELECT 1 FROM limits l WHERE l.case_id = o.id
            AND day(c.registered_on) > CASE WHEN l.extended_on <= day(c.registered_on) THEN l.due_on ELSE l.base_due_on END));
