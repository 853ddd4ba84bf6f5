-- A household exists by its own row, or only through the rows of its members.
CREATE TABLE household_rows AS
SELECT household_no, head_name, address, kind, area, ord, ref FROM register.households
UNION ALL
SELECT household_no, CASE WHEN relation = '02' THEN name END, address, NULL, area, ord - (1::BIGINT << 60), ref
FROM resident_rows WHERE household_no IS NOT NULL;

CREATE TABLE households AS
SELECT household_no, key_id('h', household_no) AS id, coalesce(max_by(head_name, ord) || '户', '户' || household_no) AS name,
    coalesce(max_by(kind, ord), 'family') AS kind, max_by(address, ord) AS address, max_by(area, ord) AS area_code,
    list(ref ORDER BY ord DESC) AS refs
FROM household_rows GROUP BY household_no;

CREATE TABLE graph."IN_AREA.Household.Area" AS
SELECT id AS from_id, key_id('a', area_code) AS to_id, refs[1] AS ref, 0 AS ord FROM households WHERE area_code IS NOT NULL;

CREATE TABLE graph."MEMBER_OF.Resident.Household" AS
SELECT id AS from_id, key_id('h', household_no) AS to_id, relation, true AS registered,
    moved_in_on AS since, moved_out_on AS until, ref, ord
FROM resident_rows WHERE household_no IS NOT NULL;

-- Kinship inside a household, from everybody's relation to its head (GB/T 4761). `relation` says what the other is
-- to me. Where the relation to the head leaves two readings (a child and a grandchild), nothing is derived.
CREATE TABLE kin_class AS
SELECT code, class, blood FROM (VALUES
    ('head', ['02', '01'], true), ('spouse', ['10', '11', '12'], true),
    ('child', ['20', '21', '22', '23', '24', '25', '26', '29', '30', '31', '32', '33', '34', '35', '36', '39'], true),
    ('child', ['27', '37'], false), ('child_in_law', ['28', '38'], true),
    ('grandchild', ['40', '41', '42', '43', '44'], true), ('parent', ['50', '51', '52'], true),
    ('parent', ['57', '58'], false), ('parent_in_law', ['53', '54', '55', '56'], true),
    ('grandparent', ['60', '61', '62', '63', '64'], true),
    ('sibling', ['70', '71', '73', '75', '77'], true), ('sibling_in_law', ['72', '74', '76', '78'], true)
) AS t(class, codes, blood), unnest(codes) AS u(code);

CREATE TABLE kin_rule AS
SELECT * FROM (VALUES
    ('head', 'spouse', 'spouse', 'near', false), ('spouse', 'head', 'spouse', 'near', false),
    ('head', 'child', 'child', 'near', true), ('child', 'head', 'parent', 'near', true),
    ('spouse', 'child', 'child', 'near', true), ('child', 'spouse', 'parent', 'near', true),
    ('child', 'child', 'sibling', 'near', true),
    ('head', 'child_in_law', 'child_in_law', 'other', false), ('child_in_law', 'head', 'parent_in_law', 'other', false),
    ('spouse', 'child_in_law', 'child_in_law', 'other', false), ('child_in_law', 'spouse', 'parent_in_law', 'other', false),
    ('head', 'grandchild', 'grandchild', 'near', true), ('grandchild', 'head', 'grandparent', 'near', true),
    ('spouse', 'grandchild', 'grandchild', 'near', true), ('grandchild', 'spouse', 'grandparent', 'near', true),
    ('head', 'parent', 'parent', 'near', true), ('parent', 'head', 'child', 'near', true),
    ('parent', 'parent', 'spouse', 'near', false),
    ('parent', 'child', 'grandchild', 'near', true), ('child', 'parent', 'grandparent', 'near', true),
    ('parent', 'spouse', 'child_in_law', 'other', false), ('spouse', 'parent', 'parent_in_law', 'other', false),
    ('head', 'parent_in_law', 'parent_in_law', 'other', false), ('parent_in_law', 'head', 'child_in_law', 'other', false),
    ('spouse', 'parent_in_law', 'parent', 'near', true), ('parent_in_law', 'spouse', 'child', 'near', true),
    ('parent_in_law', 'child', 'grandchild', 'near', true), ('child', 'parent_in_law', 'grandparent', 'near', true),
    ('head', 'grandparent', 'grandparent', 'near', true), ('grandparent', 'head', 'grandchild', 'near', true),
    ('head', 'sibling', 'sibling', 'near', true), ('sibling', 'head', 'sibling', 'near', true),
    ('sibling', 'sibling', 'sibling', 'near', true),
    ('parent', 'sibling', 'child', 'near', true), ('sibling', 'parent', 'parent', 'near', true),
    ('sibling', 'child', 'nephew_or_niece', 'other', true), ('child', 'sibling', 'uncle_or_aunt', 'other', true),
    ('spouse', 'sibling', 'sibling_in_law', 'other', false), ('sibling', 'spouse', 'sibling_in_law', 'other', false),
    ('head', 'sibling_in_law', 'sibling_in_law', 'other', false), ('sibling_in_law', 'head', 'sibling_in_law', 'other', false)
) AS t(mine, theirs, relation, degree, blood);

CREATE TABLE kin_members AS
SELECT DISTINCT r.household_no, r.id, k.class, k.blood, r.ref, r.ord
FROM resident_rows r JOIN kin_class k ON k.code = r.relation JOIN households h ON h.household_no = r.household_no
WHERE h.kind <> 'collective';

CREATE TABLE graph."KIN.Resident.Resident" AS
SELECT a.id AS from_id, b.id AS to_id, k.relation, k.degree, k.blood AND a.blood AND b.blood AS blood,
    'household_relation@1' AS derived_by, a.ref AS ref, greatest(a.ord, b.ord) AS ord
FROM kin_members a
JOIN kin_members b ON a.household_no = b.household_no AND a.id <> b.id
JOIN kin_rule k ON k.mine = a.class AND k.theirs = b.class;
