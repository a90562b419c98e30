"""Short forms of names given in full elsewhere: 黄校长, 周院士, 王总, and the last part of a foreign name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from content.extraction.analysis import Mention
from content.extraction.name_context import MARKS
from content.extraction.titles import title_at, title_before
from content.lexicon import table, terms

_LEADS = frozenset("由据对与和及向请跟同是的在为时后中名让给即有由而但")


def find_short_forms(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions of known people by surname and title, or by the last part of a foreign name.

    Args:
        text: the folded text.
        mentions: the full names, in text order.
    """
    namesakes: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        for key in _keys(text[mention.start : mention.end]):
            if mention.name not in namesakes[key]:
                namesakes[key].append(mention.name)
    if not namesakes:
        return
    titles = _titles(text, mentions)
    starts = [mention.start for mention in mentions]
    pattern = re.compile("|".join(map(re.escape, sorted(namesakes, key=len, reverse=True))))
    for match in pattern.finditer(text):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and mentions[index].end > match.start():
            continue
        end = _end(text, match)
        if end:
            name = _choose(namesakes[match.group()], text[match.end() : end], titles, mentions[: index + 1])
            yield Mention(start=match.start(), end=end, name=name, confidence=0.85, rule="short form")


def _keys(name: str) -> Iterable[str]:
    """What a name is shortened to: its surname, or its last part (马琳·肯加 → 肯加)."""
    parts = re.split("[· ]", name)
    if len(parts) > 1:
        return [parts[-1]] if len(parts[-1]) > 1 else []
    if name.isascii() or len(name) > 4:
        return []
    return [next((name[:n] for n in (2, 1) if name[:n] in table("surname_odds") and len(name) > n), name[:1])]


def _end(text: str, match: re.Match[str]) -> int:
    """Where the short form that begins here ends; 0 where there is none."""
    before = text[match.start() - 1 : match.start()]
    if before not in MARKS and before not in _LEADS and before and "一" <= before <= "鿿":
        return 0
    if len(match.group()) > 2 or not "一" <= match.group()[0] <= "鿿":
        return match.end()
    if text[match.end() : match.end() + 1] == "：" and before in {"", "\n"}:
        return match.end()
    end = title_at(text, match.end(), calls=True)
    one = end == match.end() + 1
    if end == match.end() or (one and max(_word(text, match.start()), _word(text, match.end())) > 1):
        return 0
    return end


def _word(text: str, offset: int) -> int:
    """Length of the word that begins at an offset: 高校, 总|部."""
    return terms("words").at(text, offset)


def _titles(text: str, mentions: Iterable[Mention]) -> dict[str, set[str]]:
    """The titles that stand right before and behind the full names."""
    titles: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        before = text[title_before(text, mention.start) : mention.start]
        titles[mention.name] |= {before, text[mention.end : title_at(text, mention.end)]} - {""}
    return titles


def _choose(names: Sequence[str], title: str, titles: dict[str, set[str]], before: Sequence[Mention]) -> str:
    """Of several people with a surname: who holds the title, else who was named last."""
    holders = [name for name in names if any(held.endswith(title) for held in titles[name])] or list(names)
    recent = next((mention.name for mention in reversed(before[-50:]) if mention.name in holders), None)
    return recent or holders[0]
