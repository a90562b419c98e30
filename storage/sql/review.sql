-- Drafts and whatever else only editors see.

-- name: article
SELECT
    articles.id AS article_id,
    articles.title AS article_title,
    articles.publisher,
    articles.via,
    articles.url,
    articles.published,
    articles.published_note,
    articles.text,
    articles.added_by,
    articles.added_at,
    CASE WHEN articles.deleted_at IS NULL THEN articles.state ELSE 'deleted' END AS state,
    length(articles.text) AS characters,
    events.name AS event_name,
    reports.date,
    reports.venue,
    reports.city
FROM articles
LEFT JOIN facts ON facts.article_id = articles.id AND facts.kind = 'event'
LEFT JOIN reports ON reports.fact_id = facts.id
LEFT JOIN entities AS events ON events.id = reports.event_id
WHERE articles.id = :id;

-- name: counts
SELECT
    kind,
    count(*) AS found,
    count(*) FILTER (WHERE confidence >= :sure) AS sure,
    count(*) FILTER (WHERE confidence < :unsure) AS unsure,
    count(*) FILTER (WHERE verdict = 'right') AS right,
    count(*) FILTER (WHERE verdict = 'wrong') AS wrong
FROM facts
WHERE article_id = :id
GROUP BY kind;

-- name: order_of_facts
-- The least certain first; the order stays while they are judged.
SELECT id, verdict
FROM facts
WHERE article_id = :id AND (CAST(:kind AS TEXT) IS NULL OR kind = :kind)
ORDER BY confidence, id;

-- name: other_titles
-- Posts in one organisation that another article words otherwise.
SELECT DISTINCT
    people.name,
    organizations.name AS organization,
    here.title AS this,
    there.title AS that,
    other.id AS fact_id
FROM posts AS here
INNER JOIN facts AS mine ON mine.id = here.fact_id
INNER JOIN posts AS there
    ON there.person_id = here.person_id AND there.organization_id = here.organization_id
INNER JOIN facts AS other ON other.id = there.fact_id
INNER JOIN entities AS people ON people.id = here.person_id
INNER JOIN entities AS organizations ON organizations.id = here.organization_id
WHERE
    mine.article_id = :id
    AND mine.state <> 'retracted'
    AND other.article_id <> :id
    AND other.state = 'published'
    AND there.title IS DISTINCT FROM here.title
LIMIT :limit;

-- name: other_figures
-- The same subject in the same unit for the same time, but another value.
SELECT DISTINCT
    here.subject AS name,
    here.text AS this,
    there.text AS that,
    other.id AS fact_id
FROM figures AS here
INNER JOIN facts AS mine ON mine.id = here.fact_id
INNER JOIN figures AS there ON there.subject = here.subject AND there.unit IS NOT DISTINCT FROM here.unit
INNER JOIN facts AS other ON other.id = there.fact_id
WHERE
    mine.article_id = :id
    AND mine.state <> 'retracted'
    AND other.article_id <> :id
    AND other.state = 'published'
    AND there.period IS NOT DISTINCT FROM here.period
    AND there.as_of IS NOT DISTINCT FROM here.as_of
    AND there.value <> here.value
LIMIT :limit;

-- name: namesakes
-- People of this article whose name somebody else has too.
SELECT DISTINCT people.name, other.id AS entity_id, other.note AS that, people.id AS own_id
FROM facts AS mine
INNER JOIN participations ON participations.fact_id = mine.id
INNER JOIN entities AS people ON people.id = participations.person_id
INNER JOIN aliases AS own ON own.entity_id = people.id
INNER JOIN aliases AS others ON others.folded = own.folded AND others.entity_id <> own.entity_id
INNER JOIN entities AS other ON other.id = others.entity_id
WHERE mine.article_id = :id AND mine.state <> 'retracted' AND other.kind = 'person' AND other.visible = 1
LIMIT :limit;

