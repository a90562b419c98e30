-- name: people
SELECT people.kind, people.id, people.name, people.note, count(*) AS count
FROM about
INNER JOIN facts ON facts.id = about.fact_id
INNER JOIN statements ON statements.fact_id = facts.id
INNER JOIN entities AS people ON people.id = statements.person_id
WHERE about.entity_id = :id AND facts.state = 'published'
GROUP BY people.id
ORDER BY count(*) DESC, people.id;
