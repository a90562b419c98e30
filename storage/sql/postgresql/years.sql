-- name: listed
-- Years that published reports are of, by the date of their event or else their own, and years that they date
-- something in; the latest first.
WITH dated AS (
    SELECT substr(coalesce(events.note, articles.published), 1, 4) AS year
    FROM articles
    LEFT JOIN entities AS events ON events.id = articles.event_id
    WHERE articles.state = 'published'
    UNION ALL
    SELECT substr(milestones.date, 1, 4) AS year
    FROM facts
    INNER JOIN milestones ON milestones.fact_id = facts.id
    WHERE facts.kind = 'milestone' AND facts.state = 'published'
)

SELECT CAST(year AS INTEGER) AS year
FROM dated
WHERE year ~ '^[12][0-9]{3}$'
GROUP BY year
ORDER BY count(*) DESC, year DESC
LIMIT :limit;
