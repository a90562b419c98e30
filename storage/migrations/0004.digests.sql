-- What a reader follows, how a digest comes, what it said, and what was taken back later.
-- Revisions (content_revision) stand for the order in which things were shown: no clock can upset it.

ALTER TABLE articles ADD COLUMN shown_revision INTEGER;
ALTER TABLE facts ADD COLUMN shown_revision INTEGER;

UPDATE articles SET shown_revision = ranked.place
FROM (SELECT id, rank() OVER (ORDER BY shown_at) AS place FROM articles WHERE shown_at IS NOT NULL) AS ranked
WHERE ranked.id = articles.id;

UPDATE facts SET shown_revision = articles.shown_revision
FROM articles
WHERE articles.id = facts.article_id;

CREATE INDEX facts_by_shown ON facts (shown_revision);

CREATE TABLE new_subscriptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    -- 0 where the chat has no topics, or none was meant.
    thread_id INTEGER NOT NULL,
    -- 0 after /unsubscribe: the row keeps the settings, and the dates that had their digest.
    enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    cadence TEXT NOT NULL CHECK (cadence IN ('daily', 'weekly', 'instant')),
    -- Bit n stands for weekday n; Monday is bit 0.
    days INTEGER NOT NULL DEFAULT 127 CHECK (days BETWEEN 1 AND 127),
    minute_of_day INTEGER NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
    zone TEXT NOT NULL,
    -- Local minutes of the day between which nothing makes a sound, across midnight where until is less.
    quiet_from INTEGER CHECK (quiet_from BETWEEN 0 AND 1439),
    quiet_until INTEGER CHECK (quiet_until BETWEEN 0 AND 1439),
    paused_until REAL NOT NULL DEFAULT 0,
    -- Whether a digest comes although nothing is new.
    send_empty INTEGER NOT NULL DEFAULT 0 CHECK (send_empty IN (0, 1)),
    -- What was shown up to this revision has been reported.
    covered_revision INTEGER NOT NULL,
    -- Times before it are not due: the subscription was not there yet, or asked for another time.
    changed_at REAL NOT NULL,
    UNIQUE (chat_id, thread_id),
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
) STRICT;

INSERT INTO new_subscriptions (id, chat_id, thread_id, cadence, days, minute_of_day, zone, covered_revision, changed_at)
SELECT
    id, chat_id, thread_id, cadence, CASE cadence WHEN 'weekly' THEN 1 << weekday ELSE 127 END, minute_of_day, zone,
    coalesce((SELECT max(shown_revision) FROM articles WHERE shown_at <= covered_until), 0), changed_at
FROM subscriptions;

CREATE TABLE new_digest_slots (
    subscription_id INTEGER NOT NULL REFERENCES new_subscriptions (id) ON DELETE CASCADE,
    local_date TEXT NOT NULL,
    due_at REAL NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'composed', 'empty', 'skipped')),
    PRIMARY KEY (subscription_id, local_date)
) STRICT;

INSERT INTO new_digest_slots SELECT * FROM digest_slots;
DROP TABLE digest_slots;
DROP TABLE subscriptions;
ALTER TABLE new_subscriptions RENAME TO subscriptions;
ALTER TABLE new_digest_slots RENAME TO digest_slots;

CREATE INDEX subscriptions_by_time ON subscriptions (zone, minute_of_day);
CREATE INDEX subscriptions_instant ON subscriptions (covered_revision) WHERE cadence = 'instant' AND enabled = 1;
CREATE INDEX digest_slots_planned ON digest_slots (due_at) WHERE state = 'planned';

-- What a chat (or a forum topic) wants to hear of; everything where it follows nothing.
CREATE TABLE follows (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL,
    -- Null for a word.
    entity_id INTEGER REFERENCES entities (id) ON DELETE CASCADE,
    word TEXT,
    -- The word as texts are compared.
    folded TEXT,
    CHECK ((entity_id IS NULL) = (word IS NOT NULL AND folded IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX follows_entity ON follows (chat_id, thread_id, entity_id) WHERE entity_id IS NOT NULL;
CREATE UNIQUE INDEX follows_word ON follows (chat_id, thread_id, folded) WHERE folded IS NOT NULL;
CREATE INDEX follows_by_place ON follows (chat_id, thread_id, id);
CREATE INDEX follows_by_entity ON follows (entity_id);

-- Messages that many get alike: an outbox row with an edition adds to the parameters of its part.
CREATE TABLE editions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    language TEXT NOT NULL,
    created_at REAL NOT NULL
) STRICT;

CREATE TABLE edition_parts (
    edition_id INTEGER NOT NULL REFERENCES editions (id) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    -- JSON object: parameters as they cross the wire; a correction changes them.
    parameters TEXT NOT NULL,
    PRIMARY KEY (edition_id, part)
) STRICT, WITHOUT ROWID;

-- Which facts a part shows, for the day when one is taken back.
CREATE TABLE edition_facts (
    edition_id INTEGER NOT NULL,
    part INTEGER NOT NULL,
    fact_id INTEGER NOT NULL,
    PRIMARY KEY (fact_id, edition_id, part),
    FOREIGN KEY (edition_id, part) REFERENCES edition_parts (edition_id, part) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX edition_facts_by_part ON edition_facts (edition_id, part);

ALTER TABLE outbox ADD COLUMN edition_id INTEGER REFERENCES editions (id);
-- The row whose message this one changes.
ALTER TABLE outbox ADD COLUMN changes_id INTEGER;
CREATE INDEX outbox_by_edition ON outbox (edition_id, chat_id, part) WHERE edition_id IS NOT NULL;

-- Published facts that an editor changed or took back.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fact_id INTEGER NOT NULL,
    -- What readers saw, in the article's words, and whose it was.
    before TEXT NOT NULL,
    name TEXT,
    -- What stands there now; null for a fact that was taken back.
    after TEXT,
    reason TEXT,
    -- The content revision that brought it.
    revision INTEGER NOT NULL,
    made_at REAL NOT NULL,
    -- 1 once every message that shows the fact has its change in the outbox.
    spread INTEGER NOT NULL DEFAULT 0 CHECK (spread IN (0, 1))
) STRICT;

CREATE INDEX corrections_by_revision ON corrections (revision);
CREATE INDEX corrections_open ON corrections (id) WHERE spread = 0;
