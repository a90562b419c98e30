"""Keys of names and how near names are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.name_index import NameIndex
from content.names import distance, keys, nearest

PEOPLE = ("陆海峰", "陆恩东", "吴甜", "崔宝林", "曾国平", "单志强", "欧阳明")
OTHERS = (
    "华川",
    "华川集团",
    "百灵技术生态部",
    "开源",
    "中国灵犀科学技术研究院",
    "Firmament",
    "中国工商银行",
    "5G",
)
NAMES = [(keys(name, person=True), name) for name in PEOPLE] + [(keys(name), name) for name in OTHERS]


@pytest.mark.parametrize(
    ("name", "person", "pinyin", "initials"),
    [
        ("陆海峰", True, "luhaifeng", "lhf"),
        ("陸海峰", True, "luhaifeng", "lhf"),
        ("曾国平", True, "zengguoping", "zgp"),
        ("单志强", True, "shanzhiqiang", "szq"),
        ("单位", False, "danwei", "dw"),
        ("尉迟恭", True, "yuchigong", "ycg"),
        ("中国工商银行", False, "zhongguogongshangyinhang", "zggsyh"),
        ("重庆长江音乐", False, "chongqingchangjiangyinyue", "cqcjyy"),
        ("华川AI平台", False, "huachuanaipingtai", "hcaipt"),
        ("Firmament", False, "firmament", ""),
        ("Viktor Mayer-Schönberger", True, "viktormayerschonberger", "vms"),
        ("PaddleBoat", False, "paddleboat", "pb"),
        ("吕氏", False, "lvshi", "ls"),
    ],
)
def test_keys_of_names(name: str, person: bool, pinyin: str, initials: str) -> None:
    """Surnames and ordinary words have the readings that are usual in them."""
    found = keys(name, person=person)
    assert (found.pinyin, found.initials) == (pinyin, initials)


def test_different_ways_to_write_a_name_have_one_key() -> None:
    """Traditional characters, width, case, dots and blanks do not matter."""
    assert keys("馬琳·肯加").folded == keys("马琳肯加").folded == keys("马琳 肯加").folded
    assert keys("ＡＩ").folded == keys("ai").folded
    assert keys("C++").folded != keys("C").folded
    assert keys("···").folded == "···"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("陆海锋", "陆海峰"),  # same sound
        ("陸海風", "陆海峰"),
        ("luhaifeng", "陆海峰"),
        ("lu hai feng", "陆海峰"),
        ("lǔ hǎi fēng", "陆海峰"),
        ("LHF", "陆海峰"),
        ("luhaifen", "陆海峰"),  # n for ng
        ("luhaifng", "陆海峰"),  # a letter left out
        ("海峰", "陆海峰"),
        ("陆海峰院士", "陆海峰"),
        ("zengguoping", "曾国平"),
        ("cengguoping", "曾国平"),  # as the character is read elsewhere
        ("崔保林", "崔宝林"),
        ("崔宝森", "崔宝林"),  # another character
        ("百灵技书生态部", "百灵技术生态部"),
        ("中国灵西科学技术研究元", "中国灵犀科学技术研究院"),
        ("灵犀科学技术研究院", "中国灵犀科学技术研究院"),
        ("firmanent", "Firmament"),
        ("花川", "华川"),
        ("华传", "华川"),
        ("开元", "开源"),
    ],
)
def test_slips_come_near_the_name_that_is_meant(written: str, name: str) -> None:
    """Homophones, pinyin, slips, initials and parts lead to the name."""
    assert nearest(written, NAMES)[0] == name


@pytest.mark.parametrize(
    "written", ["", "李四", "马化云", "吴刚", "开放", "abc", "x", "5", "zhangsan", "明", "🚀"]
)
def test_what_is_far_is_not_near(written: str) -> None:
    """A different name of two characters, a lone character, other letters: nothing."""
    assert nearest(written, NAMES) == []


def test_near_names_come_in_order_of_nearness() -> None:
    """The same sound stands before a different character, and what is far behind the first is left out."""
    names = [(keys(name, person=True), name) for name in ("陆海波", "陆海峰", "陆海锋")]
    assert nearest("陆海丰", names) == ["陆海峰", "陆海锋"]
    assert nearest("陆海峰", names, limit=1) == ["陆海峰"]


ALPHABET = "陆海峰锋华川开源技术研究院中国luhaifeng C5"


@given(st.lists(st.text(ALPHABET, min_size=1, max_size=9), max_size=8), st.text(ALPHABET, max_size=10))
def test_the_index_finds_what_comparing_every_name_finds(names: list[str], query: str) -> None:
    """Nothing is lost by not looking at each name."""
    entries = [(keys(name, person=True), (place, name)) for place, name in enumerate(names)]
    assert NameIndex(entries).nearest(query, lambda _: True, 5) == nearest(query, entries, 5)


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    """A distance is None or lies between 0 and 1, and 0 means the same folded name."""
    far = distance(keys(one), keys(other))
    assert far is None or 0 <= far <= 1
    assert (far == 0) == (keys(one).folded == keys(other).folded)


def test_the_index_completes_beginnings() -> None:
    """By characters and by pinyin, in the order of the index."""
    index = NameIndex(NAMES)
    assert index.complete("华", lambda _: True, 9) == ["华川", "华川集团"]
    assert index.complete("lu", lambda _: True, 9) == ["陆海峰", "陆恩东"]
    assert index.complete("lu", lambda name: name != "陆海峰", 9) == ["陆恩东"]
    assert index.complete("", lambda _: True, 9) == []
    assert index.exact("华川") == ["华川"]
    assert len(index) == len(NAMES)
