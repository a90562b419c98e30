-- Chats, roles, subscriptions and the outbox. Instants are Unix times in seconds.

CREATE TABLE chats (
    chat_id INTEGER PRIMARY KEY,
    type TEXT NOT NULL CHECK (type IN ('private', 'group', 'supergroup', 'channel')),
    -- NULL stands for the default of the installation.
    language TEXT,
    zone TEXT,
    -- 0 once the bot was blocked or thrown out; the settings stay.
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

-- Everybody else is a reader.
CREATE TABLE roles (
    user_id INTEGER PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('editor', 'owner'))
) STRICT;

CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    -- 0 where the chat has no topics, or none was meant.
    thread_id INTEGER NOT NULL,
    minute_of_day INTEGER NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
    zone TEXT NOT NULL,
    cadence TEXT NOT NULL CHECK (cadence IN ('daily', 'weekly')),
    -- Monday is 0.
    weekday INTEGER CHECK (weekday BETWEEN 0 AND 6),
    -- What was published until then has been reported.
    covered_until REAL NOT NULL,
    -- Times before it are not due: the subscription was not there yet, or asked for another time.
    changed_at REAL NOT NULL,
    UNIQUE (chat_id, thread_id),
    CHECK ((cadence = 'weekly') = (weekday IS NOT NULL))
) STRICT;

CREATE INDEX subscriptions_by_time ON subscriptions (zone, minute_of_day);

-- One row per subscription and local date, whatever became of it.
CREATE TABLE digest_slots (
    subscription_id INTEGER NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    local_date TEXT NOT NULL,
    due_at REAL NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'composed', 'empty', 'skipped')),
    PRIMARY KEY (subscription_id, local_date)
) STRICT;

CREATE INDEX digest_slots_planned ON digest_slots (due_at) WHERE state = 'planned';

-- Every slot up to this instant has its row.
CREATE TABLE digest_cursor (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    planned_until REAL NOT NULL
) STRICT;

-- One row per recipient and message part.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    -- The slot that it belongs to, where it is part of a digest.
    subscription_id INTEGER,
    local_date TEXT,
    part INTEGER NOT NULL,
    method TEXT NOT NULL,
    -- JSON object: name and value of each parameter but chat_id, as they cross the wire.
    parameters TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'held', 'blocked', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- How often a send ended without our knowing whether it arrived.
    ambiguous INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0,
    message_id INTEGER,
    error TEXT,
    created_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    UNIQUE (subscription_id, local_date, part)
) STRICT;

CREATE INDEX outbox_open ON outbox (chat_id, id) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_by_state ON outbox (state, id);

-- Small things to know again after a restart, such as the command menu that was last set.
CREATE TABLE notes (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
