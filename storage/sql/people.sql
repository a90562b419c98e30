-- name: at_event
-- People of an event in text order, with the number of their statements there.
SELECT
    people.kind,
    people.id,
    people.name,
    people.note,
    (
        SELECT count(*)
        FROM statements
        INNER JOIN evidence ON evidence.fact_id = statements.fact_id
        WHERE statements.person_id = people.id AND evidence.event_id = :event_id
    ) AS count,
    count(*) OVER () AS total
FROM participation_records AS taking_part
INNER JOIN entities AS people ON people.id = taking_part.person_id
WHERE taking_part.event_id = :event_id
GROUP BY people.id
ORDER BY min(taking_part.fact_id)
LIMIT :limit OFFSET :offset;

-- name: posts
SELECT * FROM post_records WHERE person_id = :id ORDER BY article_id DESC, fact_id;

-- name: participations
SELECT * FROM participation_records WHERE person_id = :id ORDER BY article_id DESC, fact_id;

-- name: statements
SELECT statement_records.*, count(*) OVER () AS total
FROM statement_records
WHERE person_id = :id
ORDER BY article_id DESC, span_start, fact_id
LIMIT :limit OFFSET :offset;

-- name: figures
-- Figures in the passages of the person's statements; of a joint statement to each of its speakers.
SELECT DISTINCT
    figure_records.*,
    statements.person_id AS speaker_id,
    people.name AS speaker_name
FROM statements
INNER JOIN facts AS said ON said.id = statements.fact_id
INNER JOIN facts AS counted ON counted.passage_id = said.passage_id
INNER JOIN figure_records ON figure_records.fact_id = counted.id
INNER JOIN entities AS people ON people.id = statements.person_id
WHERE statements.person_id = :id AND said.state = 'published' AND counted.kind = 'figure'
ORDER BY figure_records.article_id DESC, figure_records.span_start;

-- name: works
SELECT * FROM work_records WHERE person_id = :id ORDER BY article_id DESC, span_start;

-- name: topics
SELECT topics.kind, topics.id, topics.name, topics.note, count(*) AS count
FROM statements
INNER JOIN facts ON facts.id = statements.fact_id
INNER JOIN about ON about.fact_id = facts.id
INNER JOIN entities AS topics ON topics.id = about.entity_id
WHERE statements.person_id = :id AND facts.state = 'published' AND topics.kind = 'topic'
GROUP BY topics.id
ORDER BY count(*) DESC, topics.id
LIMIT :limit;
