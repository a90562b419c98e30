-- Everything that was done to the content, newest first.

-- name: note
INSERT INTO history (made_at, user_id, action, article_id, fact_id, entity_id, before, after, reason, undoes)
VALUES (:now, :user_id, :action, :article_id, :fact_id, :entity_id, :before, :after, :reason, :undoes)
RETURNING id;

-- name: get
SELECT history.*, later.id AS undone_by
FROM history
LEFT JOIN history AS later ON later.undoes = history.id
WHERE history.id = :id;

-- name: last_of_user
-- The newest that can still be taken back: neither an undo nor undone.
SELECT history.*, NULL AS undone_by
FROM history
WHERE
    history.user_id = :user_id
    AND history.undoes IS NULL
    AND history.action <> 'add'
    AND NOT EXISTS (SELECT 1 FROM history AS later WHERE later.undoes = history.id)
ORDER BY history.id DESC
LIMIT 1;

-- name: all
SELECT history.*, later.id AS undone_by, (SELECT count(*) FROM history) AS total
FROM history
LEFT JOIN history AS later ON later.undoes = history.id
ORDER BY history.id DESC
LIMIT :limit OFFSET :offset;

-- name: of_article
SELECT history.*, later.id AS undone_by, (SELECT count(*) FROM history WHERE article_id = :id) AS total
FROM history
LEFT JOIN history AS later ON later.undoes = history.id
WHERE history.article_id = :id
ORDER BY history.id DESC
LIMIT :limit OFFSET :offset;

-- name: of_fact
SELECT history.*, later.id AS undone_by, (SELECT count(*) FROM history WHERE fact_id = :id) AS total
FROM history
LEFT JOIN history AS later ON later.undoes = history.id
WHERE history.fact_id = :id
ORDER BY history.id DESC
LIMIT :limit OFFSET :offset;

-- name: of_entity
SELECT history.*, later.id AS undone_by, (SELECT count(*) FROM history WHERE entity_id = :id) AS total
FROM history
LEFT JOIN history AS later ON later.undoes = history.id
WHERE history.entity_id = :id
ORDER BY history.id DESC
LIMIT :limit OFFSET :offset;
