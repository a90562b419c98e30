"""Delivery: what becomes of a digest's messages under every kind of answer and failure."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from app import READER, running, say, until
from builders import settle
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.clock import Clock
from bot.delivery import FIRST, Delivery
from bot.http_connection import NotSentError
from storage.errors import DatabaseFullError
from storage.outbox import Outbox
from storage.repositories import Repositories, open_repositories
from storage.subscriptions import DueRange

DAY = date(2024, 5, 1)
START = datetime(2024, 5, 1, tzinfo=UTC)
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


class Telegram:
    """Takes messages, unless the test gives it an error to raise first."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, str]] = []
        self.calls = 0
        self.errors: list[Exception] = []
        self.gate: asyncio.Event | None = None
        self.accepts_before_error = False

    async def send(self, method: str, fields: Mapping[str, str]) -> dict[str, Any]:
        """``sendMessage``."""
        assert method == "sendMessage"
        self.calls += 1
        if self.gate is not None:
            await self.gate.wait()
        message = (int(fields["chat_id"]), fields["text"])
        if self.errors:
            error = self.errors.pop(0)
            if self.accepts_before_error:
                self.taken.append(message)
            raise error
        self.taken.append(message)
        return {"message_id": len(self.taken)}


class World:
    """An outbox, somebody to send to, and the loop between."""

    def __init__(self, repositories: Repositories) -> None:
        self.repositories = repositories
        self.telegram = Telegram()
        self.clock = Clock()
        self.delivery = self.new_delivery()
        self.task: asyncio.Task[None] | None = None

    def new_delivery(self) -> Delivery:
        """A delivery as after a restart, in no need of patience with a chat."""
        made = Delivery(self.repositories, self.telegram.send, rate=1000, now=self.clock.now)
        made._pace._book = lambda _, now: now  # type: ignore[method-assign]  # no pace in these tests
        return made

    def start(self) -> None:
        """Begin to send."""
        self.task = asyncio.create_task(self.delivery.run())

    async def stop(self) -> None:
        """Drain and end."""
        await self.delivery.drain(0.5)
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

    async def put(self, chat_id: int, *texts: str) -> None:
        """A digest of some parts to a chat."""
        subscriptions = self.repositories.subscriptions
        await subscriptions.subscribe(chat_id, None, 0, "UTC", now=START)
        due = DueRange(DAY, 0, 0, START.timestamp(), 60)
        await subscriptions.plan([("UTC", due)], oldest=START, until=START)
        for slot in await subscriptions.planned(10_000):
            await settle(self.repositories, slot, *texts, now=START)
        self.delivery.wake()

    async def states(self, chat_id: int) -> list[str]:
        """The states of a chat's rows."""
        return [row.state for row in await self.repositories.outbox.of_chat(chat_id)]

    async def reaches(self, chat_id: int, *states: str) -> None:
        """Wait until a chat's rows are in these states."""
        async with asyncio.timeout(10):
            while (found := await self.states(chat_id)) != list(states):
                assert found, "no rows"
                await asyncio.sleep(0.01)

    def later(self, seconds: float) -> None:
        """Move the clock and look again."""
        self.clock.advance(seconds)
        self.delivery.hurry()


@pytest.fixture
async def world(database: Path) -> AsyncIterator[World]:
    """An empty world, stopped at the end."""
    repositories = await open_repositories(f"sqlite:///{database}")
    made = World(repositories)
    yield made
    await made.stop()
    await repositories.database.close()


async def test_everybody_gets_every_part_once_and_in_order(world: World) -> None:
    """Twenty chats, two parts each."""
    for chat in range(1, 21):
        await world.put(chat, "一", "二")
    world.start()
    await until(lambda: len(world.telegram.taken) == 40, 20)
    assert Counter(world.telegram.taken).most_common(1)[0][1] == 1
    for chat in range(1, 21):
        assert [text for to, text in world.telegram.taken if to == chat] == ["一", "二"]


