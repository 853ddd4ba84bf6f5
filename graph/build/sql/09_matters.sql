-- Which cases are one matter: a declared origin, a shared parcel, or the same words about the same category in the
-- same village. Pairs are neighbours in time, so a group of n needs n - 1 edges.
CREATE TABLE matter_order AS
SELECT id, kind, parcel, category, area_code, coalesce(day(registered_on), '') AS on_day,
    regexp_replace(coalesce(name, '') || coalesce(text, ''), '[\s\p{P}]+', '', 'g') AS words
FROM cases JOIN case_areas USING (id);

CREATE TABLE graph."SAME_MATTER.Case.Case" AS
SELECT from_id, to_id, 'declared' AS test, 1.0::DOUBLE AS score, ref, ord FROM graph."FOLLOWS.Case.Case"
UNION ALL
SELECT * FROM (
    SELECT id AS from_id, lag(id) OVER (PARTITION BY parcel ORDER BY on_day, id) AS to_id, 'parcel', 1.0, NULL, 0
    FROM matter_order WHERE parcel IS NOT NULL) WHERE to_id IS NOT NULL
UNION ALL
SELECT * FROM (
    SELECT id AS from_id, lag(id) OVER (PARTITION BY md5(words), category, area_code ORDER BY on_day, id) AS to_id,
        'category_place_text', 1.0, NULL, 0
    FROM matter_order WHERE length(words) >= 10 AND category IS NOT NULL AND area_code IS NOT NULL) WHERE to_id IS NOT NULL;
