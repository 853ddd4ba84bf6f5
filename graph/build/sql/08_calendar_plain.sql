-- Every day that a period may touch: how many working and how many unarranged days there are up to it (`nth`, `unknown`), the
-- day on which a period ends that would end on it (`rolled`), and on how many unarranged days that rests (`rolling`).
-- Here a period ends on its last day as counted, whatever day that is.
CREATE TABLE calendar_days AS
SELECT *, sum(works::INT) OVER upto AS nth, sum((NOT known)::INT) OVER upto AS unknown, day AS rolled, 0 AS rolling
FROM said_days WINDOW upto AS (ORDER BY day);
