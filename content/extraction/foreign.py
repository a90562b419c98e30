"""Foreign names: transliterated ones with · (马琳·肯加), bare ones after a title (拜登), and Latin ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.extraction.name_context import MARKS
from content.extraction.names import Name
from content.extraction.titles import before_gap, heads, kind, title_at, title_before
from content.lexicon import terms
from content.name_statistics import transliteration_score

_LATIN_WORD = r"[A-ZÀ-Þ](?:[A-Za-zÀ-ÿ'’]|-(?=[A-Z]))*\.?"
_LATIN = re.compile(
    rf"{_LATIN_WORD}(?:[ ·]+(?:(?:de|la|van|von|der|bin|al|da|di|del)[ -])*{_LATIN_WORD}){{0,4}}"
)
_LOWER_CASE = re.compile(r"[A-Z][a-z]+ [a-z]{2,12}(?![A-Za-z])")
_LATIN_ORGANIZATION = re.compile(
    r"\b(?:AI|Inc|Ltd|LLC|Corp|Group|Research|University|College|Institute|Bank|Capital|Cloud|Lab|Labs|Technologies"
    r"|Technology|Systems|Partners|Summit|Forum|Conference|Open|Data|Global|International|Society|Association)\b"
)
_INITIAL = re.compile("[A-Z](?=·)")
_STRICT, _LOOSE = 0.0, -4.3
"""Odds that a character needs to be read as transliteration: without a dot beside it, and with one."""
_LONGEST = 12
"""Code points of the longest part of a transliterated name."""


def find_foreign_names(text: str) -> dict[str, Name]:
    """The foreign names of a folded text, by the form in which they stand there."""
    found: dict[str, Name] = {}
    for name in (*_dotted(text), *_bare(text), *_latin(text)):
        known = found.get(name.text)
        if known is None or name.confidence > known.confidence:
            found[name.text] = name
    return found


def _dotted(text: str) -> Iterator[Name]:
    """Names with a dot: every run of transliteration around ·."""
    done = 0
    dot = text.find("·")
    while dot >= 0:
        start, end = _first_part(text, dot, done), dot
        while text[end : end + 1] == "·" and (stop := _part(text, end + 1, _LOOSE)) > end + 1:
            end = stop
        if dot - start >= 1 and end > dot + 1 and dot - start <= _LONGEST and not _is_event(text, dot):
            yield Name(text[start:end], 0.95, "dotted", press=False)
        done = max(end, dot + 1)
        dot = text.find("·", done)


def _is_event(text: str, dot: int) -> bool:
    """Whether an event stands before a dot: 松城论坛|·云溪宣言."""
    return terms("event_suffixes").before(text, dot) > 1


def _first_part(text: str, dot: int, floor: int) -> int:
    start = dot
    while start > max(floor, dot - _LONGEST) and _is_letter(text[start - 1], _LOOSE):
        if start < dot and heads().before(text, start):
            break
        start -= 1
    return start


def _part(text: str, start: int, odds: float) -> int:
    """Where the run of characters with such odds of transliteration that begins at an offset ends."""
    if _INITIAL.match(text, start):
        return start + 1
    end = start
    while (
        end < len(text)
        and end - start < _LONGEST
        and _is_letter(text[end], odds)
        and not _verb(text, end, start)
    ):
        end += 1
    return end


def _is_letter(character: str, odds: float) -> bool:
    """Whether foreign names are written with a character."""
    return "一" <= character <= "鿿" and transliteration_score(character) > odds


def _verb(text: str, offset: int, start: int) -> bool:
    return offset > start and (
        terms("speech_verbs").at(text, offset) > 1
        or terms("participation").at(text, offset) > 1
        or terms("adverbs").at(text, offset) > 1
        or heads().at(text, offset) > 1
        or text[offset] in "说称与和在就也等对为则表认指强"
    )


def _bare(text: str) -> Iterator[Name]:
    """Names without a dot right behind a title: 联合国秘书长古特雷斯."""
    for match in _TITLE_END.finditer(text):
        start = match.end()
        if title_before(text, start) == start or title_at(text, start) > start:
            continue
        end = _part(text, start, _STRICT)
        half = (start + end) // 2
        doubled = text[start:half] == text[half:end]
        if _is_whole(text, start, end) and not doubled and not terms("words").at(text, start):
            yield Name(text[start:end], 0.7, "transliterated", press=False)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a run of transliteration has a name's length and closes; a leader's may have two characters."""
    shortest = 2 if terms("cited").before(text, start) else 3
    return shortest <= end - start <= 7 and text[end : end + 1] != "·" and _closes(text, end)


_TITLE_END = re.compile(r"[长统理相裁席书官事家士授人使员表师]")


def _closes(text: str, end: int) -> bool:
    return (
        text[end : end + 1] in MARKS
        or terms("speech_verbs").at(text, end) > 1
        or terms("participation").at(text, end) > 1
        or text[end : end + 1] in "在就也等说对和与"
    )


def _latin(text: str) -> Iterator[Name]:
    """Latin names behind a title (主席KennethThomson), or of two words before a title or a verb of speech."""
    for match in _LATIN.finditer(text):
        name = match.group().rstrip("·' ")
        if len(name) < 3 or not re.search("[a-zà-ÿ]", name) or _LATIN_ORGANIZATION.search(name):
            continue
        start, end = match.start(), match.start() + len(name)
        stop = before_gap(text, start)
        opening = title_before(text, stop)
        if opening < stop and (stop < start or not text[opening:stop].isascii()):
            lower = _LOWER_CASE.match(text, start)
            name = lower.group() if lower else name
            yield Name(name, 0.9, "title", press=kind(text[opening:stop]) == "press")
        elif " " in name and _speaks(text, start, end):
            yield Name(name, 0.7, "speech", press=False)


def _speaks(text: str, start: int, end: int) -> bool:
    """Whether what stands around a Latin name of several words is what stands around people."""
    if title_at(text, end) > end or terms("speech_verbs").at(text, end) > 1:
        return True
    if terms("organization_suffixes").before(text, before_gap(text, start)) > 1:
        return True
    if text[end : end + 1] == "：":
        return not start or text[start - 1] == "\n"
    return text[start - 1 : start] in {"的", "由"} and text[end : end + 1] in {"（", "，"}
