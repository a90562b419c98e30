-- name: listed
-- Years that published reports are of, by the date of their event or else their own, and years that they date
-- something in; the latest first.
WITH dated AS (
    SELECT substr(coalesce(events.note, articles.published), 1, 4) AS year
    FROM articles
    LEFT JOIN entities AS events ON events.id = articles.event_id
    WHERE articles.state = 'published'
    UNION ALL
    SELECT substr(milestones.date, 1, 4) AS year
    FROM facts
    INNER JOIN milestones ON milestones.fact_id = facts.id
    WHERE facts.kind = 'milestone' AND facts.state = 'published'
)

SELECT CAST(year AS INTEGER) AS year
FROM dated
WHERE year GLOB '[12][0-9][0-9][0-9]'
GROUP BY year
ORDER BY count(*) DESC, year DESC
LIMIT :limit;

-- name: figures
WITH page AS (
    SELECT facts.id, facts.article_id, facts.span_start, count(*) OVER () AS total
    FROM articles
    LEFT JOIN entities AS events ON events.id = articles.event_id
    INNER JOIN facts ON facts.article_id = articles.id AND facts.kind = 'figure' AND facts.state = 'published'
    WHERE
        articles.state = 'published'
        AND substr(coalesce(events.note, articles.published), 1, 4) = :year
        AND (
            CAST(:match AS TEXT) IS NULL
            OR facts.passage_id IN (SELECT rowid FROM passage_index WHERE passage_index MATCH :match)
        )
    ORDER BY facts.article_id DESC, facts.span_start, facts.id
    LIMIT :limit OFFSET :offset
)

SELECT figure_records.*, page.total
FROM page
INNER JOIN figure_records ON figure_records.fact_id = page.id
ORDER BY page.article_id DESC, page.span_start, page.id;

-- name: statements
WITH page AS (
    SELECT facts.id, facts.article_id, facts.span_start, count(*) OVER () AS total
    FROM articles
    LEFT JOIN entities AS events ON events.id = articles.event_id
    INNER JOIN facts ON facts.article_id = articles.id AND facts.kind = 'statement' AND facts.state = 'published'
    WHERE
        articles.state = 'published'
        AND substr(coalesce(events.note, articles.published), 1, 4) = :year
        AND (
            CAST(:match AS TEXT) IS NULL
            OR facts.passage_id IN (SELECT rowid FROM passage_index WHERE passage_index MATCH :match)
        )
    ORDER BY facts.article_id DESC, facts.span_start, facts.id
    LIMIT :limit OFFSET :offset
)

SELECT statement_records.*, page.total
FROM page
INNER JOIN statement_records ON statement_records.fact_id = page.id
ORDER BY page.article_id DESC, page.span_start, page.id;

-- name: milestones
SELECT milestone_records.*, count(*) OVER () AS total
FROM milestones AS dated
INNER JOIN milestone_records ON milestone_records.fact_id = dated.fact_id
WHERE
    dated.date >= :year
    AND dated.date < :following
    AND (
        CAST(:match AS TEXT) IS NULL
        OR milestone_records.passage_id IN (
            SELECT rowid FROM passage_index WHERE passage_index MATCH :match
        )
    )
ORDER BY dated.date, dated.fact_id
LIMIT :limit OFFSET :offset;

-- name: events
SELECT id
FROM entities
WHERE kind = 'event' AND visible = 1 AND note >= :year AND note < :following
ORDER BY note, id
LIMIT :limit;
