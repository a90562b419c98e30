"""Where the article names organisations: by their endings (研究院, 公司), by posts, and by their aliases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from content.extraction.affiliations import strong_suffixes, trim
from content.extraction.analysis import Analysis, Mention
from content.lexicon import Terms, terms

_LONGEST = 30
_BREAKS = frozenset(" \n，。、；：？！（）“”‘’《》【】—…/|的了在由是从向对为被把将使让并到于")
_CONJUNCTIONS = frozenset("和与及")
_ALIAS = re.compile("（(?:以下)?(?:简称)?[：“]?([一-龥A-Za-z][一-龥A-Za-z0-9 &.-]{1,19})”?）")
_SHORTEST = 3
"""Code points of the shortest organisation that its ending alone shows: 大学 by itself names none."""


def find_organizations(analysis: Analysis) -> tuple[Mention, ...]:
    """Every mention of an organisation in the body, in text order, under its first or fuller name."""
    text, original = analysis.reading, analysis.document.text
    names: dict[str, tuple[str, float, str]] = {}
    for phrase in analysis.phrases:
        for post in phrase.posts:
            if post.organization and len(post.organization) > 1:
                names.setdefault(_folded(analysis, post.organization), (post.organization, 0.9, "post"))
    posted = Terms(names)
    for start, end in _by_ending(text, analysis):
        if posted.before(text, end, start):
            continue
        names.setdefault(text[start:end], (original[start:end], 0.75, "ending"))
    for short, full in _aliases(text, names):
        names.setdefault(short, (names[full][0], 0.85, "alias"))
    return tuple(_mentions(analysis, names))


def _folded(analysis: Analysis, name: str) -> str:
    """A name as the reading has it."""
    start = analysis.document.text.find(name)
    return analysis.reading[start : start + len(name)] if start >= 0 else name


def _by_ending(text: str, analysis: Analysis) -> Iterator[tuple[int, int]]:
    """The ranges that end like an organisation, from where its name begins."""
    endings = strong_suffixes()
    for sentence in analysis.body:
        floor = sentence.start
        for match in _ending_heads().finditer(text, sentence.start, sentence.end):
            length = endings.at(text, match.start())
            end = match.start() + length
            if not length or end > sentence.end or match.start() < floor or _goes_on(text, end):
                continue
            start = _beginning(text, match.start(), max(floor, match.start() - _LONGEST))
            if end - start >= max(_SHORTEST, length + 1):
                yield start, end
                floor = end


@cache
def _ending_heads() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted({word[0] for word in strong_suffixes().words}))}]")


def _goes_on(text: str, end: int) -> bool:
    """Whether a longer ending follows (研究院|有限公司), or a word swallows it (学院|派)."""
    return strong_suffixes().at(text, end) > 0 or terms("words").at(text, end - 1) > 1


def _beginning(text: str, ending: int, floor: int) -> int:
    start = ending
    while start > floor and text[start - 1] not in _BREAKS:
        before = strong_suffixes().before(text, start - 1, floor)
        if (text[start - 1] in _CONJUNCTIONS and before) or _is_verb(text, start, floor):
            break
        start -= 1
    return trim(text, start, ending)


def _is_verb(text: str, end: int, floor: int) -> bool:
    """Whether a verb ends here, so that what follows is its object (希望|宣武医院)."""
    return any(
        terms(verbs).before(text, end, floor) > 1 for verbs in ("speech_verbs", "participation", "adverbs")
    )


def _aliases(text: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Short names in brackets behind a name: Gartner（高德纳）."""
    for full in tuple(names):
        place = text.find(full + "（")
        match = _ALIAS.match(text, place + len(full)) if place >= 0 else None
        if match:
            yield match.group(1), full


def _mentions(analysis: Analysis, names: dict[str, tuple[str, float, str]]) -> Iterator[Mention]:
    if not names:
        return
    text, known = analysis.reading, Terms(names)
    heads = re.compile(f"[{''.join(sorted({re.escape(name[0]) for name in names}))}]")
    for sentence in analysis.body:
        done = sentence.start
        for match in heads.finditer(text, sentence.start, sentence.end):
            start = match.start()
            length = known.at(text, start) if start >= done else 0
            if length and not _cut_from_latin(text, start, start + length):
                done = start + length
                name, confidence, rule = names[text[start:done]]
                yield Mention(start=start, end=done, name=name, confidence=confidence, rule=rule)


def _cut_from_latin(text: str, start: int, end: int) -> bool:
    """Whether a name is only a part of a Latin word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (text[start].isascii() and before.isascii() and before.isalnum()) or (
        text[end - 1].isascii() and after.isascii() and after.isalnum()
    )
