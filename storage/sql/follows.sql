-- name: follow_entity
INSERT INTO follows (chat_id, thread_id, entity_id) VALUES (:chat_id, :thread_id, :entity_id)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: follow_word
INSERT INTO follows (chat_id, thread_id, word, folded) VALUES (:chat_id, :thread_id, :word, :folded)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: count
SELECT count(*) AS number FROM follows WHERE chat_id = :chat_id AND thread_id = :thread_id;

-- name: unfollow
DELETE FROM follows WHERE chat_id = :chat_id AND thread_id = :thread_id AND id = :id RETURNING id;

-- name: unfollow_all
DELETE FROM follows WHERE chat_id = :chat_id AND thread_id = :thread_id RETURNING id;

-- name: of_chats
-- What chats follow, oldest first, with every name that texts may use for it.
SELECT
    follows.id, follows.chat_id, follows.thread_id, follows.word, follows.folded,
    entities.kind, follows.entity_id, entities.name,
    (SELECT json_group_array(aliases.folded) FROM aliases WHERE aliases.entity_id = follows.entity_id) AS names
FROM follows
LEFT JOIN entities ON entities.id = follows.entity_id
WHERE follows.chat_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:chats))
ORDER BY follows.id;

-- name: followers
-- The active chats that follow an entity.
SELECT count(DISTINCT follows.chat_id) AS number
FROM follows
LEFT JOIN chats ON chats.chat_id = follows.chat_id
WHERE follows.entity_id = :entity_id AND coalesce(chats.active, 1) = 1;
