-- Updates that came by the webhook: stored before they are acknowledged, then worked.

CREATE TABLE updates (
    -- Telegram's own number; the same update twice is one row.
    update_id INTEGER PRIMARY KEY,
    -- The Update object as JSON; NULL once it is worked, for messages are not kept.
    content TEXT,
    -- Unix time in seconds.
    received_at REAL NOT NULL
) STRICT;

CREATE INDEX updates_open ON updates (update_id) WHERE content IS NOT NULL;
CREATE INDEX updates_by_time ON updates (received_at);
