-- name: with_words
SELECT milestone_records.*, count(*) OVER () AS total
FROM milestone_records
WHERE passage_id IN (SELECT held.passage_id FROM passages_holding(:match) AS held)
ORDER BY date, fact_id
LIMIT :limit OFFSET :offset;
