"""Hostile texts: no exception, and time that grows with the length, not with its square."""

from __future__ import annotations

import re
import time

import pytest

from content.extraction.analysis import Analysis, Mention
from content.extraction.events import find_event
from content.extraction.figures import find_figures
from content.extraction.milestones import find_milestones
from content.extraction.products import find_products
from content.extraction.topics import find_topics
from content.extraction.works import find_works

FINDERS = (find_event, find_works, find_products, find_figures, find_milestones, find_topics)
SIZE = 6_000
UNITS = {
    "digits": "1",
    "numerals": "一二",
    "magnitudes": "亿",
    "counted": "5人",
    "ranges": "5%至",
    "growth": "增长5%",
    "comparators": "超过",
    "lists in order": "松、杉分别增长5%、6%",
    "verbs in order": "分别增长5%、6%增长",
    "notes": "松（5%）",
    "compared": "比2030年的5%高6%",
    "tens": "5、6千斤",
    "parts": "三分之二",
    "markup": "<b>松</b>&nbsp;",
    "dates": "2020年5月6日",
    "dated shares": "2020年的12%",
    "opening quotes": "“",
    "closing quotes": "”",
    "opening titles": "《",
    "titles": "《松》",
    "nested titles": "《《》》",
    "brackets": "（",
    "forums": "论坛",
    "quoted forums": "“论坛",
    "places": "在中心",
    "hosts": "由松果主办",
    "themes": "以“松",
    "products": "“松果”平台，",
    "latin": "PineDB平台、",
    "releases": "松果公司发布了《报告》和",
    "one character": "松",
    "commas": "，",
    "lines": "松\n",
    "NUL": "\x00",
    "zero width": "\u200b",
    "emoji": "😀",
}


def seconds(text: str) -> float:
    """CPU time of all finders, the best of three."""
    best = float("inf")
    for _ in range(3):
        analysis = Analysis.of(text)
        analysis.body = analysis.document.sentences
        analysis.organizations = tuple(
            Mention(start=match.start(), end=match.end(), name="松果") for match in re.finditer("松果", text)
        )
        start = time.process_time()
        for find in FINDERS:
            find(analysis)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_linear(unit: str) -> None:
    """Doubling a hostile text does not quadruple the time."""
    text = unit * (SIZE // len(unit))
    assert seconds(text + text) < 3.5 * seconds(text) + 0.02


def test_hundred_thousand_quotes() -> None:
    """An article of quotes alone, open or closed, holds nothing and breaks nothing."""
    for quotes in ("“" * 100_000, "“”" * 50_000, "”" * 100_000):
        analysis = Analysis.of(quotes)
        assert find_event(analysis) is None
        assert [find(analysis) for find in FINDERS[1:]] == [()] * 5
