"""Who takes part, in which role: speakers by what they say, the others by what the article says they do."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter, itemgetter

from content.document import Span
from content.extraction.affiliations import unite
from content.extraction.analysis import Analysis, Phrase
from content.extraction.name_context import TALK
from content.lexicon import table, terms
from content.model import GROUP, Participant, Role

_Verb = tuple[int, Role]
"""Offset of a verb of participation, and the role it shows."""
_JOINING = frozenset("并、，作做表题旨行")
"""What stands before a second verb: 出席并|致辞, 发表|讲话, 作|报告, 主题|演讲; not 参加学术|讲座."""
_CLEFT = re.compile("的(?:领导|嘉宾|专家|学者|代表|人员|单位|还|主要|分别|、|和)*(?:有|包括|是|为)")
"""在开幕式上致辞|的还有|张三、李四: the verb stands before those who do it."""
_SHOWN = re.compile("（(?:[左右前后上下][排起]?)*[一二三四五六七八九十中]?[左右]?[一二三四五六七八九十中]?）")
"""Where somebody stands in a picture: 林某|（右二）."""
_LABEL = re.compile("(?P<label>[一-龥]{2,6})(?:（[^（）：]{1,10}）)?：")
_MAKES = re.compile("主持了?(?:制定|制订|编写|编制|编纂|起草|研发|研制|设计|完成|修订|翻译|建设|开发|承担)")
"""主持|制定规划 is no event."""
_INVITING = (
    "邀请",
    "出席",
    "嘉宾有",
    "嘉宾包括",
    "参会",
    "到会",
    "图左",
    "图右",
    "图中为",
    "左起",
    "右起",
    "前排",
    "后排",
)
"""Words before a list of those who are present: 邀请…出席,包括张三."""
_GATHERING = 3
"""So many people who are seen to do something show an event, though the text gives it no name."""
_VERBS = 8
"""Verbs of one predicate that are looked at."""
_RANK: dict[Role, int] = {"speaker": 3, "moderator": 2, "panelist": 1, "attendee": 0}


def find_participants(analysis: Analysis) -> tuple[Participant, ...]:
    """The named people who take part, each once, in the order of their first full mention."""
    spoken = {statement.speaker for statement in analysis.statements} - {GROUP}
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in analysis.phrases:
        phrases[phrase.mention.name].append(phrase)
    shown = _shown_roles(analysis)
    gathered = analysis.event or _meets(analysis.reading) or len(shown.keys() - spoken) >= _GATHERING
    if not gathered:
        shown = {}  # Without an event there is nothing to take part in.
    found = []
    for name, mentions in phrases.items():
        role: Role | None = "speaker" if name in spoken else shown.get(name)
        if role:
            found.append(_participant(name, role, mentions))
    return tuple(sorted(found, key=lambda participant: participant.start))


def _meets(text: str) -> bool:
    """Whether the text speaks of any kind of event, though it names none."""
    kinds = terms("event_suffixes")
    return any(kinds.at(text, at) for at in range(len(text)))


def _participant(name: str, role: Role, phrases: Sequence[Phrase]) -> Participant:
    first = next((p.mention for p in phrases if p.mention.rule != "short form"), phrases[0].mention)
    posts = unite(post for phrase in phrases for post in phrase.posts)
    return Participant(
        start=first.start,
        end=first.end,
        name=name,
        role=role,
        affiliations=tuple(posts),
        confidence=first.confidence,
        rule=first.rule,
    )


def _shown_roles(analysis: Analysis) -> dict[str, Role]:
    """What people who say nothing are seen to do, outside of what others say."""
    speakers: dict[int, set[str]] = defaultdict(set)
    for statement in analysis.statements:
        speakers[statement.start].add(statement.speaker)
    roles = _listed_roles(analysis)
    phrases = iter(analysis.phrases)
    phrase = next(phrases, None)
    for sentence in analysis.body:
        inside: list[Phrase] = []
        while phrase is not None and phrase.mention.start < sentence.end:
            inside.append(phrase)
            phrase = next(phrases, None)
        narrated = _narrated(sentence, inside, speakers[sentence.start])
        told = [phrase for phrase in inside if phrase.start < narrated.end]
        if told:
            _see(analysis.reading, narrated, told, roles)
    return roles


def _narrated(sentence: Span, phrases: Sequence[Phrase], speakers: set[str]) -> Span:
    """The part of a sentence that is the article's own: up to where who speaks in it is named."""
    if speakers <= {GROUP}:
        return sentence
    named = (phrase.start for phrase in phrases if phrase.mention.name in speakers)
    return Span(sentence.start, next(named, sentence.start))


