-- name: of_chats
-- What chats follow, oldest first, with every name that texts may use for it.
SELECT
    follows.id, follows.chat_id, follows.thread_id, follows.word, follows.folded,
    entities.kind, follows.entity_id, entities.name,
    (SELECT coalesce(CAST(json_agg(aliases.folded) AS TEXT), '[]') FROM aliases WHERE aliases.entity_id = follows.entity_id) AS names
FROM follows
LEFT JOIN entities ON entities.id = follows.entity_id
WHERE follows.chat_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:chats))
ORDER BY follows.id;
