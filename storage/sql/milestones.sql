-- name: listed
WITH page AS (
    SELECT milestones.fact_id, milestones.date
    FROM milestones
    INNER JOIN facts ON facts.id = milestones.fact_id
    WHERE facts.state = 'published'
    ORDER BY milestones.date, milestones.fact_id
    LIMIT :limit OFFSET :offset
)

SELECT milestone_records.*, (SELECT count(*) FROM facts WHERE kind = 'milestone' AND state = 'published') AS total
FROM page
INNER JOIN milestone_records ON milestone_records.fact_id = page.fact_id
ORDER BY page.date, page.fact_id;

-- name: with_words
SELECT milestone_records.*, count(*) OVER () AS total
FROM milestone_records
WHERE passage_id IN (SELECT rowid FROM passage_index WHERE passage_index MATCH :match)
ORDER BY date, fact_id
LIMIT :limit OFFSET :offset;

-- name: of_event
SELECT milestone_records.*, count(*) OVER () AS total
FROM milestone_records
WHERE event_id = :event_id
ORDER BY date, fact_id
LIMIT :limit OFFSET :offset;
