-- Whether the content is what was stored.

-- name: articles
SELECT id, sha256, text FROM articles ORDER BY id;

-- name: displaced_passages
-- Passages whose text is no longer what stands at their place in the article.
SELECT passages.id, passages.article_id
FROM passages
INNER JOIN articles ON articles.id = passages.article_id
WHERE
    substr(
        articles.text,
        CAST(passages.span_start + 1 AS INTEGER),
        CAST(passages.span_end - passages.span_start AS INTEGER)
    ) <> passages.text
ORDER BY passages.id;

-- name: displaced_facts
-- Facts whose span is not within their passage, or whose passage is of another article.
SELECT facts.id, facts.article_id
FROM facts
LEFT JOIN passages ON passages.id = facts.passage_id AND passages.article_id = facts.article_id
WHERE passages.id IS NULL OR facts.span_start < passages.span_start OR facts.span_end > passages.span_end
ORDER BY facts.id;

-- name: counts
SELECT
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM facts) AS facts,
    (SELECT count(*) FROM chats) AS chats,
    (SELECT count(*) FROM subscriptions) AS subscriptions,
    (SELECT count(*) FROM outbox) AS outbox;
