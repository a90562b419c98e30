-- Feeds whose new entries become drafts.

-- name: add
INSERT INTO feeds (url, title, added_by, next_at) VALUES (:url, :title, :added_by, :now)
ON CONFLICT (url) DO NOTHING
RETURNING id;

-- name: remove
DELETE FROM feeds WHERE id = :id RETURNING url;

-- name: list
SELECT * FROM feeds ORDER BY id;

-- name: due
SELECT * FROM feeds WHERE next_at IS NOT NULL AND next_at <= :now ORDER BY next_at LIMIT :limit;

-- name: settle
UPDATE feeds
SET
    title = coalesce(:title, title),
    etag = :etag,
    last_modified = :last_modified,
    next_at = :next_at,
    failures = :failures,
    reported = :reported,
    error = :error,
    succeeded_at = coalesce(:succeeded_at, succeeded_at)
WHERE id = :id;

-- name: seen
SELECT entry FROM feed_entries WHERE feed_id = :id AND entry IN (SELECT value FROM json_each(:entries));

-- name: see
INSERT INTO feed_entries (feed_id, entry)
SELECT id, :entry FROM feeds WHERE id = :id
ON CONFLICT (feed_id, entry) DO NOTHING;

-- name: fresh
SELECT NOT EXISTS (SELECT 1 FROM feed_entries WHERE feed_id = :id) AS fresh;
