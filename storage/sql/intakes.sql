-- Articles on their way in.

-- name: open_of
SELECT * FROM intakes WHERE chat_id = :chat_id AND user_id = :user_id AND state = 'open';

-- name: get
SELECT * FROM intakes WHERE id = :id;

-- name: begin
INSERT INTO intakes (user_id, chat_id, language, state, parts, created_at, changed_at)
VALUES (:user_id, :chat_id, :language, :state, :parts, :now, :now)
RETURNING *;

-- name: set_parts
UPDATE intakes SET parts = :parts, changed_at = :now WHERE id = :id AND state = 'open' RETURNING *;

-- name: set_message
UPDATE intakes SET message_id = :message_id WHERE id = :id;

-- name: move
UPDATE intakes SET state = :new, changed_at = :now WHERE id = :id AND state = :old RETURNING *;

-- name: conclude
-- What was sent is not kept any longer than it is needed.
UPDATE intakes SET state = :state, parts = '[]', changed_at = :now
WHERE id = :id AND state IN ('open', 'reading')
RETURNING id;

-- name: left
-- What a process was reading when it died.
SELECT * FROM intakes WHERE state = 'reading' ORDER BY id;
