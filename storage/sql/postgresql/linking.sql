-- name: passages_holding
SELECT held.passage_id AS id FROM passages_holding(:match) AS held;
