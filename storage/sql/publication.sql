-- What follows when the state of facts changes. A fact is seen exactly while its state is 'published'.

-- name: show_facts
-- The revision that the commit will bring tells digests what is new.
UPDATE facts
SET
    state = 'published',
    shown_revision = coalesce(shown_revision, (SELECT value + 1 FROM content_revision))
WHERE article_id = :article_id AND state = 'draft';

-- name: hide_facts
UPDATE facts SET state = 'draft' WHERE article_id = :article_id AND state = 'published';

-- name: show_article
UPDATE articles
SET
    state = 'published',
    shown_at = coalesce(shown_at, :now),
    shown_revision = coalesce(shown_revision, (SELECT value + 1 FROM content_revision))
WHERE id = :article_id;

-- name: hide_article
UPDATE articles SET state = 'withdrawn' WHERE id = :article_id;

-- name: set_event
UPDATE articles
SET event_id = (
    SELECT reports.event_id
    FROM facts
    INNER JOIN reports ON reports.fact_id = facts.id
    WHERE facts.article_id = articles.id AND facts.state <> 'retracted'
    ORDER BY facts.ordinal
    LIMIT 1
)
WHERE id = :article_id;

-- name: unindex_passages
-- FTS5 takes a row out of an index over another table by being told what stood in it.
INSERT INTO passage_index (passage_index, rowid, words, grams)
SELECT 'delete', passages.id, passages.words, passages.grams
FROM passages
WHERE
    passages.article_id = :article_id
    AND passages.indexed = 1
    AND NOT EXISTS (SELECT 1 FROM facts WHERE facts.passage_id = passages.id AND facts.state = 'published');

-- name: index_passages
INSERT INTO passage_index (rowid, words, grams)
SELECT passages.id, passages.words, passages.grams
FROM passages
WHERE
    passages.article_id = :article_id
    AND passages.indexed = 0
    AND EXISTS (SELECT 1 FROM facts WHERE facts.passage_id = passages.id AND facts.state = 'published');

-- name: note_indexed
UPDATE passages
SET indexed = CASE
    WHEN EXISTS (SELECT 1 FROM facts WHERE facts.passage_id = passages.id AND facts.state = 'published') THEN 1
    ELSE 0
END
WHERE article_id = :article_id;

-- name: entities_of_article
SELECT about.entity_id
FROM facts
INNER JOIN about ON about.fact_id = facts.id
WHERE facts.article_id = :article_id
UNION
SELECT topic_id FROM article_topics WHERE article_id = :article_id;

-- name: count_new
-- What a new article adds to the weights of what it is about; however much is known of it is not counted again.
WITH mine AS (
    SELECT
        about.entity_id,
        count(*) FILTER (
            WHERE facts.kind = CASE entities.kind
                WHEN 'person' THEN 'statement'
                WHEN 'topic' THEN 'statement'
                WHEN 'event' THEN 'participant'
                ELSE facts.kind
            END
        ) AS weight
    FROM facts
    INNER JOIN about ON about.fact_id = facts.id
    INNER JOIN entities ON entities.id = about.entity_id
    WHERE
        facts.article_id = :article_id
        AND facts.state = 'published'
        AND about.entity_id NOT IN (SELECT CAST(value AS BIGINT) FROM json_each(:counted))
    GROUP BY about.entity_id
)

UPDATE entities SET visible = 1, weight = entities.weight + mine.weight
FROM mine
WHERE entities.id = mine.entity_id;

-- name: note_entities
UPDATE entities
SET note = CASE kind
    WHEN 'person' THEN (
        SELECT coalesce(organizations.name, '') || coalesce(posts.title, '')
        FROM posts
        INNER JOIN facts ON facts.id = posts.fact_id
        LEFT JOIN entities AS organizations ON organizations.id = posts.organization_id
        WHERE posts.person_id = entities.id AND facts.state = 'published'
        ORDER BY facts.id
        LIMIT 1
    )
    WHEN 'event' THEN (
        SELECT reports.date
        FROM reports
        INNER JOIN facts ON facts.id = reports.fact_id
        WHERE reports.event_id = entities.id AND facts.state = 'published' AND reports.date IS NOT NULL
        ORDER BY length(reports.date) DESC, facts.id
        LIMIT 1
    )
END
WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:entities)) AND kind IN ('person', 'event');

-- name: refresh_entities
UPDATE entities
SET
    visible = CASE
        WHEN EXISTS (
            SELECT 1
            FROM about
            INNER JOIN facts ON facts.id = about.fact_id
            WHERE about.entity_id = entities.id AND facts.state = 'published'
        ) THEN 1
        ELSE 0
    END,
    weight = (
        SELECT count(*)
        FROM about
        INNER JOIN facts ON facts.id = about.fact_id
        WHERE
            about.entity_id = entities.id
            AND facts.state = 'published'
            AND facts.kind = CASE entities.kind
                WHEN 'person' THEN 'statement'
                WHEN 'topic' THEN 'statement'
                WHEN 'event' THEN 'participant'
                ELSE facts.kind
            END
    )
WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:entities));

-- name: delete_article
DELETE FROM articles WHERE id = :article_id RETURNING id;

-- name: delete_orphans
DELETE FROM entities
WHERE
    id IN (SELECT CAST(value AS BIGINT) FROM json_each(:entities))
    AND NOT EXISTS (SELECT 1 FROM about WHERE about.entity_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM article_topics WHERE article_topics.topic_id = entities.id);
