"""Who said which sentence."""

from __future__ import annotations

import pytest

from content.document import Document
from content.extraction import extract

LIN = "云溪大学校长林知远"
ZHOU = "云溪科技总裁周牧之"


def speakers(text: str) -> list[list[str]]:
    """The speakers of every sentence that the pipeline attributes or not, in text order."""
    facts = extract(text)
    found: dict[int, list[str]] = {}
    for statement in facts.statements:
        found.setdefault(statement.start, []).append(statement.speaker)
    return [found.get(span.start, []) for span in Document(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The verb before what is said, and sentences that go on.
        (f"{LIN}表示,人才是第一资源。未来三年要引进百人。", [["林知远"], ["林知远"]]),
        (f"{LIN}在致辞中指出：“要创新。”", [["林知远"]]),
        (f"据{LIN}介绍，已完成一半。", [["林知远"]]),
        (f"在{LIN}看来，难点在数据。", [["林知远"]]),
        # The speaker behind the quotation.
        (f"“要创新。”{LIN}说。", [["林知远"], []]),
        (
            f"“数据是新的土壤。种子要自己带。”{LIN}介绍，“水也要自己挑。”",
            [["林知远"], ["林知远"], ["林知远"]],
        ),
        # Pronouns and subjects left out.
        (f"{LIN}发表主题演讲。他认为，芯片要自己做。", [[], ["林知远"]]),
        (f"{LIN}分享了算力网络的建设经验。并强调，安全第一。", [["林知远"], ["林知远"]]),
        # A new subject ends it.
        (f"{LIN}说，欢迎大家。\n{ZHOU}表示，愿意合作。", [["林知远"], ["周牧之"]]),
        (f"{LIN}说，欢迎大家。随后，来宾参观了校园。", [["林知远"], []]),
        (f"{LIN}说，欢迎大家。{ZHOU}参加了活动。", [["林知远"], []]),
        (f"{LIN}说，欢迎大家。云溪市旅游局负责同志在发言中说，要合作。", [["林知远"], []]),
        # Narration in a new paragraph.
        (f"{LIN}说，欢迎大家。\n云溪大学创办于1950年。", [["林知远"], []]),
        # A quotation in the next paragraph, and a list.
        (f"{LIN}说，机会来了。\n“机会只给准备好的人。”", [["林知远"], ["林知远"]]),
        (f"{LIN}提出三点建议。\n一是开放数据。\n二是培养人才。", [["林知远"], ["林知远"], ["林知远"]]),
        # Several speakers, and groups.
        (f"{LIN}与{ZHOU}共同表示，愿意合作。", [["林知远", "周牧之"]]),
        ("与会专家一致认为，前景可期。", [["*"]]),
        ("虚拟运营企业代表均坦承，压力很大。", [["*"]]),
        # What is reported inside a report is not the cited one's.
        (f"{LIN}指出，国家主席林致和强调，要创新。", [["林知远"]]),
        # Who only spoke said nothing.
        (f"{LIN}发表了热情洋溢的讲话。", [[]]),
        (f"{LIN}致辞。", [[]]),
        (f"我们为{LIN}表示感谢。", [[]]),
        # A transcript.
        (
            f"{LIN}做客本报。\n记者：值得吗？\n林知远：值得。我们走了很远。\n记者：累吗？\n答：不累。",
            [[], [], ["林知远"], ["林知远"], [], ["林知远"]],
        ),
        # A section under a name.
        (
            f"第一届云溪论坛\n{LIN}\n就算力发表演讲，认为算力是水电。它要人人可用。\n{ZHOU}\n指出，模型要小。",
            [[], [], ["林知远"], ["林知远"], [], ["周牧之"]],
        ),
        # A caption opens no section.
        (f"第一届云溪论坛\n{LIN}\n林知远教授在演讲\n山路要修。", [[], [], [], []]),
        # Between sound bites the article speaks again.
        (
            "云溪论坛闭幕。\n林知远：路长。\n记者看到，会场满了。\n周牧之：慢走。\n记者了解到，有展览。\n林知远：一起走。\n展览在三楼。",
            [[], ["林知远"], [], ["周牧之"], [], ["林知远"], []],
        ),
        # 高校 is no short form of 高某校长.
        ("云溪大学校长高知远到场。\n论坛表示，各高校都来了。", [[], []]),
        # A pronoun that opens a paragraph; 谈及|过去 is speech, 谈过 is not.
        (f"{LIN}说，欢迎大家。\n他还表示，门票全免。", [["林知远"], ["林知远"]]),
        (f"{LIN}谈及过去一年的变化。", [["林知远"]]),
        # A full stop behind the closing mark; who is named right behind a quotation without a verb.
        (f"“我们要走得更远”。{LIN}透露，下一站在海边。", [["林知远"], ["林知远"]]),
        (f"“没想到来了这么多人。”{LIN}第一次参会，十分惊讶。", [["林知远"], ["林知远"]]),
        # Counted and gathered groups, not a single source, not what 我 feel among others.
        ("两位外宾在答辞中表示，愿意再来。", [["*"]]),
        ("会上发言的各国嘉宾表示，合作是出路。", [["*"]]),
        ("一位专家表示，合作是出路。", [[]]),
        ("六位老师逐一点评。", [[]]),
        (f"{LIN}说，路还很长。许多专家进行讨论，我觉得这很好。", [["林知远"], ["林知远"]]),
        # Somebody for whom, or to whom, one speaks is no speaker.
        (f"{LIN}说，路还很长。他对{ZHOU}说：“一起走。”", [["林知远"], ["林知远"]]),
        # A pronoun stands for who is named last before it; 其 may own the one who speaks.
        (f"论坛由{LIN}主持。他表示，门票全免。", [[], ["林知远"]]),
        (f"第一位是{LIN}，他谈到了算力的作用。", [["林知远"]]),
        (f"{LIN}到场。云溪科技成立三年，其总裁周牧之指出，亏损在收窄。", [[], ["周牧之"]]),
        # Views as nouns; who is introduced is not told of; others who discuss.
        (f"{LIN}的看法是，要慢一点。", [["林知远"]]),
        (f"第三位是{LIN}，报告内容是城市水系的演变。", [["林知远"]]),
        (f"{LIN}首先介绍了到会的领导和嘉宾。", [[]]),
        (f"{LIN}向媒体介绍本次大会有关情况并回答记者提问。", [[]]),
        (f"{LIN}昨日参加“云溪高峰会”论坛时表示，路还很长。", [["林知远"]]),
        (f"{LIN}应邀出席论坛，来自全国的百余人就教育展开深入探讨。", [[]]),
        (f"{LIN}宣布大会开幕。", [[]]),
        (f"{LIN}宣布，明年不再涨价。", [["林知远"]]),
        # What others call him is not his; a talk that is brought says nothing.
        (f"{LIN}一句玩笑，被网友称为金句。", [[]]),
        (f"{LIN}给大会带来了精彩的报告。", [[]]),
        ("与会作家对近年来在校园、社区和乡村种下的每一片松林都给予充分肯定。", [["*"]]),
        # Within the paragraph that names a speaker the event is spoken of; in the next it is told of.
        (f"{LIN}在致辞中说，路还很长。本次论坛意义重大。", [["林知远"], ["林知远"]]),
        (f"{LIN}在致辞中说，路还很长。\n本次论坛由云溪大学主办。", [["林知远"], []]),
        # A name that is an object stands within the predicate; a talk that is mentioned is no new speaker's.
        (f"{LIN}对{ZHOU}一行的到来表示欢迎，并介绍了校史。", [["林知远"]]),
        (
            f"{LIN}说，去年很忙。我们先后办了三十场活动，请来了许多老朋友，还邀请{ZHOU}作报告。他表示，今年更忙。",
            [["林知远"], ["林知远"], ["林知远"]],
        ),
        # What is reported by a verb of report ends where another one begins.
        (f"{LIN}分享了芯片的经验，{ZHOU}介绍了模型的进展。", [["林知远", "周牧之"]]),
        # Notes in brackets behind the text are the editors'.
        (f"{LIN}说，欢迎大家。（责任编辑：何某）", [["林知远"], []]),
        # A transcript whose labels stand alone; a guest may begin with another one's name.
        (
            f"{LIN}：\n路还很长。\n要一步步走。\n{ZHOU}：\n林校长的话很对。\n我也这样想。",
            [[], ["林知远"], ["林知远"], [], ["周牧之"], ["周牧之"]],
        ),
    ],
)
def test_speakers(text: str, expected: list[list[str]]) -> None:
    """Each sentence goes to who the article says said it, and to nobody else."""
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{LIN}出席论坛并致辞。\n以下为讲话全文：\n今天天气很好。\n我代表顾明川院士欢迎各位。\n谢谢大家！\n论坛由云溪大学主办。",
            [[], [], ["林知远"], ["林知远"], ["林知远"], []],
        ),
        (
            f"{LIN}在云溪论坛上的致辞\n尊敬的各位来宾：\n路还很长。\n我们一起走。",
            [[], [], ["林知远"], ["林知远"]],
        ),
        # A greeting that is no speech's: nobody stands above it.
        ("各位读者：\n本刊下月改版。", [[], []]),
        # 以下 that announces no speech.
        (f"{LIN}说，好。\n以下为获奖名单：\n一等奖空缺。", [["林知远"], [], []]),
    ],
)
def test_printed_speeches(text: str, expected: list[list[str]]) -> None:
    """A speech printed in full is its speaker's from its announcement or salutation to the thanks."""
    assert speakers(text) == expected


