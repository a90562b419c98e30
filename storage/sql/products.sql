-- name: mentions
SELECT * FROM product_records WHERE product_id = :id ORDER BY article_id DESC, fact_id;

-- name: milestones
SELECT milestone_records.*
FROM about
INNER JOIN milestone_records ON milestone_records.fact_id = about.fact_id
WHERE about.entity_id = :id
ORDER BY milestone_records.date, milestone_records.fact_id;
