-- name: listed
WITH page AS (
    SELECT id, article_id, span_start
    FROM facts
    WHERE kind = 'figure' AND state = 'published'
    ORDER BY article_id DESC, span_start, id
    LIMIT :limit OFFSET :offset
)

SELECT
    figure_records.*,
    (SELECT count(*) FROM facts WHERE kind = 'figure' AND state = 'published') AS total
FROM page
INNER JOIN figure_records ON figure_records.fact_id = page.id
ORDER BY page.article_id DESC, page.span_start, page.id;

-- name: of_event
SELECT figure_records.*, count(*) OVER () AS total
FROM figure_records
WHERE event_id = :event_id
ORDER BY article_id DESC, span_start, fact_id
LIMIT :limit OFFSET :offset;

-- name: with_words
SELECT figure_records.*, count(*) OVER () AS total
FROM figure_records
WHERE
    passage_id IN (SELECT rowid FROM passage_index WHERE passage_index MATCH :match)
    AND (CAST(:event_id AS BIGINT) IS NULL OR event_id = :event_id)
ORDER BY article_id DESC, span_start, fact_id
LIMIT :limit OFFSET :offset;
