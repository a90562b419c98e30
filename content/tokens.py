"""What a text is found by: words as jieba cuts them, and pairs of characters for what it cannot cut.

Both are taken from the folded text (simplified characters, lower case, half width), so that 開源, 开源 and
ＡＩ, ai are the same. Terms are separated by blanks and hold none.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from content.folding import fold_text

MAX_QUERY = 200
"""Code points of a query that count; no sentence worth finding needs more."""
MAX_TERMS = 32
_PIECE = 500
"""jieba is given this many characters at once: its time grows with the square of a run it cannot split."""
_SENTENCE_MARKS = "。，、！？；：,.!?;:\"'“”‘’（）()《》〈〉「」『』【】"


@dataclass(frozen=True, slots=True)
class IndexTerms:
    """The terms of one text, each list joined by blanks."""

    words: str
    grams: str


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """What a reader's words ask for; every term must be found."""

    words: tuple[str, ...]
    """The words that jieba finds in them, folded."""
    phrases: tuple[str, ...]
    """The runs between blanks as they were written, folded."""

    def __bool__(self) -> bool:
        return bool(self.words)


def index_terms(text: str) -> IndexTerms:
    """The terms that a text is indexed by."""
    folded = fold_text(text)
    words = (word for piece in _pieces(folded) for word in _jieba().cut_for_search(piece))
    return IndexTerms(" ".join(filter(_is_word, words)), " ".join(grams(folded)))


def grams(folded: str) -> Iterator[str]:
    """Pairs of neighbouring characters, run by run, and the last character of each run.

    开源社区 → 开源 源社 社区 区. A phrase of pairs finds any part of a run, a prefix finds any one character.
    """
    for run in folded.split():
        for first, second in pairwise(run):
            yield first + second
        yield run[-1]


def query_terms(words: str) -> QueryTerms:
    """What to look for; empty where nothing can be. jieba is loaded only for a run it might split."""
    folded = fold_text(words[:MAX_QUERY])
    phrases = tuple(dict.fromkeys(run.strip(_SENTENCE_MARKS) or run for run in folded.split()))[:MAX_TERMS]
    found = dict.fromkeys(word for phrase in phrases for word in _split(phrase))
    return QueryTerms(tuple(found)[:MAX_TERMS], phrases)


def words_of(folded: str) -> tuple[str, ...]:
    """The words of a folded text in its order, without marks and blanks.

    Only the dictionary's words are taken; the characters between them stay together, for they may be a name.
    """
    found: list[str] = []
    for run in folded.split():
        loose = ""
        for word in (*_jieba().cut(run, HMM=False), ""):
            if len(word) == 1 and _is_han(word):
                loose += word
                continue
            found += filter(None, (loose, word if _is_word(word) else ""))
            loose = ""
    return tuple(found)


def is_word(folded: str) -> bool:
    """Whether the dictionary has a word."""
    return bool(_jieba().FREQ.get(folded))


def marks(text: str, terms: QueryTerms) -> tuple[tuple[int, int], ...]:
    """Where a text holds what was asked for: code-point ranges in order, none touching the next."""
    folded, offsets = fold_text.with_offsets(text)
    places = sorted(place for term in {*terms.words, *terms.phrases} for place in _occurrences(folded, term))
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple((offsets[start], offsets[end - 1] + 1) for start, end in merged)


def _occurrences(folded: str, term: str) -> Iterator[tuple[int, int]]:
    start = folded.find(term)
    while start >= 0:
        yield start, start + len(term)
        start = folded.find(term, start + 1)


def _split(phrase: str) -> list[str]:
    han = sum(1 for character in phrase if _is_han(character))
    if not han or (han == len(phrase) and han <= 2):
        return [phrase]
    words = [word for word in _jieba().cut(phrase) if _is_word(word)]
    return words or [phrase]


def _pieces(folded: str) -> Iterator[str]:
    return (folded[start : start + _PIECE] for start in range(0, len(folded), _PIECE))


def _is_word(token: str) -> bool:
    return any(character.isalnum() for character in token)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


@cache
def _jieba() -> Any:
    """Jieba with its dictionary: half a second and 70 MB, so only where text is really cut.

    The dictionary is built without jieba's cache file, which would be read from the shared temporary folder,
    where anybody may have put it, and which cannot be written on a read-only system.
    """
    # jieba asks pkg_resources for its dictionary, an import of 0.2 s with a deprecation warning, and opens
    # the file itself where there is none.
    hidden: dict[str, Any] = {} if "pkg_resources" in sys.modules else {"pkg_resources": None}
    sys.modules.update(hidden)
    try:
        import jieba  # noqa: PLC0415 - 0.7 s and 80 MB
    finally:
        for name in hidden:
            del sys.modules[name]
    jieba.default_logger.handlers.clear()
    jieba.default_logger.setLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
