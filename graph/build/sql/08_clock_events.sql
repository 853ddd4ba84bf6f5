-- What starts, stops and ends each statutory period: one row a period, before any rule gives it a length.
-- `start_on` may be null (not begun); `chosen_on` is the day whose rules hold then; `ended_on` is the day from which the
-- period concerns nobody any more; `void` says why it has no length.
CREATE TABLE marks AS
SELECT c.id AS case_id, c.sheet, c.refs, c.purpose IS NULL OR c.purpose = 'claim' AS appeal, c.route, day(c.registered_on) AS registered_on,
    min(day(s.on_date)) FILTER (s.step = 'register') AS register_on,
    min_by(s.to_organ, s.place) FILTER (s.step = 'register') AS register_organ,
    coalesce(day(c.accepted_on), min(day(s.on_date)) FILTER (s.step = 'accept')) AS accepted_on,
    min_by(coalesce(s.to_organ, s.from_organ), s.place) FILTER (s.step = 'accept') AS accepting_organ,
    min(day(s.on_date)) FILTER (s.step = 'not_accept') AS refused_on,
    min(day(s.on_date)) FILTER (s.step IN ('transfer', 'assign', 'not_accept')) AS sent_on,
    coalesce(day(c.replied_on), min(day(s.on_date)) FILTER (s.step = 'reply')) AS replied_on,
    coalesce(day(c.closed_on), min(day(s.on_date)) FILTER (s.step = 'close')) AS closed_on,
    list(s.ref ORDER BY s.place) FILTER (s.step IN ('register', 'transfer', 'assign', 'accept', 'not_accept', 'reply', 'close')) AS step_refs,
    bool_or(s.step IN ('transfer', 'assign', 'accept', 'not_accept')) AS flows,
    c.origin IS NOT NULL AND (starts_with(c.name, '催办') OR coalesce(bool_or(s.step = 'urge'), false)) AS urging
FROM cases c LEFT JOIN ordered_steps s ON s.case_id = c.id WHERE c.kind = 'petition'
GROUP BY c.id, c.sheet, c.refs, c.purpose, c.route, c.registered_on, c.accepted_on, c.replied_on, c.closed_on, c.origin, c.name;
-- A petition that was never passed on is late only where its file or sheet tells of passing on and accepting at all, and not
-- when it only urges another.
CREATE TABLE flowing_sheets AS SELECT DISTINCT sheet FROM marks WHERE flows OR accepted_on IS NOT NULL;

-- An objection is raised against the last handing over by 转送 or 交办 to the unit that raises it.
CREATE TABLE objections AS
SELECT s.id, s.case_id, s.place, day(s.on_date) AS on_day, s.ref, arg_max(r.id, r.place) AS receipt_id
FROM ordered_steps s SEMI JOIN marks USING (case_id)
JOIN ordered_steps r ON r.case_id = s.case_id AND r.place < s.place AND r.step IN ('transfer', 'assign')
    AND (s.from_organ IS NULL OR r.to_organ IS NULL OR r.to_organ = s.from_organ)
WHERE s.step = 'objection' GROUP BY s.id, s.case_id, s.place, s.on_date, s.ref;
CREATE TABLE objected AS
SELECT receipt_id AS step_id, min(on_day) AS objected_on, list(ref ORDER BY place) AS objection_refs FROM objections GROUP BY receipt_id;

-- Each handing over is a receipt; what follows belongs to it until the next one, but for objections.
CREATE TABLE receipts AS
WITH numbered AS (
    SELECT s.*, count(*) FILTER (step IN ('transfer', 'assign')) OVER (PARTITION BY case_id ORDER BY place) AS receipt
    FROM ordered_steps s SEMI JOIN marks USING (case_id)),
grouped AS (
    SELECT case_id, receipt, min_by(id, place) AS step_id, min_by(day(on_date), place) AS on_day, min_by(to_organ, place) AS organ,
        min_by(ref, place) AS ref, min(day(on_date)) FILTER (step IN ('accept', 'not_accept')) AS decided_on,
        min(day(on_date)) FILTER (step = 'return') AS returned_on, min_by(id, place) FILTER (step = 'return') AS return_id,
        list(ref ORDER BY place) FILTER (step IN ('accept', 'not_accept', 'return')) AS decision_refs
    FROM numbered WHERE receipt > 0 GROUP BY case_id, receipt)
SELECT g.* EXCLUDE (decision_refs), o.objected_on, list_concat(g.decision_refs, o.objection_refs) AS answer_refs, lead(on_day) OVER handed AS next_on, lead(on_day) OVER handed IS NULL AS last
FROM grouped g LEFT JOIN objected o USING (step_id)
WINDOW handed AS (PARTITION BY case_id ORDER BY receipt);

CREATE TABLE asks AS  -- review and re-review, the first of each
SELECT case_id, min(day(on_date)) FILTER (step = 'review_request') AS review_asked, min(day(on_date)) FILTER (step = 'review') AS reviewed,
    min(day(on_date)) FILTER (step = 're_review_request') AS re_review_asked, min(day(on_date)) FILTER (step = 're_review') AS re_reviewed,
    min_by(to_organ, place) FILTER (step = 'review_request') AS reviewer,
    min_by(to_organ, place) FILTER (step = 're_review_request') AS re_reviewer,
    list(ref ORDER BY place) AS refs
