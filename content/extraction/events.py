"""The event that an article reports: its name, and the details that the text gives of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from content.document import Span
from content.extraction.analysis import Analysis
from content.extraction.event_details import find_city, find_date, find_hosts, find_theme, find_venue
from content.extraction.event_names import Named, find_names, has_edition
from content.lexicon import table, terms
from content.model import Event

_LEAD = 3
"""How many sentences make up the lead of an article."""
_NEAR = 40
"""How far behind a name its predicate is looked for, in code points."""
_BEFORE = 24
_HOLDING = re.compile(r"(?:举行|举办|召开|主办)(?:了|的)?(?:首场|首次|专题|系列|一场)?“?$")
_CLOSE = 2.0
"""How much less may speak for a longer name of the best event."""
_THRESHOLD = 4.0
"""Below this, what looks like an event is only mentioned."""


@dataclass(frozen=True, slots=True)
class _Scored:
    named: Named
    score: float


def find_event(analysis: Analysis) -> Event | None:
    """Find the forum that the article reports; None where it reports none."""
    body = analysis.body or analysis.document.sentences
    candidates = [
        (named, index)
        for index, sentence in enumerate(body)
        for named in find_names(analysis.reading, sentence)
    ]
    told = Counter(analysis.reading[named.span.start : named.span.end] for named, _ in candidates)
    bare = sum(named.bare for named, _ in candidates)
    scored = [
        _Scored(named, _score(analysis.reading, named, index, told, bare)) for named, index in candidates
    ]
    best = max((item for item in scored if not item.named.bare), key=_by_score, default=None)
    if best is None or best.score < _THRESHOLD:
        # 举行新闻发布会 names its event by nothing but its kind.
        best = max(
            (item for item in scored if _is_called(analysis.reading, item)), key=_by_score, default=None
        )
    if best is None or best.score < _THRESHOLD:
        return None
    return _event(analysis, body, _fullest(analysis.reading, best, scored))


def _fullest(reading: str, best: _Scored, scored: Sequence[_Scored]) -> _Scored:
    """The same event with its edition or its twin (第六届松城论坛 for 松城论坛), told almost as clearly."""
    name = _named(reading, best)
    longer = [
        item
        for item in scored
        if item.score >= best.score - _CLOSE
        and len(_named(reading, item)) > len(name)
        and _named(reading, item).endswith(name)
        and ("暨" in _named(reading, item) or (has_edition(_named(reading, item)) and not has_edition(name)))
    ]
    return max(longer, key=_by_score, default=best)


def _named(reading: str, item: _Scored) -> str:
    return reading[item.named.span.start : item.named.span.end]


def _is_called(reading: str, item: _Scored) -> bool:
    """Whether a bare kind of event is what somebody holds."""
    start = item.named.span.start
    return item.named.bare and _HOLDING.search(reading[max(0, start - _BEFORE) : start]) is not None


def _by_score(item: _Scored) -> float:
    return item.score


def _event(analysis: Analysis, body: Sequence[Span], best: _Scored) -> Event:
    text, span = analysis.document.text, _without_ceremony(analysis.reading, best.named)
    name = text[span.start : span.end].strip(" “”、")
    venue, city = find_venue(analysis.reading, body, best.named)
    city = city or find_city(analysis.reading, best.named)
    return Event(
        start=span.start,
        end=span.end,
        name=_balanced(name, text[span.start : span.end]),
        date=find_date(analysis, body, best.named),
        venue=None if venue is None else text[venue.start : venue.end],
        city=None if city is None else text[city.start : city.end],
        theme=find_theme(analysis, body, best.named),
        hosts=find_hosts(analysis, body),
        confidence=min(0.95, 0.5 + best.score / 20),
        rule=f"event.{table('event_suffixes')[best.named.suffix][0]}",
    )


def _without_ceremony(reading: str, named: Named) -> Span:
    """第三届松城博览会|开幕式: the ceremony opens the event that is meant."""
    start, end = named.span.start, named.span.end
    opened = end - len(named.suffix)
    ceremony = named.suffix in {"开幕式", "闭幕式", "开幕会"}
    opens = ceremony and terms("event_suffixes").before(reading, opened, start) > 0
    return Span(start, opened) if opens else named.span


def _balanced(name: str, raw: str) -> str:
    """The name with the quotes that belong to it: “…”平行论坛 keeps both, 2011…论坛” keeps none."""
    return raw.strip(" 、") if name.count("“") != name.count("”") else name


def _score(reading: str, named: Named, index: int, told: Counter[str], bare: int) -> float:
    """How much speaks for a name being the event that the article reports."""
    name = reading[named.span.start : named.span.end]
    strength = table("event_suffixes")[named.suffix][0]
    score = {"strong": 1.5, "press": 1.5, "fair": 0.5}[strength]
    score += 2.0 if index < _LEAD else 1.0 if index < 2 * _LEAD else 0.0
    score += _held(reading, named, index < _LEAD)
    score += 1.0 if has_edition(name) else 0.0
    if not named.bare:
        score += min(told[name] - 1, 2) * 0.75 + min(bare, 3) * 0.3
    score += 0.5 if len(name) >= 8 else 0.0 if len(name) >= 5 else -1.0
    return score


def _held(reading: str, named: Named, in_lead: bool) -> float:
    """What the words around a name say of its taking place."""
    start, end = named.span.start, named.span.end
    early = max(named.sentence.start, start - _BEFORE)
    early = max(early, reading.rfind("，", early, start) + 1)
    limit = min(named.sentence.end, end + _NEAR)
    clause = _mark(reading, end, limit)
    before, after = reading[early:start], reading[end : end + 3].lstrip("”）")
    planned = _says(reading, "planned", early, start) or _says(reading, "planned", end, clause)
    if planned or after.startswith("期间"):
        # 大会期间，某论坛举行: the report is on the other.
        return -1.0
    # 论坛，在某地举行 and 论坛，圆满落幕 run on.
    if reading.startswith(("在", "于"), clause + 1) or terms("event_predicates").at(reading, clause + 1):
        clause = _mark(reading, clause + 1, limit)
    if _says(reading, "held", end, clause) or _HOLDING.search(before):
        return 2.5
    if after.startswith(("上", "现场", "中")):
        return 2.0 if in_lead else 0.5
    return 1.0 if before.endswith(("出席", "参加", "亮相")) else 0.0


def _mark(reading: str, start: int, limit: int) -> int:
    return next((at for at in range(start, limit) if reading[at] in "，。；"), limit)


def _says(reading: str, kind: str, start: int, end: int) -> bool:
    predicates = terms("event_predicates", kind)
    return any(predicates.at(reading, at) for at in range(start, end))
