-- The editors' desk: drafts and what is judged of them, one history of everything that was done, who may do it.

ALTER TABLE articles ADD COLUMN added_by INTEGER;
ALTER TABLE articles ADD COLUMN added_at REAL;
-- Unix time at which an editor deleted it; it is gone for good some weeks later.
ALTER TABLE articles ADD COLUMN deleted_at REAL;
CREATE INDEX articles_deleted ON articles (deleted_at) WHERE deleted_at IS NOT NULL;

-- How many runs of characters the text has, and the smallest of their hashes: what reprints are known by.
ALTER TABLE articles ADD COLUMN shingles INTEGER;

CREATE TABLE sketches (
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sketches_by_article ON sketches (article_id);

-- What an editor thinks of a fact, 'right' or 'wrong'; NULL where nobody has looked yet.
ALTER TABLE facts ADD COLUMN verdict TEXT;

-- Where the facts of an entity are that turned out to be another one.
ALTER TABLE entities ADD COLUMN merged_into INTEGER REFERENCES entities (id) ON DELETE SET NULL;
CREATE INDEX entities_merged ON entities (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX report_hosts_by_organization ON report_hosts (organization_id);

-- Everything that was done to the content. Rows are only ever added, and name people by their number alone.
CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Unix time in seconds.
    made_at REAL NOT NULL,
    -- NULL for the program itself, and for an editor who wished to be forgotten.
    user_id INTEGER,
    action TEXT NOT NULL CHECK (
        action IN ('add', 'publish', 'unpublish', 'delete', 'judge', 'edit', 'retract', 'restore', 'merge', 'alias', 'undo')
    ),
    article_id INTEGER,
    fact_id INTEGER,
    entity_id INTEGER,
    -- JSON objects: what stood there and what stands there now.
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT,
    -- The entry that this one takes back; each can be taken back once.
    undoes INTEGER UNIQUE REFERENCES history (id)
) STRICT;

CREATE INDEX history_by_article ON history (article_id, id);
CREATE INDEX history_by_fact ON history (fact_id, id);
CREATE INDEX history_by_entity ON history (entity_id, id);
CREATE INDEX history_by_user ON history (user_id, id);

CREATE TRIGGER history_is_kept BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'the history is only ever added to'); END;

CREATE TRIGGER history_stays_as_it_is BEFORE UPDATE ON history
WHEN NEW.user_id IS NOT NULL OR (OLD.id, OLD.made_at, OLD.action, OLD.before, OLD.after) IS NOT (NEW.id, NEW.made_at, NEW.action, NEW.before, NEW.after)
BEGIN SELECT RAISE(ABORT, 'the history is only ever added to'); END;

CREATE INDEX figures_by_subject ON figures (subject) WHERE subject IS NOT NULL;

-- What would be seen if the article were published: the columns of evidence, for whatever nobody called wrong.
CREATE VIEW draft_evidence AS
SELECT
    facts.id AS fact_id,
    facts.kind AS fact_kind,
    facts.article_id,
    facts.passage_id,
    facts.span_start,
    facts.span_end,
    passages.span_start AS passage_start,
    passages.text AS passage,
    articles.title AS article_title,
    articles.publisher,
    articles.via,
    articles.url,
    articles.published,
    articles.published_note,
    articles.event_id,
    events.name AS event_name
FROM facts
INNER JOIN passages ON passages.id = facts.passage_id
INNER JOIN articles ON articles.id = facts.article_id
LEFT JOIN entities AS events ON events.id = articles.event_id
WHERE facts.state <> 'retracted';

-- Articles on their way in: what an editor has sent so far, and what has to be read again after a crash.
CREATE TABLE intakes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    -- The message that shows how far it has come.
    message_id INTEGER,
    language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'reading', 'done', 'refused', 'cancelled')),
    -- JSON list of what was sent; emptied once it is read.
    parts TEXT NOT NULL,
    created_at REAL NOT NULL,
    changed_at REAL NOT NULL
) STRICT;

CREATE UNIQUE INDEX intakes_open ON intakes (chat_id, user_id) WHERE state = 'open';
CREATE INDEX intakes_reading ON intakes (id) WHERE state = 'reading';

-- Feeds whose new entries become drafts.
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    title TEXT,
    -- Whom to tell.
    added_by INTEGER,
    etag TEXT,
    last_modified TEXT,
    -- Unix time before which it is not asked again; NULL for one that is gone for good.
    next_at REAL,
    failures INTEGER NOT NULL DEFAULT 0,
    -- 1 once somebody was told that it keeps failing.
    reported INTEGER NOT NULL DEFAULT 0 CHECK (reported IN (0, 1)),
    -- The catalogue's key of what went wrong last.
    error TEXT,
    succeeded_at REAL
) STRICT;

CREATE INDEX feeds_due ON feeds (next_at) WHERE next_at IS NOT NULL;

-- Entries that were dealt with, by a hash of what the feed calls them.
CREATE TABLE feed_entries (
    feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
    entry TEXT NOT NULL,
    PRIMARY KEY (feed_id, entry)
) STRICT, WITHOUT ROWID;

-- Roles that wait for whoever opens the link; the link itself is not kept.
CREATE TABLE invitations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('editor', 'owner')),
    -- Whom alone it is for, in lower case; NULL for whoever has the link.
    username TEXT,
    made_by INTEGER NOT NULL,
    expires_at REAL NOT NULL,
    used_by INTEGER
) STRICT;

-- The name that owners know somebody by.
ALTER TABLE roles ADD COLUMN name TEXT;
