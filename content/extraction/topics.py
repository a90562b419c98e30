"""Topics: the subjects that an article's statements are about, by counting what it repeats."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from content.extraction.analysis import Analysis
from content.lexicon import terms
from content.model import Topic

_LIMIT = 60_000
"""Code points of an article that are read for topics; what is repeated shows long before."""
_LONGEST = 8
_MOST = 20
_REPEATED = 3
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*[A-Za-z0-9+]")
_RUN = re.compile(r"[一-鿿]+")
_QUOTED = re.compile(r"“([^”\n，。；]{2,8})”")
_CONFIDENCE = {"title": 0.8, "quoted": 0.7, "repeated": 0.6}
"""By where a term stands besides being repeated; judged by hand, for topics have no gold."""
_EDGE = "\x00"
"""Neighbour of a term that stands at the edge of a run of text."""
_BOUND = "\x01"
"""Neighbour that makes a word with the term's own last character: 维|持振荡."""


def find_topics(analysis: Analysis) -> tuple[Topic, ...]:
    """Find what the article keeps speaking of, the heaviest first; the heaviest weighs 1.0."""
    runs = list(_runs(analysis))
    quoted = {match[1] for match in _QUOTED.finditer(analysis.reading[:_LIMIT])}
    counts, kept = _repeated(runs, quoted), {}
    title = _title(analysis)
    for term, count in counts.items():
        weight = count * math.log2(1 + len(term))
        weight *= 1.5 if term in title else 1.0
        kept[term] = weight * (1.3 if term in quoted else 1.0)
    ranked = sorted(_distinct(kept, counts, quoted), key=lambda term: (-kept[term], term))[:_MOST]
    return tuple(
        Topic(
            _written(analysis, term),
            round(kept[term] / kept[ranked[0]], 3),
            _CONFIDENCE[rule],
            f"topic.{rule}",
        )
        for term in ranked
        for rule in ("title" if term in title else "quoted" if term in quoted else "repeated",)
    )


def _title(analysis: Analysis) -> str:
    """What the article calls itself: its first line, its event and the event's theme."""
    body = analysis.body or analysis.document.sentences
    parts = [analysis.document[body[0]][:60]] if body else []
    if analysis.event is not None:
        parts += [analysis.event.name, analysis.event.theme or ""]
    return " ".join(parts)


def _runs(analysis: Analysis) -> Iterator[str]:
    """The stretches of text that may hold terms, cut at function words and names of people."""
    inner = terms("topic_words", "inner")
    names = {person.name for person in analysis.participants}
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True)))) if names else None
    for sentence in analysis.body or analysis.document.sentences:
        if sentence.start >= _LIMIT:
            return
        text = analysis.reading[sentence.start : min(sentence.end, _LIMIT)]
        if pattern:
            text = pattern.sub(" ", text)
        for token in _LATIN.finditer(text):
            yield token.group()
        for run in _RUN.finditer(text):
            yield from "".join(" " if ch in inner else ch for ch in run.group()).split()


def _repeated(runs: list[str], quoted: set[str]) -> dict[str, int]:
    """How often each term stands in the runs, for those that stand free on both sides and often enough."""
    counts = Counter(run[at:end] for run in runs for at, end in _pieces(run))
    often = {
        term
        for term, count in counts.items()
        if count >= (_REPEATED - (term in quoted)) and not _says_little(term)
    }
    left: defaultdict[str, Counter[str]] = defaultdict(Counter)
    right: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for run in runs:
        for at, end in _pieces(run):
            if (term := run[at:end]) in often:
                left[term][_neighbour(run, at - 1, at)] += 1
                right[term][_neighbour(run, end, end - 1)] += 1
    return {
        term: counts[term]
        for term in often
        if term[0].isascii() or (_is_free(left[term]) and _is_free(right[term]))
    }


def _pieces(run: str) -> Iterator[tuple[int, int]]:
    """Start and end of everything in a run that may be a term; a Latin word is one."""
    if run[0].isascii():
        yield 0, len(run)
        return
    for size in range(2, _LONGEST + 1):
        for at in range(len(run) - size + 1):
            yield at, at + size


def _neighbour(run: str, outside: int, inside: int) -> str:
    """The character beside a term, or a mark: at the edge of the run, or where a word runs on."""
    if not 0 <= outside < len(run):
        return _EDGE
    first, last = min(outside, inside), max(outside, inside)
    return _BOUND if run[first : last + 1] in terms("words") else run[outside]


def _is_free(neighbours: Counter[str]) -> bool:
    """Whether a side of a term is open: no one neighbour stands there nearly always."""
    total = sum(neighbours.values())
    if neighbours[_BOUND] * 2 > total:
        return False
    return neighbours[_EDGE] * 5 >= total or max(neighbours.values()) * 10 <= total * 7


def _says_little(term: str) -> bool:
    words, edges = terms("topic_words", "word"), terms("topic_words", "edge")
    return term in words or term[0] in edges or term[-1] in edges


def _distinct(weights: dict[str, float], counts: dict[str, int], quoted: set[str]) -> Iterator[str]:
    """The terms without those that nearly always stand inside a longer one; the text quotes none in vain."""
    within: Counter[str] = Counter()
    for longer in weights:
        for term in {longer[at:end] for at, end in _pieces(longer)} - {longer}:
            within[term] += counts[longer]
    for term in weights:
        if term in quoted or within[term] * 3 < counts[term] * 2:
            yield term


def _written(analysis: Analysis, term: str) -> str:
    """The term in the article's own characters."""
    at = analysis.reading.find(term)
    return analysis.document.text[at : at + len(term)] if at >= 0 else term
