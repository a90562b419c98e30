"""The event of an article, and the details that the text gives of it."""

from __future__ import annotations

import pytest

from content.extraction.analysis import Analysis
from content.extraction.events import find_event
from content.model import Event


def event(text: str) -> Event:
    found = find_event(Analysis.of(text))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("5月6日，第六届云杉论坛在松城举行。", "第六届云杉论坛"),
        (
            "2031云杉论坛“造林与松果产业”平行论坛于松城举行。",
            "2031云杉论坛“造林与松果产业”平行论坛",
        ),
        ("由松果集团举办的“2031造林策略报告会”松脂论坛上，专家到场。", "“2031造林策略报告会”松脂论坛"),
        ("昨日，松城林业工作会议暨造林表彰大会召开。", "松城林业工作会议暨造林表彰大会"),
        ("5月6日“2031松城造林高峰论坛”上发布了数据。", "2031松城造林高峰论坛"),
        ("松城通讯社5月6日电 首届松城放射学大会6日拉开序幕。", "首届松城放射学大会"),
        ("造林不止——首届松城造林大会开幕。", "首届松城造林大会"),
        ("市林业局举行造林新闻发布会。", "造林新闻发布会"),
        ("松城自由贸易论坛昨日落幕。", "松城自由贸易论坛"),
        ("松城造林峰会2031昨日开幕。", "松城造林峰会2031"),
        (
            "在2031松城大会期间，造林创新论坛（第1期）暨松果沙龙在松城举行。",
            "造林创新论坛（第1期）暨松果沙龙",
        ),
        ("首届松城大会开幕在即，作为重要活动，第二届造林圆桌会议率先登场。", "第二届造林圆桌会议"),
        ("2031造林高峰论坛—松城站，圆满落幕！\n“百城造林”系列活动登陆松城。", "2031造林高峰论坛"),
        ("市政府于5月6日上午举行新闻发布会，介绍有关情况。", "新闻发布会"),
        ("5月6日，第九届松城（云杉区）国际造林大会开幕。", "第九届松城（云杉区）国际造林大会"),
        (
            "首届松友联谊会暨“松城造林教育论坛”在松城举行。",
            "首届松友联谊会暨“松城造林教育论坛”",
        ),
        ("第六届松城造林论坛回顾\n她对松城造林论坛的举行表示祝贺。", "第六届松城造林论坛"),
        ("陆青希望松城造林论坛办下去。松城造林论坛昨日在松城举行。", "松城造林论坛"),
        ("新文科背景下的造林学科研讨会在松城召开。", "新文科背景下的造林学科研讨会"),
        ("陆青采访记 造林学术会议在松城召开", "造林学术会议"),
        ("5月6日，第九届松城造林博览会开幕式在松城举行。", "第九届松城造林博览会"),
        ("【松果新闻】首届松城造林峰会5月6日在松城举行。", "首届松城造林峰会"),
        ("政协松城市第十三届委员会第一次会议昨日闭幕。", "政协松城市第十三届委员会第一次会议"),
        (
            "亚松合作组织第三十一次领导人非正式会议昨日在松城举行。",
            "亚松合作组织第三十一次领导人非正式会议",
        ),
        ("松城林业学会（SFA）第八届年会昨日举行。", "松城林业学会（SFA）第八届年会"),
        ("第三届松城—云溪林业对话5月6日在松城举行。", "第三届松城—云溪林业对话"),
        ("主题为“松与光”造林诚信大会昨日在松城举行。", "造林诚信大会"),
        ("2031松城林业圆桌在云杉酒店召开。", "2031松城林业圆桌"),
    ],
)
def test_name(text: str, name: str) -> None:
    """An event is named as the article names it, joined with its parent event."""
    assert event(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "松果公司推出新款松鼠机器人，售价3000元。",
        "他曾担任云杉论坛主席，如今在家种树。",
        "明年春天，公司将举办首届松果大会。",
        "我们在松城采访了陆青。论坛之外，他爱种树。",
        "陆青最神秘。他从不露面。他种树。他爱松。他笑了。陆青在2031造林大会总决赛上做分享。",
        "松果沙龙已成为品牌，今年举办38场学术讲座。",
        "记者与陆青展开对话，举行了一次长谈。陆青在圆桌环节发言。",
        "",
    ],
)
def test_no_event(text: str) -> None:
    """An article that only mentions a forum, or plans one, reports none."""
    assert find_event(Analysis.of(text)) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2031年5月6日，云杉造林论坛在松城举行。", "2031-05-06"),
        ("5月6日至8日，2031云杉造林论坛在松城举行。", "2031-05-06"),
        ("2031云杉造林论坛日前在松城举行。", "2031"),
        ("3月29日，松果集团在松城举行2031年度业绩发布会。", None),
        ("5月6日，云杉造林论坛在松城举行。", None),
        ("据报道18日消息，2031云杉造林论坛在松城举行。", "2031"),
        ("5月6日，云杉造林论坛在松城举行。\n日期：2031年05月07日 18:50", "2031-05-06"),
        ("5月6日，云杉造林论坛在松城举行。\n日期：2031年11月07日 18:50", None),
        ("松城5月6日电 云杉造林论坛6日在松城举行。\n日期：2031年05月06日", "2031-05-06"),
        ("近日，云杉造林论坛在松城举行。自2029年1月3日起，松城禁伐。", None),
        ("市政府就2031年4月情况举行造林发布会\n市政府于2031年5月6日举行造林发布会。", "2031-05-06"),
    ],
)
def test_date(text: str, date: str | None) -> None:
    """A date is as partial as the text fixes it; a lone day or a day without its year is not guessed."""
    assert event(text).date == date


