"""What the head of a report says of itself: title, who published it, when. Nothing is guessed.

Press sites print it in one or two lines between title and text (``来源：新华社  2020年9月18日 08:30``);
a line counts only where it is short and says nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.dates import find_dates

_LINES = 12
"""Lines in which the head is looked for."""
_TITLE = 60
"""Code points of a title at most."""
_LINE = 80
"""Code points of a line of the head at most; the text's own lines are longer."""
_SOURCE = re.compile(
    r"(?:来源|來源|稿源|文章来源|文章來源|信息来源|消息来源|新闻来源)[:：]"
    r"\s*([^\s|｜:：,，。;；()（）\[\]【】]{2,30})"
)
_SENTENCE = re.compile(r"[。！？!?；;]")
_LABEL = re.compile(
    r"^(?:来源|來源|稿源|作者|记者|記者|编辑|編輯|责编|時間|时间|日期|发布|發佈|原标题|原標題|字号)"
)
_ORIGINAL = re.compile(r"^(?:原标题|原標題|标题|標題)[:：]\s*(.+)$")
_ALPHABETIC_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What is printed above a report; None where it does not say."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """ISO date."""


def read_masthead(text: str) -> Masthead:
    """Read the head of a report."""
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()][:_LINES]
    short = [line for line in lines if len(line) <= _LINE and not _SENTENCE.search(line)]
    sources = (_SOURCE.search(line) for line in short)
    publisher = next((match[1] for match in sources if match), None)
    return Masthead(_title(lines), publisher, next(filter(None, map(_date, short)), None))


def _title(lines: list[str]) -> str | None:
    """The first line, where a text follows that it is no part of."""
    original = next((match[1] for line in lines if (match := _ORIGINAL.match(line))), None)
    if original:
        return original[:_TITLE]
    if len(lines) < 2 or len(lines[0]) > _TITLE or _SENTENCE.search(lines[0]) or _LABEL.match(lines[0]):
        return None
    return lines[0].strip("#＃* ") or None


def _date(line: str) -> str | None:
    """The one full date of a line that is otherwise next to nothing."""
    rest = _SOURCE.sub("", line)
    if alphabetic := _ALPHABETIC_DATE.search(rest):
        written = f"{alphabetic[1]}年{alphabetic[2]}月{alphabetic[3]}日"
        found, span = find_dates(written), alphabetic.span()
    else:
        found = find_dates(rest)
        span = (found[0].start, found[0].end) if found else (0, 0)
    if not found or found[0].day is None or found[0].iso is None:
        return None
    # A line about something on a day is text, not a head: 2020年9月18日，论坛在北京举行
    around = re.sub(r"[\s\d:：|｜/.\-—年月日时分秒]", "", rest[: span[0]] + rest[span[1] :])
    return found[0].iso if len(around) <= 16 and not re.search(r"[，,]", around) else None
