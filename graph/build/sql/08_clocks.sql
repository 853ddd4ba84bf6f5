-- The periods with their rules: `clock_rules` and `calendar_days` come from the step before. A rule is chosen by the day and
-- the place, the narrowest jurisdiction first. A period that some rule of the country knows, but none of that day, has no
-- length: it is said to be unknown. A local period exists only where a local rule holds.
CREATE TABLE ruled_clocks AS
SELECT hash_id('k', concat_ws('|', e.case_id, e.clock, e.key)) AS id, e.*, TRY_CAST(e.start_on AS DATE) AS start_day, a.area_code,
    r.* EXCLUDE (clock, valid_from, valid_to)
FROM clock_events e JOIN case_areas a ON a.id = e.case_id
LEFT JOIN clock_rules r ON r.clock = e.clock AND e.chosen_on BETWEEN r.valid_from AND r.valid_to
    AND starts_with(coalesce(a.area_code, ''), r.jurisdiction)
WHERE r.rule IS NOT NULL OR e.clock IN (SELECT clock FROM clock_rules WHERE jurisdiction = '')
QUALIFY row_number() OVER (PARTITION BY e.case_id, e.clock, e.key ORDER BY length(r.jurisdiction) DESC NULLS LAST, r.rule) = 1;

-- The last day as counted: the first day is not counted (民法典 201), a month ends on the day of the same number (202).
CREATE TABLE counted_clocks AS
SELECT k.*, CASE WHEN void = '' THEN coalesce(start_day + days, (start_day + to_months(months))::DATE, w.day) END AS base_day,
    working_days IS NOT NULL AS by_working_days, s.unknown AS unknown_before
FROM ruled_clocks k LEFT JOIN calendar_days s ON s.day = k.start_day
LEFT JOIN (SELECT * FROM calendar_days WHERE works) w ON w.nth = s.nth + k.working_days;

CREATE TABLE based_clocks AS
SELECT k.*, d.rolled AS base_due FROM counted_clocks k LEFT JOIN calendar_days d ON d.day = k.base_day;

CREATE TABLE pauses AS
SELECT id, count(DISTINCT day) AS paused_days, min(day) AS paused_on FROM (
    SELECT k.id, unnest(generate_series(greatest(h.first_day, k.start_day), h.last_day, INTERVAL 1 DAY))::DATE AS day
    FROM based_clocks k JOIN hearings h ON h.case_id = k.case_id
    WHERE k.pause = 'hearing' AND h.last_day >= k.start_day AND h.first_day <= k.base_due
        AND h.last_day <= h.first_day + 366) GROUP BY id;

CREATE TABLE lengthened_clocks AS
SELECT k.*, p.paused_days, p.paused_on, CASE WHEN asked > 0 THEN CASE WHEN extension_agreed THEN asked ELSE least(extension, asked) END END AS extension_days,
    base_day + coalesce(CASE WHEN extension_agreed THEN asked ELSE extension END, 0)::INTEGER AS furthest_day
FROM (SELECT k.*, x.extended_on, TRY_CAST(x.asked_to AS DATE) AS asked_to, x.steps AS extend_steps, x.refs AS extension_refs,
        date_diff('day', k.base_day, TRY_CAST(x.asked_to AS DATE)) AS asked
    FROM based_clocks k LEFT JOIN extensions x ON x.case_id = k.case_id AND k.base_day IS NOT NULL
        AND (k.extension IS NOT NULL OR k.extension_agreed)) k
LEFT JOIN pauses p USING (id);

CREATE TABLE timed_clocks AS
SELECT k.*, d.day AS unrolled, d.rolled AS due, f.rolled AS furthest,
    CASE WHEN k.by_working_days THEN d.unknown - k.unknown_before ELSE d.rolling END > 0 AS estimated
FROM (SELECT *, base_day + (coalesce(extension_days, 0) + coalesce(paused_days, 0))::INTEGER AS last_counted FROM lengthened_clocks) k
LEFT JOIN calendar_days d ON d.day = k.last_counted LEFT JOIN calendar_days f ON f.day = k.furthest_day;