@pytest.mark.parametrize(
    ("text", "venue", "city"),
    [
        ("首届云杉论坛在上海召开。", None, "上海"),
        ("首届云杉论坛在上海松果会展中心隆重举行。", "上海松果会展中心", "上海"),
        ("首届云杉论坛于5月6日在松城大学报告厅开幕。", "松城大学报告厅", None),
        ("首届云杉论坛在松果村的打谷场上开幕。", "松果村的打谷场", None),
        ("首届云杉论坛召开。\n时间：2031年5月6日 9:00\n地点：松果大厦3号馆", "松果大厦3号馆", None),
        ("首届云杉论坛在掌声中开幕。", None, None),
        ("首届云杉论坛在这次活动现场举行。", None, None),
        ("第五屆臺中造林論壇昨日舉行。", None, "臺中"),
    ],
)
def test_place(text: str, venue: str | None, city: str | None) -> None:
    """The venue is a place where events are held; a city alone is no venue."""
    found = event(text)
    assert (found.venue, found.city) == (venue, city)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("首届云杉论坛昨日开幕，论坛以“松与光”为主题。", "松与光"),
        ("首届云杉论坛昨日开幕，主题为“松与光”。", "松与光"),
        ("2031云杉大会“松与光”分论坛昨日开幕。", "松与光"),
        ("首届云杉论坛昨日开幕，有人谈起“松与光”。", None),
        ("首届云杉论坛昨日开幕，专家们共同就“松与光”展开讨论。", "松与光"),
        ("首届云杉论坛昨日开幕，专家们共同就“松与光”讨论，主题为“林与人”。", "林与人"),
    ],
)
def test_theme(text: str, theme: str | None) -> None:
    """The theme is what the text calls so, or what a session is called after."""
    assert event(text).theme == theme


def test_hosts() -> None:
    """由 … 主办 names the hosts; 与 inside a name does not split it."""
    text = "由松城大学材料科学与工程学院、松果集团和云杉研究院联合主办的首届云杉论坛昨日开幕。"
    assert event(text).hosts == ("松城大学材料科学与工程学院", "松果集团", "云杉研究院")
