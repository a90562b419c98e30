-- How a chat wants to see things. NULL stands for the default.
ALTER TABLE chats ADD COLUMN theme TEXT;
-- 1 where the articles' words are shown in the characters of the chat's language, marked as converted.
ALTER TABLE chats ADD COLUMN converted INTEGER NOT NULL DEFAULT 0;
