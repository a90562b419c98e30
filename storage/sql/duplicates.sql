-- Which articles are alike, by the smallest hashes of their text.

-- name: remember
INSERT INTO sketches (hash, article_id) VALUES (:hash, :article_id) ON CONFLICT (hash, article_id) DO NOTHING;

-- name: set_size
UPDATE articles SET shingles = :size WHERE id = :article_id;

-- name: alike
-- Articles that share hashes with one, those with the most first.
SELECT other.article_id, count(*) AS shared
FROM sketches AS mine
INNER JOIN sketches AS other ON other.hash = mine.hash AND other.article_id <> mine.article_id
INNER JOIN articles ON articles.id = other.article_id AND articles.deleted_at IS NULL
WHERE mine.article_id = :id
GROUP BY other.article_id
ORDER BY shared DESC, other.article_id
LIMIT :limit;

-- name: sketch
SELECT hash FROM sketches WHERE article_id = :id ORDER BY hash;

-- name: size
SELECT shingles FROM articles WHERE id = :id;
