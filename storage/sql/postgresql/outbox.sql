-- name: conclude_sent
UPDATE outbox SET state = 'sent', message_id = given.message_id, error = NULL, changed_at = :now
FROM (
    SELECT CAST(value ->> 0 AS BIGINT) AS id, CAST(value ->> 1 AS BIGINT) AS message_id
    FROM jsonb_array_elements(CAST(CAST(:sent AS TEXT) AS JSONB)) AS sent (value)
) AS given
WHERE outbox.id = given.id AND outbox.state = 'sending' AND outbox.run = :run;
