-- Who owned a case from when to when. A spell is a run of custody steps with the same receiver; every change of receiver,
-- nobody among them, is a hop. Facts of a step rest on what happened by its day, so they hold as of any later day.
CREATE TABLE spells AS
SELECT *, last_value(previous IGNORE NULLS) OVER w AS previous_owner FROM (
    SELECT *, sum(changed::INT) OVER w AS hop, CASE WHEN changed THEN lag(to_organ) OVER w END AS previous FROM (
        SELECT s.id, s.case_id, s.step, s.place, day(s.on_date) AS on_day, s.to_organ, u.custody_until,
            u.nth > 1 AND s.to_organ IS DISTINCT FROM u.previous_organ AS changed
        FROM ordered_steps s JOIN custody u USING (id)) WINDOW w AS (PARTITION BY case_id ORDER BY place))
WINDOW w AS (PARTITION BY case_id ORDER BY place);
CREATE TABLE owners AS
SELECT case_id, hop, any_value(to_organ) AS organ, min(on_day) AS since, min(place) AS first_place, max(place) AS last_place,
    min_by(id, place) AS step_id, lead(min(on_day)) OVER w AS until, lead(min(place)) OVER w AS next_place
FROM spells GROUP BY case_id, hop WINDOW w AS (PARTITION BY case_id ORDER BY hop);

-- An organ owns it again after another organ did.
CREATE TABLE loops AS
SELECT DISTINCT o.step_id AS id FROM owners o
JOIN owners first ON first.case_id = o.case_id AND first.organ = o.organ AND first.hop < o.hop
JOIN owners other ON other.case_id = o.case_id AND other.organ <> o.organ AND other.hop > first.hop AND other.hop < o.hop;

-- The limit a step sets its owner holds until another is set, the owner changes or the case is answered; a limit to accept
-- also ends when the case is accepted or refused.
CREATE TABLE answer_days AS
SELECT case_id, day(on_date) AS on_day FROM steps WHERE step IN ('reply', 'close')
UNION SELECT id, day(replied_on) FROM cases WHERE replied_on IS NOT NULL
UNION SELECT id, day(closed_on) FROM cases WHERE closed_on IS NOT NULL;
CREATE TABLE limit_steps AS
SELECT s.id, s.case_id, s.step, s.place, day(s.on_date) AS on_day, day(s.due_on) AS due_on, o.hop, o.until,
    lead(day(s.on_date)) OVER (PARTITION BY s.case_id, o.hop ORDER BY s.place) AS next_on
FROM ordered_steps s JOIN owners o ON o.case_id = s.case_id AND s.place >= o.first_place AND s.place < coalesce(o.next_place, 1000000000)
WHERE s.due_on IS NOT NULL AND (s.to_organ IS NULL OR s.to_organ = o.organ);
CREATE TABLE step_limits AS
SELECT l.*, least(l.until, l.next_on, taken.on_day, answered.on_day) AS ends_on
FROM limit_steps l
LEFT JOIN (
    SELECT l.id, min(day(s.on_date)) AS on_day FROM limit_steps l
    JOIN ordered_steps s ON s.case_id = l.case_id AND s.place > l.place AND s.step IN ('accept', 'not_accept')
    WHERE l.step IN ('transfer', 'assign', 'return') GROUP BY l.id) taken USING (id)
LEFT JOIN (
    SELECT l.id, min(a.on_day) AS on_day FROM limit_steps l JOIN answer_days a ON a.case_id = l.case_id AND a.on_day >= l.on_day
    GROUP BY l.id) answered USING (id);
-- From which day a step's owner was past a limit, while that step was the last to hand over.
CREATE TABLE past_due AS
SELECT s.id, min(greatest(next_day(l.due_on), s.on_day)) AS on_day
FROM spells s JOIN step_limits l ON l.case_id = s.case_id AND l.hop = s.hop
WHERE coalesce(l.ends_on > l.due_on, true) AND (l.place <= s.place OR l.on_day < coalesce(s.custody_until, '9999'))
    AND (l.place = s.place OR s.on_day < coalesce(l.ends_on, '9999')) AND next_day(l.due_on) <= coalesce(s.custody_until, '9999')