-- name: other_dates
SELECT DISTINCT events.name, here.date AS this, there.date AS that, other.id AS fact_id
FROM reports AS here
INNER JOIN facts AS mine ON mine.id = here.fact_id
INNER JOIN reports AS there ON there.event_id = here.event_id
INNER JOIN facts AS other ON other.id = there.fact_id
INNER JOIN entities AS events ON events.id = here.event_id
WHERE
    mine.article_id = :id
    AND other.article_id <> :id
    AND other.state = 'published'
    AND there.date <> here.date
    -- One may just be less exact.
    AND there.date NOT LIKE here.date || '%'
    AND here.date NOT LIKE there.date || '%'
LIMIT :limit;

-- name: participations
SELECT draft_evidence.*, participations.person_id, people.name AS person_name, participations.role
FROM draft_evidence
INNER JOIN participations ON participations.fact_id = draft_evidence.fact_id
INNER JOIN entities AS people ON people.id = participations.person_id
WHERE draft_evidence.article_id = :id
ORDER BY draft_evidence.span_start, draft_evidence.fact_id;

-- name: posts
SELECT
    draft_evidence.*,
    posts.person_id,
    people.name AS person_name,
    posts.organization_id,
    organizations.name AS organization_name,
    posts.title
FROM draft_evidence
INNER JOIN posts ON posts.fact_id = draft_evidence.fact_id
INNER JOIN entities AS people ON people.id = posts.person_id
LEFT JOIN entities AS organizations ON organizations.id = posts.organization_id
WHERE draft_evidence.article_id = :id
ORDER BY draft_evidence.span_start, draft_evidence.fact_id;

-- name: statements
SELECT draft_evidence.*, statements.person_id, people.name AS person_name
FROM draft_evidence
INNER JOIN statements ON statements.fact_id = draft_evidence.fact_id
LEFT JOIN entities AS people ON people.id = statements.person_id
WHERE draft_evidence.article_id = :id
ORDER BY draft_evidence.span_start, draft_evidence.fact_id;

-- name: figures
SELECT
    draft_evidence.*,
    figures.text,
    figures.value,
    figures.value_max,
    figures.unit,
    figures.comparator,
    figures.subject,
    figures.period,
    figures.as_of,
    NULL AS person_id,
    NULL AS person_name
FROM draft_evidence
INNER JOIN figures ON figures.fact_id = draft_evidence.fact_id
WHERE draft_evidence.article_id = :id
ORDER BY draft_evidence.span_start, draft_evidence.fact_id;

-- name: works
SELECT
    draft_evidence.*,
    works.title,
    works.kind,
    works.by_name,
    works.person_id,
    people.name AS person_name,
    works.organization_id,
    organizations.name AS organization_name
FROM draft_evidence
INNER JOIN works ON works.fact_id = draft_evidence.fact_id
LEFT JOIN entities AS people ON people.id = works.person_id
LEFT JOIN entities AS organizations ON organizations.id = works.organization_id
WHERE draft_evidence.article_id = :id
ORDER BY draft_evidence.span_start, draft_evidence.fact_id;

-- name: milestones
SELECT draft_evidence.*, milestones.date, milestones.text
FROM draft_evidence
INNER JOIN milestones ON milestones.fact_id = draft_evidence.fact_id
WHERE draft_evidence.article_id = :id
ORDER BY milestones.date, draft_evidence.fact_id;

-- name: names_in_article
-- Candidates for a field: what else of a kind the article names.
SELECT entities.kind, entities.id, entities.name
FROM facts
INNER JOIN about ON about.fact_id = facts.id
INNER JOIN entities ON entities.id = about.entity_id
WHERE facts.article_id = :id AND entities.kind = :kind
GROUP BY entities.id
ORDER BY min(facts.span_start), entities.id
LIMIT :limit;

-- name: entity
SELECT id, kind, name, note, merged_into FROM entities WHERE id = :id;

-- name: person_of
SELECT coalesce(participations.person_id, statements.person_id, posts.person_id) AS person_id
FROM facts
LEFT JOIN participations ON participations.fact_id = facts.id
LEFT JOIN statements ON statements.fact_id = facts.id
LEFT JOIN posts ON posts.fact_id = facts.id
WHERE facts.id = :id;
