"""Chinese personal names: surname and given-name statistics weighed with what stands around a name.

Every place where a surname may begin a name yields candidates of each length; each is scored by how much its
characters look like a name, by what stands before it (a title, a mark, 由) and behind it (a title, a verb of
speech, a mark, a word). The evidence of all places of a text is added up, so that a name seen once in a strong
context is known everywhere and 朱学|庆会见 loses to 朱学庆|会见. Scores are about natural logarithms.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from content.extraction.titles import before_gap, heads, kind, title_at, title_before
from content.lexicon import table, terms
from content.name_statistics import name_score

MARKS = frozenset(" \n，。、；：？！（）“”‘’《》〈〉【】—–-…/|｜丨*#>■▲●◆★·.~")
_LEADS = frozenset("由据对与和及向请跟同是的在为时后中上了名位者员让给即如到因为有见任任命邀")
_FOLLOWERS = frozenset(
    "在就也等及和对为与将以从向由则还又的是曾已并称做作率携把让被给因到来去说谈讲一这以又带获担代各两三所"
)
_TITLE, _SPEECH, _ACT, _MARK, _WORD, _BROKEN = 5.0, 3.5, 2.5, 1.5, 0.7, -4.0
_TITLED = 8.0
_NEEDED = 4.5
_NEEDED_ALONE = 9.5
"""What a name needs that neither a title nor a verb of speech stands beside."""


@dataclass(frozen=True, slots=True)
class Name:
    """A personal name of the article and how sure it is."""

    text: str
    confidence: float
    rule: str
    press: bool
    """Whether it is only ever named as the one who made the article (记者 李某)."""


@dataclass(slots=True)
class _Evidence:
    places: list[float]
    titled: bool = False
    press: int = 0


def find_names(text: str) -> dict[str, Name]:
    """The Chinese personal names of a folded text, by their folded form."""
    seen: dict[str, _Evidence] = defaultdict(lambda: _Evidence([]))
    for start in _starts(text):
        before, title = _before(text, start)
        if before is None:
            continue
        for end in _ends(text, start):
            after = _after(text, start, end)
            evidence = seen[text[start:end]]
            evidence.places.append(before + after)
            evidence.titled |= after > _BROKEN and (title not in {"", "press"} or title_at(text, end) > end)
            evidence.press += title == "press"
    scores = {name: _score(name, evidence) for name, evidence in seen.items()}
    good = {name: score for name, score in scores.items() if score >= _threshold(seen[name])}
    beaten = _beaten(good)
    return {name: _named(name, good[name], seen[name]) for name in good if name not in beaten}


def _starts(text: str) -> Iterator[int]:
    for match in _surname_characters().finditer(text):
        if not heads().at(text, match.start()):
            yield match.start()


@cache
def _surname_characters() -> re.Pattern[str]:
    return re.compile(f"[{''.join({name[0] for name in table('surname_odds')})}]")


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a name that begins here may end: one or two characters behind the surname."""
    for surname in {1, terms("surname_odds").at(text, start)}:
        if text[start : start + surname] not in table("surname_odds"):
            continue
        for given in (1, 2):
            end = start + surname + given
            if end <= len(text) and all("一" <= c <= "鿿" for c in text[start + surname : end]):
                yield end


def _before(text: str, start: int) -> tuple[float | None, str]:
    """What speaks for a name beginning here, and the kind of title before it."""
    end = before_gap(text, start)
    if not start or text[start - 1] == "\n":
        return _MARK, ""
    opening = title_before(text, end)
    if opening < end and text[start] in "暨兼":
        return None, ""
    if opening < end:
        return _TITLE, kind(text[opening:end])
    if text[start - 1] in "（“":
        return _WORD / 2, ""
    if text[start - 1] in MARKS or not "一" <= text[start - 1] <= "鿿":
        return _MARK, ""
    if text[start - 1] in _LEADS:
        return _WORD / 2, ""
    if terms("organization_suffixes").before(text, start) > 1:
        return _ACT, ""
    return (-_WORD, "") if terms("words").before(text, start) else (None, "")


def _after(text: str, start: int, end: int) -> float:
    """What speaks for a name ending here."""
    following = text[end : end + 1]
    if not following or text.startswith(text[start:end], end):
        return _MARK
    if (title := title_at(text, end)) > end:
        return _WORD if _names_someone(text, title) else _TITLE - 0.5
    verb = end
    for _ in range(2):
        verb += terms("adverbs").at(text, verb)
    if terms("speech_verbs").at(text, verb) or terms("speech_verbs").at(text, end):
        return _SPEECH
    if terms("participation").at(text, end):
        return _ACT
    if following in MARKS:
        return _SPEECH if following == "：" and _opens_line(text, start) else _MARK
    if following in _FOLLOWERS or terms("words").at(text, end) > 1 or not "一" <= following <= "鿿":
        return _WORD
    return _BROKEN


def _opens_line(text: str, offset: int) -> bool:
    return not offset or text[offset - 1] == "\n"


def _names_someone(text: str, start: int) -> bool:
    """Whether a name begins behind a title, so that what stands before it is an organisation (高通|总裁|李某)."""
    return any(name_score(text[start : start + length]) > 3 for length in (2, 3))


def _score(name: str, evidence: _Evidence) -> float:
    places = sorted(evidence.places, reverse=True)
    broken = sum(place < 0 for place in places) / len(places)
    return plausibility(name) + places[0] + 0.3 * sum(max(0.0, place) for place in places[1:3]) - 3 * broken


def plausibility(name: str) -> float:
    """How much a folded string looks like a name by itself; a surname with a title (王处长) is none."""
    titled = heads().before(name, len(name)) or name[-1] in terms("titles", "call") and len(name) == 2
    return name_score(name) - (_TITLED if titled else 0.0)


def _threshold(evidence: _Evidence) -> float:
    return _NEEDED if evidence.titled or evidence.press or max(evidence.places) > _SPEECH else _NEEDED_ALONE


def _beaten(scores: dict[str, float]) -> set[str]:
    """The names of whose two readings, the shorter and the longer, the other has the better evidence."""
    beaten = set()
    for longer, score in scores.items():
        for shorter in (longer[:n] for n in range(2, len(longer))):
            if shorter in scores:
                beaten.add(longer if scores[shorter] > score else shorter)
    return beaten


def _named(name: str, score: float, evidence: _Evidence) -> Name:
    press = evidence.press > 0 and not evidence.titled
    rule = "press" if press else "title" if evidence.titled else "speech"
    return Name(name, min(0.99, 0.5 + (score - _NEEDED) / 24), rule, press)
