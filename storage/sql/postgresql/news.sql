-- name: shown_after
-- What readers saw after a revision, newest first, with everything that somebody may follow it by.
SELECT
    facts.id AS fact_id,
    facts.kind,
    facts.shown_revision AS revision,
    facts.article_id,
    articles.event_id,
    passages.text AS passage,
    (SELECT string_agg(CAST(about.entity_id AS TEXT), ',') FROM about WHERE about.fact_id = facts.id) AS about,
    (
        SELECT string_agg(CAST(posts.organization_id AS TEXT), ',')
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
