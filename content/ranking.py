"""How well a sentence answers a search: BM25 over words, with pairs of characters and the words as written.

BM25 is Robertson and Zaragoza, *The Probabilistic Relevance Framework* (2009), with the usual k1 and b. Words
are what jieba cuts; where it cuts query and text differently, the pairs of neighbouring characters meet.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_K1 = 1.2
_B = 0.75
_PAIRS = 1.0
"""What the pairs of the query weigh beside its words."""
_WRITTEN = 0.5
"""What the query just as it was written weighs, in mean words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer."""

    id: int
    words: str
    """Its words, joined by blanks."""
    pairs: str
    """Its pairs of neighbouring characters likewise, see ``content.tokens.grams``."""


def inverse_frequency(documents: float, total: float) -> float:
    """The weight of a word that so many of all texts hold; never below nothing."""
    return math.log(1 + (max(total, documents) - documents + 0.5) / (documents + 0.5))


def rank(
    candidates: Iterable[Candidate],
    words: Mapping[str, Sequence[str]],
    weights: Mapping[str, float],
    phrases: Sequence[str],
) -> list[tuple[float, int]]:
    """The candidates with their scores, the best first; of equals the newest, which has the highest id.

    Args:
        candidates: what to order.
        words: each word of the query with what counts as the same.
        weights: the weight of each word, see ``inverse_frequency``.
        phrases: the query as it was written, folded.
    """
    known = list(candidates)
    split = [candidate.words.split() for candidate in known]
    mean = max(1.0, sum(map(len, split)) / len(split)) if split else 1.0
    usual = sum(weights.values()) / len(weights) if weights else 1.0
    pairs = {first + second for phrase in phrases for first, second in pairwise(phrase)}
    written = [" ".join(first + second for first, second in pairwise(phrase)) for phrase in phrases]
    scored = []
    for candidate, tokens in zip(known, split, strict=True):
        length = _K1 * (1 - _B + _B * len(tokens) / mean)
        score = sum(
            weights[word] * _saturated(_count(tokens, names), length) for word, names in words.items()
        )
        if pairs:
            held = sum(1 for pair in pairs if pair in candidate.pairs)
            score += _PAIRS * usual * len(words) * held / len(pairs)
        score += _WRITTEN * usual * sum(line in candidate.pairs for line in written)
        scored.append((score, candidate.id))
    return sorted(scored, reverse=True)


def _count(tokens: Sequence[str], names: Sequence[str]) -> float:
    """How often a word stands in a text; another word for the same counts a little less."""
    return sum(tokens.count(name) * (1.0 if place == 0 else 0.8) for place, name in enumerate(names))


def _saturated(count: float, length: float) -> float:
    return count * (_K1 + 1) / (count + length)
