"""Events by less than their full names."""

from __future__ import annotations

import pytest

from content.event_mentions import events_meant
from content.records import EntityRef

NAMES = (
    "第八届云州网络安全镜湖论坛",
    "2031 远山开源年会-YuanCon'31",
    "首届东江介入医学大会",
    "国家海岸研究中心揭牌仪式",
    "2030远山论坛",
)
EVENTS = [EntityRef("event", number, name) for number, name in enumerate(NAMES)]


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("镜湖论坛有多少人出席", "镜湖论坛", NAMES[0]),
        ("云州镜湖论坛在哪里", "云州镜湖论坛", NAMES[0]),
        ("鏡湖論壇有多少人出席", "鏡湖論壇", NAMES[0]),
        ("远山开源年会有多少志愿者", "远山开源年会", NAMES[1]),
        ("YuanCon'31在哪儿办的", "YuanCon'31", NAMES[1]),
        ("YuanCon31 线上有多少人", "YuanCon31", NAMES[1]),
        ("How many came to YuanCon 31?", "YuanCon 31", NAMES[1]),
        ("东江介入医学大会的主题是什么", "东江介入医学大会", NAMES[2]),
        ("揭牌仪式谁主持的", "揭牌仪式", NAMES[3]),
        ("2030年远山论坛在哪里", "远山论坛", NAMES[4]),
    ],
)
def test_a_shortened_name_means_its_event(text: str, place: str, name: str) -> None:
    """Without its edition, by its tail, its subject, its signature, in either script."""
    (mention,) = events_meant(text, EVENTS)
    assert text[mention.start : mention.end] == place
    assert [ref.name for ref in mention.events] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "论坛在哪里举办",
        "2029年远山论坛在哪里",
        "第五届镜湖论坛谁主持",
        "远山的论坛",
        "湖论",
        "上一届镜湖论坛",
        "",
    ],
)
def test_another_edition_or_any_event_is_not_meant(text: str) -> None:
    """Another year or edition is another event, and 论坛 alone is none in particular."""
    assert events_meant(text, EVENTS) == ()