-- The limit that the source itself sets: of the case, else, where no rule is known for its handling, of its 受理.
CREATE TABLE said_limits AS
SELECT id AS case_id, day(registered_on) AS start_on, day(due_on) AS base_on, day(extended_to) AS longer_on, NULL::VARCHAR AS granted_on, refs
FROM cases WHERE due_on IS NOT NULL
UNION ALL
SELECT t.case_id, t.start_on, day(s.due_on), day(x.asked_to), x.extended_on, list_concat([s.ref], x.refs)
FROM timed_clocks t JOIN cases c ON c.id = t.case_id AND c.due_on IS NULL
JOIN (SELECT case_id, min_by(due_on, place) AS due_on, min_by(ref, place) AS ref FROM ordered_steps WHERE step = 'accept' AND due_on IS NOT NULL GROUP BY case_id) s
    ON s.case_id = t.case_id
LEFT JOIN extensions x ON x.case_id = t.case_id
WHERE t.clock = 'handling' AND t.rule IS NULL AND t.void = '' AND t.start_on IS NOT NULL;

CREATE TABLE graph."Clock" AS
SELECT t.id, n.name, t.case_id, t.clock, coalesce(t.statute, '') AS statute, coalesce(t.article, '') AS article,
    coalesce(t.jurisdiction, '') AS jurisdiction, t.start_on, t.due::VARCHAR AS due_on, t.unrolled::VARCHAR AS unrolled_on,
    t.base_due::VARCHAR AS base_due_on, t.met_on, t.ended_on, t.extension_days, coalesce(t.extended_on, t.paused_on::VARCHAR) AS extended_on,
    t.paused_days, NOT coalesce(t."right", n.may) AS duty,
    array_to_string(list_filter([
        t.void, CASE WHEN t.rule IS NULL THEN 'rule_unknown' END,
        CASE WHEN t.start_on IS NOT NULL AND t.start_day IS NULL THEN 'start_imprecise' END,
        CASE WHEN t.estimated THEN 'holidays_estimated' END,
        CASE WHEN t.asked_to > t.furthest THEN 'extension_too_long' END,
        CASE WHEN t.extend_steps > 1 THEN 'extension_again' END,
        CASE WHEN t.extension_days > 0 AND t.extended_on IS NULL THEN 'extension_undated' END,
        CASE WHEN t.extended_on > t.base_due::VARCHAR THEN 'extension_late' END,
        CASE WHEN t.extend_steps > 0 AND t.asked_to IS NULL THEN 'extension_unknown' END
    ], lambda f: f <> ''), ' ') AS flags,
    coalesce(o.id, '') AS organ_id, coalesce(t.rule || '@' || t.pack, '') AS rule_version, t.area_code,
    list_sort(list_distinct(list_concat(t.refs, t.extension_refs))) AS refs
FROM timed_clocks t JOIN clock_names n USING (clock) LEFT JOIN graph."Organ" o ON o.id = key_id('o', t.organ)
UNION ALL BY NAME
SELECT hash_id('k', case_id || '|declared') AS id, '来源所载时限' AS name, case_id, 'declared' AS clock, '' AS statute, '来源表所载' AS article,
    '' AS jurisdiction, start_on, greatest(base_on, longer_on) AS due_on, greatest(base_on, longer_on) AS unrolled_on, base_on AS base_due_on,
    r.on_day AS met_on, NULL AS ended_on, CASE WHEN longer_on > base_on THEN days_between(base_on, longer_on) END AS extension_days,
    CASE WHEN longer_on > base_on THEN granted_on END AS extended_on, NULL AS paused_days, true AS duty, '' AS flags, '' AS organ_id,
    'declared@1' AS rule_version, a.area_code, refs
FROM said_limits d JOIN case_areas a ON a.id = d.case_id JOIN replies r USING (case_id);
CREATE TABLE graph."HAS_CLOCK.Case.Clock" AS SELECT case_id AS from_id, id AS to_id, refs[1] AS ref, 0 AS ord FROM graph."Clock";
