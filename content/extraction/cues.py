"""What in a sentence says who speaks: a named subject with a verb of speech, a pronoun, a group, a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from content.document import Span
from content.extraction.analysis import Phrase
from content.extraction.quotes import MASK
from content.lexicon import table, terms

Manner = Literal["say", "report", "talk"]

_PRONOUN = re.compile(
    r"(?:^|(?<=[，；：。”（\ufffd \n]))"
    r"(?:同时|此外|另外|最后|随后|接着|因此|为此|对此|其中|据|按照|在|而且|并且|而|但|但是|不过)?，?"
    r"(?:他|她|其)(?!们|的|中|他|实|余|次|间|它)"
)
_ADVERBIAL = frozenset("在就对针围以作从结通面谈随当根据借用与和向为按除关")
_ELIDED = re.compile(
    r"(?:并且|并|同时|此外|另外|最后|还|也|随后|其次|再次|首先|因此|为此|对此|一方面|，|而且|且)*"
)
_MANY = re.compile(
    "((?:代表|专家|学者|嘉宾|人士|企业家|委员|院士|负责人|各方|双方)们?)(?:均|都|皆|一致|普遍|纷纷|大多|不约而同|共同)"
)
_PEOPLE = (
    "专家|学者|嘉宾|代表|人士|外宾|来宾|院士|教授|企业家|委员|负责人|院长|校长|医生|老师|教师|同学|学生"
    "|作家|艺术家|科学家|评论家|研究者|投资人|投资者|律师|工程师|科研人员|工作者|从业者|创业者|青年|客人|观众|听众|网友|读者|官员|政要|使节|参会者|与会者|参与者|发言者|同行|同仁|业者|商家|群众|居民|农户"
)
_GATHERED = re.compile(
    r"(?:(?:[两二三四五六七八九十几数多众][多余]?|[0-9]+多?余?)(?:位|名|家)"
    r"|(?:会上|会议|论坛)?(?:发言|演讲|出席|参加|到会|与会|参会|在座|在场|到场|现场|受访|受邀|来访)的?"
    r"|中外|各国|各地|各界|各位|国内外|海内外|两岸|双方|各方|业内|业界|圈内|行业|众多|诸多|不少|许多|很多|一些|部分|多国|多数)"
    rf"[^，。；：！？]{{0,14}}?(?:{_PEOPLE})(?:代表|们)?"
)
"""A group that is counted or gathered: 两位外宾, 会上发言的各国嘉宾; 一位专家 is a single source."""
_WITH = re.compile("与(?!会)|[和同向对为给让使请]")
"""How a clause begins whose group is no subject: 与|来宾共同探讨."""
_OBJECTS = 4
"""Names that are no subjects, looked over at most."""
_REACH = 90
"""Code points between a subject and its verb, adverbials included."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Somebody speaks: who (names), from where the subject stands, by which verb."""

    speakers: tuple[str, ...]
    start: int
    verb: int
    """Offset of the verb, code points."""
    end: int
    """Offset behind the verb."""
    manner: Manner
    rule: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of speech at its place."""

    start: int
    end: int
    manner: Manner


def named_cues(text: str, sentence: Span, phrases: Sequence[Phrase]) -> Iterator[Cue]:
    """The named subjects of a sentence that speak.

    Args:
        text: the folded text with its quotations masked.
        sentence: where to look.
        phrases: the people named in the sentence outside quotations, in text order.
    """
    index = 0
    while index < len(phrases):
        group = _coordinated(text, phrases, index)
        index += len(group)
        limit = _next_subject(text, sentence, phrases, index)
        cue = _named(text, sentence, group, limit)
        if cue:
            yield cue


def _next_subject(text: str, sentence: Span, phrases: Sequence[Phrase], index: int) -> int:
    """Where the next name stands that may be a subject; 对|李某 and 李某|的 are parts of a predicate."""
    following = (
        phrase.start
        for phrase in phrases[index : index + _OBJECTS]
        if not _is_object(text, phrase.start, phrase.end)
    )
    return next(following, phrases[index].start if index + _OBJECTS < len(phrases) else sentence.end)


def pronoun_cue(
    text: str, sentence: Span, phrases: Sequence[Phrase], speakers: tuple[str, ...]
) -> Cue | None:
    """他指出,…: who is named last before it in its sentence, else who was named last."""
    for match in _PRONOUN.finditer(text, sentence.start, sentence.end):
        verb = predicate(text, match.end(), sentence.end)
        named = [phrase.mention.name for phrase in phrases if phrase.end <= match.start()]
        who = tuple(named[-1:]) or speakers
        # 其|总裁李某: whose president, and the president speaks.
        owns = text[match.end() - 1] == "其" and any(
            match.end() <= phrase.mention.start < sentence.end for phrase in phrases
        )
        if verb and who and not owns:
            return Cue(who, match.start(), verb.start, verb.end, verb.manner, "pronoun")
    return None


def elided_cue(text: str, sentence: Span, speakers: tuple[str, ...]) -> Cue | None:
    """并强调,…; 希望…: the subject is left out."""
    start = _ELIDED.match(text, sentence.start, sentence.end)
    offset = start.end() if start else sentence.start
    verb = verb_at(text, offset, sentence.end)
    if verb and verb.manner != "talk" and verb.end - verb.start > 1:
        return Cue(speakers, sentence.start, verb.start, verb.end, verb.manner, "elided subject")
    return None


def group_cue(text: str, sentence: Span, group: str) -> Cue | None:
    """The unnamed group that speaks in a sentence (众嘉宾表示,…)."""
    named = (offset + terms("groups").at(text, offset) for offset in _clause_starts(text, sentence))
    starts = {sentence.start, *_clause_starts(text, sentence)}
    for end in (*(end for end in named if end not in starts), *_many(text, sentence)):
        if text.startswith("看来", end):
            return Cue((group,), end, end, end + 2, "say", "in the eyes of")
        verb = predicate(text, end, sentence.end)
        if verb and _says_of_group(text, end, verb):
            return Cue((group,), end, verb.start, verb.end, verb.manner, "group")
    return None


def _says_of_group(text: str, end: int, verb: Verb) -> bool:
    """Whether a group that ends at an offset says something; 六位老师逐一点评。 tells nothing of it."""
    between = text[end : verb.start]
    judges = between.startswith("对") and "，" not in between
    tells = judges or (len(between) <= 12 and text[verb.end : verb.end + 1] not in {"。", "！"})
    return tells and "我" not in between and verb.manner != "talk"


def _many(text: str, sentence: Span) -> Iterator[int]:
    """Where a group ends that an adverb shows to be many: 企业代表|均坦承."""
    for match in _MANY.finditer(text, sentence.start, sentence.end):
        clause = 1 + max(text.rfind(mark, sentence.start, match.start()) for mark in "，；：。")
        if not _WITH.match(text, max(clause, sentence.start)):
            yield match.end(1)
    for start in _clause_starts(text, sentence):
        if gathered := _GATHERED.match(text, start, sentence.end):
            yield gathered.end()


def predicate(text: str, start: int, limit: int) -> Verb | None:
    """The verb of speech whose subject ends at ``start``: in its clause, or behind adverbial clauses."""
    limit = min(limit, start + _REACH)
    clause = start
    spoken: Verb | None = None
    while clause < limit:
        end = _clause_end(text, clause, limit)
        verb = _verb_in(text, clause, end, first=clause == start)
        if verb and text.find("被", clause, verb.start) >= 0:
            verb = None
        if verb and verb.manner != "talk":
            return verb
        spoken = spoken or verb
        if text[end : end + 1] not in {"，", MASK} or not _adverbial(text, start, end, clause, verb):
            break
        clause = end + 1
        if text[end] == "，" and _NEW_SUBJECT.match(text, clause, limit):
            break
    return spoken


_NEW_SUBJECT = re.compile(
    "旨在|意在|这[一两些]?[部个项份款种次家条本场位类批]|来自|与会|参会|到场|现场|[共约近超逾]?[0-9]+多?余?(?:名|位|人|家|个)|主办方|组委会|会议|论坛|大会"
)


def verb_at(text: str, offset: int, limit: int) -> Verb | None:
    """The verb of speech that begins at an offset as a word of its own (指|出 in 指出, not in 指数).

    What somebody once said (说过) is cited, not reported.
    """
    end = offset + terms("speech_verbs").at(text, offset)
    if not offset < end <= limit or not _stands_alone(text, offset, end):
        return None
    manner: Manner = table("speech_verbs")[text[offset:end]][0]  # type: ignore[assignment]  # by the table
    if manner != "talk" and (_ATTRIBUTIVE.match(text, end) or text[offset - 1] == "的"):
        return None
    if (nothing := _SAYS_NOTHING.get(text[offset:end])) and (done := nothing.match(text, end)):
        return Verb(offset, done.end(), "talk")
    return Verb(offset, end, "talk" if manner == "talk" or _only_talks(text, offset, end, manner) else manner)


def _stands_alone(text: str, offset: int, end: int) -> bool:
    """Whether a verb of speech is a word of its own, and not of what was said before (说过)."""
    length = end - offset
    if terms("words").at(text, offset) > length or terms("words").before(text, end) > length:
        return False
    if length == 1 and text[end : end + 1] not in "，：“了到" + MASK and text[offset] not in "说指称":
        return False
    return text[end : end + 1] != "过" or terms("words").at(text, end) > 1


_ATTRIBUTIVE = re.compile("(?:[并和、与][一-龥]{2})?的")
"""倡导|并促成的合作: the verb is part of what another verb is about."""
_SAYS_NOTHING = {
    "带来": re.compile(r"了?[^，。；]{0,30}(?:报告|演讲|分享|讲座|发言|致辞|讲解)(?=[，。；！])"),
    "介绍": re.compile(
        r"了?(?!自己)(?:[^，。；]{0,24}(?:嘉宾|领导|来宾|专家|学者|代表|人员)(?:[、及和以]+[^，。；]{1,10})?"
        r"|[^，。；]{0,24}(?:相关|有关)情况)(?=[，。；]|并回答)"
    ),
    "回答": re.compile(r"了?[^，。；]{0,12}(?:提问|问题)(?=[，。；])"),
    "宣布": re.compile(
        r"[，：]?[^，。；！]{0,40}(?:开幕|闭幕|开始|启动|开馆|成立|开赛|开工|开班|开营|开讲|揭晓|落幕|结束)(?=[，。；！])"
    ),
}
"""介绍|了到会的领导和嘉宾, 宣布|大会开幕: something is done, nothing is said."""
_CARRIES_OUT = re.compile(
    "(?:进行|展开|开展|作出?|做出?)了?(?:[一-龥]{1,6}的|深入|热烈|充分|广泛|交流|讨论|探讨|分享|研讨|[和与、])*\\Z"
)


def _only_talks(text: str, start: int, end: int, manner: Manner) -> bool:
    """总结|讲话, 进行|分享。: nothing of what was said follows."""
    if manner == "report":
        return text[end : end + 1] in "，。；！、" or _CARRIES_OUT.search(text, start - 12, start) is not None
    length = terms("speech_verbs", "talk").at(text, end)
    return length > 0 and terms("words").at(text, end) <= length


def _named(text: str, sentence: Span, group: Sequence[Phrase], limit: int) -> Cue | None:
    """The cue that a group of named people with what follows them gives, up to the next name."""
    start, end = group[0].start, group[-1].end
    names = tuple(dict.fromkeys(phrase.mention.name for phrase in group))
    if _has_subject(text, sentence, start) or _is_object(text, start, end):
        return None
    if text[end : end + 1] == "：" and start - sentence.start <= 12:
        return Cue(names, start, end, end + 1, "say", "label")
    if text[end : end + 2] in {"看来", "眼中"} or text[end : end + 1] == "看":
        return Cue(names, start, end, end + 2, "say", "in the eyes of")
    if held := _HELD.match(text, end, sentence.end):
        return Cue(names, start, end, held.end(), "say", "view")
    verb = predicate(text, end, max(limit, end))
    if verb:
        return Cue(names, start, verb.start, verb.end, verb.manner, "named")
    return Cue(names, start, end, end, "say", "quotation") if _quotes(text, end) else None


_TOWARDS = re.compile("[他她我]们?[对向给]")
_TRANSITIVE = re.compile(
    r"(?:贯彻|落实|学习|遵照|按照|践行|遵循|传达|牢记|代表|感谢|欢迎|祝贺|陪同|会见|专访|采访到?|聘请|聘任|授予|任命)[了过]?(?:[两三四五六几]位)?\Z"
)


_VIEWS = (
    "观点|看法|话|介绍|建议|判断|回答|答案|体会|感受|结论|说法|主张|理解|态度|总结|评价|预测|解释|分析|设想"
    "|愿景|诉求|期待|愿望|忠告|提醒|经验|秘诀|心得|发言|演讲|报告|讲话|致辞"
)
_HELD = re.compile(
    rf"(?:[，的](?:{_VIEWS})(?:内容|主题|核心|要点|重点)?(?:就?是|为(?!题)|：|，)|的话(?:来?说|讲))"
)
"""李某|的看法是…; 李某|，报告内容是…"""


def _is_object(text: str, start: int, end: int) -> bool:
    """Whether a name is an object (向|李某, 他对院长|李某) or owns what follows (李某|的校友)."""
    if _TOWARDS.match(text, start, end) or _TRANSITIVE.search(text, max(0, start - 6), start):
        return True
    if text[end : end + 1] == "的":
        return not (_HELD.match(text, end) or text.startswith(("的观点", "的看法", "的介绍", "的话"), end))
    return start > 0 and text[start - 1] in "对向给" and not text.startswith("对", start - 3)


def _quotes(text: str, end: int) -> bool:
    """Whether a quotation follows a name, right away or behind a comma or colon (冯某看涨大豆，“……”)."""
    mask = text.find(MASK, end, end + 30)
    return mask == end or (mask > 0 and text[mask - 1] in "：，")


def _has_subject(text: str, sentence: Span, start: int) -> bool:
    """Whether a pronoun before a name in its clause is the subject (我们为|李某|表示感谢)."""
    floor = max(sentence.start, start - _REACH)
    clause = 1 + max(text.rfind(mark, floor, start) for mark in "，；：。")
    return any(pronoun in text[max(clause, floor) : start] for pronoun in "我他她")


def _coordinated(text: str, phrases: Sequence[Phrase], index: int) -> list[Phrase]:
    """The phrases joined by 、 和 与 及 from here on (张三和李四|表示)."""
    group = [phrases[index]]
    for following in range(index + 1, len(phrases)):
        phrase = phrases[following]
        if text[group[-1].end : phrase.start] not in {"、", "和", "与", "及", "以及", "，"}:
            break
        group.append(phrase)
    return group


def _clause_starts(text: str, sentence: Span) -> Iterator[int]:
    yield sentence.start
    for match in re.compile("[，；：、]|(?<![一-龥])在").finditer(text, sentence.start, sentence.end):
        yield match.end()


_CLAUSE_END = re.compile("[，；：。！？\n\ufffd]")


def _clause_end(text: str, start: int, limit: int) -> int:
    match = _CLAUSE_END.search(text, start, limit)
    return match.start() if match else limit


def _verb_in(text: str, start: int, end: int, *, first: bool) -> Verb | None:
    """The first verb of speech in a clause; one that only talks gives way to one that says."""
    spoken: Verb | None = None
    for offset in range(start, end):
        if spoken and offset < spoken.end:
            continue  # 致欢迎辞 holds 欢迎.
        verb = verb_at(text, offset, end)
        if verb is None or (not first and verb.start - start > 8 and text[start] not in _ADVERBIAL):
            continue
        if verb.manner == "say":
            return verb
        if spoken is None or spoken.manner == "talk":
            spoken = verb
    return spoken


def _adverbial(text: str, start: int, end: int, clause: int, verb: Verb | None) -> bool:
    """Whether the verb may still come behind the next comma."""
    if verb is not None:
        return True
    return clause != start or end == start or text[start] in _ADVERBIAL or end - start <= 14