async def test_slow_down_parks_the_row_and_nobody_else(world: World) -> None:
    """429: that message waits as long as Telegram says, the others go on."""
    world.telegram.errors = [RetryAfter(30)]
    await world.put(1, "一")
    world.start()
    await until(lambda: world.telegram.calls == 1)
    await world.put(2, "甲")
    await world.reaches(2, "sent")
    assert await world.states(1) == ["pending"]
    world.later(31)
    await world.reaches(1, "sent")
    assert world.telegram.taken == [(2, "甲"), (1, "一")]


async def test_a_block_ends_the_chat_and_keeps_its_settings(world: World) -> None:
    """403: all its rows are blocked, the chat is inactive, the subscription stays."""
    world.telegram.errors = [Forbidden("Forbidden: bot was blocked by the user")]
    await world.put(1, "一", "二")
    world.start()
    await world.reaches(1, "blocked", "blocked")
    await until(lambda: not world.delivery.busy)
    chat = await world.repositories.chats.get(1)
    assert chat is not None
    assert not chat.active
    assert await world.repositories.subscriptions.get(1) is not None
    assert world.telegram.calls == 1


async def test_a_group_that_moved_is_followed(world: World) -> None:
    """Migration rewrites the id and sends again, with everything that waits."""
    world.telegram.errors = [ChatMigrated(-1007)]
    await world.put(-7, "一", "二")
    world.start()
    await until(lambda: len(world.telegram.taken) == 2)
    assert world.telegram.taken == [(-1007, "一"), (-1007, "二")]
    assert await world.repositories.subscriptions.get(-1007) is not None


async def test_a_bad_request_fails_that_row_alone(world: World) -> None:
    """The next part goes all the same."""
    world.telegram.errors = [BadRequest("Bad Request: message is too long")]
    await world.put(1, "一", "二")
    world.start()
    await world.reaches(1, "failed", "sent")


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("broken")])
async def test_an_unsure_send_is_repeated_once_and_then_held(world: World, error: NetworkError) -> None:
    """It may have arrived: one extra copy at most, then the owner decides."""
    if not isinstance(error, TimedOut):
        error.__cause__ = ConnectionResetError()
    world.telegram.errors = [error, error]
    world.telegram.accepts_before_error = True
    await world.put(1, "一")
    world.start()
    await until(lambda: world.telegram.calls == 1)
    world.later(60)
    await world.reaches(1, "held")
    world.later(3600)
    await asyncio.sleep(0.05)
    assert world.telegram.taken == [(1, "一")] * 2


async def test_what_was_never_sent_is_tried_until_it_is(world: World) -> None:
    """No connection for hours: nothing is lost, nothing doubled."""
    error = NetworkError("no connection")
    error.__cause__ = NotSentError()
    world.telegram.errors = [error] * 12
    await world.put(1, "一")
    world.start()
    for calls in range(1, 13):
        await until(lambda calls=calls: world.telegram.calls >= calls)
        await world.reaches(1, "pending")
        world.later(700)
    await world.reaches(1, "sent")
    assert world.telegram.taken == [(1, "一")]


async def test_a_server_that_fails_for_long_fails_the_row(world: World) -> None:
    """502 is an answer: it was not carried out; after the last try the row has failed."""
    world.telegram.errors = [NetworkError("Bad Gateway")] * 20
    await world.put(1, "一")
    world.start()
    for _ in range(8):
        calls = world.telegram.calls
        await until(lambda calls=calls: world.telegram.calls > calls)
        await until(lambda: not world.delivery.busy)
        world.later(700)
    await world.reaches(1, "failed")
    assert world.telegram.calls == 8


