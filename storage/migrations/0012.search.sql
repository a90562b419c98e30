-- Single characters are found by an index of their own instead of reading every pair that begins with them.
DROP TABLE passage_index;

CREATE VIRTUAL TABLE passage_index USING fts5 (
    words,
    grams,
    content = 'passages',
    content_rowid = 'id',
    prefix = '1',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Cn Co'"
);

INSERT INTO passage_index (rowid, words, grams)
SELECT id, words, grams FROM passages WHERE indexed = 1;