def test_punctuation_makes_no_difference() -> None:
    """Half-width and full-width marks, straight and curly quotation marks read alike."""
    full = f"“要创新。”{LIN}说，“要开放。”"
    half = full.replace("，", ",").replace("“", '"').replace("”", '"')
    assert speakers(full) == speakers(half)


def test_traditional_text_is_read_as_itself() -> None:
    """A Taiwan text with corner brackets gives its own characters back."""
    facts = extract("華雲科技董事長程樹勳指出，「缺工比缺料更可怕」。他說，明年擴廠。")
    assert [statement.speaker for statement in facts.statements] == ["程樹勳", "程樹勳"]


def test_every_statement_has_confidence_and_rule() -> None:
    """An editor sees how sure a statement is and which rule found it."""
    facts = extract(f"{LIN}说，欢迎大家。未来三年要引进百人。")
    assert [(s.rule, 0 < s.confidence <= 1) for s in facts.statements] == [("named", True), ("carried", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LIN}发表演讲时说，云在山上。", [["林知远"]]),
        (f"{LIN}以“云与松”为题，回溯了周牧之先生倡导并促成的合作。", [["林知远"]]),
        ("奖项以周牧之先生冠名，周牧之基金会资助，旨在激励青年，鼓励更多人造林。", [[]]),
        (f"{LIN}指出，松林很好。当前，全市贯彻落实周牧之主席对造林的指示要求。", [["林知远"], ["林知远"]]),
        (f"{LIN}看了一部短片，这部短片展示了松林。", [[]]),
    ],
)
def test_who_does_not_speak(text: str, expected: list[list[str]]) -> None:
    """Attributive verbs, purposes, instructions that others carry out, and things that show something."""
    assert speakers(text) == expected


def test_a_statement_holds_words() -> None:
    """A lone mark is nobody's statement."""
    assert speakers(f"{LIN}提出了不同看法（松|云？）。") in ([["林知远"], []], [["林知远"]])
