"""How far a fact's confidence is how often it is right: by kind of fact, rule and tenth of confidence.

    python bench/calibration.py [FOLDER …]

A FOLDER holds articles (``*.txt``) and their gold facts; by default the fictional articles of the tests and,
where it lies beside the repository, the real ones. Facts that the gold leaves open are not counted.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

REPOSITORY = Path(__file__).parent.parent
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]

from scoring import _equal, _forms, _overlap, _plain, _speaker  # noqa: E402  # the path is set above

from content.document import Document  # noqa: E402  # the path is set above
from content.extraction import extract  # noqa: E402  # the path is set above
from content.model import Facts, Figure  # noqa: E402  # the path is set above

FACTS = REPOSITORY.parent / "shared" / "facts"
TENTHS = 10


Gold = dict[str, Any]


class Judged(NamedTuple):
    """One extracted fact, and whether the gold has it."""

    kind: str
    rule: str
    confidence: float
    right: bool


def articles(folders: list[Path]) -> Iterator[tuple[str, Gold]]:
    """The texts of all folders with their gold facts."""
    for folder in folders:
        texts = folder / "articles" if (folder / "articles").is_dir() else folder
        for path in sorted(texts.glob("*.txt")):
            gold = json.loads((folder / "gold" / f"{path.stem}.json").read_text("utf-8"))
            yield path.read_bytes().decode("utf-8"), gold


def judge(text: str, gold: Gold) -> Iterator[Judged]:
    """Every fact that an article yields and its gold tells of, held against that gold."""
    facts, document = extract(text), Document(text)
    people = {form: bool(p.get("optional")) for p in gold["participants"] for form in _forms(p["name"])}
    for person in facts.participants:
        if not people.get(_plain(person.name)):
            yield Judged("participant", person.rule, person.confidence, _plain(person.name) in people)
    said = {(_speaker(name), number) for name, numbers in gold["statements"].items() for number in numbers}
    free = set(gold.get("statements_optional", ()))
    for number, sentence in enumerate(document.sentences, 1):
        for statement in facts.statements:
            if number not in free and 2 * _overlap(statement, sentence) >= len(sentence):
                right = (_speaker(statement.speaker), number) in said
                yield Judged("statement", statement.rule, statement.confidence, right)
    yield from judge_figures(document, gold, facts)
    yield from judge_named(gold, facts)


def judge_figures(document: Document, gold: Gold, facts: Facts) -> Iterator[Judged]:
    """Every figure: right where value and subject are those of a gold figure."""
    for figure in facts.figures:
        there = [entry for entry in gold["figures"] if _stands(document, entry, figure)]
        if not any(entry.get("optional") for entry in there):
            right = any(_equal(entry["value"], figure.value) and _about(entry, figure) for entry in there)
            yield Judged("figure", figure.rule, figure.confidence, right)


def _stands(document: Document, entry: Gold, figure: Figure) -> bool:
    """Whether a figure is in the sentence of a gold one, and its text within that one's or around it."""
    if document.sentence_at(figure.start) != document.sentences[entry["sentence"] - 1]:
        return False
    found = _plain(figure.text)
    return any(found in form or form in found for form in _forms(entry["text"]))


def _about(entry: Gold, figure: Figure) -> bool:
    """Whether a figure's subject is the gold's, or part of it or around it."""
    wanted, found = _forms(entry.get("subject")) - {""}, _plain(figure.subject)
    return not wanted or any(found and (form in found or found in form) for form in wanted)


def judge_named(gold: Gold, facts: Facts) -> Iterator[Judged]:
    """Every work (title and kind), product, milestone (its date) and the event (its name)."""
    kinds = {form: _forms(work["kind"]) for work in gold["works"] for form in _forms(work["title"])}
    free = {form for work in gold["works"] if work.get("optional") for form in _forms(work["title"])}
    for work in facts.works:
        if _plain(work.title) not in free:
            right = work.kind in kinds.get(_plain(work.title), ())
            yield Judged("work", work.rule, work.confidence, right)
    if gold.get("products"):
        names = {form for product in gold["products"] for form in _forms(product["name"])}
        for product in facts.products:
            yield Judged("product", product.rule, product.confidence, _plain(product.name) in names)
    if gold.get("milestones"):
        dates = {_plain(form) for entry in gold["milestones"] for form in _forms(entry["date"])}
        for milestone in facts.milestones:
            right = _plain(milestone.date) in dates
            yield Judged("milestone", milestone.rule, milestone.confidence, right)
    if facts.event is not None:
        names = _forms(gold["event"]["name"]) if gold["event"] else set()
        yield Judged("event", facts.event.rule, facts.event.confidence, _plain(facts.event.name) in names)


def show(title: str, groups: dict[str, list[Judged]]) -> None:
    """Print the size, mean confidence and share of right facts of each group."""
    print(f"\n{title:28}{'facts':>7}{'said':>8}{'right':>8}")
    for name, judged in sorted(groups.items()):
        said = sum(fact.confidence for fact in judged) / len(judged)
        right = sum(fact.right for fact in judged) / len(judged)
        print(f"{name:28}{len(judged):7}{said:8.2f}{right:8.2f}")


def error(judged: list[Judged]) -> float:
    """Expected calibration error: how far confidence and share of right facts lie apart, over the tenths."""
    tenths: dict[int, list[Judged]] = defaultdict(list)
    for fact in judged:
        tenths[min(TENTHS - 1, int(fact.confidence * TENTHS))].append(fact)
    gaps = (abs(sum(fact.confidence - fact.right for fact in facts)) for facts in tenths.values())
    return sum(gaps) / len(judged)


def main() -> None:
    """Judge the articles of the folders and print the tables."""
    folders = [Path(name) for name in sys.argv[1:]] or [
        folder for folder in (REPOSITORY / "tests" / "articles", FACTS) if folder.is_dir()
    ]
    judged = [fact for text, gold in articles(folders) for fact in judge(text, gold)]
    for kind in dict.fromkeys(fact.kind for fact in judged):
        facts = [fact for fact in judged if fact.kind == kind]
        rules: dict[str, list[Judged]] = defaultdict(list)
        tenths: dict[str, list[Judged]] = defaultdict(list)
        for fact in facts:
            rules[fact.rule].append(fact)
            tenths[f"{min(TENTHS - 1, int(fact.confidence * TENTHS)) / TENTHS:.1f}"].append(fact)
        show(f"{kind} by rule", rules)
        show(f"{kind} by confidence", tenths)
        print(f"expected calibration error {error(facts):.3f}")


if __name__ == "__main__":
    main()
