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

from scoring import _forms, _overlap, _plain, _speaker  # noqa: E402  # the path is set above

from content.document import Document  # noqa: E402  # the path is set above
from content.extraction import extract  # noqa: E402  # the path is set above

FACTS = REPOSITORY.parent / "shared" / "facts"
TENTHS = 10


class Judged(NamedTuple):
    """One extracted fact, and whether the gold has it."""

    kind: str
    rule: str
    confidence: float
    right: bool


def articles(folders: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The texts of all folders with their gold facts."""
    for folder in folders:
        texts = folder / "articles" if (folder / "articles").is_dir() else folder
        for path in sorted(texts.glob("*.txt")):
            gold = json.loads((folder / "gold" / f"{path.stem}.json").read_text("utf-8"))
            yield path.read_bytes().decode("utf-8"), gold


def judge(text: str, gold: dict[str, Any]) -> Iterator[Judged]:
    """Every participant and statement that an article yields, held against its gold."""
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
    for kind in ("participant", "statement"):
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
