-- What people judged about links of two cases: an edge for each pair that is there. `link_verdicts` comes from the ledger.
-- Two that somebody rejected are no matter by words (`matters.py`); a declared origin stays and says so.
CREATE TABLE graph."LINK_JUDGED.Case.Case" AS
SELECT a AS from_id, b AS to_id, verdict, NULL::VARCHAR AS ref, 0 AS ord
FROM link_verdicts WHERE a IN (SELECT id FROM cases) AND b IN (SELECT id FROM cases);
