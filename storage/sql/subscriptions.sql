-- name: subscribe
INSERT INTO subscriptions
    (chat_id, thread_id, minute_of_day, zone, cadence, weekday, covered_until, changed_at)
VALUES (:chat_id, :thread_id, :minute_of_day, :zone, :cadence, :weekday, :covered_until, :now)
ON CONFLICT (chat_id, thread_id) DO UPDATE SET
    minute_of_day = excluded.minute_of_day, zone = excluded.zone, cadence = excluded.cadence,
    weekday = excluded.weekday, changed_at = excluded.changed_at
RETURNING *;

-- name: unsubscribe
DELETE FROM subscriptions WHERE chat_id = :chat_id AND thread_id = :thread_id RETURNING id;

-- name: get
SELECT * FROM subscriptions WHERE chat_id = :chat_id AND thread_id = :thread_id;

-- name: zones
SELECT DISTINCT zone FROM subscriptions;

-- name: planned_until
SELECT planned_until FROM digest_cursor;

-- name: set_planned_until
INSERT INTO digest_cursor (only_row, planned_until) VALUES (1, :instant)
ON CONFLICT (only_row) DO UPDATE SET planned_until = excluded.planned_until;

-- name: plan
-- The subscriptions whose minute lies in a range; the instant grows by :step seconds a minute.
INSERT INTO digest_slots (subscription_id, local_date, due_at, state)
SELECT s.id, :local_date, :due_at + :step * (s.minute_of_day - :first),
    CASE WHEN :due_at + :step * (s.minute_of_day - :first) < :oldest THEN 'skipped' ELSE 'planned' END
FROM subscriptions AS s
LEFT JOIN chats AS c ON c.chat_id = s.chat_id
WHERE s.zone = :zone AND s.minute_of_day BETWEEN :first AND :last
    AND (s.weekday IS NULL OR s.weekday = :weekday)
    AND s.changed_at <= :due_at + :step * (s.minute_of_day - :first)
    AND COALESCE(c.active, 1) = 1
ON CONFLICT (subscription_id, local_date) DO NOTHING;

-- name: planned
SELECT d.local_date, d.due_at, s.*
FROM digest_slots AS d JOIN subscriptions AS s ON s.id = d.subscription_id
WHERE d.state = 'planned'
ORDER BY d.due_at, d.subscription_id
LIMIT :limit;

-- name: settle
UPDATE digest_slots SET state = :state
WHERE subscription_id = :subscription_id AND local_date = :local_date AND state = 'planned'
RETURNING subscription_id;

-- name: cover
UPDATE subscriptions SET covered_until = :instant WHERE id = :subscription_id;

-- name: slots
SELECT local_date, due_at, state FROM digest_slots
WHERE subscription_id = :subscription_id ORDER BY local_date;
