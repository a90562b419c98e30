-- What operators watch.

-- name: backlog
-- What is on its way or stuck; what was sent is not counted, for it grows for ever.
SELECT state, count(*) AS number, min(created_at) AS oldest
FROM outbox
WHERE state IN ('pending', 'sending', 'held', 'blocked', 'failed')
GROUP BY state;

-- name: unworked
SELECT count(*) AS number FROM updates WHERE content IS NOT NULL;
