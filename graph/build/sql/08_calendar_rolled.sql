-- Every day that a period may touch: how many working and how many unarranged days there are up to it (`nth`, `unknown`), the
-- day on which a period ends that would end on it (`rolled`), and on how many unarranged days that rests (`rolling`).
-- Here a last day off gives way to the next working day (民法典 203).
CREATE TABLE calendar_days AS
WITH counted AS (
    SELECT *, sum(works::INT) OVER upto AS nth, sum((NOT known)::INT) OVER upto AS unknown,
        min(CASE WHEN works THEN day END) OVER (ORDER BY day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS rolled
    FROM said_days WINDOW upto AS (ORDER BY day))
SELECT c.*, r.unknown - c.unknown + (NOT c.known)::INT AS rolling FROM counted c LEFT JOIN counted r ON r.day = c.rolled;
