-- name: newest
-- Passages that match, the newest first. Nothing is counted: the list is asked for as long as it may be.
SELECT rowid AS passage_id
FROM passage_index
WHERE passage_index MATCH :match
ORDER BY rowid DESC
LIMIT :limit;

-- name: filtered
-- Passages that pass the filters, the newest first: of those that match, or of all where there are no words.
WITH candidate AS (
    SELECT rowid AS passage_id FROM passage_index WHERE passage_index MATCH :match
    UNION ALL
    SELECT id AS passage_id FROM passages WHERE CAST(:unmatched AS BIGINT) = 1 AND indexed = 1
)

SELECT candidate.passage_id
FROM candidate
WHERE
    (
        CAST(:people AS TEXT) IS NULL
        OR candidate.passage_id IN (
            SELECT facts.passage_id
            FROM statements
            INNER JOIN facts ON facts.id = statements.fact_id
            WHERE
                facts.state = 'published'
                AND statements.person_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:people))
        )
    )
    AND (
        CAST(:organizations AS TEXT) IS NULL
        OR candidate.passage_id IN (
            SELECT facts.passage_id
            FROM about
            INNER JOIN facts ON facts.id = about.fact_id
            WHERE
                facts.state = 'published'
                AND about.entity_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:organizations))
        )
        OR candidate.passage_id IN (
            SELECT facts.passage_id
            FROM posts
            INNER JOIN statements ON statements.person_id = posts.person_id
            INNER JOIN facts ON facts.id = statements.fact_id
            WHERE
                facts.state = 'published'
                AND posts.organization_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:organizations))
        )
    )
    AND (
        CAST(:events AS TEXT) IS NULL
        OR candidate.passage_id IN (
            SELECT passages.id
            FROM articles
            INNER JOIN passages ON passages.article_id = articles.id
            WHERE articles.event_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:events))
        )
    )
    AND (
        CAST(:years AS TEXT) IS NULL
        OR candidate.passage_id IN (
            SELECT passages.id
            FROM articles
            INNER JOIN passages ON passages.article_id = articles.id
            LEFT JOIN entities ON entities.id = articles.event_id
            WHERE
                substr(coalesce(entities.note, articles.published), 1, 4)
                IN (SELECT CAST(value AS TEXT) FROM json_each(:years))
        )
        OR candidate.passage_id IN (
            SELECT facts.passage_id
            FROM milestones
            INNER JOIN facts ON facts.id = milestones.fact_id
            WHERE
                facts.state = 'published'
                AND substr(milestones.date, 1, 4) IN (SELECT CAST(value AS TEXT) FROM json_each(:years))
        )
    )
    AND (
        CAST(:figures AS BIGINT) IS NULL
        OR candidate.passage_id IN (
            SELECT facts.passage_id
            FROM figures
            INNER JOIN facts ON facts.id = figures.fact_id
            WHERE
                facts.state = 'published'
                AND (
                    CAST(:word AS TEXT) IS NULL
                    OR figures.subject LIKE :word
                    OR figures.unit LIKE :word
                    OR figures.text LIKE :word
                )
                AND (CAST(:low AS REAL) IS NULL OR coalesce(figures.value_max, figures.value) >= :low)
                AND (CAST(:high AS REAL) IS NULL OR figures.value <= :high)
                AND (CAST(:percent AS BIGINT) IS NULL OR figures.unit = '%')
        )
    )
ORDER BY candidate.passage_id DESC
LIMIT :limit;

-- name: indexed
SELECT coalesce(max(id), 0) AS highest FROM passages;

-- name: texts
SELECT id, words, grams
FROM passages
WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids));

-- name: hits
-- Of each passage the fact that stands for it: a statement before others.
WITH chosen AS (
    SELECT
        passages.id AS passage_id,
        (
            SELECT facts.id
            FROM facts
            WHERE facts.passage_id = passages.id AND facts.state = 'published'
            ORDER BY facts.kind = 'statement' DESC, facts.id
            LIMIT 1
        ) AS fact_id
    FROM passages
    WHERE passages.id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids))
)

SELECT evidence.*, people.id AS person_id, people.name AS person_name
FROM chosen
INNER JOIN evidence ON evidence.fact_id = chosen.fact_id
LEFT JOIN statements ON statements.fact_id = chosen.fact_id
LEFT JOIN entities AS people ON people.id = statements.person_id;
