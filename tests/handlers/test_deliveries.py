"""/deliveries: who got what, and what the owner does about the rest."""

from __future__ import annotations

from app import OWNER, READER, App, labels
from builders import edition

from storage.outbox import Conclusion, State


async def put(app: App, state: State, *chats: int, error: str | None = None) -> list[int]:
    """Messages to chats that came to an end; gives their rows."""
    repositories, now = app.bot.services.repositories, app.bot.services.now()
    before = await rows_of(app, *chats)
    await app.bot.backstage.delivery.drain(0.1)
    await repositories.editions.publish(edition("一"), [(chat, None) for chat in chats], now=now)
    ids = [row for row in await rows_of(app, *chats) if row not in before]
    await repositories.outbox.claim(ids, "test", now=now)
    done = [Conclusion(row_id=row, state=state, error=error) for row in ids]
    await repositories.outbox.conclude(done, "test", now=now)
    return ids


async def rows_of(app: App, *chats: int) -> list[int]:
    outbox = app.bot.services.repositories.outbox
    return [row.id for chat in chats for row in await outbox.of_chat(chat)]


async def test_only_the_owner_sees_them(app: App) -> None:
    """Typed, or by a button that somebody else presses."""
    assert "只有编辑或管理者可以用" in (await app.ask("/deliveries", user=READER))["text"]


async def test_the_overview_counts(app: App) -> None:
    """Totals, what went out together, and a button to each kind of trouble."""
    await put(app, "sent", 71)
    await put(app, "held", 72, 73, error="TimedOut: twice unsure")
    await app.ask("/lang zh-hans", user=OWNER)
    board = await app.ask("/deliveries", user=OWNER)
    assert "已发 1 · 待处理 2" in board["text"]
    assert any("待处理 (2)" in label for label in labels(board))


async def test_held_rows_are_sent_again_or_dropped(app: App) -> None:
    """One by one and all at once; each press is checked and done once."""
    await app.ask("/lang zh-hans", user=OWNER)
    first, second, third = await put(app, "held", 72, 73, 74, error="TimedOut: twice unsure")
    board = await app.ask("/deliveries held", user=OWNER)
    assert "TimedOut: twice unsure" in board["text"]
    await app.press(board, f"放弃 #{first}", user=OWNER)
    await app.press(app.now(board), f"重发 #{second}", user=OWNER)
    outbox = app.bot.services.repositories.outbox
    counts = await outbox.counts()
    assert (counts.get("failed"), counts.get("pending"), counts.get("held")) == (1, 1, 1)
    await app.press(app.now(board), "全部重发", user=OWNER)
    assert "没有记录" in app.now(board)["text"]
    assert third in [row.id for row in await outbox.of_chat(74)]


async def test_the_record_of_a_chat(app: App) -> None:
    """What it got, and why not the rest."""
    await app.ask("/lang zh-hans", user=OWNER)
    await put(app, "failed", 77, error="BadRequest: message is too long")
    await app.bot.services.repositories.chats.set_active(77, False)
    record = await app.ask("/deliveries 77", user=OWNER)
    assert "message is too long" in record["text"]
    assert "已停用机器人" in record["text"]
    assert "没有记录" in (await app.ask("/deliveries 99999", user=OWNER))["text"]
    assert "没看懂“什么”" in (await app.ask("/deliveries 什么", user=OWNER))["text"]


async def test_forged_buttons_do_nothing(app: App) -> None:
    """A reader's press of an owner's button, and data that the bot never made."""
    board = await app.ask("/deliveries", user=OWNER)
    (row,) = await put(app, "held", 72)
    for data in (f"1:=:deliveries:0:+{row}", "1:=:deliveries:0:+held"):
        (reader_message,) = await app.say("/about")
        await app.press_data(reader_message, data, user=READER)
    for data in ("1:=:deliveries:0:+x", "1:=:deliveries:0:-99999999999999999999"):
        await app.press_data(board, data, user=OWNER)
    assert (await app.bot.services.repositories.outbox.counts())["held"] == 1
