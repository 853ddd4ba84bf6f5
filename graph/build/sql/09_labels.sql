-- Petitions that are no registration of the matter of their own, and why; urging is found with the handling. A request for
-- review, litigation (route （一） with a court in the words, or a status that says so: the route alone also covers police and
-- administrative procedures) and added material are said by the petition itself; the rest needs to know what is one matter.
CREATE TABLE petition_texts AS
SELECT c.id, c.name, c.route, c.status, s.first_step,
    regexp_matches(concat_ws(' ', c.name, c.text), '诉讼|起诉|上诉|法院|判决')
        OR regexp_matches(coalesce(s.opinions, ''), '诉讼程序|提起诉讼|法院.{0,4}(立案|受理|审理|判决)') AS sues
FROM cases c LEFT JOIN (
    SELECT case_id, string_agg(opinion, ' ') AS opinions, arg_min(step, place) FILTER (step NOT IN ('register', 'transfer', 'assign', 'accept')) AS first_step
    FROM ordered_steps GROUP BY case_id) s ON s.case_id = c.id
WHERE c.kind = 'petition';
INSERT INTO not_counted
SELECT id, label FROM (
    SELECT id, CASE
        WHEN first_step IN ('re_review_request', 're_review') OR regexp_matches(name, '^(申请|请求|要求|关于申请)?(信访)?复核') THEN 're_review'
        WHEN first_step IN ('review_request', 'review') OR regexp_matches(name, '^(申请|请求|要求|关于申请)?(信访)?复查') THEN 'review'
        WHEN regexp_matches(coalesce(status, ''), '诉讼|涉诉') OR (route = '1' AND sues) THEN 'litigation'
        WHEN regexp_matches(name, '^(再次)?(补充|追加|递交补充)(材料|证据|说明|情况)') THEN 'added_material'
    END AS label FROM petition_texts)
WHERE label IS NOT NULL AND id NOT IN (SELECT id FROM not_counted);

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
SELECT case_id, max(r.rank) AS rank FROM ordered_steps s JOIN organ_ranks r ON r.id = key_id('o', coalesce(s.to_organ, s.from_organ))
WHERE s.step = 'register' GROUP BY case_id;
CREATE TABLE came_again AS
SELECT DISTINCT b.id AS later, a.id AS earlier, day(b.registered_on) AS on_day
FROM matters ma JOIN matters mb ON ma.matter_id = mb.matter_id AND ma.id <> mb.id
JOIN cases a ON a.id = ma.id JOIN cases b ON b.id = mb.id
JOIN graph."PARTY_TO.Resident.Case" pa ON pa.to_id = a.id AND pa.role IN ('petitioner', 'representative')
JOIN graph."PARTY_TO.Resident.Case" pb ON pb.to_id = b.id AND pb.from_id = pa.from_id AND pb.role IN ('petitioner', 'representative')
WHERE a.kind = 'petition' AND b.kind = 'petition' AND day(a.registered_on) <= day(b.registered_on);
INSERT INTO not_counted
SELECT later, max(label) FROM (
    SELECT later, 'art36' AS label FROM came_again JOIN ordered_steps s ON s.case_id = earlier
    WHERE s.step = 're_review' AND day(s.on_date) < on_day
    UNION ALL
    SELECT later, 'art19' FROM came_again g JOIN registered_at x ON x.case_id = g.later JOIN registered_at y ON y.case_id = g.earlier
    JOIN replies r ON r.case_id = g.earlier
    WHERE x.rank > y.rank AND coalesce(r.on_day >= g.on_day, true))
WHERE later NOT IN (SELECT id FROM not_counted) GROUP BY later;
