"""A search taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.query import FigureFilter, SearchQuery, read_query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("开源", SearchQuery("开源")),
        ("开源 speaker:林知远", SearchQuery("开源", speakers=("林知远",))),
        ("演讲人：林知远 开源", SearchQuery("开源", speakers=("林知远",))),
        ('speaker:"Zoe Shen" 算力', SearchQuery("算力", speakers=("Zoe Shen",))),
        ("機構：「春江 醫院」", SearchQuery("", organizations=("春江 醫院",))),
        ("year:2021年 event:星河论坛", SearchQuery("", events=("星河论坛",), years=(2021,))),
        ("算力 sort:new", SearchQuery("算力", newest=True)),
        ("算力 排序：最新", SearchQuery("算力", newest=True)),
        ("figure:230万", SearchQuery("", figures=(FigureFilter(2_300_000, 2_300_000),))),
        ("figure:>100万", SearchQuery("", figures=(FigureFilter(1_000_000, None),))),
        ("数据:≤80%", SearchQuery("", figures=(FigureFilter(None, 80, percent=True),))),
        ("figure:开发者", SearchQuery("", figures=(FigureFilter(word="开发者"),))),
        ("SPEAKER:甲 speaker:乙", SearchQuery("", speakers=("甲", "乙"))),
    ],
)
def test_filters(text: str, query: SearchQuery) -> None:
    """Keys in both languages, colons of either width, quoted values, numbers and words."""
    assert read_query(text) == query


@pytest.mark.parametrize(
    "text", ["https://a.example/x", "C++: 语言", "比分3:2", "speaker:", "xspeaker:甲", "：开源"]
)
def test_what_is_no_filter_is_words(text: str) -> None:
    """Addresses, scores, unknown keys and a key without a value are looked for as they stand."""
    assert read_query(text) == SearchQuery(text)


@pytest.mark.parametrize("text", ["year:去年", "year:20211", "sort:old", 'speaker:""'])
def test_a_value_that_cannot_be_understood_is_named(text: str) -> None:
    """So that the reader can be told."""
    assert read_query(f"开源 {text}") == SearchQuery("开源", refused=(text,))


@given(st.text(max_size=120))
def test_any_text_is_a_query(text: str) -> None:
    """And its words are not longer than the text."""
    query = read_query(text)
    assert len(query.words) <= len(text)
    assert query.filtered == bool(
        query.speakers or query.organizations or query.events or query.years or query.figures
    )
