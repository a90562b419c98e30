-- name: members
SELECT * FROM post_records WHERE organization_id = :id ORDER BY article_id DESC, fact_id;

-- name: products
SELECT * FROM product_records WHERE organization_id = :id ORDER BY article_id DESC, fact_id;

-- name: works
SELECT * FROM work_records WHERE organization_id = :id ORDER BY article_id DESC, span_start;