FROM ordered_steps WHERE step IN ('review_request', 'review', 're_review_request', 're_review') GROUP BY case_id;

CREATE TABLE clock_events AS
SELECT case_id, 'dispatch' AS clock, '' AS key, coalesce(register_on, registered_on) AS start_on, coalesce(register_on, registered_on) AS chosen_on,
    least(sent_on, accepted_on, replied_on, closed_on) AS met_on, NULL::VARCHAR AS ended_on, register_organ AS organ, '' AS void,
    list_concat(refs, step_refs) AS refs
FROM marks SEMI JOIN flowing_sheets USING (sheet) WHERE NOT urging
UNION ALL
SELECT case_id, 'acceptance', step_id, on_day, on_day, met_on, CASE WHEN met_on IS NULL THEN least(returned_on, next_on, gone_on) END, organ, '',
    list_concat([ref], answer_refs)
FROM (SELECT r.*, coalesce(decided_on, CASE WHEN last AND accepted_on >= on_day THEN accepted_on END) AS met_on,
    CASE WHEN coalesce(replied_on, closed_on) >= on_day THEN coalesce(replied_on, closed_on) END AS gone_on
    FROM receipts r JOIN marks USING (case_id))
UNION ALL
SELECT case_id, 'objection', step_id, on_day, on_day, met_on, CASE WHEN met_on IS NULL THEN least(decided_on, next_on) END, organ, '',
    list_concat([ref], answer_refs)
FROM (SELECT *, least(objected_on, returned_on) AS met_on FROM receipts)
UNION ALL
SELECT case_id, 'handling', '', accepted_on, coalesce(accepted_on, registered_on),
    CASE WHEN accepted_on IS NOT NULL THEN coalesce(replied_on, closed_on) END,
    CASE WHEN void <> '' AND void <> 'route_unknown' THEN registered_on WHEN accepted_on IS NULL THEN least(refused_on, replied_on, closed_on) END,
    accepting_organ, void, list_concat(refs, step_refs)
FROM (SELECT *, CASE WHEN route IS NULL THEN 'route_unknown' WHEN route <> '6' THEN 'other_route' WHEN NOT appeal THEN 'other_purpose'
    ELSE '' END AS void FROM marks) WHERE route IS NOT NULL OR accepted_on IS NOT NULL
UNION ALL
SELECT m.case_id, 'review_request', '', m.replied_on, m.replied_on, a.review_asked, NULL, NULL, '', list_concat(m.refs, a.refs)
FROM marks m LEFT JOIN asks a USING (case_id)
WHERE m.replied_on IS NOT NULL AND (a.review_asked IS NOT NULL OR (m.route = '6' AND m.appeal))
UNION ALL
SELECT case_id, 'review', '', review_asked, review_asked, reviewed, NULL, reviewer, '', refs FROM asks WHERE review_asked IS NOT NULL
UNION ALL
SELECT case_id, 're_review_request', '', reviewed, reviewed, re_review_asked, NULL, NULL, '', refs FROM asks WHERE reviewed IS NOT NULL
UNION ALL
SELECT case_id, 're_review', '', re_review_asked, re_review_asked, re_reviewed, NULL, re_reviewer, '', refs FROM asks WHERE re_review_asked IS NOT NULL
UNION ALL
SELECT c.id, 'confirmation', a.id, day(a.signed_on), day(a.signed_on), day(a.confirmed_on), NULL, NULL, '', a.refs
FROM agreements a JOIN case_ids c ON c.number = a.case_number WHERE a.signed_on IS NOT NULL
UNION ALL
SELECT c.id, 'mediation', '', min(day(s.on_date)) FILTER (s.step = 'accept'), coalesce(min(day(s.on_date)) FILTER (s.step = 'accept'), day(c.registered_on)),
    coalesce(day(c.closed_on), min(day(s.on_date)) FILTER (s.step = 'close')), NULL,
    min_by(coalesce(s.to_organ, s.from_organ), s.place) FILTER (s.step = 'accept'), '', list_concat(c.refs, list(s.ref ORDER BY s.place))
FROM cases c LEFT JOIN ordered_steps s ON s.case_id = c.id WHERE c.kind = 'dispute' GROUP BY c.id, c.registered_on, c.closed_on, c.refs;

-- The extension that was asked for: of the first 延期 after acceptance, else the day in 延期至. One extension counts.
CREATE TABLE extensions AS
SELECT c.id AS case_id, min_by(day(s.on_date), s.place) AS extended_on, coalesce(min_by(day(s.due_on), s.place), day(c.extended_to)) AS asked_to,
    count(s.id) AS steps, list(s.ref ORDER BY s.place) FILTER (s.ref IS NOT NULL) AS refs
FROM cases c LEFT JOIN ordered_steps s ON s.case_id = c.id AND s.step = 'extend'
GROUP BY c.id, c.extended_to HAVING count(s.id) > 0 OR c.extended_to IS NOT NULL;
-- Days of hearings: a 听证 is one day, or all days until its 办理时限.
CREATE TABLE hearings AS
SELECT case_id, TRY_CAST(day(on_date) AS DATE) AS first_day, coalesce(TRY_CAST(day(due_on) AS DATE), TRY_CAST(day(on_date) AS DATE)) AS last_day
FROM steps WHERE step = 'hearing' AND TRY_CAST(day(on_date) AS DATE) IS NOT NULL;
