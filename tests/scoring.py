"""Measures extracted facts against gold facts: the numbers that the quality gates hold.

A gold file is the JSON that ``python -m bot extract`` prints with three liberties: a field may be a list of
acceptable forms, an entry with ``"optional": true`` counts neither for nor against, and ``statements`` maps
each speaker to the numbers of sentences (counted from 1).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from content.document import Document, Span
from content.model import GROUP, Fact, Facts

Gold = dict[str, Any]
_IGNORED = re.compile(r"[\s“”\"'‘’「」『』《》〈〉·•・,，、。.()（）\[\]【】:：—–-]")
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what was found rightly, found wrongly and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0–1; 1 where there was nothing to find and nothing found."""
        every = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / every if every else 1.0


def load(folder: Path) -> Iterator[tuple[str, str, Gold]]:
    """The name, text and gold facts of every article of a folder, whose gold stands in ``gold/``."""
    for path in sorted(folder.glob("*.txt")):
        gold = json.loads((folder / "gold" / f"{path.stem}.json").read_text("utf-8"))
        yield path.stem, path.read_text("utf-8"), gold


def measure(articles: Iterable[tuple[str, str, Gold]], extract: Callable[[str], Facts]) -> dict[str, Score]:
    """The scores of every kind of fact over all articles together (micro-averaged)."""
    totals: dict[str, Score] = defaultdict(Score)
    for _, text, gold in articles:
        for kind, score in score_article(text, gold, extract(text)).items():
            totals[kind] += score
    return dict(totals)


def score_article(text: str, gold: Gold, facts: Facts) -> dict[str, Score]:
    """The scores of one article's facts, by kind."""
    return {
        "participants": _participants(gold, facts),
        "affiliations": _affiliations(gold, facts),
        "statements": _statements(Document(text), gold, facts),
        "figures": _figures(Document(text), gold, facts),
        "works": _matched(
            [(_forms(work["title"]), _optional(work)) for work in gold["works"]],
            (_plain(work.title) for work in facts.works),
        ),
    }


def invented(gold: Gold, facts: Facts) -> list[str]:
    """Names of the participants and speakers of an article that has none, not even an optional one."""
    if gold["participants"] or gold["statements"]:
        return []
    return [person.name for person in facts.participants] + [said.speaker for said in facts.statements]


def _participants(gold: Gold, facts: Facts) -> Score:
    people = [(_forms(person["name"]), _optional(person)) for person in gold["participants"]]
    return _matched(people, (_plain(person.name) for person in facts.participants))


def _affiliations(gold: Gold, facts: Facts) -> Score:
    """Name, organisation and position joined: where exactly the organisation ends is not counted."""
    wanted = [
        (
            {"|".join((name, org + title)) for name, org, title in product(
                _forms(person["name"]), _forms(post["organization"]), _forms(post["title"])
            )},
            _optional(person) or _optional(post),
        )
        for person in gold["participants"]
        for post in person["affiliations"]
    ]  # fmt: skip
    found = (
        f"{_plain(person.name)}|{_plain(post.organization)}{_plain(post.title)}"
        for person in facts.participants
        for post in person.affiliations
    )
    return _matched(wanted, found)


def _statements(document: Document, gold: Gold, facts: Facts) -> Score:
    """Pairs of a sentence and a speaker; a statement covers the sentences it holds half of."""
    wanted: dict[int, set[str]] = defaultdict(set)
    for speaker, numbers in gold["statements"].items():
        for number in numbers:
            wanted[number].add(_speaker(speaker))
    total = Score()
    for number, sentence in enumerate(document.sentences, 1):
        if number in gold.get("statements_optional", ()):
            continue
        found = {
            _speaker(said.speaker)
            for said in facts.statements
            if 2 * _overlap(said, sentence) >= len(sentence)
        }
        right = found & wanted[number]
        total += Score(len(right), len(found - right), len(wanted[number] - right))
    return total


def _figures(document: Document, gold: Gold, facts: Facts) -> Score:
    """Figures of overlapping spans and equal value."""
    rest = list(facts.figures)
    total = Score()
    taken: set[Span] = set()
    free: list[Span] = []
    for figure in gold["figures"]:
        span = _located(document, figure, taken)
        hit = next((f for f in rest if _overlap(f, span) and _equal(figure["value"], f.value)), None)
        if hit is not None:
            rest.remove(hit)
        if _optional(figure):
            free.append(span)
        else:
            total += Score(right=1) if hit is not None else Score(missed=1)
    return total + Score(wrong=sum(not any(_overlap(figure, span) for span in free) for figure in rest))


def _located(document: Document, figure: Gold, taken: set[Span]) -> Span:
    """Where a gold figure stands: the first place in its sentence that no earlier figure has."""
    sentence = document.sentences[figure["sentence"] - 1]
    for form in figure["text"] if isinstance(figure["text"], list) else [figure["text"]]:
        for match in re.finditer(re.escape(form), document[sentence]):
            span = Span(sentence.start + match.start(), sentence.start + match.end())
            if span not in taken:
                taken.add(span)
                return span
    raise ValueError(f"{figure['text']} does not stand in sentence {figure['sentence']}")


def _matched(wanted: list[tuple[set[str], bool]], found: Iterable[str]) -> Score:
    """Match found keys one to one with the wanted ones, each a set of acceptable forms."""
    needed = [forms for forms, optional in wanted if not optional]
    spare = [forms for forms, optional in wanted if optional]
    score = Score()
    for key in dict.fromkeys(found):
        pool = next((pool for pool in (needed, spare) if any(key in forms for forms in pool)), None)
        if pool is None:
            score += Score(wrong=1)
            continue
        pool.remove(next(forms for forms in pool if key in forms))
        score += Score(right=int(pool is needed))
    return score + Score(missed=len(needed))


def _overlap(one: Span | Fact, other: Span | Fact) -> int:
    """How many code points two things with a start and an end share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _equal(wanted: float | list[float], found: float) -> bool:
    values = wanted if isinstance(wanted, list) else [wanted]
    return any(abs(value - found) <= _TOLERANCE * max(1.0, abs(value)) for value in values)


def _forms(value: Any) -> set[str]:
    return {_plain(form) for form in (value if isinstance(value, list) else [value])}


def _plain(value: str | None) -> str:
    return _IGNORED.sub("", value or "").lower()


def _speaker(name: str) -> str:
    return GROUP if name == GROUP else _plain(name)


def _optional(entry: Gold) -> bool:
    return bool(entry.get("optional"))
