-- Everything that is kept about one person.

-- name: outbox
DELETE FROM outbox WHERE chat_id = :user_id;

-- name: subscriptions
DELETE FROM subscriptions WHERE chat_id = :user_id;

-- name: follows
DELETE FROM follows WHERE chat_id = :user_id;

-- name: chats
DELETE FROM chats WHERE chat_id = :user_id;

-- name: intakes
DELETE FROM intakes WHERE user_id = :user_id OR chat_id = :user_id;

-- name: roles
DELETE FROM roles WHERE user_id = :user_id;

-- name: invitations
UPDATE invitations SET used_by = 0 WHERE used_by = :user_id;

-- name: invitations_made
DELETE FROM invitations WHERE made_by = :user_id;

-- name: history
-- What was done stays, who did it does not.
UPDATE history SET user_id = NULL WHERE user_id = :user_id;

-- name: articles
UPDATE articles SET added_by = NULL WHERE added_by = :user_id;

-- name: broadcasts
UPDATE broadcasts SET author_id = 0, chat_id = NULL, message_id = NULL
WHERE author_id = :user_id OR chat_id = :user_id;

-- name: feeds
UPDATE feeds SET added_by = NULL WHERE added_by = :user_id;

-- name: people
-- Everybody of whom anything is kept.
SELECT chat_id AS user_id FROM chats WHERE chat_id > 0
UNION
SELECT chat_id FROM subscriptions WHERE chat_id > 0
UNION
SELECT chat_id FROM follows WHERE chat_id > 0
UNION
SELECT chat_id FROM outbox WHERE chat_id > 0
UNION
SELECT user_id FROM intakes
UNION
SELECT user_id FROM roles
UNION
SELECT used_by FROM invitations WHERE used_by > 0
UNION
SELECT made_by FROM invitations
UNION
SELECT user_id FROM history WHERE user_id IS NOT NULL
UNION
SELECT added_by FROM articles WHERE added_by IS NOT NULL
UNION
SELECT author_id FROM broadcasts WHERE author_id > 0
UNION
SELECT added_by FROM feeds WHERE added_by IS NOT NULL;