def _listed_roles(analysis: Analysis) -> dict[str, Role]:
    """The roles that labels give to those whom their line names, or the short lines below a label alone."""
    roles: dict[str, Role] = {}
    starts = [phrase.mention.start for phrase in analysis.phrases]
    open_role: Role | None = None
    for line in analysis.document.lines:
        named = analysis.phrases[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        label = _LABEL.match(analysis.reading, line.start, line.end)
        role: Role | None = None
        if label and label["label"] in terms("role_labels"):
            role = table("role_labels")[label["label"]][0]  # type: ignore[assignment]  # by the table
            open_role = role if label.end() == line.end else None
        elif open_role and _is_listed(line, named) and analysis.reading[line.end - 1] not in "。：！？":
            role, named = open_role, named[:1]
        else:
            open_role = None
        for phrase in named if role else ():
            roles.setdefault(phrase.mention.name, role or "attendee")
    return roles


def _is_listed(line: Span, named: Sequence[Phrase]) -> bool:
    """Whether a line below a label is about one person: the only one named, or whom it begins with."""
    return len(named) == 1 or (len(named) > 1 and named[0].start == line.start)


def _see(text: str, sentence: Span, phrases: Sequence[Phrase], roles: dict[str, Role]) -> None:
    """Note what a sentence shows of the people whom it names."""
    verbs = list(_verbs(text, sentence))
    panel = any(terms("panels").at(text, offset) for offset in range(sentence.start, sentence.end))
    invited = min(
        (at for word in _INVITING if (at := text.find(word, sentence.start, sentence.end)) >= 0), default=None
    )
    listed_from, listed_as = _cleft(text, verbs, sentence)
    for index, phrase in enumerate(phrases):
        role = _role_behind(text, verbs, phrases, index)
        if role not in {None, "moderator"} and panel:
            role = "panelist"
        if role is None and _SHOWN.match(text, phrase.end):
            role = "attendee"
        if role is None and listed_from <= phrase.mention.start:
            role = listed_as
        if role is None and invited is not None and invited < phrase.mention.start:
            role = "attendee"
        name = phrase.mention.name
        if role is None or text[phrase.end : phrase.end + 1] == "的":
            continue
        if name not in roles or _RANK[role] > _RANK[roles[name]]:
            roles[name] = role


def _role_behind(text: str, verbs: Sequence[_Verb], phrases: Sequence[Phrase], index: int) -> Role | None:
    """What the verbs of participation behind a name show, up to the next name behind the first of them."""
    first = bisect_left(verbs, phrases[index].end, key=itemgetter(0))
    if first == len(verbs):
        return None
    begin, role = verbs[first]
    following = bisect_right(phrases, begin, key=attrgetter("start"))
    limit = phrases[following].start if following < len(phrases) else verbs[-1][0] + 1
    for offset, other in verbs[first + 1 : first + 1 + _VERBS]:
        if offset < limit and text[offset - 1] in _JOINING and _RANK[other] > _RANK[role]:
            role = other
    return role


def _cleft(text: str, verbs: Sequence[_Verb], sentence: Span) -> tuple[int, Role | None]:
    """From where on the names of a cleft stand, and what it shows of them (出席会议的还有|张三)."""
    cleft = _CLEFT.search(text, sentence.start, sentence.end)
    if cleft is None:
        return sentence.end, None
    return cleft.end(), next((role for offset, role in reversed(verbs) if offset < cleft.start()), None)


def _verbs(text: str, sentence: Span) -> Iterator[_Verb]:
    """The verbs of participation in a sentence, with the roles they show."""
    verbs, roles = terms("participation"), table("participation")
    talks = {match.start() for match in TALK.finditer(text, sentence.start, sentence.end)}
    offset = sentence.start
    while offset < sentence.end:
        length = verbs.at(text, offset)
        if offset in talks:
            yield offset, "speaker"
        elif length and offset + length <= sentence.end and not _MAKES.match(text, offset):
            role: Role = roles[text[offset : offset + length]][0]  # type: ignore[assignment]  # by the table
            yield offset, role
        offset += length or 1
