"""Who said which sentence: direct and indirect speech, carried on until something ends it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from content.document import Span
from content.extraction.analysis import Analysis, Phrase
from content.extraction.cues import Cue, elided_cue, group_cue, named_cues, predicate, pronoun_cue
from content.extraction.labels import Label, find_labels
from content.extraction.quotes import MASK, TITLE, Quotations
from content.extraction.speeches import find_speeches
from content.lexicon import terms
from content.model import GROUP, Statement

_TAIL = 24
"""Code points: a sentence this short that ends with the verb (李强表示。) says who, and nothing else."""
_HEADING = 45
"""Code points of the longest heading."""
_HEADING_REST = 6
"""Code points that a heading may have beside a name with its posts (01 李某院士致辞)."""
_ENDINGS = frozenset("。！？；：”…）.")
_TERM = 12
"""Code points: a quotation as short as this may be a term and no speech."""
_LEAD = 16
"""Code points before a subject: 随后，在主论坛环节，|林某."""
_UNNAMED = re.compile(
    "[一-龥]{0,20}?(?:负责同志|负责人|有关人士|相关人士|工作人员)(?=[在对向也还说就]|表示|介绍|认为|指出|告诉|透露)"
)
"""东营市旅发委负责同志|在发言中…: another speaks, whom the article does not name."""
_CAPTION = re.compile("在|与|和|致|作|出席|参加|参观|主持|发表|讲解|颁|接受|代表|为[^，]*(?:颁|授|揭)")
"""林某教授|在演讲, 林某教授|与专家在一起: what a picture shows."""
_CONFIDENCE = {
    "named": 0.98,
    "elided subject": 0.93,
    "carried": 0.91,
    "group": 0.89,
    "pronoun": 0.88,
    "quotation": 0.88,
    "attributed behind": 0.86,
    "label": 0.83,
    "in the eyes of": 0.8,
}
"""How often a rule was right, smoothed by one success and one failure; by ``bench/calibration.py``."""
_UNMEASURED = 0.85
_GOES_ON = re.compile(
    r"针对以上|针对上述|为此|对此|基于此|具体而言|首先|其次|再次|最后"
    r"|，|第[一二三四五六七八九十][，、：是]|[一二三四五六七八九十]是|[一二三四五六七八九十]、"
)


def find_statements(analysis: Analysis) -> tuple[Statement, ...]:
    """Every sentence that the article attributes, one statement for each of its speakers."""
    return tuple(
        statement
        for statement in _Reader(analysis).statements()
        if any(c.isalnum() for c in analysis.reading[statement.start : statement.end])
    )


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    sentences: tuple[Span, ...]


class _Reader:
    """Reads an article sentence by sentence and knows who is speaking."""

    def __init__(self, analysis: Analysis) -> None:
        self._body = analysis.body
        self._text = analysis.reading
        self._quotes = Quotations(analysis.reading)
        self._masked = self._quotes.masked
        self._phrases = analysis.phrases
        self._starts = [phrase.mention.start for phrase in analysis.phrases]
        self._lines = list(_lines(analysis))
        self._labels = find_labels(analysis.reading, [line.span for line in self._lines], analysis.phrases)
        spans = [line.span for line in self._lines]
        self._printed = iter(() if self._labels else find_speeches(self._text, spans, self._phrases))
        self._speech = next(self._printed, None)
        """The next printed speech, or the one that is being read."""
        self._speakers: tuple[str, ...] = ()
        """Who is speaking now; empty in narration."""
        self._last: tuple[str, ...] = ()
        """Who a pronoun stands for."""
        self._section: tuple[str, ...] = ()
        """Whose name the last heading was."""
        self._introduced = False
        """Whether the line that is being read has named who is speaking."""
        self._labelled = False
        """Whether a transcript has begun."""
        self._labelled_lines = 0
        """Lines of the transcript that carry on from the line above."""
        self._interruptions = 0
        """How often the article spoke again in the transcript."""
        self._colon = False
        """Whether the line before ended with a colon that opens what is said."""

    def statements(self) -> Iterator[Statement]:
        """The statements in text order."""
        for line in self._lines:
            if self._is_in_speech(line):
                yield from self._printed_line(line)
                continue
            label = self._labels.get(line.span.start)
            if label or (self._labelled and self._goes_on(line)):
                yield from self._transcribed(line, label)
                continue
            self._interruptions += self._labelled
            self._labelled = False
            if self._is_heading(line):
                self._open_section(line)
                continue
            self._begin(line)
            self._introduced = False
            for index, sentence in enumerate(line.sentences):
                yield from self._read(line, index, sentence)
            self._colon = self._opens(line.sentences[-1])

    def _opens(self, sentence: Span) -> bool:
        """Whether a sentence ends with a colon that opens what somebody says in the next line."""
        return self._text[sentence.end - 1] == "：" and bool(self._speakers or self._cues(sentence))

    def _is_in_speech(self, line: _Line) -> bool:
        """Whether a line belongs to a speech that the article prints in full."""
        while self._speech and self._speech.end <= line.span.start:
            self._speech = next(self._printed, None)
        return self._speech is not None and self._speech.start <= line.span.start

    def _printed_line(self, line: _Line) -> Iterator[Statement]:
        """A line of a printed speech; its headings are the editors'."""
        if self._speech is None or self._is_heading(line):
            return
        self._speakers = (self._speech.name,)
        self._remember(self._speakers)
        for sentence in line.sentences:
            yield from self._said(sentence, "printed speech")
        self._speakers = ()

    def _begin(self, line: _Line) -> None:
        """Who is speaking when a line begins."""
        spoke, self._speakers = self._speakers, ()
        if self._carries_over(line, spoke):
            self._speakers = spoke or self._last
        elif self._section and not self._is_narration(line.sentences[0]):
            self._speakers = self._section
        else:
            self._section = ()

    def _open_section(self, line: _Line) -> None:
        """A heading that is a name with its posts opens the section of what that person said."""
        people = self._people(line.span)
        names = tuple(dict.fromkeys(phrase.mention.name for phrase in people))
        self._speakers = ()
        self._remember(names)
        rest = len(line.span) - (people[0].end - people[0].start) if people else 0
        bare = (
            len(names) == 1
            and rest <= _HEADING_REST
            and "主持" not in self._text[line.span.start : line.span.end]
            and not _CAPTION.match(self._text, people[0].end)
        )
        self._section = names if bare and line.span.start > self._lines[0].span.start else ()

    def _transcribed(self, line: _Line, label: Label | None) -> Iterator[Statement]:
        """A line of a transcript: its label's, or that of the line before."""
        said = line.sentences
        if label:
            self._labelled = True
            self._speakers = self._labelled_speakers(label)
            self._remember(self._speakers)
            said = tuple(sentence for sentence in said if sentence.end > label.end)
        elif self._is_heading(line):
            return
        for sentence in said:
            yield from self._said(sentence, "label")

    def _goes_on(self, line: _Line) -> bool:
        """Whether a line without a label still is the labelled one's.

        Between sound bites, where the article speaks again and again, a label holds for its line only.
        """
        if self._interruptions > max(1, self._labelled_lines) or self._ends_transcript(line):
            return False
        self._labelled_lines += 1
        return True

    def _ends_transcript(self, line: _Line) -> bool:
        """Whether the article speaks again (林某|院长表示…); 林某|老师的课… may be said by the labelled."""
        sentence = line.sentences[0]
        if not self._is_narration(sentence):
            return False
        people = self._people(sentence)
        return not people or people[0].start > sentence.start or bool(self._cues(sentence))

    def _labelled_speakers(self, label: Label) -> tuple[str, ...]:
        if label.kind == "question":
            return ()
        if label.name:
            return (label.name,)
        return self._last or tuple(phrase.mention.name for phrase in self._phrases[:1])

    def _read(self, line: _Line, index: int, sentence: Span) -> Iterator[Statement]:
        cues = self._cues(sentence)
        if cues and not self._is_aside(sentence, cues):
            content = [cue for cue in cues if cue.manner != "talk"]
            self._speakers = tuple(dict.fromkeys(name for cue in content or cues for name in cue.speakers))
            self._remember(self._speakers)
            if content and not self._is_tail(sentence, content[-1]):
                yield from self._said(sentence, content[0].rule)
            elif not content:
                self._speakers = ()
            self._introduced = bool(self._speakers)
            return
        speakers, rule = self._unsaid(line, index, sentence)
        self._speakers = speakers
        if not speakers:
            self._remember_only(sentence)
        if rule == "carried" and index == 0 and self._only_announces(sentence):
            return
        yield from self._said(sentence, rule)

    def _is_aside(self, sentence: Span, cues: Sequence[Cue]) -> bool:
        """Whether a speaker only tells that others spoke (我们邀请了林某作报告)."""
        talk = all(cue.manner == "talk" for cue in cues)
        return bool(self._speakers) and talk and cues[0].start - sentence.start > _LEAD

    def _cues(self, sentence: Span) -> list[Cue]:
        """What the sentence itself says of its speakers; reports inside reports are left out."""
        people = self._people(sentence)
        named = list(named_cues(self._masked, sentence, people))
        pronoun = pronoun_cue(self._masked, sentence, people, self._last)
        group = group_cue(self._masked, sentence, GROUP)
        cues = sorted([*named, *(cue for cue in (pronoun, group) if cue)], key=lambda cue: cue.start)
        return _outer(self._masked, cues)

    def _people(self, sentence: Span) -> Sequence[Phrase]:
        """The people named in a sentence outside its quotations."""
        low, high = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        return [
            phrase
            for phrase in self._phrases[low:high]
            if self._masked[phrase.mention.start] not in {MASK, TITLE}
            and not (self._speakers and self._is_cited(phrase))
        ]

    def _unsaid(self, line: _Line, index: int, sentence: Span) -> tuple[tuple[str, ...], str]:
        """Who says a sentence that does not say so itself, and by which rule."""
        quotation = self._quotes.around(sentence.start)
        if quotation:
            return self._quoted(line, index, quotation)
        if self._speakers and elided_cue(self._masked, sentence, self._speakers):
            return self._speakers, "elided subject"
        if not self._speakers or self._is_narration(sentence):
            return (), ""
        return self._speakers, "carried"

    def _quoted(self, line: _Line, index: int, quotation: Span) -> tuple[tuple[str, ...], str]:
        """Who says a sentence inside a quotation: who is speaking, or who is named behind it."""
        if self._speakers and index:
            return self._speakers, "quotation"
        if behind := self._behind(line, quotation):
            return behind, "attributed behind"
        spoken = len(quotation) > _TERM and self._is_speech(quotation, line)
        return self._speakers or (self._last if spoken else ()), "quotation"

    def _behind(self, line: _Line, quotation: Span) -> tuple[str, ...]:
        """Who a quotation is given to by the words behind it (“……。”李某表示。)."""
        # A full stop behind the closing mark (“……”。) is still the quotation's sentence.
        place = bisect_right(self._body, quotation.end + 1, key=attrgetter("end"))
        if place == len(self._body):
            return ()
        following = self._body[place]
        rest = Span(max(following.start, quotation.end), following.end)
        cues = self._cues(rest)
        near = cues and cues[0].start - rest.start <= 40
        if near and (following.start < line.span.end or self._is_tail(rest, cues[0])):
            return cues[0].speakers
        if near or quotation.start > line.span.start or following.start >= line.span.end:
            return ()
        # “没想到会这么快。”林某第一次来参会: who is named at once is who was quoted.
        people = self._people(rest)
        return (people[0].mention.name,) if people and people[0].start - rest.start <= 2 else ()

    def _carries_over(self, line: _Line, spoke: tuple[str, ...]) -> bool:
        """Whether what was said in the line before goes on in this one."""
        text, start = self._text, line.span.start
        if self._colon and self._last:
            return True
        if not spoke:
            return False
        quotation = self._quotes.around(start)
        if quotation and self._is_speech(quotation, line):
            return True
        return bool(_GOES_ON.match(text, start)) or self._leaves_out_subject(line, spoke)

    def _is_speech(self, quotation: Span, line: _Line) -> bool:
        """Whether a quotation is speech and not a term (“智算”作为…)."""
        return quotation.end >= line.span.end - 1 or self._text[quotation.end - 2] in "。！？…，"

    def _leaves_out_subject(self, line: _Line, spoke: tuple[str, ...]) -> bool:
        return elided_cue(self._masked, line.sentences[0], spoke) is not None

    def _is_narration(self, sentence: Span) -> bool:
        """Whether the article speaks in its own voice again (随后,…; 副市长李某参加了…)."""
        # Within the paragraph that names the speaker 本次论坛… is still said.
        if _UNNAMED.match(self._text, sentence.start, sentence.end):
            return True
        told = self._introduced and terms("narration", "said").at(self._text, sentence.start)
        if not told and terms("narration").at(self._text, sentence.start):
            return True
        people = self._people(sentence)
        if sum(bool(phrase.posts) for phrase in people) > 1:
            return True
        if not people or people[0].start - sentence.start > 2:
            return False
        if self._section == (people[0].mention.name,):
            return True
        return people[0].mention.name not in self._speakers and not self._is_cited(people[0])

    def _is_cited(self, phrase: Phrase) -> bool:
        return any(terms("cited").before(post.title or "", len(post.title or "")) for post in phrase.posts)

    def _is_heading(self, line: _Line) -> bool:
        """Whether a line is a heading: short, without an ending, and no item of what is being said."""
        text, span = self._text, line.span
        if self._speakers and _GOES_ON.match(text, span.start):
            return False
        return (
            len(span) <= _HEADING
            and text[span.end - 1] not in _ENDINGS
            and "，" not in text[span.start : span.end]
        )

    def _is_tail(self, sentence: Span, cue: Cue) -> bool:
        """Whether a sentence says who spoke and nothing else (李某表示。)."""
        rest = self._text[cue.end : sentence.end].strip("道说称。！？，：”")
        return not rest and sentence.end - cue.start <= _TAIL and self._text[sentence.end - 1] != "："

    def _only_announces(self, sentence: Span) -> bool:
        """Whether a sentence says that somebody spoke, not what (就《…》作了精彩的分享。)."""
        verb = predicate(self._masked, sentence.start, sentence.end)
        return (
            verb is not None
            and verb.manner == "talk"
            and not self._text[verb.end : sentence.end].strip("。！")
        )

    def _remember_only(self, sentence: Span) -> None:
        """A pronoun stands for the one person whom narration named (论坛由林某主持。他表示…)."""
        names = {phrase.mention.name for phrase in self._people(sentence)}
        if len(names) == 1:
            self._remember(tuple(names))

    def _remember(self, speakers: tuple[str, ...]) -> None:
        if named := tuple(name for name in speakers if name != GROUP):
            self._last = named

    def _said(self, sentence: Span, rule: str) -> Iterator[Statement]:
        confidence = _CONFIDENCE.get(rule, _UNMEASURED)
        for name in self._speakers:
            yield Statement(
                start=sentence.start, end=sentence.end, speaker=name, confidence=confidence, rule=rule
            )


def _lines(analysis: Analysis) -> Iterator[_Line]:
    """The lines of the body with their sentences."""
    held: list[Span] = []
    for sentence in analysis.body:
        if held and "\n" in analysis.reading[held[-1].end : sentence.start]:
            yield _Line(Span(held[0].start, held[-1].end), tuple(held))
            held = []
        held.append(sentence)
    if held:
        yield _Line(Span(held[0].start, held[-1].end), tuple(held))


def _outer(text: str, cues: Sequence[Cue]) -> list[Cue]:
    """The cues that are not themselves inside what another one reports; a semicolon ends a report."""
    outer: list[Cue] = []
    reported, done = False, 0
    for cue in cues:
        if not reported or text.find("；", done, cue.start) >= 0:
            outer.append(cue)
            reported = cue.manner == "say"
            done = cue.end
        done = max(done, cue.start)
    return outer
