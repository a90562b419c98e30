"""/broadcast: preview, audience, confirmation, progress, cancel."""

from __future__ import annotations

import pytest
from app import EDITOR, OWNER, READER, App, labels, texts, until

from bot.progress import show_progress


async def ready(app: App) -> None:
    """Two readers with subscriptions, one of them English; the owner reads Chinese here."""
    await app.ask("/lang zh-hans", user=OWNER)
    await app.ask("/subscribe")
    await app.ask("/lang en", user=EDITOR)
    await app.ask("/subscribe", user=EDITOR)


async def test_a_broadcast_from_draft_to_done(app: App) -> None:
    """Seen first, counted, confirmed once; it reaches everybody and its message shows so."""
    await ready(app)
    preview, question = await app.say("/broadcast 明天的论坛改到下午三点。", user=OWNER)
    assert "明天的论坛改到下午三点。" in preview["text"]
    assert any("English (1)" in label for label in labels(question))
    await app.press(question, "全部 (3)", user=OWNER)
    assert "要发给 3 个聊天吗" in app.now(question)["text"]
    await app.press(app.now(question), "发给 3 个聊天", user=OWNER)
    await until(lambda: "明天的论坛改到下午三点。" in texts(app.api, READER))
    await until(lambda: "明天的论坛改到下午三点。" in texts(app.api, EDITOR))
    await app.bot.backstage.delivery.settle(5)
    services = app.bot.services
    await show_progress(services, app.bot.api.call)
    shown = app.now(question)["text"]
    assert "发送完毕" in shown
    assert "▰▰▰▰▰▰▰▰▰▰ 3/3" in shown
    assert texts(app.api, READER).count("明天的论坛改到下午三点。") == 1


async def test_a_second_press_sends_nothing_again(app: App) -> None:
    """Two presses of one button, or two people racing: the message goes out once."""
    await ready(app)
    *_, question = await app.say("/broadcast 大家好", user=OWNER)
    await app.press(question, "English", user=OWNER)
    board = app.now(question)
    data = board["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for _ in range(3):
        await app.press_data(board, data, user=OWNER)
    await app.bot.backstage.delivery.settle(5)
    assert texts(app.api, EDITOR).count("大家好") == 1
    assert "大家好" not in texts(app.api, READER)


async def test_followers_of_something(app: App) -> None:
    """Asked for by a button, answered by a name; nobody is said to be nobody."""
    await ready(app)
    await app.ask("/follow 沈若琳")
    *_, question = await app.say("/broadcast 沈若琳有新演讲", user=OWNER)
    await app.press(question, "关注者", user=OWNER)
    (refused,) = await app.say("没有人关注的词", user=OWNER)
    assert "没有符合条件的聊天" in refused["text"]
    await app.press(question, "关注者", user=OWNER)
    (confirm,) = await app.say("沈若琳", user=OWNER)
    assert "要发给 1 个聊天吗" in confirm["text"]
    await app.press(confirm, "发给 1 个聊天", user=OWNER)
    await until(lambda: "沈若琳有新演讲" in texts(app.api, READER))


async def test_a_draft_is_dropped_and_a_broadcast_is_stopped(app: App) -> None:
    """Before the confirmation nobody got anything; after it what waits is taken back."""
    await ready(app)
    *_, question = await app.say("/broadcast 算了", user=OWNER)
    await app.press(question, "取消", user=OWNER)
    assert "没有发给任何人" in app.now(question)["text"]
    await app.bot.backstage.delivery.drain(0.1)
    *_, question = await app.say("/broadcast 太早了", user=OWNER)
    await app.press(question, "全部", user=OWNER)
    await app.press(app.now(question), "发给", user=OWNER)
    await app.press(app.now(question), "取消", user=OWNER)
    assert "已取消" in app.now(question)["text"]
    assert await app.bot.services.repositories.outbox.counts() == {"failed": 3}


async def test_only_the_owner_may(app: App) -> None:
    """Typed by an editor, or a button of the owner's pressed by a reader."""
    await ready(app)
    assert "大家" not in (await app.ask("/broadcast 大家好", user=EDITOR))["text"]
    (message,) = await app.say("/about")
    await app.press_data(message, "1:=:broadcast:0:#1 go all", user=READER)
    assert await app.bot.services.repositories.outbox.counts() == {}


@pytest.mark.parametrize("text", ["", "   "])
async def test_nothing_to_send(app: App, text: str) -> None:
    """The answer shows how it is written."""
    assert "/broadcast" in (await app.ask(f"/broadcast {text}", user=OWNER))["text"]
