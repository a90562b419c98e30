"""Plain messages of a private chat: names, questions, anything."""

from __future__ import annotations

import pytest
from app import EDITOR, App, spans


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("星河平台有多少开发者", "“超过300万”"),
        ("星河平台有多少開發者？", "“超过300万”"),
        ("飞桨有多少开发者", "“230万"),
        ("星河平台每日调用量是多少", "“80亿次”"),
    ],
)
async def test_a_question_for_a_number(app: App, question: str, figure: str) -> None:
    """The figure that counts what was asked for comes first, with its sentence quoted."""
    answer = await app.ask(question)
    assert next(word for word in spans(answer, "bold") if word[0] in "“「").startswith(figure)
    assert spans(answer, "blockquote") or spans(answer, "expandable_blockquote")


@pytest.mark.parametrize("question", ["远帆翻译接口有多少开发者", "春江医院有多少开发者"])
async def test_the_figure_of_another_is_no_answer(app: App, question: str) -> None:
    """What is asked for has no such figure: the number of something else is not given for it."""
    assert "“超过300万”" not in (await app.ask(question))["text"]


async def test_what_somebody_says_about_something(app: App) -> None:
    """A person and a topic in one question: the person's sentences with the word, and no others."""
    answer = await app.ask("沈若琳怎么看智算中心")
    assert "智算中心将占据70%的计算需求" in answer["text"]
    assert answer["text"].startswith("👤 沈若琳")


async def test_when_something_happened(app: App) -> None:
    """A question for a date shows what the articles date."""
    assert "2015年" in (await app.ask("远帆翻译接口什么时候开放的"))["text"]


@pytest.mark.parametrize(
    ("words", "beginning"),
    [
        ("远帆科技", "🏢 远帆科技"),
        ("星河平台", "📦 星河平台"),
        ("智算中心", "🏷 智算中心"),
        ("2022春江智能大会", "🎤 2022春江智能大会"),
        ("林知远是谁", "👤 林知远"),
        ("介绍一下林知远", "👤 林知远"),
        ("高德纳", "🏢 Gartner"),
        ("说说土壤", "🔎"),
        ("你好", "论坛简报"),
    ],
)
async def test_plain_words(app: App, words: str, beginning: str) -> None:
    """A name opens its page; other words are searched for."""
    assert (await app.ask(words))["text"].startswith(beginning)


async def test_what_nothing_answers(app: App) -> None:
    """A question about nothing known says so and leads on."""
    answer = await app.ask("明天会下雨么")
    assert "没有找到" in answer["text"]
    assert "/topics" in spans(answer, "bot_command")


async def test_a_name_of_different_things_opens_the_first_with_a_way_to_the_others(app: App) -> None:
    """A product that is also a subject is shown at once; only namesakes of one kind are asked about."""
    answer = await app.ask("飞桨")
    assert answer["text"].startswith("📦 飞桨")
    await app.press(answer, "🏷 飞桨")
    assert app.seen()["text"].startswith("🏷 飞桨")


async def test_a_question_goes_on_from_the_last(app: App) -> None:
    """Another name in the place of the first; each person has their own last question, for a while."""
    assert "土壤" in (await app.ask("林知远怎么看开源"))["text"]
    assert "没有找到" in (await app.ask("那沈若琳呢？"))["text"]
    assert "80亿次" in (await app.ask("星河平台每天调用多少次"))["text"]
    assert "12亿字符" not in (await app.ask("那远帆翻译接口呢"))["text"]
    await app.ask("沈若琳是什么职务")
    assert "云州大学教授" in (await app.ask("and what about 林知远?"))["text"]
    await app.ask("沈若琳怎么看智算中心", user=EDITOR)
    assert "云州大学教授" in (await app.ask("那林知远呢"))["text"]
    app.bot.clock.advance(11 * 60)
    assert (await app.ask("那沈若琳呢"))["text"].startswith("👤 沈若琳")
