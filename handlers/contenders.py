"""From ``王海峰和吴甜 开源`` to the two things that are to be compared, and in what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from content.records import EntityKind, EntityRef
from handlers.asked import FOCUS
from handlers.links import parse_short_name, short_name
from handlers.lookup import resolve
from handlers.services import Services

COMPARED: tuple[EntityKind, ...] = ("person", "organization", "product")
"""What can be compared, besides years."""

_TOKEN = re.compile(
    r"""[“"「『《](?P<quoted>[^“”"「」『』《》]+)[”"」』》]
    |(?P<apart>[、,，;；/|&＆]+)
    |(?P<word>[^\s、,，;；/|&＆“”"「」『』《》]+)""",
    re.VERBOSE,
)
_BETWEEN = frozenset(
    ["和", "与", "與", "跟", "同", "及", "vs", "vs.", "versus", "and", "pk", "对", "對", "比"]
)
"""Words that stand between the two where blanks are around them."""
_JOINING = "和与與跟及"
"""Characters that may stand between two names without a blank."""
_LEADING = _JOINING + "同对對谈談的"
"""Characters that follow a name, and are not of what comes after it."""
_OPINION = re.compile(r"(?:上|方面)?的?(?:看法|观点|觀點|态度|態度|说法|說法)$")
_ABOUT = re.compile(r"^(?:关于|關於|对于|對於)")
_ABOUT_IN_SHORT = re.compile(r"^[对對谈談在就]")
"""What 对开源的看法 begins with; without the end it may be a part of a word: 对话, 在线."""
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_NAME_WORDS = 4
"""Words of a name at most: ``Linus Benedict Torvalds``."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One of the two: what was written, and what it can stand for."""

    text: str
    refs: tuple[EntityRef, ...] = ()
    """Things that can be compared; several are namesakes or of several kinds."""
    year: int | None = None
    other: EntityRef | None = None
    """A thing of this name that cannot be compared: a topic, an event."""

    @property
    def known(self) -> bool:
        """Whether it stands for something that can be compared."""
        return bool(self.refs) or self.year is not None

    @property
    def written(self) -> str:
        """How a button names it."""
        if self.year is not None:
            return str(self.year)
        return short_name(self.refs[0]) if len(self.refs) == 1 else f"“{self.text}”"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be compared: two things, or fewer where some are missing, and a subject."""

    sides: tuple[Contender, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    whole: bool = False
    """Whether it stood in quotation marks: nothing is cut off it."""
    joins: bool = False
    """Whether only a blank parts it from the one before, so that both may be one name."""


async def read_wish(services: Services, argument: str) -> Wish:
    """Take the argument apart: the first two names or years, and the rest as the subject."""
    tokens = _tokens(argument)
    wish = await _read(services, tokens)
    if len(tokens) > 2 and wish.sides and not wish.sides[0].known:
        # 开源 王海峰 吴甜: the subject may stand first.
        later = await _read(services, tokens[1:])
        if len(later.sides) == 2 and all(side.known for side in later.sides):
            return Wish(later.sides, f"{tokens[0].text} {later.words}".strip())
    return wish


def alike(first: Contender, second: Contender) -> tuple[Contender, Contender]:
    """The two as things of one kind where they can be; a name may be a person's and an organisation's."""
    kinds = [
        kind
        for kind in FOCUS
        if any(ref.kind == kind for ref in first.refs) and any(ref.kind == kind for ref in second.refs)
    ]
    return _of(first, kinds[:1]), _of(second, kinds[:1])


def _of(side: Contender, kinds: Sequence[EntityKind]) -> Contender:
    if not side.refs:
        return side
    kind = kinds[0] if kinds else min((ref.kind for ref in side.refs), key=FOCUS.index)
    return Contender(side.text, tuple(ref for ref in side.refs if ref.kind == kind))


def _tokens(argument: str) -> list[_Token]:
    tokens: list[_Token] = []
    apart = True
    for match in _TOKEN.finditer(argument):
        word = match["quoted"] or match["word"]
        if word is None or word.lower() in _BETWEEN:
            apart = True
            continue
        tokens.append(_Token(word.strip(), bool(match["quoted"]), joins=not apart))
        apart = bool(match["quoted"])
    return [token for token in tokens if token.text]


async def _read(services: Services, tokens: Sequence[_Token]) -> Wish:
    left = list(tokens)
    sides: list[Contender] = []
    while left and len(sides) < 2:
        sides.append(await _take(services, left))
    return Wish(tuple(sides), _subject(" ".join(token.text for token in left)))


def _subject(words: str) -> str:
    """A subject without what only says that it is one: 对开源的看法 is about 开源."""
    bare = _ABOUT.sub("", words)
    if opinion := _OPINION.search(bare):
        bare = _ABOUT_IN_SHORT.sub("", bare[: opinion.start()])
    return bare.strip() or words


async def _take(services: Services, left: list[_Token]) -> Contender:
    """Take the next name or year off the tokens."""
    for count in range(_joined(left), 0, -1):
        found = await _known(services, " ".join(token.text for token in left[:count]))
        if found.known:
            del left[:count]
            return found
    token = left.pop(0)
    cut = None if token.whole else await _cut(services, token.text)
    if cut is None:
        return await _known(services, token.text)
    rest = token.text[cut:]
    if rest[0] in _LEADING and not (await _known(services, rest)).known:
        rest = rest[1:]  # One alone: 和 begins names as well.
    if rest:
        left.insert(0, _Token(rest))
    return await _known(services, token.text[:cut])


def _joined(tokens: Sequence[_Token]) -> int:
    """How many of the next tokens may be one name."""
    if tokens[0].whole:
        return 1
    count = 1
    while count < min(len(tokens), _NAME_WORDS) and tokens[count].joins and not tokens[count].whole:
        count += 1
    return count


async def _cut(services: Services, text: str) -> int | None:
    """Where a name ends in a word that goes on: 王海峰|和吴甜, 王海峰|吴甜, 2019年|和2020年."""
    if year := _YEAR.match(text):
        rest = text[year.end() :]
        return year.end() if rest and (rest[0] in _LEADING or _YEAR.match(rest)) else None
    joints = [place for place in range(1, len(text)) if text[place] in _LEADING]
    for place in joints:
        if (await _known(services, text[:place])).known:
            return place
    mentions = [
        one for one in await services.repositories.names.mentioned_in(text) if one[0].kind in COMPARED
    ]
    first = next((end for _, start, end in mentions if start == 0), None)
    if first is not None and any(start == first for _, start, _ in mentions):
        return first
    return next((place for place in joints if text[place] in _JOINING and place + 1 < len(text)), None)


async def _known(services: Services, text: str) -> Contender:
    """What a name or a year stands for."""
    if year := _YEAR.fullmatch(text):
        return Contender(text, year=int(year[1]))
    if short := parse_short_name(text):
        ref = await services.repositories.names.get(*short)
        return Contender(ref.name, (ref,)) if ref and ref.kind in COMPARED else Contender(text)
    found = await resolve(services, text)
    refs = tuple(ref for ref in found if ref.kind in COMPARED)
    return Contender(text, refs, other=next(iter(found), None) if not refs else None)
