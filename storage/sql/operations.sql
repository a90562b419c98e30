-- What operators watch.

-- name: backlog
-- What is on its way or stuck; what was sent is not counted, for it grows for ever.
SELECT state, count(*) AS number, min(created_at) AS oldest
FROM outbox
WHERE state IN ('pending', 'sending', 'held', 'blocked', 'failed')
GROUP BY state;

-- name: unworked
SELECT count(*) AS number FROM updates WHERE content IS NOT NULL;

-- name: held
SELECT 'published' AS name, (SELECT count(*) FROM articles WHERE state = 'published' AND deleted_at IS NULL) AS number
UNION ALL
SELECT 'drafts', (SELECT count(*) FROM articles WHERE state = 'draft' AND deleted_at IS NULL)
UNION ALL
SELECT 'people', (SELECT count(*) FROM entities WHERE kind = 'person' AND visible = 1)
UNION ALL
SELECT 'organizations', (SELECT count(*) FROM entities WHERE kind = 'organization' AND visible = 1)
UNION ALL
SELECT 'statements', (SELECT count(*) FROM facts WHERE kind = 'statement' AND state = 'published')
UNION ALL
SELECT 'figures', (SELECT count(*) FROM facts WHERE kind = 'figure' AND state = 'published')
UNION ALL
SELECT 'works', (SELECT count(*) FROM facts WHERE kind = 'work' AND state = 'published')
UNION ALL
SELECT 'chats', (SELECT count(*) FROM chats WHERE active = 1)
UNION ALL
SELECT 'subscriptions', (SELECT count(*) FROM subscriptions WHERE enabled = 1);

-- name: sent_by_day
SELECT date(changed_at, 'unixepoch') AS day, count(*) AS number
FROM outbox
WHERE state = 'sent' AND changed_at >= :since
GROUP BY day;
