-- name: revision
SELECT value FROM content_revision;

-- name: add
INSERT INTO editions (language, created_at) VALUES (:language, :now) RETURNING id;

-- name: add_part
INSERT INTO edition_parts (edition_id, part, parameters) VALUES (:edition_id, :part, :parameters);

-- name: add_fact
INSERT INTO edition_facts (edition_id, part, fact_id) VALUES (:edition_id, :part, :fact_id);

-- name: settle
-- :slots is a list of [subscription, date, state]; who unsubscribed after the planning gets nothing.
UPDATE digest_slots SET state = given.state
FROM (SELECT value ->> 0 AS subscription_id, value ->> 1 AS local_date, value ->> 2 AS state FROM json_each(:slots)) AS given
WHERE digest_slots.subscription_id = given.subscription_id AND digest_slots.local_date = given.local_date
    AND digest_slots.state = 'planned'
    AND EXISTS (SELECT 1 FROM subscriptions AS s WHERE s.id = given.subscription_id AND s.enabled = 1)
RETURNING digest_slots.subscription_id;

-- name: leave
-- What settling left of the same slots.
UPDATE digest_slots SET state = 'skipped'
FROM (SELECT value ->> 0 AS subscription_id, value ->> 1 AS local_date FROM json_each(:slots)) AS given
WHERE digest_slots.subscription_id = given.subscription_id AND digest_slots.local_date = given.local_date
    AND digest_slots.state = 'planned';

-- name: cover
UPDATE subscriptions SET covered_revision = :revision
WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(:subscriptions)) AND covered_revision <= :revision;

-- name: cover_news
-- For news at once, where no slot says that it is told once: :subscriptions is a list of [id, covered].
UPDATE subscriptions SET covered_revision = :revision
FROM (SELECT value ->> 0 AS id, value ->> 1 AS covered FROM json_each(:subscriptions)) AS given
WHERE subscriptions.id = given.id AND subscriptions.enabled = 1
    AND subscriptions.covered_revision = given.covered
RETURNING subscriptions.id;

-- name: put
INSERT INTO outbox
    (chat_id, subscription_id, local_date, edition_id, part, method, parameters, state, created_at, changed_at)
VALUES
    (:chat_id, :subscription_id, :local_date, :edition_id, :part, 'sendMessage', :parameters, 'pending', :now, :now);

-- name: corrections_after
-- What was corrected after a revision, of all that chats were sent before.
SELECT DISTINCT o.chat_id, c.id, c.fact_id, c.before, c.name, c.after, c.reason, c.revision
FROM corrections AS c
JOIN edition_facts AS f ON f.fact_id = c.fact_id
JOIN outbox AS o ON o.edition_id = f.edition_id AND o.part = f.part
WHERE c.revision > :after
    AND o.chat_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:chats))
    AND o.state IN ('pending', 'sending', 'sent')
ORDER BY c.id;

-- name: last_correction
SELECT max(revision) AS revision FROM corrections;

-- name: open_corrections
SELECT id, fact_id, before, name, after, reason, revision FROM corrections WHERE spread = 0 ORDER BY id LIMIT :limit;

-- name: parts_of_fact
SELECT p.edition_id, p.part, p.parameters, e.language
FROM edition_facts AS f
JOIN edition_parts AS p ON p.edition_id = f.edition_id AND p.part = f.part
JOIN editions AS e ON e.id = p.edition_id
WHERE f.fact_id = :fact_id;

-- name: change_part
UPDATE edition_parts SET parameters = :parameters WHERE edition_id = :edition_id AND part = :part;

-- name: change_sent
-- Rows that still wait take the new text by themselves.
INSERT INTO outbox (chat_id, edition_id, part, method, parameters, changes_id, state, created_at, changed_at)
SELECT o.chat_id, o.edition_id, o.part, 'editMessageText', '{}', o.id, 'pending', :now, :now
FROM outbox AS o
WHERE o.edition_id = :edition_id AND o.part = :part AND o.method = 'sendMessage' AND o.state IN ('sending', 'sent')
    AND NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.changes_id = o.id AND e.state = 'pending');

-- name: set_spread
UPDATE corrections SET spread = 1 WHERE id = :id;
