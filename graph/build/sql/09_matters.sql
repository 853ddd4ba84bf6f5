-- Which cases are one matter, without their words: a declared origin, or a shared parcel. Pairs are neighbours in time,
-- so a group of n needs n - 1 edges. What follows from words is found by the step between (`sameness.py`).
CREATE TABLE matter_order AS
SELECT id, category, area_code, coalesce(day(registered_on), '') AS on_day,
    left(coalesce(name, ''), 200) AS title, left(coalesce(text, ''), 400) AS body
FROM cases JOIN case_areas USING (id);

CREATE TABLE graph."SAME_MATTER.Case.Case" AS
SELECT from_id, to_id, 'declared' AS test, 1.0::DOUBLE AS score, ref, ord FROM graph."FOLLOWS.Case.Case"
UNION ALL
SELECT * FROM (
    SELECT id AS from_id, lag(id) OVER (PARTITION BY parcel ORDER BY on_day, id) AS to_id, 'parcel', 1.0, NULL, 0
    FROM matter_order JOIN (SELECT id, parcel FROM cases) USING (id) WHERE parcel IS NOT NULL) WHERE to_id IS NOT NULL;