@pytest.mark.parametrize("error", [InvalidToken(), Conflict("x")])
async def test_trouble_of_the_bot_is_not_the_messages_fault(world: World, error: TelegramError) -> None:
    """A revoked token: the row waits until somebody has seen to it."""
    world.telegram.errors = [error]
    await world.put(1, "一")
    world.start()
    await until(lambda: world.telegram.calls == 1)
    await until(lambda: not world.delivery.busy)
    (row,) = await world.repositories.outbox.of_chat(1)
    assert (row.state, row.attempts) == ("pending", 0)


async def test_a_stop_finishes_what_is_being_sent_and_no_more(world: World) -> None:
    """SIGTERM drains: the message on its way is noted as sent, the others stay for the next start."""
    world.telegram.gate = asyncio.Event()
    for chat in range(1, 61):
        await world.put(chat, "一")
    world.start()
    await until(lambda: world.telegram.calls == FIRST)
    asyncio.get_running_loop().call_later(0.1, world.telegram.gate.set)
    await world.stop()
    sent = len(world.telegram.taken)
    assert sent == FIRST
    assert await world.repositories.outbox.counts() == {"sent": sent, "pending": 60 - sent}
    world.delivery = world.new_delivery()
    world.start()
    await until(lambda: len(world.telegram.taken) == 60)
    assert Counter(world.telegram.taken).most_common(1)[0][1] == 1


async def test_a_death_while_sending_costs_one_copy_at_most(world: World) -> None:
    """Killed between Telegram's accept and our commit: sent again after the next start, never lost."""
    world.telegram.gate = asyncio.Event()
    await world.put(1, "一")
    world.start()
    await until(lambda: world.telegram.calls == 1)
    for task in (world.task, *world.delivery._sending.values()):
        assert task is not None
        task.cancel()
    await asyncio.sleep(0.01)
    assert await world.states(1) == ["sending"]
    world.telegram.gate = None
    world.delivery = world.new_delivery()
    world.start()
    await world.reaches(1, "sent")
    assert world.telegram.calls == 2


@pytest.mark.parametrize(
    ("error", "state", "active"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), "blocked", False),
        (Forbidden("Forbidden: user is deactivated"), "blocked", False),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), "blocked", False),
        (Forbidden("Forbidden: bot is not a member of the channel chat"), "blocked", False),
        (BadRequest("Chat not found"), "blocked", False),
        (BadRequest("Not enough rights to send text messages to the chat"), "blocked", False),
        (BadRequest("Have no rights to send a message"), "blocked", False),
        (BadRequest("Message thread not found"), "failed", True),
        (BadRequest("Can't parse entities: unsupported start tag"), "failed", True),
        (BadRequest("Message text is empty"), "failed", True),
        (BadRequest("Message is not modified: specified new message content and reply markup"), "sent", True),
        (ValueError("what no server says"), "failed", True),
        (KeyError("poison"), "failed", True),
    ],
)
async def test_each_refusal_has_its_own_end(world: World, error: Exception, state: str, active: bool) -> None:
    """In the words of the real server; the other chats get theirs all the same."""
    world.telegram.errors = [error]
    await world.put(1, "一")
    world.start()
    await world.reaches(1, state)
    await world.put(2, "甲")
    await world.reaches(2, "sent")
    await until(lambda: not world.delivery.busy)
    chat = await world.repositories.chats.get(1)
    assert (chat is None or chat.active) is active


async def test_a_spoilt_row_harms_only_itself(world: World) -> None:
    """Parameters that are no JSON: failed, with a cause, and never tried again."""
    await world.put(1, "一", "二")
    (first, _) = await world.repositories.outbox.of_chat(1)
    async with world.repositories.database.write() as transaction:
        await transaction.execute("UPDATE outbox SET parameters = '[1' WHERE id = :id", {"id": first.id})
    world.start()
    await world.reaches(1, "failed", "sent")
    assert world.telegram.taken == [(1, "二")]


