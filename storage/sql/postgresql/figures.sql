-- name: with_words
SELECT figure_records.*, count(*) OVER () AS total
FROM figure_records
WHERE
    passage_id IN (SELECT held.passage_id FROM passages_holding(:match) AS held)
    AND (CAST(:event_id AS BIGINT) IS NULL OR event_id = :event_id)
ORDER BY article_id DESC, span_start, fact_id
LIMIT :limit OFFSET :offset;
