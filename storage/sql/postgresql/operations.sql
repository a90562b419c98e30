-- name: sent_by_day
SELECT to_char(to_timestamp(changed_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*) AS number
FROM outbox
WHERE state = 'sent' AND changed_at >= :since
GROUP BY day;
