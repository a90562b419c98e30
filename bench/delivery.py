"""Messages a second through the whole outbox, and the time and memory of planning.

    python bench/delivery.py [--messages 5000] [--rounds 3] [--subscriptions 10000,100000,1000000]

Sending: the same messages to the same server (``ledger_server.py``) on loopback, in turns: by the outbox with
all its commits and without a limit of rate; by a bare ``asyncio.gather`` over the same client; by
python-telegram-bot's ``Bot`` over its default transport. Planning: one tick over a SQLite file in which a
tenth of all subscriptions is due at the same minute, in a process of its own; its memory is what the process
takes more than before.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from bot.api import TelegramApi  # noqa: E402  # the path is set above
from bot.delivery import Delivery  # noqa: E402  # the path is set above
from bot.http_client import Limits, Timeouts  # noqa: E402  # the path is set above
from bot.planner import plan  # noqa: E402  # the path is set above
from bot.transport import LeanRequest  # noqa: E402  # the path is set above
from storage.editions import Edition, Part  # noqa: E402  # the path is set above
from storage.migrate import migrate  # noqa: E402  # the path is set above
from storage.repositories import open_repositories  # noqa: E402  # the path is set above

TOKEN = "1:" + "A" * 35
FIRST = 1_000_000
TEXT = "📰 论坛摘要\n\n" + "林知远表示,开源是人工智能的土壤,三年里有300万开发者加入了社区。" * 20
AT_ONCE = 64
MINUTE = 510


async def by_outbox(base: str, messages: int) -> float:
    """Messages a second through the outbox."""
    with tempfile.TemporaryDirectory() as folder:
        repositories = await open_repositories(f"sqlite:///{folder}/forum.db")
        edition = Edition((Part({"text": TEXT}),), "zh-hans")
        chats = ((FIRST + number, None) for number in range(messages))
        number = await repositories.editions.publish(edition, chats, now=datetime.now(UTC))
        request = LeanRequest(Timeouts(read=20), Limits(connections=AT_ONCE))
        api = TelegramApi(f"{base}{TOKEN}", f"{base}{TOKEN}", request, request)
        delivery = Delivery(repositories, api.call, rate=1e9, now=lambda: datetime.now(UTC))
        begun = time.perf_counter()
        task = asyncio.create_task(delivery.run())
        while (await repositories.outbox.progress(number)).get("sent", 0) < messages:  # noqa: ASYNC110 - told by the database
            await asyncio.sleep(0.02)
        seconds = time.perf_counter() - begun
        await delivery.drain()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await request.shutdown()
        await repositories.database.close()
    return messages / seconds


async def by_gather(base: str, messages: int) -> float:
    """Messages a second by the same client, with nothing kept."""
    request = LeanRequest(Timeouts(pool=60, read=20), Limits(connections=AT_ONCE))
    api = TelegramApi(f"{base}{TOKEN}", f"{base}{TOKEN}", request, request)
    begun = time.perf_counter()
    await asyncio.gather(
        *(
            api.call("sendMessage", {"chat_id": str(FIRST + number), "text": TEXT})
            for number in range(messages)
        )
    )
    seconds = time.perf_counter() - begun
    await request.shutdown()
    return messages / seconds


async def by_ptb(base: str, messages: int) -> float:
    """Messages a second by python-telegram-bot as it comes."""
    from telegram import Bot  # noqa: PLC0415 - what it costs belongs to this part
    from telegram.request import HTTPXRequest  # noqa: PLC0415 - likewise

    request = HTTPXRequest(connection_pool_size=AT_ONCE, pool_timeout=600, read_timeout=60)
    bot = Bot(TOKEN, base_url=base, request=request, get_updates_request=HTTPXRequest())
    await bot.initialize()
    begun = time.perf_counter()
    await asyncio.gather(*(bot.send_message(FIRST + number, TEXT) for number in range(messages)))
    seconds = time.perf_counter() - begun
    await bot.shutdown()
    return messages / seconds


WAYS: dict[str, Callable[[str, int], Awaitable[float]]] = {
    "outbox": by_outbox,
    "gather": by_gather,
    "ptb": by_ptb,
}


def sending(messages: int, rounds: int) -> dict[str, float]:
    """The median rate of each way."""
    rates: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        command = [sys.executable, "ledger_server.py", str(port), f"{folder}/ledger.tsv"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPOSITORY / "bench")
        assert server.stdout is not None
        server.stdout.readline()
        try:
            for _ in range(rounds):
                for name, way in WAYS.items():
                    rates[name].append(asyncio.run(way(f"http://127.0.0.1:{port}/bot", messages)))  # type: ignore[arg-type]  # all are coroutines
        finally:
            server.kill()
            server.wait()
    return {name: statistics.median(found) for name, found in rates.items()}


def planning(subscriptions: int) -> dict[str, Any]:
    """One tick over so many subscriptions, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_plan_in_process, args=(subscriptions, send))
    process.start()
    send.close()
    result: dict[str, Any] = receive.recv()
    process.join()
    return result


def _plan_in_process(subscriptions: int, answer: Connection) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forum.db"
        now = datetime(2024, 5, 1, 8, 35, tzinfo=UTC)
        _fill(path, subscriptions, now)
        answer.send(asyncio.run(_tick(path, subscriptions, now)))


def _fill(path: Path, subscriptions: int, now: datetime) -> None:
    """A tenth is due at 08:30 UTC, the others at other minutes of the day."""
    migrate(path)
    changed = (now - timedelta(days=2)).timestamp()
    rows = (
        (FIRST + number, MINUTE if number % 10 == 0 else (MINUTE + 10 + number) % 1440, changed)
        for number in range(subscriptions)
    )
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany(
            "INSERT INTO subscriptions"
            " (chat_id, thread_id, cadence, minute_of_day, zone, covered_revision, changed_at)"
            " VALUES (?, 0, 'daily', ?, 'UTC', 0, ?)",
            rows,
        )
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def _tick(path: Path, subscriptions: int, now: datetime) -> dict[str, Any]:
    repositories = await open_repositories(f"sqlite:///{path}")
    moments = [now - timedelta(minutes=6), now]
    services: Any = SimpleNamespace(repositories=repositories, now=lambda: moments.pop(0))
    await plan(services)  # The first one only sets the cursor.
    before = _peak()
    begun, cpu = time.perf_counter(), time.process_time()
    await plan(services)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    after = _peak()
    (row,) = await repositories.database.fetch_all("SELECT count(*) AS number FROM digest_slots")
    await repositories.database.close()
    return {
        "subscriptions": subscriptions,
        "planned": row["number"],
        "seconds": round(seconds, 3),
        "cpu": round(cpu, 3),
        "mib_more": round((after - before) / 1024, 1),
        "mib": round(after / 1024, 1),
    }


def _peak() -> int:
    """Peak resident memory of this process in KiB; getrusage would count what the parent had taken."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Print both measurements as JSON lines."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--subscriptions", default="10000,100000,1000000")
    arguments = parser.parse_args()
    rates = sending(arguments.messages, arguments.rounds)
    print(json.dumps({name: round(rate) for name, rate in rates.items()}))
    ratios = {
        "outbox/gather": rates["outbox"] / rates["gather"],
        "outbox/ptb": rates["outbox"] / rates["ptb"],
    }
    print(json.dumps({name: round(value, 2) for name, value in ratios.items()}))
    for number in filter(None, arguments.subscriptions.split(",")):
        print(json.dumps(planning(int(number))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
