"""Counts the tables of ``content.name_statistics`` over the dictionary of jieba.

Run as ``python -m content.lexicon.make_name_tables``; needs jieba, whose dictionary file is read and never
imported. The shares in ``surname_odds.tsv`` and the names in ``minority_names.tsv`` are kept by hand;
everything else is counted anew.

All numbers are natural logarithms of a ratio to running text, in which characters are independent:
P(character here in a name) / P(character in text), and for a word P(word in text) / P(its characters).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from content.extraction.reading import fold
from content.lexicon import table

_FOLDER = Path(__file__).parent
_PASSES = 3
"""How often names are counted, each time without the entries that the last count takes for words."""
_UNSEEN = 0.5
"""Pseudo-count of every character among the names."""
_RAREST = 1e-5
"""The least P(character) in running text: without the names, 斌 would be rarer than it is."""
_INFORMATIVE = 0.35
"""The least size of the log-odds that a table keeps; what is not listed counts as 0."""
_MINORITY_WEIGHT = 20
_FOREIGN = 1.0
"""An entry whose characters all have these odds of a transliteration is no Chinese name (马库斯)."""
_WHOLE, _PART = {2: 60, 3: 120}, {2: 400}
"""The least frequency of a word that is kept, by its length: of one that may be taken for a whole name
(高度: it begins with a surname), and of one that may be taken for a given name (王|发展)."""
_NAMELIKE = 100
"""The same for words of two characters that jieba tags as persons (和尚, 麻醉)."""


@dataclass(slots=True)
class Dictionary:
    """jieba's entries with their frequencies, in simplified characters."""

    words: Counter[str] = field(default_factory=Counter)
    """What is not a personal name."""
    people: Counter[str] = field(default_factory=Counter)
    foreign: Counter[str] = field(default_factory=Counter)


def read_dictionary(lines: Iterable[str]) -> Dictionary:
    """Sort the lines of the dictionary (word, frequency, tag) into words and names."""
    found = Dictionary()
    kinds = {"nr": found.people, "nrfg": found.people, "nrt": found.foreign}
    for line in lines:
        word, frequency, tag = line.split()
        kinds.get(tag, found.words)[fold(word)] += int(frequency)
    return found


def character_chances(words: Mapping[str, int]) -> dict[str, float]:
    """P(character) in running text."""
    counts: Counter[str] = Counter()
    for word, frequency in words.items():
        for character in word:
            counts[character] += frequency
    total = counts.total()
    return {c: max(count / total, _RAREST) for c, count in counts.items() if "一" <= c <= "鿿"}


def odds(found: Iterable[str], text: Mapping[str, float]) -> dict[str, float]:
    """Log of P(character | found) / P(character | text) of every character of either."""
    counts = Counter(found)
    characters = text.keys() | counts.keys()
    total = counts.total() + _UNSEEN * len(characters)
    return {c: math.log((counts[c] + _UNSEEN) / total / text.get(c, _RAREST)) for c in characters}


def surname_odds(shares: Mapping[str, float], text: Mapping[str, float]) -> dict[str, float]:
    """Log of P(surname | person) / P(its characters | text); shares are percent of people."""
    return {
        surname: math.log(share / 100) - sum(math.log(text.get(c, _RAREST)) for c in surname)
        for surname, share in shares.items()
    }


def given_odds(
    names: Iterable[str], surnames: Mapping[str, float], text: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Log-odds of a character as the only, the first and the last one of a given name; a name counts once."""
    split = [(name[:n], name[n:]) for name in names for n in (2, 1) if name[:n] in surnames]
    pairs = [(surname, given) for surname, given in split if len(given) == 2]
    for _ in range(_PASSES):
        first = odds((given[0] for _, given in pairs), text)
        last = odds((given[1] for _, given in pairs), text)
        pairs = [(s, g) for s, g in pairs if surnames[s] + first[g[0]] + last[g[1]] > 0]
    either = odds((c for _, given in pairs for c in given), text)
    alone = [g for s, g in split if len(g) == 1 and surnames[s] + either.get(g, 0) > 2]
    return odds([*alone, *(c for _, given in pairs for c in given)], text), first, last


def word_lifts(
    dictionary: Dictionary, surnames: Container[str], text: Mapping[str, float]
) -> dict[str, float]:
    """Log of P(word) / P(its characters) of the words that a name may be mistaken for or made of."""
    total = dictionary.words.total()
    kept = {word: f for word, f in dictionary.words.items() if f >= _least(word, surnames)}
    kept |= {word: f for word, f in dictionary.people.items() if len(word) == 2 and f >= _NAMELIKE}
    lifts = {
        word: math.log(frequency / total) - sum(math.log(text[c]) for c in word)
        for word, frequency in kept.items()
        if word not in surnames and all(c in text for c in word)
    }
    return {word: lift for word, lift in lifts.items() if lift > 0}


def _least(word: str, surnames: Container[str]) -> float:
    thresholds = _WHOLE if word[0] in surnames else _PART
    return thresholds.get(len(word), math.inf)


def by_odds(*columns: Mapping[str, float], joint: str = "") -> Iterator[Sequence[str]]:
    """The rows of a table whose first cell is a number and whose others hold the terms that have it."""
    cells: dict[float, list[list[str]]] = defaultdict(lambda: [[] for _ in columns])
    for index, column in enumerate(columns):
        for term in sorted(term for term, value in column.items() if abs(value) >= _INFORMATIVE):
            cells[round(column[term], 1)][index].append(term)
    for value in sorted(cells, reverse=True):
        yield [f"{value:.1f}", *(joint.join(terms) for terms in cells[value])]


def write(name: str, rows: Iterable[Sequence[str]]) -> None:
    """Replace the rows of a table; the comments at its head stay."""
    path = _FOLDER / f"{name}.tsv"
    head = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    path.write_text("\n".join([*head, *("\t".join(row) for row in rows)]) + "\n", "utf-8")


def main() -> None:
    """Write the tables anew."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed")
    entries = (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines()
    dictionary = read_dictionary(entries)
    text = character_chances(dictionary.words)
    shares = {surname: float(share) for surname, (share, *_) in table("surname_odds").items()}
    surnames = surname_odds(shares, text)
    foreign = [name for name in dictionary.foreign if len(name) > 2]
    minority = [name for row in table("minority_names").values() for name in row] * _MINORITY_WEIGHT
    spelled = odds("".join([*foreign, *minority]), text)
    people = [name for name in dictionary.people if min(spelled.get(c, 0.0) for c in name) < _FOREIGN]
    write("surname_odds", [(s, f"{shares[s]:g}", f"{value:.1f}") for s, value in surnames.items()])
    write("given_odds", by_odds(*given_odds(people, surnames, text)))
    write("transliteration_odds", by_odds(spelled))
    write("name_words", by_odds(word_lifts(dictionary, surnames, text), joint=" "))


if __name__ == "__main__":
    main()
