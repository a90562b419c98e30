-- name: newest
SELECT held.passage_id AS passage_id
FROM passages_holding(:match) AS held
ORDER BY held.passage_id DESC
LIMIT :limit;

-- name: newest_filtered
SELECT held.passage_id AS passage_id
FROM passages_holding(:match) AS held
WHERE
    true
    AND (
        CAST(:people AS TEXT) IS NULL
        OR held.passage_id IN (
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
        OR held.passage_id IN (
            SELECT facts.passage_id
            FROM about
            INNER JOIN facts ON facts.id = about.fact_id
            WHERE
                facts.state = 'published'
                AND about.entity_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:organizations))
        )
        OR held.passage_id IN (
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
        OR held.passage_id IN (
            SELECT passages.id
            FROM articles
            INNER JOIN passages ON passages.article_id = articles.id
            WHERE articles.event_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:events))
        )
    )
    AND (
        CAST(:years AS TEXT) IS NULL
        OR held.passage_id IN (
            SELECT passages.id
            FROM articles
            INNER JOIN passages ON passages.article_id = articles.id
            LEFT JOIN entities ON entities.id = articles.event_id
            WHERE
                substr(coalesce(entities.note, articles.published), 1, 4)
                IN (SELECT CAST(value AS TEXT) FROM json_each(:years))
        )
        OR held.passage_id IN (
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
        OR held.passage_id IN (
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
ORDER BY held.passage_id DESC
LIMIT :limit;
