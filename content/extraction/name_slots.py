"""Names by their place alone: between a post and a boundary stands a name, whatever its characters are.

云溪大学教授|严格|认为: 严格 is a word and has no surname, but behind a post with its organisation only a
name can stand before the verb. Words in such a place need a verb of speech behind them, and elsewhere in the
text they stay words (严格执行).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from content.extraction.affiliations import posts_before
from content.extraction.name_context import MARKS
from content.extraction.names import Name
from content.extraction.titles import heads, kind, runs_on, title_at, title_before
from content.lexicon import Terms, terms
from content.name_statistics import surname_score

_LONGEST = 4
_INVITED = 0.0
"""Log-odds of a surname from which on the first character of a candidate speaks for it."""
_BEHIND = frozenset("在就也等则都还又再对向从与和及为以将把被曾是则说称指谈讲道代")
_NEVER_FIRST = frozenset(
    "在等们的地得了及以由将把被从之各这那该此所并或而但就也都还又再已正请致作是有无不没与兼暨代一两三"
)
_NEVER_LAST = frozenset("的地得了在是与和及以由将把被从等者们们人员级长家则也都还就")


def find_slot_names(text: str, known: Mapping[str, Name]) -> dict[str, Name]:
    """The names that only their place behind a post shows, by their folded form.

    Args:
        text: the folded text.
        known: the names found by their characters; where one stands nothing else is looked for.
    """
    taken = Terms(known)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start in _slots(text):
        end = 0 if taken.at(text, start) else _end(text, start)
        if end and not _is_no_name(text, start, end):
            places[text[start:end]].append((start, end))
    return {
        name: Name(name, 0.6, "slot", press=False)
        for name, found in places.items()
        if _is_shown(text, name, found)
    }


def stands_as_name(text: str, start: int, end: int) -> bool:
    """Whether a word that is also a name is the name here: 教授|严格, or 严格|表示 behind a mark."""
    if title_before(text, start) < start:
        return not title_at(text, end) > end
    opens = not start or text[start - 1] in MARKS or text[start - 1] in "与和由据"
    labelled = text[end : end + 1] in {"：", "（"} and (not start or text[start - 1] == "\n")
    return opens and (labelled or _says(text, end))


def is_word(name: str) -> bool:
    """Whether a name is an entry of the dictionary as a whole."""
    return terms("words").at(name, 0) == len(name)


def _slots(text: str) -> Iterator[int]:
    """Where a post with its organisation ends and a Chinese character follows."""
    for match in _last_characters().finditer(text):
        start = match.end()
        head = title_before(text, start)
        if head == start or title_at(text, start) > start or text[head:start] in terms("titles", "plain"):
            continue
        if kind(text[head:start]) not in {"post", "rank"} or runs_on(text, head, start):
            continue
        _, posts = posts_before(text, start)
        if any(post.organization and post.title for post in posts):
            yield start


@cache
def _last_characters() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted({word[-1] for word in heads().words}))}](?=[一-龥])")


def _end(text: str, start: int) -> int:
    """Where the shortest run of two to four characters before a boundary ends; 0 where there is none."""
    for end in range(start + 2, min(start + _LONGEST, len(text)) + 1):
        if not "一" <= text[end - 1] <= "鿿":
            return 0
        if end == len(text) or text[end] in MARKS or text[end] in _BEHIND or _acts(text, end):
            return end
    return 0


def _says(text: str, end: int) -> bool:
    """Whether a verb of speech of two characters or more follows, adverbs left out; 严格|说 is an idiom."""
    verb = end + terms("adverbs").at(text, end)
    return any(terms("speech_verbs").at(text, place) > 1 for place in (end, verb))


def _acts(text: str, end: int) -> bool:
    """Whether a verb of speech or participation follows, adverbs left out."""
    verb = end + terms("adverbs").at(text, end)
    takes_part = any(terms("participation").at(text, place) > 1 for place in (end, verb))
    speaks = text[end : end + 1] in {"说", "称"} and text[end + 1 : end + 2] in {"，", "：", "“"}
    return takes_part or speaks or _says(text, end)


def _is_no_name(text: str, start: int, end: int) -> bool:
    """Whether what fills the place is a verb, an adverb, an organisation or a piece of a longer word."""
    name = text[start:end]
    if name[0] in _NEVER_FIRST or name[-1] in _NEVER_LAST or name in terms("not_slots"):
        return True
    if any(terms(verbs).at(text, start) > 1 for verbs in ("speech_verbs", "participation", "adverbs")):
        return True
    if terms("organization_suffixes").before(text, end, start) or terms("not_names").at(text, start):
        return True
    return terms("words").at(text, end - 1) > 1 or terms("words").at(text, start) > end - start


def _is_shown(text: str, name: str, places: list[tuple[int, int]]) -> bool:
    """Whether a candidate speaks or acts in one of its places; what has a surname and is no word need not."""
    if is_word(name):
        return any(_says(text, end) for _, end in places)
    if surname_score(name[0]) > _INVITED:
        return True
    return not _holds_a_word(name) and any(_acts(text, end) for _, end in places)


def _holds_a_word(name: str) -> bool:
    return any(terms("words").at(name, at) > 1 for at in range(len(name) - 1))
