-- name: get
SELECT chat_id, type, language, zone, active FROM chats WHERE chat_id = :chat_id;

-- name: save
INSERT INTO chats (chat_id, type, language, zone, active)
VALUES (:chat_id, :type, :language, :zone, :active)
ON CONFLICT (chat_id) DO UPDATE SET
    type = excluded.type, language = excluded.language, zone = excluded.zone, active = excluded.active;

-- name: forget
DELETE FROM chats WHERE chat_id = :chat_id;

-- name: forget_subscriptions
DELETE FROM subscriptions WHERE chat_id = :chat_id;

-- name: forget_follows
DELETE FROM follows WHERE chat_id = :chat_id;

-- name: migrate_follows
-- What both follow already stays.
UPDATE follows SET chat_id = :new_id
WHERE
    chat_id = :old_id
    AND NOT EXISTS (
        SELECT 1
        FROM follows AS kept
        WHERE kept.chat_id = :new_id AND kept.thread_id = follows.thread_id
            AND (kept.entity_id = follows.entity_id OR kept.folded = follows.folded)
    );

-- name: migrate_chat
INSERT INTO chats (chat_id, type, language, zone, active)
SELECT :new_id, 'supergroup', language, zone, 1 FROM chats WHERE chat_id = :old_id
ON CONFLICT (chat_id) DO NOTHING;

-- name: migrate_subscriptions
UPDATE subscriptions SET chat_id = :new_id
WHERE
    chat_id = :old_id
    AND NOT EXISTS (
        SELECT 1
        FROM subscriptions AS kept
        WHERE kept.chat_id = :new_id AND kept.thread_id = subscriptions.thread_id
    );

-- name: migrate_outbox
UPDATE outbox SET chat_id = :new_id WHERE chat_id = :old_id AND state IN ('pending', 'sending', 'held');

-- name: note
SELECT value FROM notes WHERE name = :name;

-- name: set_note
INSERT INTO notes (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
