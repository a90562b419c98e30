"""Who takes part, in which role."""

from __future__ import annotations

import pytest

from content.extraction import extract


def roles(text: str) -> dict[str, str]:
    """The participants of a text with their roles."""
    return {person.name: person.role for person in extract(text).participants}


EVENT = "松城论坛在云溪举行。\n"
"""Somebody takes part in something."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议由云溪医院党委书记张国梁主持。", {"张国梁": "moderator"}),
        (
            "云溪市副市长卢彦清、云溪大学校长林知远等出席会议，并共同揭牌。",
            {"卢彦清": "attendee", "林知远": "attendee"},
        ),
        (
            "云溪市副市长卢彦清、云溪大学校长林知远出席论坛并致辞，云溪科技总裁周牧之参加。",
            {"卢彦清": "speaker", "林知远": "speaker", "周牧之": "attendee"},
        ),
        (
            "在高峰对话环节，云溪研究院院长林知远，云溪科技总监周牧之等嘉宾展开深度交流。",
            {"林知远": "panelist", "周牧之": "panelist"},
        ),
        ("论坛邀请十余名专家出席，包括云溪大学医学院教授Frederick等。", {"Frederick": "attendee"}),
        ("副市长彭健明参加了学术讲座。", {"彭健明": "attendee"}),
        (
            "在开幕式上致辞的还有云溪大学校长林知远、云溪科技总裁周牧之。",
            {"林知远": "speaker", "周牧之": "speaker"},
        ),
        (
            "图左为云溪大学校长林知远；图右为云溪科技总裁周牧之。",
            {"林知远": "attendee", "周牧之": "attendee"},
        ),
        ("揭牌仪式，云溪大学校长林知远（右二）", {"林知远": "attendee"}),
        (
            "主持人：云溪大学校长林知远\n嘉宾：\n云溪科技总裁 周牧之\n云溪医院院长 卢彦清\n现场座无虚席。",
            {"林知远": "moderator", "周牧之": "panelist", "卢彦清": "panelist"},
        ),
        ("列席：云溪大学校长林知远、云溪科技总裁周牧之", {"林知远": "attendee", "周牧之": "attendee"}),
        ("云溪大学校长林知远、云溪科技总裁周牧之等齐聚一堂。", {"林知远": "attendee", "周牧之": "attendee"}),
        ("出席会议的领导有副市长卢彦清。", {"卢彦清": "attendee"}),
        ("云溪大学校长林知远被邀请于主席台就座。", {"林知远": "attendee"}),
        ("云溪大学校长林知远说，欢迎。", {"林知远": "speaker"}),
    ],
)
def test_roles(text: str, expected: dict[str, str]) -> None:
    """What people say or are seen to do gives their role."""
    assert roles(EVENT + text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "（记者 陈晓静）论坛于昨日开幕。",
        "责任编辑：陈晓静\n论坛开幕。",
        "唐代诗人王维的诗句挂在墙上。",
        "“林巧医学论坛”已举办三届。",
        "论坛在云溪举行，二百人参加。",
    ],
)
def test_who_is_only_mentioned_takes_no_part(text: str) -> None:
    """Reporters, editors, the dead and namesakes of prizes are no participants."""
    assert roles(text) == {}


def test_a_doubled_name_is_one_person() -> None:
    """王恩林王恩林 is 王恩林."""
    facts = extract("云溪首席科学家王恩林王恩林表示，算力是水电。")
    assert [(p.name, p.end - p.start) for p in facts.participants] == [("王恩林", 3)]


def test_short_forms_are_the_same_person() -> None:
    """林校长 and 他 stand for the校长 named in full, and of two Lins for the one who holds the title."""
    facts = extract(
        "云溪大学校长林知远、云溪医院院长林若溪出席会议。林校长说，要合作。林院长说，愿意。他最后说，谢谢。"
    )
    assert [s.speaker for s in facts.statements] == ["林知远", "林若溪", "林若溪"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What is given says that somebody speaks.
        ("会上，云溪大学教授林知远作了专题学术报告。松城论坛在云溪举行。", {"林知远": "speaker"}),
        ("松城论坛在云溪举行。云溪医院主任周牧之致大会开幕辞。", {"周牧之": "speaker"}),
        (
            "松城论坛在云溪举行。云溪大学校长李平致欢迎辞，松城大学教授王海作了报告。",
            {"李平": "speaker", "王海": "speaker"},
        ),
        ("松城论坛在云溪举行。云溪大学校长李平致作报告。", {"李平致": "speaker"}),
        # Beside a speaker in one sentence, before the speaker is named.
        (
            "松城论坛在云溪举行。云溪大学教授林知远带来《松与云》的演讲；云溪科技总裁周牧之认为，要慢。",
            {"林知远": "speaker", "周牧之": "speaker"},
        ),
        # Lines below a label.
        (
            "松城论坛在云溪举行。\n对话嘉宾：\n林知远：云溪大学副校长\n周牧之：云溪科技总裁、松城协会会长",
            {"林知远": "panelist", "周牧之": "panelist"},
        ),
    ],
)
def test_roles_by_what_is_given(text: str, expected: dict[str, str]) -> None:
    """A report, a speech at the opening, a talk beside others, a line of a list."""
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "松城于2031年发布了由市长林知远主持制定的规划。",
        "林知远文学奖颁发，林知远基金会资助了奖项。",
        "云溪科技总裁周牧之陪同家人参观。",
    ],
)
def test_without_an_event_nobody_takes_part(text: str) -> None:
    """Whoever is named in a text that reports no event, and is not quoted, is only mentioned."""
    assert roles(text) == {}
