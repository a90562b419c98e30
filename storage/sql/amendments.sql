-- One fact at a time: what it says, and what an editor makes of it.

-- name: fact
SELECT
    facts.id,
    facts.kind,
    facts.state,
    facts.verdict,
    facts.confidence,
    facts.rule,
    facts.article_id,
    facts.passage_id,
    facts.span_start,
    facts.span_end,
    passages.span_start AS passage_start,
    passages.text AS passage
FROM facts
INNER JOIN passages ON passages.id = facts.passage_id
WHERE facts.id = :fact_id;

-- name: of_event
SELECT reports.event_id, events.name, reports.date, reports.venue, reports.city, reports.theme
FROM reports
INNER JOIN entities AS events ON events.id = reports.event_id
WHERE reports.fact_id = :fact_id;

-- name: hosts
SELECT organizations.name
FROM report_hosts
INNER JOIN entities AS organizations ON organizations.id = report_hosts.organization_id
WHERE report_hosts.fact_id = :fact_id
ORDER BY report_hosts.position;

-- name: of_participant
SELECT participations.person_id, people.name AS person, participations.role
FROM participations
INNER JOIN entities AS people ON people.id = participations.person_id
WHERE participations.fact_id = :fact_id;

-- name: of_affiliation
SELECT
    posts.person_id,
    people.name AS person,
    posts.organization_id,
    organizations.name AS organization,
    posts.title
FROM posts
INNER JOIN entities AS people ON people.id = posts.person_id
LEFT JOIN entities AS organizations ON organizations.id = posts.organization_id
WHERE posts.fact_id = :fact_id;

-- name: of_statement
SELECT statements.person_id, people.name AS person
FROM statements
LEFT JOIN entities AS people ON people.id = statements.person_id
WHERE statements.fact_id = :fact_id;

-- name: of_figure
SELECT text, value, value_max, unit, comparator, subject, period, as_of FROM figures WHERE fact_id = :fact_id;

-- name: of_work
SELECT title, kind, by_name, by_folded, person_id, organization_id, by_name AS "by"
FROM works
WHERE fact_id = :fact_id;

-- name: of_product
SELECT
    product_mentions.product_id,
    products.name,
    product_mentions.organization_id,
    organizations.name AS organization
FROM product_mentions
INNER JOIN entities AS products ON products.id = product_mentions.product_id
LEFT JOIN entities AS organizations ON organizations.id = product_mentions.organization_id
WHERE product_mentions.fact_id = :fact_id;

-- name: of_milestone
SELECT date, text FROM milestones WHERE fact_id = :fact_id;

-- name: set_event
UPDATE reports SET event_id = :event_id, date = :date, venue = :venue, city = :city, theme = :theme
WHERE fact_id = :fact_id;

-- name: clear_hosts
DELETE FROM report_hosts WHERE fact_id = :fact_id;

-- name: set_participant
UPDATE participations SET person_id = :person_id, role = :role WHERE fact_id = :fact_id;

-- name: set_affiliation
UPDATE posts SET person_id = :person_id, organization_id = :organization_id, title = :title
WHERE fact_id = :fact_id;

-- name: set_statement
UPDATE statements SET person_id = :person_id WHERE fact_id = :fact_id;

-- name: set_figure
UPDATE figures
SET
    text = :text,
    value = :value,
    value_max = :value_max,
    unit = :unit,
    comparator = :comparator,
    subject = :subject,
    period = :period,
    as_of = :as_of
WHERE fact_id = :fact_id;

-- name: set_work
UPDATE works
SET
    title = :title,
    kind = :kind,
    by_name = :by_name,
    by_folded = :by_folded,
    person_id = :person_id,
    organization_id = :organization_id
WHERE fact_id = :fact_id;

-- name: set_product
UPDATE product_mentions SET product_id = :product_id, organization_id = :organization_id
WHERE fact_id = :fact_id;

-- name: set_milestone
UPDATE milestones SET date = :date, text = :text WHERE fact_id = :fact_id;

-- name: facts_of_person
-- Of one article: a name that was misread in one fact was misread in all.
SELECT about.fact_id
FROM about
INNER JOIN facts ON facts.id = about.fact_id
WHERE facts.article_id = :article_id AND about.entity_id = :entity_id;

-- name: entities_named
-- Those that the article speaks of already come first.
SELECT
    entities.id,
    EXISTS (
        SELECT 1
        FROM about
        INNER JOIN facts ON facts.id = about.fact_id
        WHERE about.entity_id = entities.id AND facts.article_id = :article_id
    ) AS here
FROM aliases
INNER JOIN entities ON entities.id = aliases.entity_id
WHERE aliases.folded = :folded AND entities.kind = :kind AND entities.merged_into IS NULL
ORDER BY here DESC, entities.weight DESC, entities.id
LIMIT 1;

-- name: entity
SELECT id, kind, name, merged_into FROM entities WHERE id = :id;

-- name: unmake
-- Entities that an edit made, once nothing but their name in a text leads to them.
DELETE FROM entities
WHERE
    id IN (SELECT CAST(value AS BIGINT) FROM json_each(:made))
    AND NOT EXISTS (SELECT 1 FROM reports WHERE event_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM report_hosts WHERE organization_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM participations WHERE person_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM posts WHERE person_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM posts WHERE organization_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM statements WHERE person_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM works WHERE person_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM works WHERE organization_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM product_mentions WHERE product_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM product_mentions WHERE organization_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM follows WHERE entity_id = entities.id)
    AND NOT EXISTS (SELECT 1 FROM entities AS merged WHERE merged.merged_into = entities.id);

-- name: unlink
DELETE FROM about WHERE fact_id IN (SELECT id FROM facts WHERE article_id = :article_id);

-- name: link_details
-- What each fact's own row refers to, a participant's event, an event's hosts.
WITH mine AS (SELECT id FROM facts WHERE article_id = :article_id)

INSERT INTO about (entity_id, fact_id)
SELECT event_id, fact_id FROM reports WHERE fact_id IN (SELECT id FROM mine)
UNION
SELECT organization_id, fact_id FROM report_hosts WHERE fact_id IN (SELECT id FROM mine)
UNION
SELECT person_id, fact_id FROM participations WHERE fact_id IN (SELECT id FROM mine)
UNION
SELECT reports.event_id, participations.fact_id
FROM participations, reports
WHERE participations.fact_id IN (SELECT id FROM mine) AND reports.fact_id IN (SELECT id FROM mine)
UNION
SELECT person_id, fact_id FROM posts WHERE fact_id IN (SELECT id FROM mine)
UNION
SELECT organization_id, fact_id FROM posts WHERE fact_id IN (SELECT id FROM mine) AND organization_id IS NOT NULL
UNION
SELECT person_id, fact_id FROM statements WHERE fact_id IN (SELECT id FROM mine) AND person_id IS NOT NULL
UNION
SELECT person_id, fact_id FROM works WHERE fact_id IN (SELECT id FROM mine) AND person_id IS NOT NULL
UNION
SELECT organization_id, fact_id FROM works WHERE fact_id IN (SELECT id FROM mine) AND organization_id IS NOT NULL
UNION
SELECT product_id, fact_id FROM product_mentions WHERE fact_id IN (SELECT id FROM mine)
UNION
SELECT organization_id, fact_id FROM product_mentions WHERE fact_id IN (SELECT id FROM mine) AND organization_id IS NOT NULL;
