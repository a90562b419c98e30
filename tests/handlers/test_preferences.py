"""Language and time zone of a chat."""

from __future__ import annotations

import pytest
from app import GROUP, OWNER, READER, App, labels


@pytest.mark.parametrize(
    ("argument", "answer"),
    [
        ("en", "Done. I will speak English here."),
        ("English", "Done. I will speak English here."),
        ("繁體", "好的，之後使用繁體中文。"),
        ("zh-hans", "好的，以后用简体中文。"),
    ],
)
async def test_a_language_is_set(app: App, argument: str, answer: str) -> None:
    """By its code or its name, and answered in the new language."""
    assert (await app.ask(f"/lang {argument}"))["text"] == answer


async def test_a_language_is_chosen_by_a_button(app: App) -> None:
    """The buttons name each language in itself."""
    answer = await app.ask("/lang")
    assert labels(answer) == ["简体中文", "繁體中文", "English"]
    await app.press(answer, "繁體中文")
    assert "之後" in app.now(answer)["text"]
    assert (await app.ask("/topics"))["text"].startswith("🏷 話題")


async def test_a_language_that_there_is_not(app: App) -> None:
    """The choice is offered again."""
    answer = await app.ask("/lang klingon")
    assert "klingon" in answer["text"]
    assert "English" in labels(answer)


async def test_settings(app: App) -> None:
    """Zone by button and by name; an unknown zone is refused with an example."""
    answer = await app.ask("/settings")
    assert "时区：Asia/Shanghai" in answer["text"]
    await app.press(answer, "时区")
    await app.press(app.now(answer), "Asia/Tokyo")
    assert "Asia/Tokyo" in app.now(answer)["text"]
    await app.ask("/settings zone europe/london")
    assert "时区：Europe/London" in (await app.ask("/settings"))["text"]
    assert "没有找到“Mars/Base”" in (await app.ask("/settings zone Mars/Base"))["text"]


async def test_a_zone_is_set_by_typing_a_city_when_asked(app: App) -> None:
    """The answer to the question is taken as one, once; later the same word is a question again."""
    answer = await app.ask("/settings")
    await app.press(answer, "时区")
    assert "您在哪里" in app.now(answer)["text"]
    assert "没有找到“不是城市”" in (await app.ask("不是城市"))["text"]
    assert "America/New_York" in (await app.ask("紐約"))["text"]
    assert "America/New_York" not in (await app.ask("紐約"))["text"]


async def test_a_zone_is_set_by_a_shared_location(app: App) -> None:
    """By the nearest city; the middle of the ocean is refused politely."""
    (answer,) = await app.say("", location={"latitude": 35.68, "longitude": 139.76})
    assert "Asia/Tokyo" in answer["text"]
    (refused,) = await app.say("", location={"latitude": -48.9, "longitude": -123.4})
    assert "没有找到" in refused["text"]


async def test_everything_is_set_by_one_keyboard(app: App) -> None:
    """Cadence, days, time, quiet hours, pause and empty digests, each in place and shown at the front."""
    board = await app.ask("/settings")
    await app.press(board, "订阅摘要")
    await app.press(app.now(board), "每周")
    await app.press(app.now(board), "周一")
    await app.press(app.now(board), "周三")
    await app.press(app.now(board), "21:00")
    assert "✓ 21:00" in labels(app.now(board))
    await app.press(app.now(board), "返回")
    await app.press(app.now(board), "免打扰")
    await app.press(app.now(board), "23:00–07:00")
    await app.press(app.now(board), "没有新内容时也发")
    await app.press(app.now(board), "暂停")
    await app.press(app.now(board), "7 天")
    text = app.now(board)["text"]
    assert "21:00" in text
    assert "免打扰：23:00–07:00" in text
    assert "没有新内容时：也发一条" in text
    assert "已暂停到" in text
    subscription = await app.bot.services.repositories.subscriptions.get(READER)
    assert subscription is not None
    assert subscription.days & 0b101
    assert subscription.quiet is not None
    await app.press(app.now(board), "已暂停")
    await app.press(app.now(board), "继续")
    assert "已暂停到" not in app.now(board)["text"]


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        ("/settings when 25:99", "没看懂“25:99”"),
        ("/settings quiet 半夜", "没看懂“半夜”"),
        ("/settings pause 9999", "没看懂“9999”"),
        ("/settings nonsense", "本聊天的设置"),
    ],
)
async def test_settings_that_are_not_understood(app: App, command: str, refusal: str) -> None:
    """The word is named, with what may be written."""
    await app.ask("/subscribe")
    assert refusal in (await app.ask(command))["text"]


async def test_quiet_hours_are_typed_when_asked(app: App) -> None:
    """Any hours; a location or a command in between ends the question."""
    board = await app.ask("/subscribe")
    await app.press(board, "设置")
    await app.press(app.now(board), "免打扰")
    assert "22:30–06:45" in (await app.ask("22:30 - 6:45"))["text"]


async def test_in_a_group_only_administrators_change_settings(app: App) -> None:
    """Anonymous administrators count, members do not."""
    (refused,) = await app.say("/settings quiet 22:00-07:00", user=READER, chat=GROUP)
    assert "管理员" in refused["text"]
    (done,) = await app.say("/subscribe 18:00", user=OWNER, chat=GROUP)
    assert "18:00" in done["text"]
    (refused,) = await app.say("/follow 开源", user=READER, chat=GROUP)
    assert "管理员" in refused["text"]


async def test_a_theme_is_kept(app: App) -> None:
    """Dark pictures, once chosen, need not be asked for again; each chat has its own."""
    settings = await app.ask("/settings")
    assert "图片：浅色" in settings["text"]
    await app.press(settings, "深色")
    assert "图片：深色" in app.now(settings)["text"]
    dark = await app.ask("/card 林知远")
    light = await app.ask("/card 林知远", user=OWNER)
    assert any("浅色" in label for label in labels(dark))
    assert any("Dark" in label for label in labels(light))


async def test_articles_are_converted_on_request_and_marked(app: App) -> None:
    """Traditional characters for the words of articles only after the reader asked for it, and it is said."""
    await app.ask("/lang zh-hant")
    verbatim = await app.ask("/speaker 林知远")
    assert "开源是人工智能的土壤" in verbatim["text"]
    settings = await app.ask("/settings")
    await app.press(settings, "報道轉為繁體")
    converted = await app.ask("/speaker 林知远")
    assert "開源是人工智慧的土壤" in converted["text"] or "開源是人工智能的土壤" in converted["text"]
    assert "自動轉換" in converted["text"]
    await app.press(app.now(settings), "報道保留原文")
    assert "自動轉換" not in (await app.ask("/speaker 林知远"))["text"]


async def test_the_look_is_refused_politely(app: App) -> None:
    """What is no theme changes nothing."""
    assert "图片：浅色" in (await app.ask("/settings look purple"))["text"]
