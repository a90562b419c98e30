-- name: hits
-- Passages that hold the words as words, or just as written, come before those that hold them inside others.
WITH best AS MATERIALIZED (
    SELECT held.passage_id FROM passages_holding(:best) AS held
),

page AS (
    SELECT
        held.passage_id AS passage_id,
        held.passage_id IN (SELECT passage_id FROM best) AS exact,
        count(*) OVER () AS total
    FROM passages_holding(:parts) AS held
    ORDER BY exact DESC, passage_id DESC
    LIMIT :limit OFFSET :offset
),

chosen AS (
    SELECT
        page.*,
        (
            SELECT facts.id
            FROM facts
            WHERE facts.passage_id = page.passage_id AND facts.state = 'published'
            ORDER BY facts.kind = 'statement' DESC, facts.id
            LIMIT 1
        ) AS fact_id
    FROM page
)

SELECT evidence.*, people.id AS person_id, people.name AS person_name, chosen.total
FROM chosen
INNER JOIN evidence ON evidence.fact_id = chosen.fact_id
LEFT JOIN statements ON statements.fact_id = chosen.fact_id
LEFT JOIN entities AS people ON people.id = statements.person_id
ORDER BY chosen.exact DESC, chosen.passage_id DESC;
