-- From scores to tiers. `identity_scored` (a, b, weight, one column a comparison with the key of the level that spoke,
-- features, why, why_not) comes from the step between. A different birth date is a different person, whatever the rest says.
-- Probable needs a whole name and something beside it that does not depend on the name; a written variant or a name that
-- only sounds the same needs two such things. A name alone is never more than possible. Another name is another person (a
-- father, a wife at the same door with the same phone), unless birth day and something more speak for one who changed it.
CREATE TABLE identity_tiers AS
SELECT *,
    coalesce(phone = 'same', false)::INT + coalesce(born IN ('day', 'month'), false)::INT
        + coalesce(address = 'door', false)::INT + coalesce(household IN ('one', 'several'), false)::INT AS support,
    name IN ('exact', 'script', 'former') AS same_name, name IN ('variant', 'pinyin') AS like_name,
    coalesce(gender = 'differs', false) OR coalesce(born IN ('typo', 'near'), false) AS doubtful
FROM identity_scored WHERE coalesce(born <> 'differs', true) AND weight >= $possible;
DELETE FROM identity_tiers WHERE name = 'differs' AND NOT (coalesce(born = 'day', false) AND support >= 2);

-- A loose record is one person: of several who have numbers at most one is meant. Who is not clearly ahead of the next
-- is only possible.
CREATE TABLE identity_rivals AS
SELECT x.a, x.b, max(y.weight) AS next_best, count(*) FILTER (y.weight > x.weight - $margin) AS rivals
FROM (SELECT a, b, weight, CASE WHEN loose_a THEN a ELSE b END AS loose_id, CASE WHEN loose_a THEN b ELSE a END AS known_id
    FROM identity_tiers WHERE loose_a <> loose_b) x
JOIN (SELECT weight, CASE WHEN loose_a THEN a ELSE b END AS loose_id, CASE WHEN loose_a THEN b ELSE a END AS known_id
    FROM identity_tiers WHERE loose_a <> loose_b) y USING (loose_id)
WHERE x.known_id <> y.known_id GROUP BY x.a, x.b;
CREATE TABLE identity_first AS
SELECT t.*, r.rivals, coalesce(r.rivals > 0, false) AS contested,
    CASE WHEN weight >= $probable AND NOT doubtful AND (same_name AND support >= 1 OR like_name AND support >= 2)
        AND coalesce(r.rivals, 0) = 0 THEN 'probable' ELSE 'possible' END AS tier
FROM identity_tiers t LEFT JOIN identity_rivals r USING (a, b);

-- Two loose records that probably are two people with numbers are not probably one.
CREATE TABLE identity_owners AS
SELECT CASE WHEN loose_a THEN a ELSE b END AS id, CASE WHEN loose_a THEN b ELSE a END AS owner
FROM identity_first WHERE tier = 'probable' AND loose_a <> loose_b;
CREATE TABLE identity_edges AS
SELECT f.a, f.b, CASE WHEN x.owner <> y.owner THEN 'possible' ELSE tier END AS tier, weight AS score, features, why,
    coalesce(nullif(concat_ws('；', nullif(why_not, ''),
        CASE WHEN same_name AND support = 0 THEN '除姓名和所在地外没有其他印证' END,
        CASE WHEN like_name AND support = 1 THEN '写法不同的姓名只有一项印证' END,
        CASE WHEN greatest(f.namesakes_a, f.namesakes_b) > 1 AND same_name
            THEN '本村同名的有' || greatest(f.namesakes_a, f.namesakes_b) || '人' END,
        CASE WHEN contested THEN '另有' || rivals || '名居民同样相符或更相符，分不清是谁' END,
        CASE WHEN x.owner <> y.owner THEN '两者各与不同的居民相符' END,
        CASE WHEN missing <> '' THEN '无从比较：' || missing END), ''), '没有不符之处') AS why_not
FROM identity_first f LEFT JOIN identity_owners x ON x.id = f.a LEFT JOIN identity_owners y ON y.id = f.b;
