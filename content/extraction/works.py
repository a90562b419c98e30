"""Works: titles in 《》, what kind of work each is, and who gives or releases it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from content.document import Span
from content.extraction.analysis import Analysis, Mention
from content.lexicon import table, terms
from content.model import Work, WorkKind

_BRACKET = re.compile("[《》]")
_LENGTH = 100
"""Longer texts in 《》 are no titles; a bracket without its partner reaches no farther."""
_BREAK = re.compile(r"\s*\n\s*")
_CLAUSE_END = re.compile("[，。；：！？\n]")
_GAP = 12
"""How many code points may stand between a cue and its title (题为|“开放创新”的|《…》)."""
_MOST_NAMES = 200
_NOTE = re.compile(r"（[^（）]*）$")
"""What a title says of its edition: …白皮书（2031）."""
_LISTED = ("和", "与", "及", "以及", "、", "")
_CONFIDENCE = {"talk": 0.9, "report": 0.85, "policy": 0.85, "other": 0.7}


def title_spans(reading: str) -> tuple[Span, ...]:
    """The outermost 《…》, brackets included; a title may run over one line end."""
    found: list[Span] = []
    opened: list[int] = []
    for bracket in _BRACKET.finditer(reading):
        at = bracket.start()
        if bracket.group() == "《":
            opened.append(at)
            continue
        if not opened:
            continue
        span = Span(opened.pop(), at + 1)
        if 2 < len(span) <= _LENGTH and reading.count("\n", span.start, span.end) <= 1:
            while found and found[-1].start > span.start:
                found.pop()
            found.append(span)
    return tuple(found)


def find_works(analysis: Analysis) -> tuple[Work, ...]:
    """Find the titles that the article names, each once, at its first mention."""
    body = analysis.body or analysis.document.sentences
    starts = [sentence.start for sentence in body]
    works: dict[str, Work] = {}
    last: tuple[Span, Work] | None = None
    for span in title_spans(analysis.reading):
        index = bisect_right(starts, span.start) - 1
        if index < 0 or body[index].end <= span.start:
            continue
        title = _BREAK.sub("", analysis.document.text[span.start + 1 : span.end - 1]).strip()
        if not title:
            continue
        before = body[index - 1] if index else None
        work = _work(analysis, body[index], before, span, title)
        if last and analysis.reading[last[0].end : span.start] in _LISTED:
            # 发布了《…》和《…》: the words before the first title speak for the second as well.
            work = replace(work, by=last[1].by)
        last = (span, work)
        works.setdefault(title, work)
    return tuple(works.values())


def _work(analysis: Analysis, sentence: Span, before: Span | None, span: Span, title: str) -> Work:
    kind, rule = _kind(analysis.reading, sentence, span)
    by = _giver(analysis, sentence, before, span) if kind == "talk" else _releaser(analysis, sentence, span)
    return Work(
        start=span.start,
        end=span.end,
        title=title,
        kind=kind,
        by=by,
        confidence=_CONFIDENCE[kind],
        rule=f"work.{rule}",
    )


def _kind(reading: str, sentence: Span, span: Span) -> tuple[WorkKind, str]:
    """The kind that the words around a title tell, else the kind that its own end tells."""
    suffixes, cues = table("work_suffixes"), table("work_cues")
    end = span.end - 1
    if note := _NOTE.search(reading[span.start : end]):
        end = span.start + note.start()
    length = terms("work_suffixes").before(reading, end, span.start)
    named = suffixes[reading[end - length : end]][0] if length else None
    after = terms("work_cues", "after").at(reading, span.end)
    before = terms("work_cues", "before").before(reading, span.start, sentence.start)
    if after or (before and not named):
        cue = reading[span.end : span.end + after] or reading[span.start - before : span.start]
        return cast(WorkKind, cues[cue][-1]), "cue"
    return (cast(WorkKind, named), "suffix") if named else ("other", "brackets")


def _giver(analysis: Analysis, sentence: Span, before: Span | None, span: Span) -> str | None:
    """The person who was last named before the title, in its sentence or else in the one before it."""
    person = _last(analysis.people, sentence.start, span.start)
    if person is None and before is not None:
        person = _last(analysis.people, before.start, before.end)
    return person.name if person else None


def _releaser(analysis: Analysis, sentence: Span, span: Span) -> str | None:
    """Who releases the work, named before the verb of releasing in the same clause."""
    reading = analysis.reading
    verb = _release_verb(reading, sentence.start, span.start)
    if verb is None:
        return None
    end = verb
    while length := terms("release_verbs").before(reading, end, sentence.start):
        end -= length
    # A verb that opens its clause has the subject of the sentence: 温如言，…，主编的《…》.
    opens = end == sentence.start or _CLAUSE_END.match(reading, end - 1) is not None
    for layer in (analysis.organizations, analysis.people):
        mention = _last(layer, sentence.start, end)
        if mention is None or reading.startswith("的", mention.end):
            continue
        if opens or not _CLAUSE_END.search(reading, mention.end, end):
            return mention.name
    return _short_name(analysis, sentence.start, end)


def _short_name(analysis: Analysis, start: int, end: int) -> str | None:
    """The beginning of an organisation's name that stands before an offset: Gartner, of Gartner（高德纳）."""
    for name in dict.fromkeys(mention.name for mention in analysis.organizations[:_MOST_NAMES]):
        for length in range(len(name) - 1, 1, -1):
            if analysis.document.text.endswith(name[:length], start, end):
                return name[:length]
    return None


def _release_verb(reading: str, start: int, end: int) -> int | None:
    """End of the last verb of releasing in the title's own clause."""
    verbs = terms("release_verbs", "release")
    for at in range(end, max(start, end - _GAP), -1):
        if verbs.before(reading, at, start):
            return at
        if _CLAUSE_END.match(reading, at - 1):
            return None
    return None


def _last(mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The last mention between two offsets; mentions are in text order."""
    at = bisect_right(mentions, end - 1, key=lambda mention: mention.start) - 1
    return mentions[at] if at >= 0 and mentions[at].start >= start else None
