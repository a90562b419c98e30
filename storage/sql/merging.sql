-- From one entity to another. Every move gives back what it moved, so that it can be taken back; :facts (a JSON
-- list) says which, null is all.

-- name: move_reports
UPDATE reports SET event_id = :new_id
WHERE event_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_report_hosts
UPDATE report_hosts SET organization_id = :new_id
WHERE organization_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_participations
UPDATE participations SET person_id = :new_id
WHERE person_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_posts
UPDATE posts SET person_id = :new_id
WHERE person_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_posts_held
UPDATE posts SET organization_id = :new_id
WHERE organization_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_statements
UPDATE statements SET person_id = :new_id
WHERE person_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_works
UPDATE works SET person_id = :new_id
WHERE person_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_works_released
UPDATE works SET organization_id = :new_id
WHERE organization_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_products
UPDATE product_mentions SET product_id = :new_id
WHERE product_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_products_owned
UPDATE product_mentions SET organization_id = :new_id
WHERE organization_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_about
-- What is about both already stays.
UPDATE about SET entity_id = :new_id
WHERE
    entity_id = :old_id
    AND NOT EXISTS (SELECT 1 FROM about AS kept WHERE kept.entity_id = :new_id AND kept.fact_id = about.fact_id)
    AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: drop_about
DELETE FROM about
WHERE entity_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING fact_id;

-- name: move_topics
UPDATE article_topics SET topic_id = :new_id
WHERE
    topic_id = :old_id
    AND NOT EXISTS (SELECT 1 FROM article_topics AS kept WHERE kept.topic_id = :new_id AND kept.article_id = article_topics.article_id)
    AND (CAST(:facts AS TEXT) IS NULL OR article_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING article_id AS fact_id;

-- name: drop_topics
DELETE FROM article_topics WHERE topic_id = :old_id RETURNING article_id, weight;

-- name: move_events
UPDATE articles SET event_id = :new_id
WHERE event_id = :old_id AND (CAST(:facts AS TEXT) IS NULL OR id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING id AS fact_id;

-- name: move_aliases
UPDATE aliases SET entity_id = :new_id
WHERE
    entity_id = :old_id
    AND NOT EXISTS (SELECT 1 FROM aliases AS kept WHERE kept.entity_id = :new_id AND kept.folded = aliases.folded)
    AND (CAST(:facts AS TEXT) IS NULL OR id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING id AS fact_id;

-- name: drop_aliases
-- Names that the other has as well.
DELETE FROM aliases WHERE entity_id = :old_id RETURNING name, folded, pinyin, initials;

-- name: move_follows
UPDATE follows SET entity_id = :new_id
WHERE
    entity_id = :old_id
    AND NOT EXISTS (SELECT 1 FROM follows AS kept WHERE kept.entity_id = :new_id AND kept.chat_id = follows.chat_id AND kept.thread_id = follows.thread_id)
    AND (CAST(:facts AS TEXT) IS NULL OR id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)))
RETURNING id AS fact_id;

-- name: drop_follows
-- Who follows both follows the one; whoever it is does not stand in the history.
DELETE FROM follows WHERE entity_id = :old_id;

-- name: set_merged
UPDATE entities SET merged_into = :new_id WHERE id = :old_id;

-- name: insert_topic
INSERT INTO article_topics (article_id, topic_id, weight)
SELECT :article_id, :topic_id, :weight
WHERE EXISTS (SELECT 1 FROM articles WHERE id = :article_id)
ON CONFLICT (article_id, topic_id) DO NOTHING;

-- name: insert_about
INSERT INTO about (entity_id, fact_id)
SELECT :entity_id, :fact_id
WHERE EXISTS (SELECT 1 FROM facts WHERE id = :fact_id)
ON CONFLICT (entity_id, fact_id) DO NOTHING;

-- name: articles_of
SELECT DISTINCT facts.article_id
FROM about
INNER JOIN facts ON facts.id = about.fact_id
WHERE about.entity_id = :id;

-- name: delete_alias
DELETE FROM aliases WHERE entity_id = :entity_id AND folded = :folded RETURNING id;

-- name: entities_beside
SELECT DISTINCT entity_id FROM about WHERE fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts));
