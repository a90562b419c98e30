"""When and where an event takes place, what it is about and who holds it, as far as the text says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from content.dates import PartialDate, find_dates
from content.document import Span
from content.extraction.analysis import Analysis
from content.extraction.event_names import Named
from content.lexicon import table, terms

_THEME = re.compile(
    r"以[“《](?P<a>[^”》\n]{2,60})[”》]为(?:大会|论坛|会议|活动|年度)?主题"
    r"|主题[为是：] ?[“《](?P<b>[^”》\n]{2,60})[”》]"
    r"|围绕(?:论坛|大会|会议|年会|峰会)?(?:主题)?[“《](?P<c>[^”》\n]{2,60})[”》](?:这一|的|论坛|大会|会议)?主题"
    r"|围绕(?:论坛|大会|会议|年会|峰会)主题[“《](?P<e>[^”》\n]{2,60})[”》]"
    r"|[“《](?P<d>[^”》\n]{2,60})[”》]为主题"
)
_DISCUSSED = re.compile(
    r"(?:共同|一起|一道)(?:就|围绕|探讨|聚焦)[“《](?P<a>[^”》\n]{2,60})[”》]"
    r"|(?:就|围绕|聚焦)[“《](?P<b>[^”》\n]{2,60})[”》](?:这一)?(?:主题|议题)"
)
"""What those who come together talk about, where no theme is called so."""
_SESSION = re.compile(r"“(?P<theme>[^”\n]{2,60})”[^“”\n]{2,8}$")
_HOST = re.compile(r"由(?P<by>[^，。；！？\n的由]{2,60}?)(?:共同|联合|牵头|携手)*(?:主办|举办)")
_BESIDE_DATE = re.compile(
    r"[0-9]年[0-9]+月[0-9]+日[^\n。，；]{0,16}?(?:[\s\W]{0,6}地点：| (?!地点))"
    r"(?P<place>[^，。；：！？\n（） ]{2,30})"
)
"""A line of its own that gives day and place: （2022年5月14日 江临市第一中学报告厅）."""
_NO_PLACE = re.compile("[这那该此本][一次届场个]|(?:活动|论坛|大会|会议|会场|期间)")
"""What 在 leads to besides places: 在这次活动现场举行."""
_TOP = 1000
_LINE_ABOVE = 12
_LEAD = 4
_DAYS_TOLD_LATER = 3
_LIST_MARK = re.compile("、|以及|[和与及]")
_CLOCK = re.compile(r" *[0-9]{1,2}：[0-9]{2}")
"""A date with a time of day (2025年10月20日08:36) is the page's own."""
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])(?!年度(?!大会|论坛|峰会|年会|盛典))")
"""The year of a name; 2011年度业绩发布会 is held a year later."""
_SPAN_OPENERS = ("自", "从", "截至", "截止", "到", "至", "早在")
_WORDED_END = "月份日号"
"""How dates end in prose; 2024-09-12 is the page's own."""
_DAYS_AFTER = 31
"""A page dated at most so long after a month and day of the event fixes the event's year."""


def find_venue(reading: str, body: Sequence[Span], named: Named) -> tuple[Span | None, Span | None]:
    """Venue and city of the event: 在北京国家会议中心举行 gives the venue, 在上海召开 the city."""
    for sentence in _about(reading, body, named):
        for match in _place().finditer(reading, sentence.start, sentence.end):
            span = _trimmed(reading, Span(*match.span("place")))
            if not len(span) or _NO_PLACE.match(reading, span.start, span.end):
                continue
            if terms("venue_suffixes").before(reading, span.end, span.start):
                return span, _city_at(reading, span.start)
            if city := _city_at(reading, span.start):
                return None, city
    for match in _BESIDE_DATE.finditer(reading, 0, _TOP):
        span = Span(*match.span("place"))
        if terms("venue_suffixes").before(reading, span.end, span.start):
            return span, _city_at(reading, span.start)
    return None, None


def find_city(reading: str, named: Named) -> Span | None:
    """The city that the event's own name gives."""
    return next(filter(None, (_city_at(reading, at) for at in range(named.span.start, named.span.end))), None)


def find_date(analysis: Analysis, body: Sequence[Span], named: Named) -> str | None:
    """The date of the event, as partial as the text; a month and day need a year said of the same event."""
    reading = analysis.reading
    end = named.span.end
    # A short name in brackets belongs to the name: 第12届…论坛（IFTR 2018）.
    closing = reading.find("）", end, end + 20) if reading.startswith("（", end) else -1
    named_year = _YEAR.search(reading, named.span.start, max(end, closing))
    year = int(named_year.group()) if named_year else None
    date = _said_date(reading, body, named)
    if date is None:
        return str(year) if year else None
    month, day = date.month, date.day
    if date.year is None and day and not month:
        month = _month_of(reading, day)
    year = date.year or year or (_page_year(reading, month, day) if month and day else None)
    return PartialDate(0, 0, year, month, day if month else None).iso


