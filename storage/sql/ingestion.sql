-- Storing one article: rows first as drafts, then shown.

-- name: insert_article
INSERT INTO articles (sha256, text, title, publisher, via, url, published, published_note, state)
VALUES (:sha256, :text, :title, :publisher, :via, :url, :published, :published_note, 'draft')
RETURNING id;

-- name: insert_passage
INSERT INTO passages (article_id, span_start, span_end, text, words, grams)
VALUES (:article_id, :span_start, :span_end, :text, :words, :grams);

-- name: passages_of_article
SELECT id, span_start, span_end FROM passages WHERE article_id = :article_id;

-- name: insert_fact
INSERT INTO facts (article_id, ordinal, passage_id, kind, span_start, span_end, confidence, rule, state)
VALUES (:article_id, :ordinal, :passage_id, :kind, :span_start, :span_end, :confidence, :rule, 'draft');

-- name: facts_of_article
SELECT id FROM facts WHERE article_id = :article_id ORDER BY ordinal;

-- name: known_names
SELECT DISTINCT entities.kind, aliases.folded, entities.id
FROM aliases
INNER JOIN entities ON entities.id = aliases.entity_id
WHERE aliases.folded IN (SELECT value FROM json_each(:folded))
ORDER BY entities.id;

-- name: organizations_of_people
SELECT DISTINCT posts.person_id, aliases.folded
FROM posts
INNER JOIN facts ON facts.id = posts.fact_id
INNER JOIN aliases ON aliases.entity_id = posts.organization_id
WHERE posts.person_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:people)) AND facts.state <> 'retracted';

-- name: dates_of_events
SELECT reports.event_id, reports.date
FROM reports
INNER JOIN facts ON facts.id = reports.fact_id
WHERE reports.event_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:events)) AND facts.state <> 'retracted';

-- name: insert_entity
INSERT INTO entities (kind, name) VALUES (:kind, :name) RETURNING id;

-- name: insert_alias
INSERT INTO aliases (entity_id, name, folded, pinyin, initials)
VALUES (:entity_id, :name, :folded, :pinyin, :initials)
ON CONFLICT (entity_id, folded) DO NOTHING;

-- name: insert_topic
INSERT INTO article_topics (article_id, topic_id, weight) VALUES (:article_id, :topic_id, :weight)
ON CONFLICT (article_id, topic_id) DO NOTHING;

-- name: insert_event
INSERT INTO reports (fact_id, event_id, date, venue, city, theme)
VALUES (:fact_id, :event_id, :date, :venue, :city, :theme);

-- name: insert_host
INSERT INTO report_hosts (fact_id, position, organization_id) VALUES (:fact_id, :position, :organization_id);

-- name: insert_participant
INSERT INTO participations (fact_id, person_id, role) VALUES (:fact_id, :person_id, :role);

-- name: insert_affiliation
INSERT INTO posts (fact_id, person_id, organization_id, title)
VALUES (:fact_id, :person_id, :organization_id, :title);

-- name: insert_statement
INSERT INTO statements (fact_id, person_id) VALUES (:fact_id, :person_id);

-- name: insert_figure
INSERT INTO figures (fact_id, text, value, value_max, unit, comparator, subject, period, as_of)
VALUES (:fact_id, :text, :value, :value_max, :unit, :comparator, :subject, :period, :as_of);

-- name: insert_work
INSERT INTO works (fact_id, title, kind, by_name, by_folded, person_id, organization_id)
VALUES (:fact_id, :title, :kind, :by_name, :by_folded, :person_id, :organization_id);

-- name: insert_product
INSERT INTO product_mentions (fact_id, product_id, organization_id)
VALUES (:fact_id, :product_id, :organization_id);

-- name: insert_milestone
INSERT INTO milestones (fact_id, date, text) VALUES (:fact_id, :date, :text);
