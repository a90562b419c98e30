"""What a reader types into the search: words, and filters such as ``speaker:王海峰`` or ``年份：2020``.

A filter is a known key, a colon of either width, and a value without blanks or in quotation marks. Whatever
has another form, addresses of pages included, is words; so every text is a fair query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from content.numerals import parse_number

Key = Literal["speaker", "org", "event", "year", "figure", "sort"]
_KEYS: dict[str, Key] = {
    "speaker": "speaker",
    "演讲人": "speaker",
    "演講人": "speaker",
    "嘉宾": "speaker",
    "嘉賓": "speaker",
    "人物": "speaker",
    "org": "org",
    "机构": "org",
    "機構": "org",
    "单位": "org",
    "單位": "org",
    "event": "event",
    "活动": "event",
    "活動": "event",
    "会议": "event",
    "會議": "event",
    "year": "year",
    "年份": "year",
    "figure": "figure",
    "数据": "figure",
    "數據": "figure",
    "数字": "figure",
    "數字": "figure",
    "sort": "sort",
    "排序": "sort",
}
_NEWEST = frozenset({"new", "newest", "date", "最新", "时间", "時間"})
_VALUE = r"[\"“「](?P<quoted>[^\"”」]*)[\"”」]|(?P<plain>[^\s\"“「]+)"
_FILTER = re.compile(
    rf"(?<!\S)(?P<key>{'|'.join(sorted(_KEYS, key=len, reverse=True))})[:：](?!//)(?:{_VALUE})", re.IGNORECASE
)
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_COMPARED = re.compile(r"([<>]=?|[≥≤＞＜])\s*(.+)")
_SIGNS = {">=": ">=", "≥": ">=", "<=": "<=", "≤": "<=", ">": ">", "＞": ">", "<": "<", "＜": "<"}


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """Figures of a value, or of something that a word names."""

    low: float | None = None
    high: float | None = None
    percent: bool | None = None
    """Whether shares are meant; None where the value does not say."""
    word: str = ""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A query taken apart."""

    words: str
    speakers: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    figures: tuple[FigureFilter, ...] = ()
    newest: bool = False
    """Whether what is newest comes first, instead of what fits best."""
    refused: tuple[str, ...] = ()
    """Filters whose value cannot be understood, as they were typed."""

    @property
    def filtered(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.speakers or self.organizations or self.events or self.years or self.figures)


def read_query(text: str) -> SearchQuery:
    """Take a query apart; any text is one."""
    values: dict[Key, list[str]] = {key: [] for key in ("speaker", "org", "event", "year", "figure", "sort")}
    refused = []
    for match in _FILTER.finditer(text):
        key = _KEYS[match["key"].lower()]
        value = (match["quoted"] if match["quoted"] is not None else match["plain"]).strip()
        fits = (
            value
            and (key != "year" or _YEAR.fullmatch(value))
            and (key != "sort" or value.lower() in _NEWEST)
        )
        if fits:
            values[key].append(value)
        else:
            refused.append(match.group())
    return SearchQuery(
        words=" ".join(_FILTER.sub(" ", text).split()),
        speakers=tuple(values["speaker"]),
        organizations=tuple(values["org"]),
        events=tuple(values["event"]),
        years=tuple(int(value[:4]) for value in values["year"]),
        figures=tuple(map(_figure, values["figure"])),
        newest=bool(values["sort"]),
        refused=tuple(refused),
    )


def unsorted(text: str) -> str:
    """A query without what it says of the order."""

    def kept(match: re.Match[str]) -> str:
        return " " if _KEYS[match["key"].lower()] == "sort" else match.group()

    return " ".join(_FILTER.sub(kept, text).split())


def _figure(value: str) -> FigureFilter:
    """A value (``230万``, ``80%``, ``>100万``) or else a word for what is counted."""
    compared = _COMPARED.fullmatch(value)
    sign = _SIGNS[compared[1]] if compared else "="
    number = parse_number((compared[2] if compared else value).rstrip("%％+"))
    if number is None:
        return FigureFilter(word=value)
    percent = True if value.endswith(("%", "％")) else None
    if sign == "=":
        return FigureFilter(number, number, percent)
    low, high = (number, None) if sign.startswith(">") else (None, number)
    return FigureFilter(low, high, percent)
