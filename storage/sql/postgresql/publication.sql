-- name: unindex_passages
DELETE FROM passage_index
WHERE
    passage_id IN (SELECT id FROM passages WHERE article_id = :article_id AND indexed = 1)
    AND NOT EXISTS (
        SELECT 1 FROM facts WHERE facts.passage_id = passage_index.passage_id AND facts.state = 'published'
    );

-- name: index_passages
INSERT INTO passage_index (passage_id, tokens, line)
SELECT passages.id, passage_tokens(passages.words, passages.grams), ' ' || passages.grams || ' '
FROM passages
WHERE
    passages.article_id = :article_id
    AND passages.indexed = 0
    AND EXISTS (SELECT 1 FROM facts WHERE facts.passage_id = passages.id AND facts.state = 'published');
