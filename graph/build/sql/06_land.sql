CREATE TABLE parcels AS
SELECT code, key_id('p', code) AS id, coalesce(max_by(name, ord), code) AS name, max_by(unit_code, ord) AS unit_code,
    max_by(size, ord) AS area_m2, max_by("use", ord) AS "use", max_by("right", ord) AS "right", max_by(nature, ord) AS nature,
    nullif(concat_ws('；', '东至' || max_by(east, ord), '南至' || max_by(south, ord), '西至' || max_by(west, ord),
        '北至' || max_by(north, ord)), '') AS bounds,
    coalesce(max_by(area, ord), left(code, 12)) AS area_code, list(ref ORDER BY ord) AS refs
FROM register.parcels GROUP BY code;

CREATE TABLE graph."IN_AREA.Parcel.Area" AS
SELECT id AS from_id, key_id('a', area_code) AS to_id, refs[1] AS ref, 0 AS ord FROM parcels WHERE area_code IS NOT NULL;

CREATE TABLE graph."HOLDS.Household.Parcel" AS
SELECT key_id('h', household_no) AS from_id, key_id('p', code) AS to_id, coalesce("right", '') AS "right",
    contract_no AS contract, NULL::VARCHAR AS share, since, until, ref, ord
FROM register.parcels WHERE household_no IS NOT NULL;
CREATE TABLE graph."HOLDS.Resident.Parcel" AS
SELECT person AS from_id, key_id('p', code) AS to_id, coalesce("right", '') AS "right",
    contract_no AS contract, NULL::VARCHAR AS share, since, until, ref, ord
FROM numbered_holders;
CREATE TABLE graph."HOLDS.Organ.Parcel" AS
SELECT o.id AS from_id, key_id('p', p.code) AS to_id, coalesce(p."right", '') AS "right",
    p.contract_no AS contract, NULL::VARCHAR AS share, p.since, p.until, p.ref, p.ord
FROM register.parcels p JOIN organ_names o ON o.name = p.holder WHERE p.holder_id_number IS NULL;

-- Adjacency from the four bounds: a parcel code, else a holder's name when exactly one parcel of the village has
-- that holder. Landmarks (roads, ditches, rivers) join nothing. A holder of several parcels is possible and no edge.
CREATE TABLE bounds AS
SELECT code, village, side, bound, ord, ref, upper(bound) IN (SELECT upper(code) FROM parcels) AS is_code,
    regexp_replace(bound, '(家)?(的)?(承包)?(责任)?(田|地|宅基地|宅|屋|林地|菜地)?$', '') AS holder
FROM (
    SELECT code, coalesce(area, left(code, 12)) AS village, side, ord, ref, regexp_replace(regexp_replace(
        translate(bound, '０１２３４５６７８９', '0123456789'), '\s', '', 'g'), '^[东南西北]至[:：]?', '') AS bound
    FROM (UNPIVOT (SELECT code, area, east, south, west, north, ord, ref FROM register.parcels)
        ON east, south, west, north INTO NAME side VALUE bound));
CREATE TABLE holders AS
SELECT coalesce(area, left(code, 12)) AS village, holder, list(DISTINCT register.parcels.code) AS codes
FROM register.parcels WHERE holder IS NOT NULL GROUP BY ALL;
CREATE TABLE graph."ADJOINS.Parcel.Parcel" AS
SELECT key_id('p', b.code) AS from_id, p.id AS to_id, b.side, 'bound_code@1' AS derived_by, b.ref, b.ord
FROM bounds b JOIN parcels p ON upper(p.code) = upper(b.bound) WHERE p.code <> b.code
UNION ALL
SELECT key_id('p', b.code), key_id('p', h.codes[1]), b.side, 'bound_holder@1', b.ref, b.ord
FROM bounds b JOIN holders h USING (village, holder)
WHERE len(h.codes) = 1 AND h.codes[1] <> b.code AND NOT b.is_code;

-- Bounds that may mean one of several parcels, and bounds that name a parcel code nobody handed over.
CREATE TABLE ambiguous_bounds AS
SELECT b.code, b.side, b.bound, b.ref, len(list_filter(h.codes, lambda c: c <> b.code)) AS candidates
FROM bounds b JOIN holders h USING (village, holder) WHERE len(h.codes) > 1 AND NOT b.is_code;
CREATE TABLE unknown_bounds AS
SELECT code, side, bound, ref FROM bounds WHERE NOT is_code AND regexp_full_match(bound, '\d{12}[0-9A-Za-z]{7}');
