"""Works: titles in 《》, what kind of work each is, and who gives or releases it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
_TITLED = 3
_TALKING = re.compile("题|讲|报告|分享|发言|交流|致辞|致词|阐述|解读|授课|介绍|汇报")
"""What makes a talk of a title behind a word that says little: 就《…》作了|交流."""
_MOST_LISTED = 20
_LIST_REACH = 40
"""How far before its first title a list of talks may say 分别."""
_LISTED = ("和", "与", "及", "以及", "、", "")
_CONFIDENCE = {"cue": 0.93, "suffix": 0.9, "brackets": 0.75}
"""By what told the kind: the words around the title, its own end, nothing."""


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
    titles = [span for span in title_spans(analysis.reading) if not _is_newspaper(analysis.reading, span)]
    for run in _runs(analysis.reading, titles):
        index = bisect_right(starts, run[0].start) - 1
        if index < 0 or body[index].end <= run[0].start or _is_press(analysis.reading, run):
            continue
        for work in _listed(analysis, body[index], body[index - 1] if index else None, run):
            works.setdefault(work.title, work)
    return tuple(works.values())


def _runs(reading: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """The titles in lists of those that stand side by side: 《…》、《…》和《…》."""
    run: list[Span] = []
    for span in spans:
        if run and (reading[run[-1].end : span.start] not in _LISTED or len(run) == _MOST_LISTED):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _is_newspaper(reading: str, span: Span) -> bool:
    """Whether a title is called like a newspaper: 《…日报》."""
    return terms("work_suffixes", "press").before(reading, span.end - 1, span.start) > 0


def _is_press(reading: str, run: Sequence[Span]) -> bool:
    """Whether titles are names of newspapers that tell something: 接受《…》采访, 《…》记者."""
    cues, start, end = terms("press_cues", "before"), run[0].start, run[-1].end
    return cues.before(reading, start) > 0 or terms("press_cues", "after").at(reading, end) > 0


def _listed(analysis: Analysis, sentence: Span, above: Span | None, run: Sequence[Span]) -> Iterator[Work]:
    """The works of a list: talks where one is, each with its own giver where there are as many."""
    found = [
        _work(analysis, sentence, above, span, title)
        for span in run
        if (title := _BREAK.sub("", analysis.document.text[span.start + 1 : span.end - 1]).strip())
    ]
    talks = any(work.kind == "talk" for work in found) and _is_said_of_all(analysis.reading, run)
    givers = _givers(analysis, sentence, run[0].start) if talks else []
    for index, work in enumerate(found):
        # 发布了《…》和《…》: the words before the first title speak for the others as well.
        by = givers[index] if len(givers) == len(found) else found[0].by
        yield replace(found[0] if talks else work, start=work.start, end=work.end, title=work.title, by=by)


def _is_said_of_all(reading: str, run: Sequence[Span]) -> bool:
    """Whether words around a list make talks of all its titles: 题为|《…》、《…》|的报告."""
    titled = "题" in reading[max(0, run[0].start - _TITLED) : run[0].start]
    return titled or terms("work_cues", "after").at(reading, run[-1].end) > 0


def _givers(analysis: Analysis, sentence: Span, end: int) -> list[str]:
    """The people of the list that gives talks in order: 甲、乙分别作了题为|《…》、《…》的报告."""
    reading, reach = analysis.reading, max(sentence.start, end - _LIST_REACH)
    at = max(reading.rfind(word, reach, end) for word in ("分别", "先后", "依次"))
    if at < 0:
        return []
    first = bisect_right(analysis.people, sentence.start - 1, key=lambda person: person.start)
    last = bisect_right(analysis.people, at - 1, key=lambda person: person.start)
    return list(dict.fromkeys(person.name for person in analysis.people[first:last][-_MOST_LISTED:]))


def _work(analysis: Analysis, sentence: Span, before: Span | None, span: Span, title: str) -> Work:
    kind, rule = _kind(analysis.reading, sentence, span)
    by = _giver(analysis, sentence, before, span) if kind == "talk" else _releaser(analysis, sentence, span)
    return Work(
        start=span.start,
        end=span.end,
        title=title,
        kind=kind,
        by=by,
        confidence=_CONFIDENCE[rule],
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
    if before and "weak" in cues[reading[span.start - before : span.start]] and not after:
        clause = _CLAUSE_END.search(reading, span.end, sentence.end)
        before *= _TALKING.search(reading, span.end, clause.start() if clause else sentence.end) is not None
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
