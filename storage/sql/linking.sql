-- Which facts name which topics, products and organisations.

-- name: names_beginning
-- Names whose first two folded characters are among the given.
SELECT aliases.name, entities.kind, entities.id
FROM aliases
INNER JOIN entities ON entities.id = aliases.entity_id
WHERE substr(aliases.folded, 1, 2) IN (SELECT value FROM json_each(:beginnings));

-- name: linkable_facts
-- Facts of the given kinds in the given passages.
SELECT
    facts.id,
    facts.kind,
    passages.text AS passage,
    facts.span_start - passages.span_start AS span_start,
    facts.span_end - passages.span_start AS span_end,
    figures.subject
FROM facts
INNER JOIN passages ON passages.id = facts.passage_id
LEFT JOIN figures ON figures.fact_id = facts.id
WHERE
    facts.passage_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:passages))
    AND facts.kind IN (SELECT value FROM json_each(:kinds));

-- name: passages_of_article
SELECT id, text FROM passages WHERE article_id = :article_id;

-- name: new_names_of_article
-- Names that older articles have not been searched for, of what this article is about.
SELECT DISTINCT aliases.id AS alias_id, aliases.name, aliases.folded, entities.kind, entities.id
FROM aliases
INNER JOIN entities ON entities.id = aliases.entity_id
WHERE
    aliases.linked = 0
    AND aliases.entity_id IN (
        SELECT topic_id FROM article_topics WHERE article_id = :article_id
        UNION
        SELECT about.entity_id
        FROM facts
        INNER JOIN about ON about.fact_id = facts.id
        WHERE facts.article_id = :article_id
    )
    AND entities.kind IN ('topic', 'product', 'organization');

-- name: mark_linked
UPDATE aliases SET linked = 1 WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:aliases));

-- name: passages_holding
SELECT rowid AS id FROM passage_index WHERE passage_index MATCH :match;

-- name: insert_about
INSERT INTO about (entity_id, fact_id) VALUES (:entity_id, :fact_id) ON CONFLICT (entity_id, fact_id) DO NOTHING;

-- name: adopt_works
-- Works whose author an older article named, before anybody knew it for an organisation.
UPDATE works
SET organization_id = (
    SELECT aliases.entity_id
    FROM aliases
    INNER JOIN entities ON entities.id = aliases.entity_id
    WHERE aliases.folded = works.by_folded AND entities.kind = 'organization'
    ORDER BY aliases.entity_id
    LIMIT 1
)
WHERE
    works.by_folded IN (SELECT value FROM json_each(:folded))
    AND coalesce(works.organization_id, works.person_id) IS NULL
RETURNING fact_id, organization_id;
