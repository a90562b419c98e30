-- name: listed
SELECT
    kind,
    id,
    name,
    note,
    weight AS count,
    (SELECT count(*) FROM entities WHERE kind = 'event' AND visible = 1) AS total
FROM entities
WHERE kind = 'event' AND visible = 1
ORDER BY note DESC NULLS LAST, id DESC
LIMIT :limit OFFSET :offset;

-- name: latest
SELECT id FROM entities WHERE kind = 'event' AND visible = 1 ORDER BY note DESC NULLS LAST, id DESC LIMIT 1;

-- name: reports
-- What each article says of each event, one row a host.
SELECT evidence.*, reports.date, reports.venue, reports.city, reports.theme, hosts.name AS host
FROM reports
INNER JOIN evidence ON evidence.fact_id = reports.fact_id
LEFT JOIN report_hosts ON report_hosts.fact_id = reports.fact_id
LEFT JOIN entities AS hosts ON hosts.id = report_hosts.organization_id
WHERE reports.event_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:events))
ORDER BY evidence.fact_id, report_hosts.position;

-- name: participants
SELECT * FROM participation_records WHERE event_id = :id ORDER BY article_id, span_start, fact_id;

-- name: posts
SELECT * FROM post_records WHERE event_id = :id ORDER BY fact_id;

-- name: topics
SELECT topics.kind, topics.id, topics.name, topics.note, count(*) AS count
FROM articles
INNER JOIN facts ON facts.article_id = articles.id
INNER JOIN about ON about.fact_id = facts.id
INNER JOIN entities AS topics ON topics.id = about.entity_id
WHERE
    articles.event_id = :id
    AND facts.kind = 'statement'
    AND facts.state = 'published'
    AND topics.kind = 'topic'
GROUP BY topics.id
ORDER BY count(*) DESC, topics.id
LIMIT :limit;

-- name: statements
SELECT statement_records.*, count(*) OVER () AS total
FROM statement_records
WHERE event_id = :id
ORDER BY article_id DESC, span_start, fact_id
LIMIT :limit OFFSET :offset;

-- name: subjects
-- Who spoke about what at an event, with the number of statements.
SELECT
    people.id AS person_id,
    people.name AS person_name,
    topics.id AS topic_id,
    topics.name AS topic_name,
    count(*) AS count
FROM articles
INNER JOIN facts ON facts.article_id = articles.id
INNER JOIN statements ON statements.fact_id = facts.id
INNER JOIN entities AS people ON people.id = statements.person_id
INNER JOIN about ON about.fact_id = facts.id
INNER JOIN entities AS topics ON topics.id = about.entity_id
WHERE
    articles.event_id = :id
    AND facts.kind = 'statement'
    AND facts.state = 'published'
    AND topics.kind = 'topic'
GROUP BY people.id, topics.id
ORDER BY count(*) DESC, min(facts.id), topics.id;
