-- name: add
INSERT INTO broadcasts (author_id, text, state, created_at) VALUES (:author_id, :text, 'draft', :now) RETURNING *;

-- name: get
SELECT * FROM broadcasts WHERE id = :id;

-- name: set_state
-- Only forwards: two presses of one button send once.
UPDATE broadcasts SET state = :state WHERE id = :id AND state = :before RETURNING *;

-- name: set_edition
UPDATE broadcasts SET edition_id = :edition_id WHERE id = :id;

-- name: set_message
UPDATE broadcasts SET chat_id = :chat_id, message_id = :message_id WHERE id = :id;

-- name: sending
SELECT * FROM broadcasts WHERE state = 'sending' ORDER BY id;

-- name: audience
-- Every chat that wants something of us: it has settings, a subscription or follows something.
SELECT known.chat_id
FROM (
    SELECT chat_id FROM chats WHERE active = 1
    UNION SELECT chat_id FROM subscriptions WHERE enabled = 1
    UNION SELECT chat_id FROM follows
) AS known
LEFT JOIN chats ON chats.chat_id = known.chat_id
WHERE coalesce(chats.active, 1) = 1 AND (CAST(:language AS TEXT) IS NULL OR coalesce(chats.language, :default_language) = :language)
ORDER BY known.chat_id;

-- name: followers
SELECT DISTINCT follows.chat_id
FROM follows
LEFT JOIN chats ON chats.chat_id = follows.chat_id
WHERE coalesce(chats.active, 1) = 1 AND (follows.entity_id = :entity_id OR follows.folded = :folded)
ORDER BY follows.chat_id;
