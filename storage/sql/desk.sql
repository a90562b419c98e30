-- What editors do to articles and facts; each is noted in the history by the same transaction.

-- name: article
SELECT id, title, state, deleted_at FROM articles WHERE id = :article_id;

-- name: description
SELECT title, publisher, via, url, published, published_note FROM articles WHERE id = :article_id;

-- name: set_description
UPDATE articles
SET
    title = :title,
    publisher = :publisher,
    via = :via,
    url = :url,
    published = :published,
    published_note = :published_note
WHERE id = :article_id;

-- name: article_of_fact
SELECT article_id FROM facts WHERE id = :fact_id;

-- name: facts
SELECT id, state, verdict FROM facts WHERE article_id = :article_id;

-- name: accept_facts
-- Of a draft only what an editor found right is shown.
UPDATE facts
SET
    state = 'published',
    shown_revision = coalesce(shown_revision, (SELECT value + 1 FROM content_revision))
WHERE article_id = :article_id AND state = 'draft' AND verdict = 'right';

-- name: judge
-- Wrong is never shown; right is shown where its article is.
UPDATE facts
SET
    verdict = :verdict,
    state = CASE
        WHEN :verdict = 'wrong' THEN 'retracted'
        WHEN state <> 'retracted' THEN state
        WHEN EXISTS (SELECT 1 FROM articles WHERE articles.id = facts.article_id AND articles.state = 'published')
            THEN 'published'
        ELSE 'draft'
    END,
    shown_revision = CASE
        WHEN
            :verdict = 'right'
            AND EXISTS (SELECT 1 FROM articles WHERE articles.id = facts.article_id AND articles.state = 'published')
            THEN coalesce(shown_revision, (SELECT value + 1 FROM content_revision))
        ELSE shown_revision
    END
WHERE id = :fact_id;

-- name: set_fact
UPDATE facts
SET
    state = :state,
    verdict = :verdict,
    shown_revision = CASE :state
        WHEN 'published' THEN coalesce(shown_revision, (SELECT value + 1 FROM content_revision))
        ELSE shown_revision
    END
WHERE id = :id;

-- name: set_article
UPDATE articles SET state = :state, deleted_at = :deleted_at WHERE id = :article_id;

-- name: set_deleted
UPDATE articles SET deleted_at = :now WHERE id = :article_id;

-- name: mark_edited
-- What an editor wrote is certain.
UPDATE facts SET confidence = 1.0, rule = 'editor', verdict = 'right' WHERE id = :fact_id;

-- name: set_marks
UPDATE facts SET confidence = :confidence, rule = :rule, verdict = :verdict WHERE id = :fact_id;

-- name: deleted_before
SELECT id FROM articles WHERE deleted_at IS NOT NULL AND deleted_at < :before ORDER BY id LIMIT 100;

-- name: note_corrections
-- Only what somebody was sent needs one.
INSERT INTO corrections (fact_id, before, name, after, reason, revision, made_at)
SELECT
    facts.id,
    substr(
        passages.text,
        CAST(facts.span_start - passages.span_start + 1 AS INTEGER),
        CAST(facts.span_end - facts.span_start AS INTEGER)
    ),
    people.name,
    :after,
    :reason,
    (SELECT value + 1 FROM content_revision),
    :now
FROM facts
INNER JOIN passages ON passages.id = facts.passage_id
LEFT JOIN statements ON statements.fact_id = facts.id
LEFT JOIN entities AS people ON people.id = statements.person_id
WHERE
    facts.id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts))
    AND EXISTS (SELECT 1 FROM edition_facts WHERE edition_facts.fact_id = facts.id);

-- name: drop_corrections
-- Taken back before it went out: nobody need hear of it.
DELETE FROM corrections WHERE fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts)) AND after IS NULL AND spread = 0;

-- name: note_restored
-- Readers were told that it is not so; now they are told that it is.
INSERT INTO corrections (fact_id, before, name, after, reason, revision, made_at)
SELECT told.fact_id, told.before, told.name, told.before, :reason, (SELECT value + 1 FROM content_revision), :now
FROM corrections AS told
WHERE
    told.fact_id IN (SELECT CAST(value AS BIGINT) FROM json_each(:facts))
    AND told.after IS NULL
    AND told.id = (SELECT max(last.id) FROM corrections AS last WHERE last.fact_id = told.fact_id);
