-- name: subscribe
INSERT INTO subscriptions
    (chat_id, thread_id, minute_of_day, zone, cadence, days, covered_revision, changed_at)
VALUES (:chat_id, :thread_id, :minute_of_day, :zone, :cadence, :days, :covered_revision, :now)
ON CONFLICT (chat_id, thread_id) DO UPDATE SET
    enabled = 1, minute_of_day = excluded.minute_of_day, zone = excluded.zone, cadence = excluded.cadence,
    days = excluded.days, paused_until = 0, changed_at = excluded.changed_at,
    -- What was reported before the subscription was ended is not reported again.
    covered_revision = CASE
        WHEN subscriptions.enabled = 1 OR subscriptions.covered_revision > excluded.covered_revision
            THEN subscriptions.covered_revision
        ELSE excluded.covered_revision
    END
RETURNING *;

-- name: unsubscribe
UPDATE subscriptions SET enabled = 0
WHERE chat_id = :chat_id AND thread_id = :thread_id AND enabled = 1
RETURNING id;

-- name: change
UPDATE subscriptions SET
    quiet_from = :quiet_from, quiet_until = :quiet_until, paused_until = :paused_until, send_empty = :send_empty
WHERE chat_id = :chat_id AND thread_id = :thread_id AND enabled = 1
RETURNING *;

-- name: get
SELECT * FROM subscriptions WHERE chat_id = :chat_id AND thread_id = :thread_id AND enabled = 1;

-- name: zones
SELECT DISTINCT zone FROM subscriptions;

-- name: planned_until
SELECT planned_until FROM digest_cursor;

-- name: set_planned_until
INSERT INTO digest_cursor (only_row, planned_until) VALUES (1, :instant)
ON CONFLICT (only_row) DO UPDATE SET planned_until = excluded.planned_until;

-- name: forget_future
-- The clock ran ahead: dates that have not come yet get their digest when they come.
DELETE FROM digest_slots WHERE due_at > :now AND state <> 'composed';

-- name: plan
-- The subscriptions whose minute lies in a range; the instant grows by :step seconds a minute.
INSERT INTO digest_slots (subscription_id, local_date, due_at, state)
SELECT
    d.id,
    :local_date,
    d.due_at,
    CASE WHEN d.due_at < :oldest OR d.due_at < d.paused_until THEN 'skipped' ELSE 'planned' END
FROM (
    SELECT
        s.id,
        s.paused_until,
        CAST(:due_at AS DOUBLE PRECISION) + CAST(:step AS DOUBLE PRECISION) * (s.minute_of_day - :first) AS due_at
    FROM subscriptions AS s
    LEFT JOIN chats AS c ON c.chat_id = s.chat_id
    WHERE s.zone = :zone AND s.minute_of_day BETWEEN :first AND :last
        AND s.enabled = 1 AND s.cadence <> 'instant' AND ((s.days >> :weekday) & 1) = 1
        AND s.changed_at
        <= CAST(:due_at AS DOUBLE PRECISION) + CAST(:step AS DOUBLE PRECISION) * (s.minute_of_day - :first)
        AND COALESCE(c.active, 1) = 1
) AS d
-- SQLite would take ON for a join without it.
WHERE 1 = 1
ON CONFLICT (subscription_id, local_date) DO NOTHING;

-- name: planned
SELECT d.local_date, d.due_at, c.type, c.language, s.*
FROM digest_slots AS d
JOIN subscriptions AS s ON s.id = d.subscription_id
LEFT JOIN chats AS c ON c.chat_id = s.chat_id
WHERE d.state = 'planned'
ORDER BY d.due_at, d.subscription_id
LIMIT :limit;

-- name: instant
-- Who wants news at once and has not had the latest; :minutes gives the minute of the local day by zone.
SELECT NULL AS local_date, CAST(:now AS DOUBLE PRECISION) AS due_at, c.type, c.language, s.*
FROM subscriptions AS s
JOIN json_each(:minutes) AS local ON local.key = s.zone
LEFT JOIN chats AS c ON c.chat_id = s.chat_id
WHERE s.cadence = 'instant' AND s.enabled = 1 AND s.covered_revision < :revision
    AND s.paused_until <= :now AND COALESCE(c.active, 1) = 1
    AND (
        s.quiet_from IS NULL
        OR CASE WHEN s.quiet_from <= s.quiet_until
            THEN CAST(local.value AS INTEGER) < s.quiet_from OR CAST(local.value AS INTEGER) >= s.quiet_until
            ELSE CAST(local.value AS INTEGER) < s.quiet_from AND CAST(local.value AS INTEGER) >= s.quiet_until
        END
    )
ORDER BY s.id
LIMIT :limit;

-- name: slots
SELECT local_date, due_at, state FROM digest_slots
WHERE subscription_id = :subscription_id ORDER BY local_date;