def find_theme(analysis: Analysis, body: Sequence[Span], named: Named) -> str | None:
    """The theme: 以“…”为主题, or what a session is called after."""
    reading, text = analysis.reading, analysis.document.text
    for pattern in (_THEME, _DISCUSSED):
        for sentence in body:
            if match := pattern.search(reading, sentence.start, sentence.end):
                group = next(name for name, value in match.groupdict().items() if value)
                return text[match.start(group) : match.end(group)]
    match = _SESSION.search(reading, named.span.start, named.span.end)
    # Only a session of something larger is called after its theme; “雁鸣”材料论坛 is called 雁鸣.
    if match and any(
        terms("event_suffixes").before(reading, at, named.span.start)
        for at in range(named.span.start, match.start() + 1)
    ):
        return text[match.start("theme") : match.end("theme")]
    return None


def find_hosts(analysis: Analysis, body: Sequence[Span]) -> tuple[str, ...]:
    """Who holds the event: 由新湖期货举办的."""
    text, reading = analysis.document.text, analysis.reading
    for sentence in body:
        if match := _HOST.search(reading, sentence.start, sentence.end):
            return tuple(text[span.start : span.end] for span in _listed(reading, Span(*match.span("by"))))
    return ()


def _listed(reading: str, span: Span) -> Iterator[Span]:
    """The parts of a list of organisations; 和 and 与 may be inside a name (材料科学与工程学院)."""
    ends, start = terms("organization_suffixes"), span.start
    for mark in _LIST_MARK.finditer(reading, span.start, span.end):
        if mark.group() == "、" or ends.before(reading, mark.start(), start):
            yield Span(start, mark.start())
            start = mark.end()
    yield Span(start, span.end)


@cache
def _place() -> re.Pattern[str]:
    """在|place|隆重举行."""
    held, manner = (
        "|".join(map(re.escape, (term for term, kinds in table("event_predicates").items() if kind in kinds)))
        for kind in ("held", "manner")
    )
    return re.compile(rf"[在于](?P<place>[^，。；：！？\n在于]{{2,40}}?)(?:{manner})*(?:{held})")


def _about(reading: str, body: Sequence[Span], named: Named) -> list[Span]:
    """The sentence that names the event, others that do, and the lead."""
    name = reading[named.span.start : named.span.end]
    others = [
        sentence
        for index, sentence in enumerate(body)
        if index < _LEAD or reading.find(name, sentence.start, sentence.end) >= 0
    ]
    return [named.sentence, *(sentence for sentence in others if sentence != named.sentence)]


def _trimmed(reading: str, span: Span) -> Span:
    """A place without a date before it and 上 or 内 behind it."""
    start, end = span.start, span.end
    for date in find_dates(reading, start, end):
        start = date.end
    while end > start and reading[end - 1] in "上内里":
        end -= 1
    return Span(min(start, end), end)


def _city_at(reading: str, start: int) -> Span | None:
    length = terms("cities").at(reading, start)
    return Span(start, start + length) if length else None


def _said_date(reading: str, body: Sequence[Span], named: Named) -> PartialDate | None:
    """The date that the sentences about the event give; a day before a mere month."""
    said = [(sentence, _dates_of_event(reading, sentence)) for sentence in _about(reading, body, named)]
    for exact in (True, False):
        for sentence, all_dates in said:
            dates = [date for date in all_dates if date.day or not exact]
            before = [date for date in dates if date.end <= named.span.start]
            if dates:
                return before[-1] if before and sentence == named.sentence else dates[0]
        if beside := _BESIDE_DATE.search(reading, 0, _TOP):
            return next(iter(find_dates(reading, *beside.span())), None)
    return None


def _dates_of_event(reading: str, sentence: Span) -> list[PartialDate]:
    """The dates of a sentence that may be the event's: worded, and opening no span of time."""
    return [
        date
        # A date may stand on a line of its own above the sentence.
        for date in find_dates(reading, max(0, sentence.start - _LINE_ABOVE), sentence.end)
        if reading[date.end - 1] in _WORDED_END
        and not _CLOCK.match(reading, date.end)
        and not reading.startswith(("电", "讯", "报道", "消息"), date.end)
        and not reading.endswith(_SPAN_OPENERS, sentence.start, date.start)
    ]


def _month_of(reading: str, day: int) -> int | None:
    """The month of a lone day: that of the article's dates on the same day or closely after it."""
    months = {
        date.month
        for date in find_dates(reading)
        if date.month and date.day and 0 <= date.day - day <= _DAYS_TOLD_LATER
    }
    return months.pop() if len(months) == 1 else None


def _page_year(reading: str, month: int, day: int) -> int | None:
    """The year of a full date in the article (the page's own) that is the event's or follows it closely."""
    for date in find_dates(reading):
        if date.year and date.month and date.day:
            days = (date.month - month) * 31 + date.day - day
            if 0 <= days <= _DAYS_AFTER:
                return date.year
    return None
