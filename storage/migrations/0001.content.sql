-- Articles, the facts read from them, and the names that facts are about.
-- Offsets (span_start, span_end) are code points into articles.text. A fact is seen by readers exactly while
-- its state is 'published'; everything counted or indexed below follows that one column.

CREATE TABLE content_revision (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    value INTEGER NOT NULL
) STRICT;

INSERT INTO content_revision (only_row, value) VALUES (1, 0);

-- A person, organisation, event, topic or product under its canonical name.
CREATE TABLE entities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'event', 'topic', 'product')),
    name TEXT NOT NULL,
    -- What tells namesakes apart: a person's first post, an event's date.
    note TEXT,
    -- Number of published facts that lists show behind the name.
    weight INTEGER NOT NULL DEFAULT 0,
    -- 1 while any published fact is about it.
    visible INTEGER NOT NULL DEFAULT 0 CHECK (visible IN (0, 1))
) STRICT;

CREATE INDEX entities_by_weight ON entities (kind, visible, weight DESC, id);
CREATE INDEX events_by_date ON entities (kind, visible, note DESC, id DESC);

-- Every name of an entity, the canonical one included, with the keys by which it is found.
CREATE TABLE aliases (
    id INTEGER PRIMARY KEY,
    entity_id INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    -- 1 once the facts of older articles that name it are linked to the entity.
    linked INTEGER NOT NULL DEFAULT 0 CHECK (linked IN (0, 1)),
    UNIQUE (entity_id, folded)
) STRICT;

CREATE INDEX aliases_by_folded ON aliases (folded);
CREATE INDEX aliases_by_beginning ON aliases (substr(folded, 1, 2));

CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    title TEXT,
    publisher TEXT,
    via TEXT,
    url TEXT,
    published TEXT,
    published_note TEXT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    -- The event that the article reports, unless that fact is retracted.
    event_id INTEGER REFERENCES entities (id) ON DELETE SET NULL,
    -- Unix time of the first publication, for digests.
    shown_at REAL
) STRICT;

CREATE INDEX articles_by_state ON articles (state, id);
CREATE INDEX articles_by_event ON articles (event_id);
CREATE INDEX articles_by_shown ON articles (state, shown_at);

-- The sentences (or runs of sentences) that hold facts, with the terms they are found by.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    text TEXT NOT NULL,
    words TEXT NOT NULL,
    grams TEXT NOT NULL,
    -- 1 while the passage stands in passage_index.
    indexed INTEGER NOT NULL DEFAULT 0 CHECK (indexed IN (0, 1)),
    UNIQUE (article_id, span_start, span_end)
) STRICT;

-- Passages with a published fact. Terms come separated by blanks; every other character belongs to a term.
CREATE VIRTUAL TABLE passage_index USING fts5 (
    words,
    grams,
    content = 'passages',
    content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Cn Co'"
);

CREATE TABLE facts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    -- Place in the article's list of facts.
    ordinal INTEGER NOT NULL,
    passage_id INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (
        kind IN ('event', 'participant', 'affiliation', 'statement', 'figure', 'work', 'product', 'milestone')
    ),
    span_start INTEGER NOT NULL CHECK (span_start >= 0),
    span_end INTEGER NOT NULL CHECK (span_end > span_start),
    confidence REAL NOT NULL,
    rule TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'retracted')),
    UNIQUE (article_id, ordinal)
) STRICT;

CREATE INDEX facts_in_order ON facts (kind, state, article_id DESC, span_start, id);
CREATE INDEX facts_by_passage ON facts (passage_id, kind, state);

