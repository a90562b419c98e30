"""Web furniture around the article."""

from __future__ import annotations

import pytest

from content.extraction.furniture import is_furniture
from content.extraction.pipeline import analyse
from content.extraction.reading import fold


@pytest.mark.parametrize(
    "line",
    [
        "来源:光明网",
        "责任编辑：周某",
        "首页 > 新闻 > 正文",
        "2017-11-05 10:56",
        "时间：2012年4月30日 星期一",
        "分享到微信",
        "链接：http://example.org/a/b.htm",
        "上一篇：关于放假的通知",
        "本报记者 林某 通讯员 赵某",
        "瀏覽次數：318",
        "版權所有",
        "----------",
        "2017-12-20 13:19来源:云溪网浏览:35",
        "发布时间: 2015-10-25 07:59:59    来源: 云溪网    作者: 林某    责任编辑: 周某",
        "① 凡本网注明“来源：云溪网”的所有作品，版权均属云溪网，未经本网授权不得转载、摘编。",
    ],
)
def test_furniture(line: str) -> None:
    """Navigation, bylines, buttons and copyright lines are furniture, in either script and punctuation."""
    assert is_furniture(fold(line))


@pytest.mark.parametrize(
    "line",
    [
        "来源于生活的艺术更有力量。",
        "作者认为，这本书值得再读。",
        "时间是最好的裁判。",
        "图书馆在云溪大学揭牌",
        "记者在现场看到，展台前排起了长队。",
        "编辑部主任林知远说，好书不怕慢。",
        "2017年12月20日，论坛在云溪开幕。",
        "论坛发布了版权声明的范本，林知远说，它能让作者少走弯路，也让读者更放心。",
    ],
)
def test_text(line: str) -> None:
    """Sentences that begin with the same words are the article."""
    assert not is_furniture(fold(line))


def test_the_body_leaves_furniture_out() -> None:
    """Only the article's sentences are read."""
    analysis = analyse("首页 > 新闻\n论坛开幕。嘉宾到场。\n责任编辑：周明远\n")
    assert [analysis.document[span] for span in analysis.body] == ["论坛开幕。", "嘉宾到场。"]