GROUP BY s.id;

-- The nearest day by which something was due when the case was handed on: a limit of the owner before, or a clock not yet met.
CREATE TABLE running AS
SELECT id, min(due_on) AS due_on FROM (
    SELECT s.id, l.due_on FROM spells s JOIN step_limits l ON l.case_id = s.case_id AND l.hop = s.hop - 1
    WHERE s.changed AND l.due_on >= s.on_day AND (l.ends_on IS NULL OR l.ends_on >= s.on_day)
    UNION ALL
    SELECT s.id, k.due_then FROM spells s
    JOIN (SELECT *, CASE WHEN extended_on > on_day THEN base_due_on ELSE due_on END AS due_then FROM (
        SELECT s.id, s.on_day, k.* EXCLUDE (id) FROM spells s JOIN graph."Clock" k USING (case_id) WHERE s.changed AND k.duty)) k ON k.id = s.id
    WHERE k.due_then >= s.on_day AND k.start_on <= s.on_day
        AND coalesce(k.met_on > s.on_day, true) AND coalesce(k.ended_on >= s.on_day, true))
GROUP BY id;

-- An objection is late where the clock of its receipt says so: one source for the chain and the periods. Beside it how many
-- working days after the day of receipt it was raised, unknown where a day in between is not arranged.
CREATE TABLE timed_objections AS
SELECT b.*, CASE WHEN d.unknown = r.unknown THEN d.nth - r.nth END AS working_days, coalesce(t.met_on > t.due::VARCHAR, false) AS late
FROM objections b JOIN timed_clocks t ON t.case_id = b.case_id AND t.clock = 'objection' AND t.key = b.receipt_id
LEFT JOIN calendar_days d ON d.day = TRY_CAST(b.on_day AS DATE) LEFT JOIN calendar_days r ON r.day = t.start_day;
-- The custody step of the unit that raises it, the last one before: there the chain shows it.
CREATE TABLE late_objections AS
SELECT id, min(on_day) AS on_day FROM (
    SELECT arg_max(s.id, s.place) AS id, b.on_day FROM timed_objections b
    JOIN spells r ON r.id = b.receipt_id
    JOIN spells s ON s.case_id = b.case_id AND s.hop = r.hop AND s.place < b.place
    WHERE b.late GROUP BY b.id, b.on_day) GROUP BY id;

-- A unit that sends the case back without an objection before answers the same clock: its return is late where that says so.
CREATE TABLE late_returns AS
SELECT r.return_id AS id FROM receipts r JOIN timed_clocks t ON t.case_id = r.case_id AND t.clock = 'objection' AND t.key = r.step_id
WHERE r.returned_on = t.met_on AND t.met_on > t.due::VARCHAR AND coalesce(r.objected_on > r.returned_on, true);

CREATE TABLE step_facts AS
SELECT s.id, p.hop::BIGINT AS hop, key_id('o', p.previous_owner) AS previous_owner, s.custody AND s.to_organ IS NULL AS to_nobody,
    n.on_day AS past_due_on, r.due_on AS running_due_on, b.working_days::BIGINT AS working_days, late.on_day AS objected_late_on,
    concat_ws(' ', CASE WHEN loops.id IS NOT NULL THEN 'loop' END, CASE WHEN b.late THEN 'late_objection' END, CASE WHEN back.id IS NOT NULL THEN 'late_return' END,
        CASE WHEN s.step IN ('transfer', 'assign', 'return') AND days_between(p.on_day, r.due_on) <= 3
            THEN 'transfer_just_before_due' END) AS flags
FROM steps s LEFT JOIN spells p USING (id) LEFT JOIN loops USING (id) LEFT JOIN past_due n USING (id) LEFT JOIN running r USING (id)
LEFT JOIN timed_objections b USING (id) LEFT JOIN late_objections late USING (id) LEFT JOIN late_returns back USING (id);