-- Which facts are about an entity: its own, and those whose text names it.
CREATE TABLE about (
    entity_id INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
    fact_id INTEGER NOT NULL REFERENCES facts (id) ON DELETE CASCADE,
    PRIMARY KEY (entity_id, fact_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX about_by_fact ON about (fact_id);

CREATE TABLE reports (
    fact_id INTEGER PRIMARY KEY REFERENCES facts (id) ON DELETE CASCADE,
    event_id INTEGER NOT NULL REFERENCES entities (id),
    date TEXT,
    venue TEXT,
    city TEXT,
    theme TEXT
) STRICT;

CREATE INDEX reports_by_event ON reports (event_id);

CREATE TABLE report_hosts (
    fact_id INTEGER NOT NULL REFERENCES reports (fact_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    organization_id INTEGER NOT NULL REFERENCES entities (id),
    PRIMARY KEY (fact_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE participations (
    fact_id INTEGER PRIMARY KEY REFERENCES facts (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES entities (id),
    role TEXT NOT NULL
) STRICT;

CREATE INDEX participations_by_person ON participations (person_id);

CREATE TABLE posts (
    fact_id INTEGER PRIMARY KEY REFERENCES facts (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES entities (id),
    organization_id INTEGER REFERENCES entities (id),
    title TEXT
) STRICT;

CREATE INDEX posts_by_person ON posts (person_id);
CREATE INDEX posts_by_organization ON posts (organization_id);

-- person_id is null where a group said it.
CREATE TABLE statements (
    fact_id INTEGER PRIMARY KEY REFERENCES facts (id) ON DELETE CASCADE,
    person_id INTEGER REFERENCES entities (id)
) STRICT;

CREATE INDEX statements_by_person ON statements (person_id);

-- Who gave a figure is the speaker of a statement in the same passage.
CREATE TABLE figures (
    fact_id INTEGER PRIMARY KEY REFERENCES facts (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    value REAL NOT NULL,
    value_max REAL,
    unit TEXT,
    comparator TEXT NOT NULL,
    subject TEXT,
    period TEXT,
    as_of TEXT
) STRICT;

CREATE TABLE works (
    fact_id INTEGER PRIMARY KEY REFERENCES facts (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    by_name TEXT,
    by_folded TEXT,
    person_id INTEGER REFERENCES entities (id),
    organization_id INTEGER REFERENCES entities (id)
) STRICT;

CREATE INDEX works_by_person ON works (person_id);
CREATE INDEX works_by_organization ON works (organization_id);
CREATE INDEX works_by_name ON works (by_folded);

CREATE TABLE product_mentions (
    fact_id INTEGER PRIMARY KEY REFERENCES facts (id) ON DELETE CASCADE,
    product_id INTEGER NOT NULL REFERENCES entities (id),
    organization_id INTEGER REFERENCES entities (id)
) STRICT;

CREATE INDEX product_mentions_by_product ON product_mentions (product_id);
CREATE INDEX product_mentions_by_organization ON product_mentions (organization_id);

CREATE TABLE milestones (
    fact_id INTEGER PRIMARY KEY REFERENCES facts (id) ON DELETE CASCADE,
    date TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE INDEX milestones_by_date ON milestones (date, fact_id);

CREATE TABLE article_topics (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    topic_id INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
    weight REAL NOT NULL,
    PRIMARY KEY (article_id, topic_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_topics_by_topic ON article_topics (topic_id);

-- What every record needs of its fact: the place, the words around it, the article and its event.
CREATE VIEW evidence AS
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
WHERE facts.state = 'published';

-- One view per kind of record, so that every list of a kind reads alike.
CREATE VIEW statement_records AS
SELECT evidence.*, statements.person_id, people.name AS person_name
FROM statements
INNER JOIN evidence ON evidence.fact_id = statements.fact_id
LEFT JOIN entities AS people ON people.id = statements.person_id;

CREATE VIEW post_records AS
SELECT
    evidence.*,
    posts.person_id,
    people.name AS person_name,
    posts.organization_id,
    organizations.name AS organization_name,
    posts.title
FROM posts
INNER JOIN evidence ON evidence.fact_id = posts.fact_id
INNER JOIN entities AS people ON people.id = posts.person_id
LEFT JOIN entities AS organizations ON organizations.id = posts.organization_id;

CREATE VIEW participation_records AS
SELECT evidence.*, participations.person_id, people.name AS person_name, participations.role
FROM participations
INNER JOIN evidence ON evidence.fact_id = participations.fact_id
INNER JOIN entities AS people ON people.id = participations.person_id;

-- Where two people say one sentence jointly, the first of them stands as the figure's speaker.
CREATE VIEW figure_records AS
SELECT
    evidence.*,
    figures.text,
    figures.value,
    figures.value_max,
    figures.unit,
    figures.comparator,
    figures.subject,
    figures.period,
    figures.as_of,
    speakers.id AS person_id,
    speakers.name AS person_name
FROM figures
INNER JOIN evidence ON evidence.fact_id = figures.fact_id
LEFT JOIN entities AS speakers ON speakers.id = (
    SELECT statements.person_id
    FROM facts AS said
    INNER JOIN statements ON statements.fact_id = said.id
    WHERE said.passage_id = evidence.passage_id AND said.kind = 'statement' AND said.state = 'published'
    ORDER BY said.id
    LIMIT 1
);

CREATE VIEW work_records AS
SELECT
    evidence.*,
    works.title,
    works.kind,
    works.by_name,
    works.person_id,
    people.name AS person_name,
    works.organization_id,
    organizations.name AS organization_name
FROM works
INNER JOIN evidence ON evidence.fact_id = works.fact_id
LEFT JOIN entities AS people ON people.id = works.person_id
LEFT JOIN entities AS organizations ON organizations.id = works.organization_id;

CREATE VIEW product_records AS
SELECT
    evidence.*,
    product_mentions.product_id,
    products.name AS product_name,
    product_mentions.organization_id,
    organizations.name AS organization_name
FROM product_mentions
INNER JOIN evidence ON evidence.fact_id = product_mentions.fact_id
INNER JOIN entities AS products ON products.id = product_mentions.product_id
LEFT JOIN entities AS organizations ON organizations.id = product_mentions.organization_id;

CREATE VIEW milestone_records AS
SELECT evidence.*, milestones.date, milestones.text
FROM milestones
INNER JOIN evidence ON evidence.fact_id = milestones.fact_id;
