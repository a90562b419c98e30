-- name: by_sha256
SELECT id FROM articles WHERE sha256 = :sha256;

-- name: note_added
UPDATE articles SET added_by = :user_id, added_at = :now WHERE id = :article_id;

-- name: state
SELECT CASE WHEN deleted_at IS NULL THEN state ELSE 'deleted' END AS state FROM articles WHERE id = :article_id;

-- name: source
SELECT id AS article_id, title AS article_title, publisher, via, url, published, published_note
FROM articles
WHERE id = :article_id;

-- name: text
SELECT text FROM articles WHERE id = :article_id;

-- name: listed
SELECT id AS article_id, title AS article_title, publisher, via, url, published, published_note
FROM articles
WHERE state = :state AND deleted_at IS NULL
ORDER BY id DESC
LIMIT :limit OFFSET :offset;

-- name: counted
SELECT count(*) AS total FROM articles WHERE state = :state AND deleted_at IS NULL;
