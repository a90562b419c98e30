"""Milestones: what the text dates."""

from __future__ import annotations

import pytest

from content.extraction.analysis import Analysis
from content.extraction.milestones import find_milestones
from content.model import Event


def milestones(text: str) -> list[tuple[str, str]]:
    return [(found.date, found.text) for found in find_milestones(Analysis.of(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "早在2029年，松果开放了松果翻译，目前很受欢迎；2030年，松果将语音技术开放，现在很受欢迎。",
            [("2029", "松果开放了松果翻译"), ("2030", "松果将语音技术开放")],
        ),
        ("1985年松城医院开始承担重任。", [("1985", "松城医院开始承担重任")]),
        ("从 2015 年 5 月写下第一行代码，走到今天。", [("2015-05", "写下第一行代码")]),
        ("松果公司成立于2019年，是一家企业。", [("2019", "松果公司成立于2019年")]),
        ("2016年8月的造林大会上，陆青提出新思路。", [("2016-08", "造林大会上，陆青提出新思路")]),
        ("到2040年，公司要种下十万棵树。", [("2040", "公司要种下十万棵树")]),
        ("2030年，松果产值达9,000亿元，居全国前列。", [("2030", "松果产值达9,000亿元，居全国前列")]),
        (
            "2030年，松果公司建成林场，招工300人。2031年投产，产量翻番，目前仍在扩建。",
            [("2030", "松果公司建成林场，招工300人"), ("2031", "投产，产量翻番")],
        ),
        ("他在1918到1926年写日记。", []),
        ("陆青，2001年生，松城人。", []),
        ("2030年3月10日零时起，公园不再收费。", [("2030-03-10", "公园不再收费")]),
        ("陆青宣布松城退出申办2040年松果大会。", []),
        ("2030年公司上市，2031年公司退市。", [("2030", "公司上市"), ("2031", "公司退市")]),
        ("截至2030年底，公园开放了12座。", []),
        ("2031-05-06 松果公司推出新品", []),
        ("5月6日，松果公司推出新品。", []),
        ("松果产量在2030年很高。", []),
    ],
)
def test_milestones(text: str, found: list[tuple[str, str]]) -> None:
    """A clause with a year; a page's own date, an end of a span of time and a day without year are none."""
    assert milestones(text) == found


def test_the_event_itself_is_none() -> None:
    """The date of the reported event and a year in its name are the event's."""
    text = "2031年云杉论坛举行。2031年5月6日，论坛开幕。"
    analysis = Analysis.of(text)
    analysis.event = Event(start=0, end=9, name="2031年云杉论坛", date="2031-05-06")
    assert find_milestones(analysis) == ()
