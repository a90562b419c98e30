-- Messages of the owner to many chats.
CREATE TABLE broadcasts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    author_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'sending', 'done', 'cancelled')),
    edition_id INTEGER REFERENCES editions (id),
    -- The message that shows how far it has come.
    chat_id INTEGER,
    message_id INTEGER,
    created_at REAL NOT NULL
) STRICT;

CREATE INDEX broadcasts_sending ON broadcasts (id) WHERE state = 'sending';
