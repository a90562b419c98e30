"""Who takes part, in which role: speakers by what they say, the others by what the article says they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from content.document import Span
from content.extraction.affiliations import unite
from content.extraction.analysis import Analysis, Phrase
from content.lexicon import table, terms
from content.model import GROUP, Participant, Role

_JOINING = frozenset("并、，作做表题旨行")
"""What stands before a second verb: 出席并|致辞, 发表|讲话, 作|报告, 主题|演讲; not 参加学术|讲座."""
_RANK: dict[Role, int] = {"speaker": 3, "moderator": 2, "panelist": 1, "attendee": 0}


def find_participants(analysis: Analysis) -> tuple[Participant, ...]:
    """The named people who take part, each once, in the order of their first full mention."""
    spoken = {statement.speaker for statement in analysis.statements} - {GROUP}
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in analysis.phrases:
        phrases[phrase.mention.name].append(phrase)
    shown = _shown_roles(analysis)
    found = []
    for name, mentions in phrases.items():
        role: Role | None = "speaker" if name in spoken else shown.get(name)
        if role:
            found.append(_participant(name, role, mentions))
    return tuple(sorted(found, key=lambda participant: participant.start))


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
    reported = {statement.start: statement.speaker for statement in analysis.statements}
    roles: dict[str, Role] = {}
    phrases = iter(analysis.phrases)
    phrase = next(phrases, None)
    for sentence in analysis.body:
        inside: list[Phrase] = []
        while phrase is not None and phrase.mention.start < sentence.end:
            inside.append(phrase)
            phrase = next(phrases, None)
        if inside and reported.get(sentence.start) in {None, GROUP}:
            _see(analysis.reading, sentence, inside, roles)
    return roles


def _see(text: str, sentence: Span, phrases: Sequence[Phrase], roles: dict[str, Role]) -> None:
    """Note what a sentence shows of the people whom it names."""
    for index, phrase in enumerate(phrases):
        role = _role_behind(text, sentence, phrases, index) or _role_before(text, sentence, phrase.start)
        if role is None or text[phrase.end : phrase.end + 1] == "的":
            continue
        name = phrase.mention.name
        if name not in roles or _RANK[role] > _RANK[roles[name]]:
            roles[name] = role


def _role_behind(text: str, sentence: Span, phrases: Sequence[Phrase], index: int) -> Role | None:
    """What the verbs of participation behind a name show, up to the next name behind the first of them.

    In a sentence about a panel they show panelists.
    """
    first = next(_verbs(text, phrases[index].end, sentence.end), None)
    if first is None:
        return None
    limit = next((p.start for p in phrases[index + 1 :] if p.start > first[0]), sentence.end)
    joined = (role for offset, role in _verbs(text, first[0], limit) if text[offset - 1] in _JOINING)
    role = max([first[1], *joined], key=_RANK.__getitem__)
    if role != "moderator" and any(terms("panels").at(text, i) for i in range(sentence.start, sentence.end)):
        return "panelist"
    return role


def _role_before(text: str, sentence: Span, end: int) -> Role | None:
    """What stands before a name in its sentence: 邀请…出席,包括张三."""
    before = text[sentence.start : end]
    if any(word in before for word in ("邀请", "出席", "嘉宾有", "嘉宾包括", "参会", "到会")):
        return "attendee"
    return None


def _verbs(text: str, start: int, end: int) -> Iterator[tuple[int, Role]]:
    """The verbs of participation in a range, with the roles they show."""
    verbs, roles = terms("participation"), table("participation")
    offset = start
    while offset < end:
        length = verbs.at(text, offset)
        if length and offset + length <= end:
            role: Role = roles[text[offset : offset + length]][0]  # type: ignore[assignment]  # by the table
            yield offset, role
        offset += length or 1
