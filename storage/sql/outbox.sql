-- name: due
-- The first open row of each chat, where its time has come: parts stay in order.
-- :parked still wait by the sender's own clock, :released need wait no longer, whatever the wall clock says.
SELECT o.id, o.chat_id
FROM outbox AS o
WHERE o.state = 'pending'
    AND (
        (o.not_before <= :now AND o.id NOT IN (SELECT CAST(value AS BIGINT) FROM json_each(:parked)))
        OR o.id IN (SELECT CAST(value AS BIGINT) FROM json_each(:released))
    )
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS e
        WHERE e.chat_id = o.chat_id AND e.state IN ('pending', 'sending') AND e.id < o.id
    )
ORDER BY o.id
LIMIT :limit;

-- name: next_due
SELECT MIN(not_before) AS instant FROM outbox WHERE state = 'pending' AND not_before > 0;

-- name: claim
UPDATE outbox SET state = 'sending', run = :run, attempts = attempts + 1, changed_at = :now
WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids)) AND state = 'pending';

-- name: claimed
SELECT o.id, o.chat_id, o.method, o.parameters, o.state, o.attempts, o.ambiguous,
    p.parameters AS shared, changed.message_id AS changes_message
FROM outbox AS o
LEFT JOIN edition_parts AS p ON p.edition_id = o.edition_id AND p.part = o.part
LEFT JOIN outbox AS changed ON changed.id = o.changes_id
WHERE o.id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids)) AND o.state = 'sending' AND o.run = :run;

-- name: conclude_sent
-- Nearly every row ends so: :sent is a list of [id, message].
UPDATE outbox SET state = 'sent', message_id = given.message_id, error = NULL, changed_at = :now
FROM (SELECT value ->> 0 AS id, value ->> 1 AS message_id FROM json_each(:sent)) AS given
WHERE outbox.id = given.id AND outbox.state = 'sending' AND outbox.run = :run;

-- name: conclude
UPDATE outbox SET
    state = :state, error = :error, not_before = :not_before,
    ambiguous = ambiguous + :ambiguous, attempts = attempts - :free, changed_at = :now
WHERE id = :id AND state = 'sending' AND run = :run;

-- name: block
UPDATE outbox SET state = 'blocked', error = :error, changed_at = :now
WHERE chat_id = :chat_id AND state = 'pending';

-- name: hold_interrupted
-- Sends that an earlier run did not live to see the end of, for the second time.
UPDATE outbox SET state = 'held', ambiguous = ambiguous + 1, error = 'interrupted', changed_at = :now
WHERE state = 'sending' AND run IS DISTINCT FROM :run AND ambiguous >= :limit;

-- name: repeat_interrupted
UPDATE outbox SET state = 'pending', ambiguous = ambiguous + 1, error = 'interrupted', changed_at = :now
WHERE state = 'sending' AND run IS DISTINCT FROM :run;

-- name: set_back
-- No wait is longer than a day: what waits longer was parked by a clock that ran ahead.
UPDATE outbox SET not_before = CAST(:now AS DOUBLE PRECISION) WHERE state = 'pending' AND not_before > CAST(:now AS DOUBLE PRECISION) + 86400;

-- name: counts
SELECT state, COUNT(*) AS number FROM outbox GROUP BY state;

-- name: of_chat
SELECT o.id, o.chat_id, o.method, o.parameters, o.state, o.attempts, o.ambiguous,
    p.parameters AS shared, changed.message_id AS changes_message
FROM outbox AS o
LEFT JOIN edition_parts AS p ON p.edition_id = o.edition_id AND p.part = o.part
LEFT JOIN outbox AS changed ON changed.id = o.changes_id
WHERE o.chat_id = :chat_id
ORDER BY o.id;

-- name: batches
-- What went out together, the latest first: a digest's local date, or an edition that belongs to none.
SELECT
    COALESCE(local_date, 'e' || edition_id) AS batch,
    MIN(created_at) AS created_at,
    COUNT(*) FILTER (WHERE state IN ('pending', 'sending')) AS waiting,
    COUNT(*) FILTER (WHERE state = 'sent') AS sent,
    COUNT(*) FILTER (WHERE state = 'held') AS held,
    COUNT(*) FILTER (WHERE state = 'blocked') AS blocked,
    COUNT(*) FILTER (WHERE state = 'failed') AS failed
FROM outbox
WHERE id > (SELECT COALESCE(MAX(id), 0) FROM outbox) - :recent
GROUP BY batch
ORDER BY MIN(id) DESC
LIMIT :limit;

-- name: troubles
-- Rows that wait for the owner, or will never arrive, the latest first.
SELECT id, chat_id, method, state, attempts, error, changed_at, COUNT(*) OVER () AS total
FROM outbox
WHERE state = :state
ORDER BY id DESC
LIMIT :limit OFFSET :offset;

-- name: log_of_chat
SELECT id, chat_id, method, state, attempts, error, changed_at
FROM outbox
WHERE chat_id = :chat_id
ORDER BY id DESC
LIMIT :limit;

-- name: resend
UPDATE outbox SET state = 'pending', not_before = 0, ambiguous = 0, attempts = 0, error = NULL, changed_at = :now
WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids)) AND state IN ('held', 'failed')
RETURNING id;

-- name: drop
UPDATE outbox SET state = 'failed', error = 'dropped', changed_at = :now
WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids)) AND state = 'held'
RETURNING id;

-- name: in_state
SELECT id FROM outbox WHERE state = :state AND (error IS NULL OR error <> 'dropped') ORDER BY id LIMIT :limit;

-- name: cancel
UPDATE outbox SET state = 'failed', error = 'cancelled', changed_at = :now
WHERE edition_id = :edition_id AND state = 'pending'
RETURNING id;

-- name: progress
SELECT state, COUNT(*) AS number FROM outbox WHERE edition_id = :edition_id GROUP BY state;
