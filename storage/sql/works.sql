-- name: listed
WITH page AS (
    SELECT id, article_id, span_start
    FROM facts
    WHERE kind = 'work' AND state = 'published'
    ORDER BY article_id DESC, span_start, id
    LIMIT :limit OFFSET :offset
)

SELECT work_records.*, (SELECT count(*) FROM facts WHERE kind = 'work' AND state = 'published') AS total
FROM page
INNER JOIN work_records ON work_records.fact_id = page.id
ORDER BY page.article_id DESC, page.span_start, page.id;

-- name: of_event
SELECT work_records.*, count(*) OVER () AS total
FROM work_records
WHERE event_id = :event_id
ORDER BY article_id DESC, span_start, fact_id
LIMIT :limit OFFSET :offset;
