"""What a plain question asks for, and whether a fact answers it.

A question is read by grammar: the known names are taken out, words that ask (谁, 多少, 哪年) tell the kind of
answer, words that carry nothing (的, 请问) are dropped; what remains are the words that an answer must hold.
A fact in which one of them is missing is none, however near it comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from content.answers.matching import needed
from content.folding import fold_text
from content.lexicon import table
from content.tokens import is_word

Wanted = Literal[
    "number",
    "when",
    "where",
    "theme",
    "host",
    "moderator",
    "title",
    "post",
    "list",
    "who",
    "said",
    "confirm",
    "what",
]
Thing = Literal["people", "works", "products", "organizations", "figures", "topics", "events"]
_ORDER: tuple[Wanted, ...] = get_args(Wanted)
"""Of several words that ask the first kind here is meant: 王海峰说有多少 asks for a number."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z]{3,}")
_SHARE = re.compile(
    r"占|比|率|百分|[%％成倍翻]|[增涨升降跌减提]|份额|需求|percent|share|rate|grow|rise|fall|increase|decrease",
    re.I,
)
"""Words that ask for a share, a rate or a change."""
_FOLLOWED = re.compile(r"[?？在于被从是有到了的]")
"""What ends the noun that is counted: 多少家用户|在生产环境用."""
_PARTICLES = "的了吗呢在是有"
_BREAK = re.compile(r"[\s?？!！。，,、;；:：“”\"'‘’《》()（）「」『』]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question without the names in it."""

    wanted: Wanted | None
    words: tuple[str, ...]
    """What the answer has to hold, in the folded reading: ``开发者``."""
    thing: Thing | None = None
    """What a list is asked of."""
    saying: bool = False
    """Whether it is about somebody's saying something."""
    negated: bool = False
    """Whether it asks for what is not so, which no report states."""
    focus: tuple[str, ...] = ()
    """What a question for a number counts, as far as the order of its words tells: 开发者 in 多少开发者."""
    share: bool = False
    """Whether a percentage can be meant: a share, a rate, a change."""


def read_question(text: str, names: Iterable[tuple[int, int]] = ()) -> Question:
    """Take a question apart.

    Args:
        text: the question: ``飞桨有多少开发者``.
        names: places of the known names in it, code points, which are left out.
    """
    characters = list(text)
    places = sorted(names)
    for start, end in places:
        characters[start:end] = " " * (end - start)
    rest = fold_text("".join(characters))
    english = _HAN.search(rest) is None
    rest = _translated(rest)
    kinds = table("question_words")
    matches = list(_pattern().finditer(rest))
    said = {kinds[match.group()][0] for match in matches}
    things = [
        cast(Thing, kind[1])
        for match in matches
        if (kind := kinds[match.group()])[0] == "list" and len(kind) > 1
    ]
    wanted = next((kind for kind in _ORDER if kind in said), None)
    counted = next((match.end() for match in matches if kinds[match.group()][0] == "number"), None)
    if counted is not None:
        rest = _without_classifier(rest, counted)
    return Question(
        wanted,
        _words(rest, english=english, counting=wanted == "number"),
        things[0] if things else None,
        saying=bool(said & {"saying", "said"}),
        negated="not" in said,
        share=counted is None or _SHARE.search(text) is not None,
        focus=() if counted is None else _named_after(text, places, counted) or _focus(rest, counted),
    )


def _words(rest: str, *, english: bool = False, counting: bool = False) -> tuple[str, ...]:
    """The runs between the words that ask, without particles at their edges; English words in Chinese too."""
    parts = (_bare(part) for part in _BREAK.split(_pattern().sub(" ", rest)))
    if not english:
        return tuple(filter(None, parts))
    return tuple(word for part in parts if part and (word := _in_chinese(part, counting=counting)))


def _in_chinese(word: str, *, counting: bool) -> str:
    """An English word with its renderings: ``copper|铜``; empty for a verb where a number is asked for."""
    if _LATIN.fullmatch(word) is None:
        return word
    english = table("english")
    forms = (
        word,
        *(word.removesuffix(ending) for ending in ("s", "es", "ed", "d", "ing") if word.endswith(ending)),
    )
    kind, *renderings = next((english[form] for form in forms if form in english), ("",))
    if kind == "verb" and counting:
        return ""
    return "|".join((word, *renderings))


def _without_classifier(rest: str, place: int) -> str:
    """A question without the classifier after its 多少, where a noun follows: 多少例手术, not 多少人."""
    units = table("units")
    for size in (2, 1):
        word, following = rest[place : place + size], rest[place + size : place + size + 1]
        counted = {"count", "person", "loose"} & set(units.get(word, ())) and word not in table(
            "question_units"
        )
        noun = following.isalpha() and following not in _PARTICLES and not is_word(word + following)
        if (counted and noun) or word == "个":
            return rest[:place] + " " * size + rest[place + size :]
    return rest


def _named_after(text: str, places: Sequence[tuple[int, int]], counted: int) -> tuple[str, ...]:
    """The name that follows 多少 and a classifier: 多少家虚拟运营商."""
    named = next((text[start:end] for start, end in places if 0 <= start - counted <= 1), "")
    return (fold_text(named),) if named else ()


def _focus(rest: str, place: int) -> tuple[str, ...]:
    """What is counted: the noun after 多少, or the word before it where nothing follows."""
    run = _FOLLOWED.split(rest[place:].lstrip())[0]
    after = _first_noun(needed(_words(run[:30]), counting=True))
    before = needed(_words(rest[:place]), counting=True)
    if after and run[:1].isalpha():
        return after
    return before[-1:] or after


def _first_noun(words: Sequence[str]) -> tuple[str, ...]:
    """The first noun of some words with what modifies it: 国内专家; of Latin words all: working group."""
    modifiers = table("question_modifiers")
    for index, word in enumerate(words):
        following = words[index + 1 : index + 2]
        latin = bool(following) and word.isascii() and following[0].isascii()
        if word not in modifiers and not latin:
            return tuple(words[: index + 1])
    return tuple(words)


def _bare(part: str) -> str:
    """A word without the particles at its edges, of which others are parts of words: 在|云州, not 国|家."""
    kinds = table("question_words")
    while part and kinds.get(part[0]) == ("edge",) and not (len(part) > 1 and is_word(part[:2])):
        part = part[1:]
    while part and kinds.get(part[-1]) == ("edge",) and len(part) != 2 and not is_word(part[-2:]):
        part = part[:-1]
    return part


def _translated(text: str) -> str:
    """English words of the trade in Chinese, for the articles are."""
    english = table("question_english")

    def chinese(match: re.Match[str]) -> str:
        word = match.group()
        row = english.get(word) or english.get(word.removesuffix("s"))
        return row[0] if row else word

    phrases = sorted((word for word in english if " " in word), key=len, reverse=True)
    for phrase in phrases:
        text = re.sub(rf"\b{re.escape(phrase)}\b", english[phrase][0], text)
    return re.sub(r"[a-z]+", chinese, text)


@cache
def _pattern() -> re.Pattern[str]:
    words = (word for word, kind in table("question_words").items() if kind != ("edge",))
    longest_first = sorted(words, key=len, reverse=True)
    forms = (rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest_first)
    # 在哪 asks for a place, but 在哪家医院 for a post.
    forms = (f"{form}(?![家个所间位些])" if form.endswith("哪") else form for form in forms)
    return re.compile("|".join(forms))
