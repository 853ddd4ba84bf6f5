-- What judgements say of pairs that stay apart: a rejected pair is no candidate any more, an unsure one says so, and a
-- confirmation that could not be applied is to be looked at again.
CREATE TABLE IF NOT EXISTS graph."POSSIBLY_SAME.Resident.Resident" (
    from_id VARCHAR, to_id VARCHAR, tier VARCHAR, score DOUBLE, why VARCHAR, why_not VARCHAR, features VARCHAR,
    ref VARCHAR, ord BIGINT);
ALTER TABLE graph."POSSIBLY_SAME.Resident.Resident" ADD COLUMN IF NOT EXISTS judgement VARCHAR;
DELETE FROM graph."POSSIBLY_SAME.Resident.Resident" p USING judged j
WHERE j.a = least(p.from_id, p.to_id) AND j.b = greatest(p.from_id, p.to_id) AND j.verdict = 'reject';
UPDATE graph."POSSIBLY_SAME.Resident.Resident" SET judgement = CASE j.verdict WHEN 'unsure' THEN 'unsure' ELSE 'review' END
FROM judged j WHERE j.a = least(from_id, to_id) AND j.b = greatest(from_id, to_id) AND j.verdict <> 'reject';
