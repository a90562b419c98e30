-- Lists of lists have no type of their own in PostgreSQL's JSON: each member is named and cast.

-- name: settle
UPDATE digest_slots SET state = given.state
FROM (
    SELECT CAST(value ->> 0 AS BIGINT) AS subscription_id, value ->> 1 AS local_date, value ->> 2 AS state
    FROM jsonb_array_elements(CAST(CAST(:slots AS TEXT) AS JSONB)) AS slots (value)
) AS given
WHERE digest_slots.subscription_id = given.subscription_id AND digest_slots.local_date = given.local_date
    AND digest_slots.state = 'planned'
    AND EXISTS (SELECT 1 FROM subscriptions AS s WHERE s.id = given.subscription_id AND s.enabled = 1)
RETURNING digest_slots.subscription_id;

-- name: leave
UPDATE digest_slots SET state = 'skipped'
FROM (
    SELECT CAST(value ->> 0 AS BIGINT) AS subscription_id, value ->> 1 AS local_date
    FROM jsonb_array_elements(CAST(CAST(:slots AS TEXT) AS JSONB)) AS slots (value)
) AS given
WHERE digest_slots.subscription_id = given.subscription_id AND digest_slots.local_date = given.local_date
    AND digest_slots.state = 'planned';

-- name: cover_news
UPDATE subscriptions SET covered_revision = :revision
FROM (
    SELECT CAST(value ->> 0 AS BIGINT) AS id, CAST(value ->> 1 AS BIGINT) AS covered
    FROM jsonb_array_elements(CAST(CAST(:subscriptions AS TEXT) AS JSONB)) AS subscriptions (value)
) AS given
WHERE subscriptions.id = given.id AND subscriptions.enabled = 1
    AND subscriptions.covered_revision = given.covered
RETURNING subscriptions.id;
