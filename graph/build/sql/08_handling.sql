-- What went wrong in the handling, as facts about the matter, each with the days on which it holds: `until` is the first day
-- on which it does so no more. Nothing is claimed that begins after the last day the data speak of. A missing reply is said only
-- where the same file or sheet carries replies at all; absence of data is no evidence.
CREATE TABLE replying_sheets AS SELECT DISTINCT sheet FROM cases WHERE kind = 'petition' AND coalesce(replied_on, closed_on) IS NOT NULL;
-- Overdue on a day: the limit that the source sets, or the sixty days of route (六), as the clocks have them. Without a
-- limit nothing is late. Until an extension is given the limit is the one without it.
CREATE TABLE limits AS
SELECT case_id, coalesce(base_due_on, due_on) AS base_due_on, due_on, coalesce(extended_on, '') AS extended_on, met_on FROM graph."Clock"
WHERE clock IN ('declared', 'handling') AND due_on IS NOT NULL;
-- What a source says without a day (a case overdue, an agreement not kept) is known when the case is answered or closed, else
-- from the last day of the data.
CREATE TABLE said_on AS
SELECT c.id AS case_id, coalesce(r.on_day, last_day.d, '0000') AS on_day FROM cases c JOIN replies r ON r.case_id = c.id, last_day;
CREATE TABLE fault_days AS
SELECT case_id, 'missed_deadline' AS fault, on_day AS since, NULL::VARCHAR AS until
FROM cases c JOIN said_on ON case_id = id WHERE timeliness = 'overdue'
UNION ALL
SELECT case_id, 'missed_deadline', day_after(base_due_on), extended_on FROM limits, last_day
WHERE extended_on > base_due_on AND coalesce(met_on > base_due_on, true) AND day_after(base_due_on) <= last_day.d
UNION ALL
SELECT case_id, 'missed_deadline', greatest(day_after(due_on), CASE WHEN extended_on > base_due_on THEN extended_on END), NULL
FROM limits, last_day WHERE coalesce(met_on > due_on, true) AND day_after(due_on) <= last_day.d
UNION ALL
SELECT id, 'no_reply', since, on_day FROM (
    SELECT c.id, strftime(TRY_CAST(day(c.registered_on) AS DATE) + 76, '%Y-%m-%d') AS since, r.on_day
    FROM replies r JOIN cases c ON c.id = r.case_id JOIN replying_sheets USING (sheet) WHERE c.kind = 'petition'), last_day
WHERE since <= last_day.d
UNION ALL
SELECT case_id, 'returned', coalesce(min(day(on_date)), '0000'), NULL FROM steps WHERE step = 'return' GROUP BY case_id
UNION ALL
SELECT case_id, 'owner_changed', list_sort(list(coalesce(day(on_date), '0000')))[2], NULL FROM steps JOIN custody USING (id)
WHERE to_organ IS DISTINCT FROM previous_organ AND nth > 1 GROUP BY case_id HAVING count(*) > 1
UNION ALL
SELECT c.id, 'unkept_agreement', greatest(day(a.signed_on), least(day(a.performed_on), last_day.d)), NULL
FROM agreements a JOIN case_ids c ON c.number = a.case_number, last_day WHERE a.performed IN ('no', 'repudiated')
UNION ALL
SELECT c.id, 'unkept_agreement', day_after(day(a.due_on)), CASE WHEN a.performed = 'yes' THEN coalesce(day(a.performed_on), '') END
FROM agreements a JOIN case_ids c ON c.number = a.case_number, last_day WHERE day_after(day(a.due_on)) <= last_day.d;
-- Periods of one fault that touch are one.
CREATE TABLE faults AS
SELECT case_id, fault, min(since) AS since, nullif(max(coalesce(until, '9999')), '9999') AS until
FROM (SELECT *, sum(apart::INT) OVER (PARTITION BY case_id, fault ORDER BY since, until) AS run FROM (
    SELECT *, coalesce(since > max(coalesce(until, '9999')) OVER (
        PARTITION BY case_id, fault ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS apart
    FROM fault_days WHERE until IS NULL OR until > since))
GROUP BY case_id, fault, run;
CREATE TABLE case_faults AS
SELECT case_id AS id, string_agg(dated(fault, since, until), ' ' ORDER BY fault, since) AS faults FROM faults GROUP BY case_id;

-- Why a petition is no registration of its own, and the day from which that is known. Urging an overdue case is none: what is
-- overdue is judged on the day of urging, by the limits then, or by the source's own word once that is known.
CREATE TABLE label_days AS
SELECT c.id, 'urging' AS label, greatest(coalesce(day(c.registered_on), '0000'), CASE WHEN NOT starts_with(c.name, '催办') THEN u.on_day END,
    CASE WHEN l.case_id IS NULL THEN w.on_day END) AS since
FROM cases c
JOIN case_ids oi ON oi.number = c.origin JOIN cases o ON o.id = oi.id JOIN said_on w ON w.case_id = o.id JOIN replies r ON r.case_id = o.id
LEFT JOIN (SELECT case_id, min(coalesce(day(on_date), '0000')) AS on_day FROM steps WHERE step = 'urge' GROUP BY case_id) u ON u.case_id = c.id
LEFT JOIN limits l ON l.case_id = o.id
    AND day(c.registered_on) > CASE WHEN l.extended_on <= day(c.registered_on) THEN l.due_on ELSE l.base_due_on END
WHERE c.kind = 'petition' AND (starts_with(c.name, '催办') OR u.case_id IS NOT NULL)
    AND coalesce(r.on_day > day(c.registered_on), true) AND (o.timeliness = 'overdue' OR l.case_id IS NOT NULL);
