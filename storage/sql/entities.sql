-- name: listed
SELECT
    kind,
    id,
    name,
    note,
    weight AS count,
    (SELECT count(*) FROM entities WHERE kind = :kind AND visible = 1) AS total
FROM entities
WHERE kind = :kind AND visible = 1
ORDER BY weight DESC, id
LIMIT :limit OFFSET :offset;

-- name: statements_about
-- Speaker by speaker, who says most comes first and groups come last.
WITH said AS (
    SELECT
        facts.id,
        facts.article_id,
        facts.span_start,
        statements.person_id,
        count(*) OVER (PARTITION BY statements.person_id) AS times,
        count(*) OVER () AS total
    FROM about
    INNER JOIN facts ON facts.id = about.fact_id
    INNER JOIN statements ON statements.fact_id = facts.id
    WHERE about.entity_id = :id AND facts.state = 'published'
),

page AS (
    SELECT *
    FROM said
    ORDER BY person_id IS NULL, times DESC, person_id, article_id DESC, span_start, id
    LIMIT :limit OFFSET :offset
)

SELECT statement_records.*, page.total
FROM page
INNER JOIN statement_records ON statement_records.fact_id = page.id
ORDER BY
    page.person_id IS NULL, page.times DESC, page.person_id, page.article_id DESC, page.span_start, page.id;

-- name: figures_about
SELECT figure_records.*
FROM about
INNER JOIN figure_records ON figure_records.fact_id = about.fact_id
WHERE about.entity_id = :id
ORDER BY figure_records.article_id DESC, figure_records.span_start;
