-- Petitions that are no registration of the matter of their own, and why; urging is found with the handling. A request for
-- review, litigation (route （一） with a court in the words, or a status that says so: the route alone also covers police and
-- administrative procedures) and added material are said by the petition itself; the rest needs to know what is one matter.
-- Each label counts from the day on which what it rests on had happened: the registration, a step, for a status the closing.
CREATE TABLE petition_texts AS
SELECT c.id, c.name, c.route, coalesce(day(c.registered_on), '0000') AS on_day, s.first_step, s.first_on,
    CASE WHEN regexp_matches(coalesce(c.status, ''), '诉讼|涉诉') THEN coalesce(day(c.closed_on), w.on_day) END AS said_to_sue,
    CASE WHEN regexp_matches(concat_ws(' ', c.name, c.text), '诉讼|起诉|上诉|法院|判决') THEN '0000' ELSE s.sues_on END AS sues_on
FROM cases c JOIN said_on w ON w.case_id = c.id LEFT JOIN (
    SELECT case_id, arg_min(step, place) FILTER (own) AS first_step, arg_min(on_day, place) FILTER (own) AS first_on,
        min(on_day) FILTER (regexp_matches(opinion, '诉讼程序|提起诉讼|法院.{0,4}(立案|受理|审理|判决)')) AS sues_on
    FROM (SELECT *, coalesce(day(on_date), '0000') AS on_day, step NOT IN ('register', 'transfer', 'assign', 'accept') AS own
        FROM ordered_steps) GROUP BY case_id) s ON s.case_id = c.id
WHERE c.kind = 'petition';
INSERT INTO label_days
SELECT id, label, greatest(on_day, since) FROM (
    SELECT id, on_day, 're_review' AS label, '0000' AS since FROM petition_texts WHERE regexp_matches(name, '^(申请|请求|要求|关于申请)?(信访)?复核')
    UNION ALL
    SELECT id, on_day, 're_review', first_on FROM petition_texts WHERE first_step IN ('re_review_request', 're_review')
    UNION ALL
    SELECT id, on_day, 'review', '0000' FROM petition_texts WHERE regexp_matches(name, '^(申请|请求|要求|关于申请)?(信访)?复查')
    UNION ALL
    SELECT id, on_day, 'review', first_on FROM petition_texts WHERE first_step IN ('review_request', 'review')
    UNION ALL
    SELECT id, on_day, 'litigation', said_to_sue FROM petition_texts WHERE said_to_sue IS NOT NULL
    UNION ALL
    SELECT id, on_day, 'litigation', sues_on FROM petition_texts WHERE route = '1' AND sues_on IS NOT NULL
    UNION ALL
    SELECT id, on_day, 'added_material', '0000' FROM petition_texts WHERE regexp_matches(name, '^(再次)?(补充|追加|递交补充)(材料|证据|说明|情况)'));

-- Petitions of one person on one matter, an earlier and a later one, with how high the unit is that registered each: by its
-- level, of a department by the division it serves.
CREATE TABLE organ_ranks AS
SELECT id, CASE WHEN level = 'province' OR code_level = 10 THEN 5 WHEN level = 'city' OR code_level = 8 THEN 4
    WHEN level = 'county' OR code_level = 6 THEN 3 WHEN level = 'township' OR code_level = 3 THEN 2
    WHEN level = 'village' OR code_level = 0 THEN 1 END AS rank
FROM (SELECT id, CASE WHEN level <> 'department' THEN level END AS level, CASE WHEN level IS NULL OR level = 'department' THEN
        CASE WHEN ends_with(area_code, '0000000000') THEN 10 WHEN ends_with(area_code, '00000000') THEN 8
            WHEN ends_with(area_code, '000000') THEN 6 WHEN ends_with(area_code, '000') THEN 3
            WHEN length(area_code) = 12 THEN 0 END END AS code_level
    FROM graph."Organ");
CREATE TABLE registered_at AS
SELECT case_id, r.rank, coalesce(day(s.on_date), '0000') AS on_day
FROM ordered_steps s JOIN organ_ranks r ON r.id = key_id('o', coalesce(s.to_organ, s.from_organ)) WHERE s.step = 'register' AND r.rank IS NOT NULL;
-- Two cases that are one matter only through a third are so from the day on which that was there.
CREATE TABLE moved AS SELECT DISTINCT id FROM matter_days WHERE until IS NOT NULL;
CREATE TABLE met_later AS
SELECT a.id, b.id AS other_id, min(greatest(a.since, b.since)) AS since
FROM matter_days a JOIN matter_days b ON b.matter_id = a.matter_id AND b.id <> a.id
    AND a.since < coalesce(b.until, '9999') AND b.since < coalesce(a.until, '9999')
WHERE a.id IN (SELECT id FROM moved) OR b.id IN (SELECT id FROM moved) GROUP BY a.id, b.id;
CREATE TABLE came_again AS
SELECT DISTINCT b.id AS later, a.id AS earlier, day(b.registered_on) AS on_day, x.since AS met_on
FROM matters ma JOIN matters mb ON ma.matter_id = mb.matter_id AND ma.id <> mb.id
JOIN cases a ON a.id = ma.id JOIN cases b ON b.id = mb.id LEFT JOIN met_later x ON x.id = a.id AND x.other_id = b.id
JOIN graph."PARTY_TO.Resident.Case" pa ON pa.to_id = a.id AND pa.role IN ('petitioner', 'representative')
JOIN graph."PARTY_TO.Resident.Case" pb ON pb.to_id = b.id AND pb.from_id = pa.from_id AND pb.role IN ('petitioner', 'representative')
WHERE a.kind = 'petition' AND b.kind = 'petition' AND day(a.registered_on) <= day(b.registered_on);
INSERT INTO label_days
SELECT later, 'art36', greatest(on_day, met_on) FROM came_again JOIN ordered_steps s ON s.case_id = earlier
WHERE s.step = 're_review' AND day(s.on_date) < on_day
UNION ALL
SELECT g.later, 'art19', greatest(g.on_day, x.on_day, g.met_on) FROM came_again g JOIN registered_at x ON x.case_id = g.later
JOIN (
    SELECT a.later, a.earlier, max(r.rank) AS rank FROM came_again a JOIN registered_at r ON r.case_id = a.earlier AND r.on_day <= a.on_day
    GROUP BY a.later, a.earlier) y ON y.later = g.later AND y.earlier = g.earlier
JOIN replies r ON r.case_id = g.earlier
WHERE x.rank > y.rank AND coalesce(r.on_day >= g.on_day, true);

-- One label a day, the first of this order among those known: a label that comes before takes the place of the others.
CREATE TABLE not_counted AS
SELECT id, string_agg(dated(label, since, until), ' ' ORDER BY since) AS not_counted FROM (
    SELECT *, min(since) OVER (PARTITION BY id ORDER BY rank ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until FROM (
        SELECT id, label, min(since) AS since,
            list_position(['urging', 're_review', 'review', 'litigation', 'added_material', 'art36', 'art19'], label) AS rank
        FROM label_days GROUP BY id, label))
WHERE until IS NULL OR until > since GROUP BY id;
