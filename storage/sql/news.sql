-- name: shown_after
-- What readers saw after a revision, newest first, with everything that somebody may follow it by.
SELECT
    facts.id AS fact_id,
    facts.kind,
    facts.shown_revision AS revision,
    facts.article_id,
    articles.event_id,
    passages.text AS passage,
    (SELECT group_concat(about.entity_id) FROM about WHERE about.fact_id = facts.id) AS about,
    (
        SELECT group_concat(posts.organization_id)
        FROM statements
        INNER JOIN posts ON posts.person_id = statements.person_id
        INNER JOIN facts AS held ON held.id = posts.fact_id
        WHERE statements.fact_id = facts.id AND held.article_id = facts.article_id AND held.state = 'published'
    ) AS speaks_for
FROM facts
INNER JOIN articles ON articles.id = facts.article_id
INNER JOIN passages ON passages.id = facts.passage_id
WHERE
    facts.state = 'published'
    AND facts.shown_revision > :after
    AND facts.kind IN ('statement', 'figure', 'work')
ORDER BY facts.shown_revision DESC, facts.id DESC
LIMIT :limit;

-- name: revision_at
-- The revision that readers saw at an instant.
SELECT shown_revision AS revision
FROM articles
WHERE state = 'published' AND shown_at <= :instant
ORDER BY shown_at DESC
LIMIT 1;

-- name: statements
SELECT * FROM statement_records
WHERE fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids))
ORDER BY article_id, span_start, fact_id;

-- name: figures
SELECT * FROM figure_records
WHERE fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids))
ORDER BY article_id, span_start, fact_id;

-- name: works
SELECT * FROM work_records
WHERE fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids))
ORDER BY article_id, span_start, fact_id;

-- name: articles
SELECT id AS article_id, title AS article_title, publisher, via, url, published, published_note
FROM articles
WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids));
