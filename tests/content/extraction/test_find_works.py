"""Works: titles in 《》, their kind, and who gives or releases them."""

from __future__ import annotations

import pytest

from content.extraction.analysis import Analysis, Mention
from content.extraction.works import find_works, title_spans
from content.model import Work


def works(text: str, person: str = "", organization: str = "") -> tuple[Work, ...]:
    analysis = Analysis.of(text)
    if person:
        at = text.index(person)
        analysis.people = (Mention(start=at, end=at + len(person), name=person),)
    if organization:
        at = text.index(organization)
        analysis.organizations = (Mention(start=at, end=at + len(organization), name=organization),)
    return find_works(analysis)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("陆青发表题为《松针与光》的演讲。", "talk"),
        ("陆青以《松针与光》为题作报告。", "talk"),
        ("陆青就《松针与光》进行了分享。", "talk"),
        ("陆青在《松针与光》主题报告中指出问题。", "talk"),
        ("云杉研究院发布《造林白皮书》。", "report"),
        ("现场发布了最新调研报告《松针与光》。", "report"),
        ("市林业局印发《造林管理办法》。", "policy"),
        ("市林业局发布了《关于保护松鼠》的通知。", "policy"),
        ("陆青以《造林发展报告》为题发言。", "talk"),
        ("他喜欢读《松针与光》。", "other"),
        ("他以《松针与光》成名。", "other"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    """The words around a title tell its kind, else its own ending does."""
    assert [work.kind for work in works(text)] == [kind]


def test_giver() -> None:
    """A talk is given by the person last named before it, if need be in the line above."""
    assert works("陆青发表题为《松针与光》的演讲。", person="陆青")[0].by == "陆青"
    assert works("主讲人：陆青\n带来《松针与光》的演讲。", person="陆青")[0].by == "陆青"


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("现场云杉研究院还发布了最新调研报告《松针之路》。", "云杉研究院"),
        ("云杉研究院发布《松针蓝皮书》。", "云杉研究院"),
        ("云杉研究院的代表到场，会上公布《松针蓝皮书》。", None),
        ("他读过云杉研究院喜欢的《松针蓝皮书》。", None),
    ],
)
def test_releaser(text: str, by: str | None) -> None:
    """A report is by the organisation named right before the verb of releasing, and by nobody else."""
    assert works(text, organization="云杉研究院")[0].by == by


def test_two_titles_share_what_stands_before_them() -> None:
    """发布《甲》和《乙》: both are released by the same organisation."""
    found = works("云杉研究院发布《松针蓝皮书》和《松果指数》。", organization="云杉研究院")
    assert [work.by for work in found] == ["云杉研究院", "云杉研究院"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("《松针\n  与光》刊出。", ["松针与光"]),
        ("《读〈松经〉有感》刊出。", ["读〈松经〉有感"]),
        ("《读《松经》有感》刊出。", ["读《松经》有感"]),
        ("《松针，《松果》刊出。", ["松果"]),
        ("松针》与《松果》刊出，《松", ["松果"]),
        ("《松果》再版，《松果》脱销。", ["松果"]),
        ("《》与《 》是空的。", []),
    ],
)
def test_brackets(text: str, titles: list[str]) -> None:
    """Titles over a line end, nested and unmatched brackets; a title is told once, at its first mention."""
    assert [work.title for work in works(text)] == titles


def test_span_is_the_title_with_its_brackets() -> None:
    """The evidence of a work is its title as it stands."""
    text = "陆青发表题为《松针与光》的演讲。"
    (span,) = title_spans(text)
    (work,) = works(text)
    assert text[span.start : span.end] == text[work.start : work.end] == "《松针与光》"


def test_talks_are_given_in_order() -> None:
    """林知远、陆青分别作了题为《甲》、《乙》的报告: each has their own, and both are talks."""
    text = "林知远、陆青分别作了题为《松针与光》、《松果白皮书解读》的报告。"
    analysis = Analysis.of(text)
    analysis.people = tuple(
        Mention(start=text.index(name), end=text.index(name) + len(name), name=name)
        for name in ("林知远", "陆青")
    )
    found = find_works(analysis)
    assert [(work.title, work.kind, work.by) for work in found] == [
        ("松针与光", "talk", "林知远"),
        ("松果白皮书解读", "talk", "陆青"),
    ]


def test_a_talk_beside_a_report_is_one_thing() -> None:
    """Without a list of givers, titles side by side have the giver of the first."""
    found = works("陆青作了题为《松针》和《松果》的演讲。", person="陆青")
    assert [(work.kind, work.by) for work in found] == [("talk", "陆青"), ("talk", "陆青")]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("陆青接受《松城日报》采访时表示，好。", []),
        ("《松果周刊》记者从会上获悉，产量增长。", []),
        ("据《松针时报》报道，产量增长。", []),
        ("《松城日报》报道称，产量增长。", []),
        ("他在会上推荐《松针之歌》这本书。", ["松针之歌"]),
        ("他每天读《松城早报》。", []),
        ("他每天读《松城早报》、《松针之歌》。", ["松针之歌"]),
        ("陆青的文章在《松果学报》上。", ["松果学报"]),
        ("据《松城林业统计公报》，产量增长。", ["松城林业统计公报"]),
        ("对《造林管理办法》提出意见。", ["造林管理办法"]),
    ],
)
def test_newspapers_are_no_works(text: str, titles: list[str]) -> None:
    """What reports, asks or is quoted as a source is the press; a paper that is only cited is a work."""
    assert [work.title for work in works(text)] == titles