async def test_three_hours_park_one_row(world: World) -> None:
    """The same chat's parts keep their order, other chats go on, and the wall clock has no say in it."""
    world.telegram.errors = [RetryAfter(3 * 3600)]
    await world.put(1, "一", "二")
    world.start()
    await until(lambda: world.telegram.calls == 1)
    await world.put(2, "甲")
    await world.reaches(2, "sent")
    world.clock.advance(4 * 3600)  # The wall clock jumps; three hours have not passed.
    world.delivery.wake()
    await asyncio.sleep(0.1)
    assert world.telegram.taken == [(2, "甲")]
    world.delivery.hurry()
    await world.reaches(1, "sent", "sent")
    assert world.telegram.taken == [(2, "甲"), (1, "一"), (1, "二")]


async def test_a_wall_clock_that_goes_back_stalls_nothing(world: World) -> None:
    """What waits a moment waits a moment, though the clock says that it is yesterday."""
    world.telegram.errors = [RetryAfter(0.2)]  # type: ignore[arg-type]  # seconds of any size
    await world.put(1, "一")
    world.start()
    await until(lambda: world.telegram.calls == 1)
    right = world.clock.now
    world.delivery._now = lambda: right() - timedelta(days=1)
    await world.reaches(1, "sent")


async def test_where_nothing_can_be_sent_nothing_is_worn_out(world: World) -> None:
    """No network: after a few tries all rows wait unclaimed, and go when it is back."""
    error = NetworkError("no connection")
    error.__cause__ = NotSentError()
    world.telegram.errors = [error] * 1_000
    for chat in range(1, 101):
        await world.put(chat, "一")
    world.start()
    await until(lambda: world.telegram.calls >= FIRST)
    await asyncio.sleep(0.3)
    assert world.telegram.calls < 100
    world.telegram.errors.clear()
    for _ in range(40):
        world.later(60)
        await asyncio.sleep(0.05)
    await until(lambda: len(world.telegram.taken) == 100)
    assert Counter(world.telegram.taken).most_common(1)[0][1] == 1


@pytest.mark.parametrize("step", ["recover", "exchange"])
async def test_a_full_disk_holds_delivery_up_and_doubles_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """What was sent is noted as soon as there is room; nothing is sent twice, nothing is forgotten."""
    monkeypatch.setattr("bot.delivery._AGAIN", 0.01)
    refusals, real = 5, getattr(Outbox, step)

    async def full(outbox: Outbox, *arguments: Any, **named: Any) -> Any:
        nonlocal refusals
        refusals -= 1
        if refusals >= 0:
            raise DatabaseFullError("forum.db")
        return await real(outbox, *arguments, **named)

    monkeypatch.setattr(Outbox, step, full)
    await world.put(1, "甲", "乙")
    world.start()
    await world.reaches(1, "sent", "sent")
    assert world.telegram.taken == [(1, "甲"), (1, "乙")]
    assert refusals < 0


async def test_what_telegram_took_is_noted_though_the_commit_fails(world: World) -> None:
    """The commit is tried until it works; the message is not sent again."""
    right, failures = world.repositories.outbox.exchange, 2

    async def exchange(ids: Any, conclusions: Any, *arguments: Any, **more: Any) -> Any:
        nonlocal failures
        if failures and conclusions:
            failures -= 1
            raise sqlite3.OperationalError("disk I/O error")
        return await right(ids, conclusions, *arguments, **more)

    world.delivery._outbox.exchange = exchange  # type: ignore[method-assign]  # a disk that fails
    await world.put(1, "一")
    world.start()
    await world.reaches(1, "sent")
    assert world.telegram.calls == 1


async def test_who_writes_again_gets_digests_again(filled: Path) -> None:
    """A block deactivates and keeps the settings; /start brings them back."""
    async with running(filled) as (bot, api):
        await say(api, "/subscribe 18:00")
        await bot.services.repositories.chats.set_active(READER, False)
        await say(api, "/start")
        chat = await bot.services.repositories.chats.get(READER)
        assert chat is not None
        assert chat.active
        assert await bot.services.repositories.subscriptions.get(READER) is not None
