"""Names by their characters and by what stands around them."""

from __future__ import annotations

import pytest

from content.extraction.foreign import find_foreign_names
from content.extraction.names import find_names
from content.extraction.reading import fold


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("云溪大学校长林知远表示，要坚持。", {"林知远"}),
        ("据欧阳清和介绍，已经完成。", {"欧阳清和"}),
        ("由总工程师--周牧主持。", {"周牧"}),
        ("行政長官林鄭秋娥致辭。", {"林郑秋娥"}),
        ("日本学者岸田信一说，不难。", {"岸田信一"}),
        ("与会专家马启明、向松林、巴志远发言。", {"马启明", "向松林", "巴志远"}),
        ("林知远：值得。\n林知远：是的。", {"林知远"}),
        ("大会主席由程知远院士担任。", {"程知远"}),
        ("旅游局局长孙英涛出席。", {"孙英涛"}),
        ("校长李平致欢迎辞。", {"李平"}),
    ],
)
def test_names(text: str, names: set[str]) -> None:
    """Titles, verbs of speech, lists and labels show names."""
    assert set(find_names(fold(text))) == names


@pytest.mark.parametrize(
    "text",
    [
        "主席高度评价了成果。",
        "部长明确指出，问题很多。",
        "院长曾多次表示，要加强。",
        "校长曾公开表示，不会。",
        "白皮书指出，增长放缓。",
        "方案提出，三年完成。",
        "温州市市长出席。",
        "高通中国区董事长表示，欢迎。",
        "严格来说，不算。简单说，可以。",
        "双方表示，继续合作。",
        "总裁时任处长。",
        "会后向林院长表示，值得。",
        "教育局长高峰论坛在云溪举行。",
    ],
)
def test_words_are_no_names(text: str) -> None:
    """Words that begin with a surname are no people, wherever they stand."""
    assert find_names(text) == {}


def test_the_better_reading_of_a_place_wins() -> None:
    """朱学|庆会见 loses to 朱学庆|会见, for that the other places of the text speak for it."""
    assert set(find_names("市长朱学庆会见来宾。朱学庆说，欢迎。")) == {"朱学庆"}


def test_who_made_the_article_is_marked() -> None:
    """A name that only ever follows 记者 is the press's."""
    assert find_names("（记者 陈晓静）云溪大学校长林知远说，好。")["陈晓静"].press


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("总理梭温·达拉出席开幕式。", {"梭温·达拉"}),
        ("学者卡洛斯·E·门多萨说，不难。", {"卡洛斯·E·门多萨"}),
        ("研究所所长尤尔根‧哈特曼表示，可行。", {"尤尔根·哈特曼"}),
        ("协会主席KennethThomson等出席。", {"KennethThomson"}),
        ("创始人&CEO--Bryan peng", {"Bryan peng"}),
        ("基金会的Ana Ruiz（安娜）说，好。", {"Ana Ruiz"}),
        ("AI Lab认为可行。Open Data表示欢迎。", set()),
    ],
)
def test_foreign_names(text: str, names: set[str]) -> None:
    """Transliterated names with dots and Latin names beside titles, as long as they are."""
    assert set(find_foreign_names(fold(text))) == names
