-- name: revision
SELECT value FROM content_revision;

-- name: grow_revision
UPDATE content_revision SET value = value + 1 RETURNING value;
