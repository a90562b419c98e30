"""Posts around a name, split where the organisation ends."""

from __future__ import annotations

import pytest

from content.extraction import extract
from content.extraction.pipeline import analyse


def posts(text: str) -> list[tuple[str | None, str | None]]:
    """The posts of the first person of a text."""
    phrases = analyse(text).phrases
    return [(post.organization, post.title) for post in phrases[0].posts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云溪科技首席技术官林知远表示，好。", [("云溪科技", "首席技术官")]),
        ("中国工程院院士、云溪首席科学家林知远表示，好。", [("中国工程院", "院士"), ("云溪", "首席科学家")]),
        (
            "省科协学会部部长、企业办公室主任林知远说，好。",
            [("省科协学会部", "部长"), ("企业办公室", "主任")],
        ),
        (
            "云溪集团创始人、董事长兼首席执行官林知远说，好。",
            [("云溪集团", "创始人"), ("云溪集团", "董事长"), ("云溪集团", "首席执行官")],
        ),
        ("云溪联通研究院人工智能总监林知远说，好。", [("云溪联通研究院", "人工智能总监")]),
        ("Garden(高园)研究咨询高级总监林知远说，好。", [("Garden(高园)", "研究咨询高级总监")]),
        ("健康与科学大学介入治疗专家林知远说，好。", [("健康与科学大学", "介入治疗专家")]),
        ("香港特区政府资讯科技总监林知远说，好。", [("香港特区政府", "资讯科技总监")]),
        ("云溪市委副书记、市长林知远说，好。", [("云溪市委", "副书记"), ("云溪市", "市长")]),
        ("省教育厅高教处林知远处长说，好。", [("省教育厅高教处", "处长")]),
        ("前特首林知远说，好。", [(None, "前特首")]),
        ("林知远院士说，好。", [(None, "院士")]),
        ("林知远博士说，好。林知远先生笑了。", []),
        (
            "林知远，云溪大学教授、云溪语言学会名誉会长，说，好。",
            [("云溪大学", "教授"), ("云溪语言学会", "名誉会长")],
        ),
        ("林知远（云溪大学副校长）：好。", [("云溪大学", "副校长")]),
        ("来自云溪的林知远说，好。", [("云溪", None)]),
        ("会上，来自云溪大学的教授林知远说，好。", [(None, "教授")]),
        ("云溪市政府副市长、党组成员林知远说，好。", [("云溪市政府", "副市长"), ("云溪市政府", "党组成员")]),
        ("中国工程院院士、校长林知远说，好。", [("中国工程院", "院士"), (None, "校长")]),
        ("中国工程院院士、副院长林知远说，好。", [("中国工程院", "院士"), ("中国工程院", "副院长")]),
        ("经济部长林知远说，好。", [(None, "经济部长")]),
        ("▲云溪商会会长林知远说，好。", [("云溪商会", "会长")]),
        ("我校党委书记林知远说，好。", [(None, "党委书记")]),
        ("主办方供图云溪基金会主席林知远说，好。", [("云溪基金会", "主席")]),
        ("云溪肿瘤医院林知远院所长说，好。", [("云溪肿瘤医院", "院所长")]),
    ],
)
def test_posts(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    """Each post is an organisation and a title, both as the text has them."""
    assert posts(text) == expected


def test_a_title_behind_a_list_is_shared() -> None:
    """董俊、吴绍靖副院长: both are."""
    phrases = analyse("董俊敏、吴绍靖副院长出席会议。").phrases
    assert [[post.title for post in phrase.posts] for phrase in phrases] == [["副院长"], ["副院长"]]


def test_the_fuller_post_stays() -> None:
    """A later 院党委书记 adds nothing to 云溪医院 + 党委书记."""
    facts = extract("云溪医院党委书记林知远主持会议。院党委书记林知远说，要坚持。")
    assert [(a.organization, a.title) for a in facts.participants[0].affiliations] == [
        ("云溪医院", "党委书记")
    ]


def test_organisation_and_title_are_the_articles_own_words() -> None:
    """A traditional text gives its organisations and titles in traditional characters."""
    facts = extract("華雲科技董事長程樹勳表示，歡迎。")
    assert [(a.organization, a.title) for a in facts.participants[0].affiliations] == [("華雲科技", "董事長")]


def all_posts(text: str) -> dict[str, list[tuple[str | None, str | None]]]:
    """The posts of every person of a text."""
    return {
        phrase.mention.name: [(post.organization, post.title) for post in phrase.posts]
        for phrase in analyse(text).phrases
    }


def test_posts_that_many_hold_are_shared_by_a_list() -> None:
    """A rank, a seat or a deputy's office before a list is everybody's; the office of one is not."""
    many = all_posts("中国科学院院士林知远、周牧之教授，市政协副主席陈松年、杨柏青出席。")
    assert many == {
        "林知远": [("中国科学院", "院士")],
        "周牧之": [("中国科学院", "院士"), (None, "教授")],
        "陈松年": [("市政协", "副主席")],
        "杨柏青": [("市政协", "副主席")],
    }
    assert all_posts("云溪学院院长林知远、周牧之出席。") == {"林知远": [("云溪学院", "院长")], "周牧之": []}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PineDB创始人CEO林知远说，好。", [("PineDB", "创始人"), ("PineDB", "CEO")]),
        ("我是PineDB创始人林知远。", [("PineDB", "创始人")]),
        ("“松下”的联合创办人林知远也分享了感悟。", [(None, "联合创办人")]),
        ("他说，真切希望云溪医师分会副会长林知远给予指导。", [("云溪医师分会", "副会长")]),
        ("松城发布了由市长林知远主持的规划。", [(None, "市长")]),
        ("林知远：云溪大学副校长；松城协会会长\n", [("云溪大学", "副校长"), ("松城协会", "会长")]),
        ("云溪科技副总裁林知远说，好。", [("云溪科技", "副总裁")]),
    ],
)
def test_where_posts_begin(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    """Double titles, words that lead in, a line that a name opens."""
    assert posts(text) == expected
