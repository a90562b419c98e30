"""Polling: nothing lost, nothing twice, order within a chat, nobody waits for somebody else's answer."""

from __future__ import annotations

import asyncio

import pytest
from app import until
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot import polling
from bot.errors import StartError
from bot.lanes import Update, lane_of
from bot.polling import Poller


def message(update_id: int, chat_id: int) -> Update:
    """An update with a message."""
    return {"update_id": update_id, "message": {"chat": {"id": chat_id}, "from": {"id": 9}}}


class Server:
    """Keeps updates until an offset confirms them, as Telegram does."""

    def __init__(self, *updates: Update) -> None:
        self.waiting = list(updates)
        self.offsets: list[int] = []
        self.errors: list[TelegramError] = []
        self.left_webhook = 0

    async def fetch(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """``getUpdates``."""
        self.offsets.append(offset)
        if self.errors:
            raise self.errors.pop(0)
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        if not self.waiting and seconds:
            await asyncio.sleep(0.01)
        return self.waiting[:limit]

    async def leave_webhook(self) -> None:
        """``deleteWebhook``."""
        self.left_webhook += 1


class Handler:
    """Notes what is answered; holds chats back for as long as the test says."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.answered: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}

    async def __call__(self, update: Update) -> None:
        self.begun.append(update["update_id"])
        gate = self.gates.get(lane_of(update))
        await (gate.wait() if gate else asyncio.sleep(0))
        self.answered.append(update["update_id"])


async def stop(poller: Poller, task: asyncio.Task[None], seconds: float = 1) -> None:
    """End a poller as the application does."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await poller.stop(seconds)


async def test_every_update_is_answered_once_and_confirmed() -> None:
    """250 updates in three requests; after the stop the server has none left."""
    server, handler = Server(*(message(number, number % 7) for number in range(1, 251))), Handler()
    poller = Poller(server.fetch, handler, server.leave_webhook)
    task = asyncio.create_task(poller.run())
    await until(lambda: len(handler.answered) == 250)
    await stop(poller, task)
    assert sorted(handler.answered) == list(range(1, 251))
    assert server.waiting == []


async def test_a_chat_is_answered_in_order_and_others_do_not_wait() -> None:
    """While one chat's first answer takes its time, another chat gets all of its own."""
    updates = [message(1, 5), message(2, 5), *(message(number, 6) for number in range(3, 8))]
    server, handler = Server(*updates), Handler()
    handler.gates[5] = asyncio.Event()
    poller = Poller(server.fetch, handler, server.leave_webhook)
    task = asyncio.create_task(poller.run())
    await until(lambda: handler.answered == [3, 4, 5, 6, 7])
    assert handler.begun.count(2) == 0
    server.waiting.append(message(8, 6))  # What comes later is not held up either.
    await until(lambda: 8 in handler.answered)
    handler.gates[5].set()
    await until(lambda: len(handler.answered) == 8)
    await stop(poller, task)
    assert handler.answered[-2:] == [1, 2]
    assert len(handler.begun) == len(set(handler.begun)) == 8


@pytest.mark.parametrize("content", [None, [], "text", {"chat": 5}, {"chat": {"id": "x"}}, {"message": []}])
async def test_an_update_of_no_known_shape_is_handed_out_like_any(content: object) -> None:
    """It stops nothing, and is confirmed."""
    server, handler = Server({"update_id": 1, "message": content}, {"update_id": 2}, message(3, 6)), Handler()
    poller = Poller(server.fetch, handler, server.leave_webhook)
    task = asyncio.create_task(poller.run())
    await until(lambda: len(handler.answered) == 3)
    await stop(poller, task)
    assert server.waiting == []


@pytest.mark.parametrize("odd", [None, 5, "text", {"message": {}}, {"update_id": "7"}, {"update_id": None}])
async def test_what_has_no_id_is_passed_over(odd: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be confirmed, so that it comes again and again; the others are answered, without haste."""
    monkeypatch.setattr(polling, "_BACKOFF", (0.01,))
    good, handler = [message(1, 5), message(2, 6)], Handler()
    polls = 0

    async def fetch(offset: int, limit: int, seconds: float) -> list[Update]:
        nonlocal polls
        polls += 1
        return [odd, *good] if polls == 1 else [odd]  # type: ignore[list-item]  # that is the point

    poller = Poller(fetch, handler, Server().leave_webhook)
    task = asyncio.create_task(poller.run())
    await until(lambda: len(handler.answered) == 2)
    await asyncio.sleep(0.1)
    assert not task.done()
    assert polls < 20
    await stop(poller, task)


async def test_what_is_not_answered_is_not_confirmed() -> None:
    """A process that dies, or has no time left to answer, gets the update again after its next start."""
    server, handler = Server(message(1, 5), message(2, 6), message(3, 6)), Handler()
    handler.gates[6] = asyncio.Event()
    poller = Poller(server.fetch, handler, server.leave_webhook)
    task = asyncio.create_task(poller.run())
    await until(lambda: handler.answered == [1] and 2 in handler.begun)
    await asyncio.sleep(0.5)
    assert max(server.offsets) == 2
    await stop(poller, task, seconds=0.05)
    assert [update["update_id"] for update in server.waiting] == [2, 3]


async def test_a_stop_waits_for_the_answer_in_hand() -> None:
    """SIGTERM in the middle of an answer: it is finished and confirmed."""
    server, handler = Server(message(1, 5)), Handler()
    handler.gates[5] = asyncio.Event()
    poller = Poller(server.fetch, handler, server.leave_webhook)
    task = asyncio.create_task(poller.run())
    await until(lambda: handler.begun == [1])
    asyncio.get_running_loop().call_later(0.1, handler.gates[5].set)
    await stop(poller, task)
    assert handler.answered == [1]
    assert server.waiting == []


async def test_one_stuck_chat_does_not_stop_the_bot_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a full window of updates waits behind one, the offset lets go of it."""
    server = Server(message(1, 5), *(message(number, 6) for number in range(2, 400)))
    handler = Handler()
    handler.gates[5] = asyncio.Event()
    monkeypatch.setattr(polling, "_PATIENCE", 0.01)
    poller = Poller(server.fetch, handler, server.leave_webhook)
    task = asyncio.create_task(poller.run())
    await until(lambda: len(handler.answered) == 398)
    handler.gates[5].set()
    await stop(poller, task)
    assert server.waiting == []
    assert len(handler.begun) == len(set(handler.begun))


async def test_trouble_on_the_way_is_outlived(monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors of the network are waited out, a left-over webhook is left."""
    monkeypatch.setattr(polling, "_BACKOFF", (0.01,))
    server, handler = Server(message(1, 5)), Handler()
    server.errors = [
        NetworkError("x"),
        TelegramError("x"),
        Conflict("can't use getUpdates: webhook is active"),
    ]
    poller = Poller(server.fetch, handler, server.leave_webhook)
    task = asyncio.create_task(poller.run())
    await until(lambda: handler.answered == [1])
    await stop(poller, task)
    assert server.left_webhook == 1


@pytest.mark.parametrize(
    "error", [InvalidToken("secret"), Conflict("terminated by other getUpdates request")]
)
async def test_what_cannot_work_ends_in_one_line(
    error: TelegramError, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refused token, or another program that polls from the start."""
    monkeypatch.setattr(polling, "_BACKOFF", (0.01,))
    server = Server()
    server.errors = [error] * 10
    with pytest.raises(StartError, match="BOT_TOKEN") as caught:
        await Poller(server.fetch, Handler(), server.leave_webhook).run()
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        (message(1, 5), 5),
        ({"update_id": 1, "callback_query": {"from": {"id": 9}, "message": {"chat": {"id": 5}}}}, 5),
        ({"update_id": 1, "callback_query": {"from": {"id": 9}, "inline_message_id": "x"}}, 9),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -7}, "from": {"id": 9}}}, -7),
        ({"update_id": 1, "poll": {"id": "3"}}, 0),
        ({"update_id": 1}, 0),
    ],
)
def test_the_chat_of_an_update(update: Update, lane: int) -> None:
    """A button press belongs to the chat of its message."""
    assert lane_of(update) == lane


async def test_updates_flow_while_polls_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first poll on; not while polls fail, and not when one hangs."""
    monkeypatch.setattr(polling, "_BACKOFF", (0.05,))
    server = Server()
    poller = Poller(server.fetch, Handler(), server.leave_webhook)
    task = asyncio.create_task(poller.run())
    await until(poller.flowing)
    server.errors.append(NetworkError("gone"))
    await until(lambda: not poller.flowing())
    await until(poller.flowing)
    monkeypatch.setattr(polling, "_SILENCE", 0.0)
    assert not poller.flowing()
    await stop(poller, task)
