-- name: by_sha256
SELECT id FROM articles WHERE sha256 = :sha256;

-- name: state
SELECT state FROM articles WHERE id = :article_id;

-- name: source
SELECT id AS article_id, title AS article_title, publisher, via, url, published, published_note
FROM articles
WHERE id = :article_id;

-- name: text
SELECT text FROM articles WHERE id = :article_id;

-- name: listed
SELECT id AS article_id, title AS article_title, publisher, via, url, published, published_note
FROM articles
WHERE state = :state
ORDER BY id DESC
LIMIT :limit OFFSET :offset;

-- name: counted
SELECT count(*) AS total FROM articles WHERE state = :state;
