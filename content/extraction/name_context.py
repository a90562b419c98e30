"""What stands around a name: how much the text right before and behind a place speaks for a name there.

Weights are about natural logarithms, added to what the characters say (``content.extraction.names``).
"""

from __future__ import annotations

import re

from content.extraction.titles import before_gap, kind, runs_on, title_at, title_before
from content.lexicon import terms
from content.name_statistics import name_score

TALK = re.compile(
    "(?<![合工写制操协创])(?:作|做|致|发表|带来|进行)了?[^，。；、：！？\n]{0,16}?(?:报告|演讲|讲话|致辞|发言|讲座|分享|辞|词)"
)
"""作了专题学术|报告, 致大会开幕|辞: what is given says that somebody speaks."""
MARKS = frozenset(" \n，。、；：？！（）“”‘’《》〈〉【】—–-…/|｜丨*#>■▲●◆★·.~")
_LEADS = frozenset("由据对与和及向请跟同是的在为时后中上了名位者员让给即如到因为有见任任命邀")
_FOLLOWERS = frozenset(
    "在就也等及和对为与将以从向由则还又的是曾已并称做作率携把让被给因到来去说谈讲一这以又带获担代各两三所"
)
_OFFICES = frozenset("处局部院所司厅委科馆系")
"""Endings of an office, behind which a name may stand (高教处|李某处长)."""
TITLE, SPEECH, ACT, MARK, WORD, BROKEN = 5.0, 3.5, 2.5, 1.5, 0.7, -4.0


def before(text: str, start: int) -> tuple[float | None, str]:
    """What speaks for a name beginning here, and the kind of title before it."""
    if not start or text[start - 1] == "\n":
        return MARK, ""
    end = before_gap(text, start)
    opening = title_before(text, end)
    if opening == end:
        return _beside(text, start), ""
    if text[start] in "暨兼由" or runs_on(text, opening, end):
        return None, ""
    return TITLE, kind(text[opening:end])


def _beside(text: str, start: int) -> float | None:
    """What the character or word right before a name says, where no title stands there."""
    last = text[start - 1]
    if last in "（“" or last in _LEADS:
        return WORD / 2
    if last in MARKS or not "一" <= last <= "鿿":
        return MARK
    if terms("organization_suffixes").before(text, start) > 1:
        return ACT
    if last in _OFFICES:
        return WORD / 2
    return -WORD if terms("words").before(text, start) else None


def after(text: str, start: int, end: int) -> float:
    """What speaks for a name ending here."""
    following = text[end : end + 1]
    if not following or text.startswith(text[start:end], end):
        return MARK
    if (title := title_at(text, end)) > end:
        return WORD if _names_someone(text, title) else TITLE - 0.5
    if terms("event_suffixes").at(text, end) > 1 or (end - start > 2 and _takes_from_verb(text, end)):
        return BROKEN
    if verb := _verb(text, end):
        return verb
    if following in MARKS:
        labelled = following == "：" and (not start or text[start - 1] == "\n")
        return SPEECH if labelled or _is_apposed(text, end) else MARK
    known = following in _FOLLOWERS or terms("words").at(text, end) > 1 or not "一" <= following <= "鿿"
    return WORD if known else BROKEN


def _verb(text: str, end: int) -> float:
    """What the verb right behind a name says, adverbs left out: 林某|近日也|表示; 0 where none is."""
    verb = end
    for _ in range(2):
        verb += terms("adverbs").at(text, verb)
    if terms("speech_verbs").at(text, verb) or terms("speech_verbs").at(text, end):
        return SPEECH
    return ACT if terms("participation").at(text, end) or TALK.match(text, end) else 0.0


def _takes_from_verb(text: str, end: int) -> bool:
    """Whether the last character of a candidate begins the verb: 林某致|欢迎辞, 林某也|表示."""
    if TALK.match(text, end - 1):
        return not TALK.match(text, end)
    return text[end - 1] in terms("adverbs") and _verb(text, end) == SPEECH


def _is_apposed(text: str, end: int) -> bool:
    """Whether a post follows behind a mark: 林某，|云溪大学教授，; 林某（|云溪大学教授）."""
    if text[end] not in "，（":
        return False
    marks = (i for i in range(end + 1, min(end + 40, len(text))) if text[i] in "，。；：）\n、")
    stop = next(marks, end + 1)
    head = title_before(text, stop, end + 1)
    return head < stop and terms("organization_suffixes").before(text, head, end + 1) > 1


def _names_someone(text: str, start: int) -> bool:
    """Whether a name begins behind a title, so that an organisation stands before it (高通|总裁|李某)."""
    return any(name_score(text[start : start + length]) > 3 for length in (2, 3))
