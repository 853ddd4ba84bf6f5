-- What people judged about links of two cases: an edge for each pair that is there, and no shared matter by words alone
-- between two that somebody rejected. `link_verdicts` comes from the ledger; a declared origin stays and says so.
CREATE TABLE graph."LINK_JUDGED.Case.Case" AS
SELECT a AS from_id, b AS to_id, verdict, NULL::VARCHAR AS ref, 0 AS ord
FROM link_verdicts WHERE a IN (SELECT id FROM cases) AND b IN (SELECT id FROM cases);
DELETE FROM graph."SAME_MATTER.Case.Case" s USING link_verdicts j
WHERE s.test = 'category_place_text' AND j.verdict = 'reject' AND j.a = least(s.from_id, s.to_id) AND j.b = greatest(s.from_id, s.to_id);
