"""Which records answer a question.

Every word of the question must be held, and each record says where: a figure by its own subject, its clause,
its sentence, or, for what sets the scene, by the event and the sentences before. What is counted must stand
in the figure's own clause, so that the number of one thing is never given for another beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from content.answers.matching import (
    clause_of,
    clauses,
    covers,
    governing_year,
    missing,
    refers_back,
    years,
)
from content.folding import fold_text
from content.lexicon import table
from content.records import FigureRecord

_NUMERAL = re.compile(r"\d|[一二三四五六七八九十百千万亿]{2,}")
_REACHES = "(?:总?数量?|人数|规模|比例)?[已达到超过近约为有共总计突破多逾将是高至:]{0,6}"
"""What may stand between a noun and its number: 用户数|已超过|3500万."""
_SEGMENT = re.compile(r"[;；]")
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)年?|['’]\d\d|\d{1,2}\s*[月日]")
_SHARES = frozenset({"percent", "tenths", "times", "points"})
_NAMED, _CLAUSE, _SENTENCE, _SCENE = range(4)


def figures_about(
    records: Iterable[FigureRecord],
    words: Sequence[str],
    focus: Sequence[str] = (),
    scenes: Mapping[int, tuple[str, str]] | None = None,
    *,
    share: bool = True,
) -> tuple[FigureRecord, ...]:
    """The figures that count what the words say, those that say it most directly.

    Args:
        records: the figures to choose from.
        words: every word that must be held, names included.
        focus: those of them that say what is counted.
        share: whether a percentage can be meant.
        scenes: by fact the article's first line and the sentence before, which set the scene.
    """
    graded = []
    for record in records:
        if (
            not share
            and not _of_the(record, focus)
            and _SHARES.intersection(table("units").get(record.unit or "", ()))
        ):
            continue
        grade = _grade(record, words, focus, (scenes or {}).get(record.evidence.fact_id, ("", "")))
        if grade is not None:
            graded.append((grade, record))
    best = min((grade for grade, _ in graded), default=None)
    return tuple(record for grade, record in graded if grade == best)


def nearly(records: Iterable[FigureRecord], words: Sequence[str], focus: Sequence[str]) -> list[FigureRecord]:
    """The figures of which the focus is held and little else is missing: what stands before may say it."""
    found = []
    for record in records:
        if focus and missing(_nouns(focus, record), _own(record)):
            continue
        lacking = missing(_nouns(words, record), f"{_named(record)} {record.sentence} {_scene(record)}")
        if len(lacking) < max(2, len(words)):
            found.append(record)
    return found


def counts(words: tuple[str, ...], sentence: str) -> bool:
    """Whether a clause gives a number, which is no year, of what the words say, right beside it."""
    return bool(words) and any(
        covers(words, clause) and _beside(fold_text(words[-1]), fold_text(_DATED.sub(" ", clause)))
        for clause in clauses(sentence)
    )


def _beside(word: str, clause: str) -> bool:
    """Whether a number stands beside a word: 42家|企业, 用户数|已超|3500万, not 100多个国家的|用户."""
    number, own = _NUMERAL.pattern, re.escape(word)
    return re.search(f"(?:{number})[^的]{{0,4}}{own}|{own}{_REACHES}(?:{number})", clause) is not None


def in_its_year(words: Sequence[str], sentence: str) -> bool:
    """Whether the year that words name is the one in which the sentence puts what else they name.

    ``2010年开放甲，2013年开放乙`` puts 甲 into 2010, though 2013 stands beside it.
    """
    asked = {year for word in words for year in years(word)}
    if not asked:
        return True
    parts = _SEGMENT.split(fold_text(sentence))
    for word in words:
        if years(word):
            continue
        spots = [
            (part, match.start())
            for part in parts
            for one in word.split("|")
            for match in re.finditer(re.escape(fold_text(one)), part)
        ]
        governing = {governing_year(part, place) for part, place in spots}
        # What a semicolon parts from the year is not said of it.
        if spots and not governing & asked and (governing != {None} or len(parts) > 1):
            return False
    return True


def _grade(
    record: FigureRecord, words: Sequence[str], focus: Sequence[str], around: tuple[str, str]
) -> tuple[int, int, int] | None:
    """How directly a figure counts what the words say, less is better; None where it does not."""
    named = _named(record)
    wanted = _nouns(words, record)
    asked = {year for word in words for year in years(word)}
    governing = record.as_of[:4] if record.as_of else governing_year(record.sentence, _place(record))
    if asked and governing and governing not in asked:
        return None
    texts = (named, _own(record), f"{named} {record.sentence} {_speaker(record)}")
    level = next((level for level, text in enumerate(texts) if not missing(wanted, text)), _SCENE)
    if level == _SCENE:
        opening, before = around
        scene = (texts[_SENTENCE], _scene(record), opening, before if refers_back(record.sentence) else "")
        if missing(wanted, " ".join(scene)):
            return None
    # What is counted must be told where the figure is; where the noun follows the number, by that noun.
    nearest = _NAMED if _counts_a_noun(record) else _CLAUSE
    if level > nearest and missing(_nouns(focus, record), texts[nearest]):
        return None
    return level, len(missing(wanted, named)), len(missing(wanted, texts[nearest]))


def _of_the(record: FigureRecord, focus: Sequence[str]) -> bool:
    """Whether a share is one of what is counted: 3%的|人."""
    following = _following(record).removeprefix("的")
    return any(following.startswith(word) for word in focus)


def _counts_a_noun(record: FigureRecord) -> bool:
    """Whether what is counted follows the number itself: 100多个|国家."""
    noun = re.split("[的…]", record.subject or "")[-1]
    return len(noun) > 1 and (record.text.endswith(noun) or _following(record).startswith(noun))


def _following(record: FigureRecord) -> str:
    """What follows a figure in its sentence; empty where the sentence writes it in another way."""
    _, _, following = record.sentence.partition(record.text)
    return following.lstrip()


def _place(record: FigureRecord) -> int:
    """Where a figure stands in its sentence."""
    return max(record.sentence.find(record.text), 0)


def _nouns(words: Sequence[str], record: FigureRecord) -> tuple[str, ...]:
    """The words without those that the kind of the figure's unit answers: 多少钱, 多少人."""
    kinds = table("question_units")
    units = {record.unit, *table("units").get(record.unit or "", ("count",))}
    return tuple(word for word in words if not units.intersection(kinds.get(word, ())))


def _named(record: FigureRecord) -> str:
    return f"{record.text} {record.unit or ''} {record.subject or ''}"


def _own(record: FigureRecord) -> str:
    """What is said of the figure itself, and the clause that it stands in."""
    place = _place(record)
    return f"{_named(record)} {clause_of(record.sentence, place, place + len(record.text))}"


def _speaker(record: FigureRecord) -> str:
    return record.person.name if record.person else ""


def _scene(record: FigureRecord) -> str:
    """What sets the scene of everything in an article: its event and headline."""
    source = record.evidence.source
    event = record.event.name if record.event else ""
    return f"{event} {source.title or ''} {source.published or ''}"
