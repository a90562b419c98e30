"""Pictures as readers get them: a photo with its words, light and dark, one after the other."""

from __future__ import annotations

import io

import pytest
from app import READER, App, Json, buttons, labels
from PIL import Image

KINDS = {
    "/card 林知远": "林知远",
    "/chart": "超过300万",
    "/chart 星河平台": "超过300万",
    "/network 第三届星河开源论坛": "云州大学 · 教授",
    "/chronicle": "早在2015年",
    "/chronicle 远帆": "远帆科技开放",
}


def picture(app: App, message: Json) -> Image.Image:
    """The photo of a message."""
    upload = app.api.state.files.get(message["photo"][-1]["file_id"]).upload
    return Image.open(io.BytesIO(upload.data))


def brightness(image: Image.Image) -> int:
    """Of the paper: 0 black, 255 white."""
    level = image.convert("L").getpixel((2, 2))
    assert isinstance(level, int)
    return level


@pytest.mark.parametrize(("command", "words"), KINDS.items())
async def test_a_photo_arrives_with_its_words(app: App, command: str, words: str) -> None:
    """One photo, its caption says what it shows and leads to the fact."""
    answer = await app.ask(command)
    assert words in answer["caption"]
    assert picture(app, answer).width == 1080
    links = [entity["url"] for entity in answer["caption_entities"] if entity["type"] == "text_link"]
    assert any("?start=f_" in link for link in links)


@pytest.mark.parametrize("command", ["/card 林知远", "/network 第三届星河开源论坛", "/chart 星河"])
async def test_the_theme_changes_in_place(app: App, command: str) -> None:
    """A press makes the same message dark, another one light again."""
    answer = await app.ask(command)
    assert brightness(picture(app, answer)) > 200
    await app.press(answer, "深色")
    dark = app.now(answer)
    assert brightness(picture(app, dark)) < 60
    assert dark["caption"] == answer["caption"]
    await app.press(dark, "浅色")
    assert brightness(picture(app, app.now(answer))) > 200
    assert app.seen()["message_id"] == answer["message_id"]


async def test_the_theme_can_be_said(app: App) -> None:
    """By the first word, in either script; the rest is the name."""
    for command in ("/card dark 林知远", "/card 深色 林知远", "卡片 深色 林知远"):
        assert brightness(picture(app, await app.ask(command))) < 60


async def test_pages_of_pictures_turn_in_place_and_keep_the_theme(app: App) -> None:
    """The second card takes the place of the first, in the dark as well; its own button changes nothing."""
    answer = await app.ask("/card dark 林知远")
    await app.press(answer, "›")
    second = app.now(answer)
    assert second["caption"] != answer["caption"]
    assert brightness(picture(app, second)) < 60
    await app.press(second, "2/")
    assert app.now(answer)["photo"] == second["photo"]


async def test_the_pages_lead_to_the_pictures(app: App) -> None:
    """Speaker, event, figures and timeline each have buttons for what can be drawn of them."""
    speaker = await app.ask("/speaker 林知远")
    event = await app.ask("/event 第三届星河开源论坛")
    assert {"🖼 卡片", "📄 导出"} <= set(labels(speaker))
    assert {"🕸 关系图", "📊 图表", "🗓 时间线图", "📄 导出"} <= set(labels(event))
    for page, label in (
        (speaker, "卡片"),
        (event, "关系图"),
        (event, "图表"),
        (event, "时间线图"),
        (await app.ask("/figures 星河"), "图表"),
        (await app.ask("/timeline"), "时间线图"),
    ):
        await app.press(page, label)
        assert "photo" in app.seen(), label
    await app.press(event, "图表")
    assert "第三届星河开源论坛" in app.seen()["caption"]
    assert "40%" not in app.seen()["caption"]


async def test_without_a_name_it_is_asked_for(app: App) -> None:
    """The buttons of the question lead to the pictures, not to the pages."""
    question = await app.ask("/card")
    assert "photo" not in question
    await app.press(question, "林知远")
    assert "photo" in app.seen()
    network = await app.ask("/network")
    await app.press(network, "第三届星河开源论坛")
    assert "云州大学" in app.seen()["caption"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/card 无此人名字", "没有找到"),
        ("/chart 没有的词", "没有与"),
        ("/chronicle 没有的词", "没有"),
        ("/network 无此活动名字", "没有找到"),
        ("/card " + "长" * 90, "太长"),
        ("/chart " + "长" * 90, "太长"),
    ],
)
async def test_what_cannot_be_drawn_is_said(app: App, command: str, words: str) -> None:
    """A clear sentence, no photo."""
    answer = await app.ask(command)
    assert words in answer["text"]


async def test_who_says_nothing_has_no_card(app: App) -> None:
    """The page has no button for it, the command says why."""
    assert "没有 黄炳 的发言" in (await app.ask("/card 黄炳"))["text"]
    assert "🖼 卡片" not in labels(await app.ask("/speaker 黄炳"))


async def test_words_that_no_button_can_carry_have_no_buttons(app: App) -> None:
    """The picture comes all the same."""
    answer = await app.ask("/chart 星河平台已凝聚超过300万开发者 每日调用量")
    assert "photo" in answer
    assert buttons(answer) == []


async def test_pictures_speak_the_language_of_the_chat(app: App) -> None:
    """The frame is in the reader's language, the article's words stay as they are."""
    await app.ask("/lang en")
    answer = await app.ask("/card 林知远")
    assert "Dark" in labels(answer)[-1]
    assert "开源" in answer["caption"]
    assert app.seen(READER)["message_id"] == answer["message_id"]
