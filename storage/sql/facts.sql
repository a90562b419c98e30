-- name: source
-- The fact in its passage, and whom or what it is about.
SELECT
    evidence.*,
    people.id AS person_id,
    people.name AS person_name,
    products.id AS product_id,
    products.name AS product_name,
    articles.text
FROM evidence
INNER JOIN articles ON articles.id = evidence.article_id
LEFT JOIN statements ON statements.fact_id = evidence.fact_id
LEFT JOIN participations ON participations.fact_id = evidence.fact_id
LEFT JOIN posts ON posts.fact_id = evidence.fact_id
LEFT JOIN works ON works.fact_id = evidence.fact_id
LEFT JOIN product_mentions ON product_mentions.fact_id = evidence.fact_id
LEFT JOIN entities AS people
    ON people.id = coalesce(
        statements.person_id,
        participations.person_id,
        posts.person_id,
        works.person_id,
        CASE evidence.fact_kind
            WHEN 'figure' THEN (
                SELECT spoken.person_id
                FROM facts AS said
                INNER JOIN statements AS spoken ON spoken.fact_id = said.id
                WHERE
                    said.passage_id = evidence.passage_id
                    AND said.kind = 'statement'
                    AND said.state = 'published'
                ORDER BY said.id
                LIMIT 1
            )
        END
    )
LEFT JOIN entities AS products ON products.id = product_mentions.product_id
WHERE evidence.fact_id = :id;

-- name: statements
WITH page AS (
    SELECT id, article_id, span_start
    FROM facts
    WHERE kind = 'statement' AND state = 'published'
    ORDER BY article_id DESC, span_start, id
    LIMIT :limit OFFSET :offset
)

SELECT
    statement_records.*,
    (SELECT count(*) FROM facts WHERE kind = 'statement' AND state = 'published') AS total
FROM page
INNER JOIN statement_records ON statement_records.fact_id = page.id
ORDER BY page.article_id DESC, page.span_start, page.id;
