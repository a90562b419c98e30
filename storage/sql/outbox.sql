-- name: due
-- The first open row of each chat, where its time has come: parts stay in order.
SELECT o.id, o.chat_id, o.method, o.parameters, o.state, o.attempts, o.ambiguous,
    p.parameters AS shared, changed.message_id AS changes_message
FROM outbox AS o
LEFT JOIN edition_parts AS p ON p.edition_id = o.edition_id AND p.part = o.part
LEFT JOIN outbox AS changed ON changed.id = o.changes_id
WHERE o.state = 'pending' AND o.not_before <= :now
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS e
        WHERE e.chat_id = o.chat_id AND e.state IN ('pending', 'sending') AND e.id < o.id
    )
ORDER BY o.id
LIMIT :limit;

-- name: next_due
SELECT MIN(not_before) AS instant FROM outbox WHERE state = 'pending';

-- name: begin
UPDATE outbox SET state = 'sending', attempts = attempts + 1, changed_at = :now
WHERE id = :id AND state = 'pending'
RETURNING chat_id;

-- name: finish
UPDATE outbox SET state = :state, message_id = :message_id, error = :error, changed_at = :now WHERE id = :id;

-- name: retry
UPDATE outbox SET
    state = 'pending', not_before = :not_before, ambiguous = ambiguous + :ambiguous,
    attempts = attempts - :free, error = :error, changed_at = :now
WHERE id = :id;

-- name: block
UPDATE outbox SET state = 'blocked', error = :error, changed_at = :now
WHERE id = :id OR (chat_id = :chat_id AND state = 'pending');

-- name: hold_interrupted
-- Sends that the last process did not live to see the end of, for the second time.
UPDATE outbox SET state = 'held', ambiguous = ambiguous + 1, error = 'interrupted', changed_at = :now
WHERE state = 'sending' AND ambiguous >= :limit;

-- name: repeat_interrupted
UPDATE outbox SET state = 'pending', ambiguous = ambiguous + 1, error = 'interrupted', changed_at = :now
WHERE state = 'sending';

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
