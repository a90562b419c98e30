"""Kills the real bot again and again during a digest, and counts what arrived by the server's own ledger.

    python bench/crash.py [--recipients 5000] [--kills 200] [--terms 50] [--seed 1]

Half of the SIGKILLs come right after the server took a message and before it answered, the others at any
moment. Then, in a second digest, SIGTERMs. Promised: nothing lost, extra copies at most kills × messages in
flight, at most two copies for one person; with SIGTERM nothing lost and nothing extra. Exit status 1 where a
promise is broken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from bot.delivery import IN_FLIGHT  # noqa: E402  # the path is set above
from storage.editions import Edition, Part  # noqa: E402  # the path is set above
from storage.repositories import open_repositories  # noqa: E402  # the path is set above

TOKEN = "1:" + "A" * 35
FIRST = 1_000_000
_RATE = 400
"""Messages a second: slow enough that the kills fall into the digest."""
_SECONDS = 1_200


@dataclass(frozen=True)
class Outcome:
    """What a run of kills left behind."""

    recipients: int
    signals: int
    seconds: float
    lost: int
    """Recipients that got nothing and whose row does not say so."""
    held: int
    """Recipients whose row is held for the owner: nobody knows whether it arrived."""
    extra: int
    """Copies beyond the first, over all recipients."""
    most: int
    """Copies that one recipient got at most."""
    allowed: int
    """Extra copies that the promise allows."""

    @property
    def kept(self) -> bool:
        """Whether the promise was kept."""
        return self.lost == 0 and self.extra <= self.allowed and self.most <= 2


class Stage:
    """A server, a database, and the bot between."""

    def __init__(self, folder: Path, recipients: int) -> None:
        self.folder = folder
        self.recipients = recipients
        self.database = folder / "forum.db"
        self.ledger = folder / "ledger.tsv"
        self.port = _free_port()
        self.server: subprocess.Popen[bytes] | None = None
        self.bot: subprocess.Popen[bytes] | None = None
        self._environment = {
            **os.environ,
            "BOT_TOKEN": TOKEN,
            "BOT_API_BASE_URL": f"http://127.0.0.1:{self.port}/bot",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "BACKUP_DIR": str(folder / "backups"),
            "SEND_RATE": str(_RATE),
            "LOG_LEVEL": "ERROR",
        }

    def open_server(self, *options: str) -> None:
        """Start the server and wait for it."""
        command = [
            sys.executable,
            str(REPOSITORY / "bench/ledger_server.py"),
            str(self.port),
            str(self.ledger),
        ]
        self.server = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, cwd=REPOSITORY / "bench")
        assert self.server.stdout is not None
        self.server.stdout.readline()

    def start_bot(self) -> None:
        """Start the bot."""
        with (self.folder / "bot.log").open("ab") as log:
            self.bot = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=REPOSITORY,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def stop_bot(self, number: signal.Signals) -> None:
        """Send a signal and wait for the end."""
        assert self.bot is not None
        self.bot.send_signal(number)
        self.bot.wait(30)

    def arm(self) -> None:
        """Have the server kill the bot right after the next message that it takes."""
        assert self.bot is not None
        self.ledger.with_suffix(".arm").write_text(str(self.bot.pid))

    def disarm(self) -> None:
        """Take the order back."""
        self.ledger.with_suffix(".arm").unlink(missing_ok=True)

    def taken(self) -> Counter[int]:
        """How often each recipient's message was taken."""
        lines = self.ledger.read_text("utf-8").splitlines() if self.ledger.exists() else []
        return Counter(int(line.partition("\t")[0]) for line in lines)

    def close(self) -> None:
        """End everything."""
        for process in (self.bot, self.server):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
        if self.server is not None and self.server.stdout is not None:
            self.server.stdout.close()


async def fill(stage: Stage) -> int:
    """Put a digest for every recipient into the outbox; gives its edition."""
    repositories = await open_repositories(f"sqlite:///{stage.database}")
    try:
        edition = Edition((Part({"text": "论坛摘要"}),), "zh-hans")
        chats = ((FIRST + number, None) for number in range(stage.recipients))
        return await repositories.editions.publish(edition, chats, now=datetime.now(UTC))
    finally:
        await repositories.database.close()


def chats_in(stage: Stage, edition: int, *states: str) -> set[int]:
    """The recipients whose row is in one of some states."""
    marks = ",".join("?" * len(states))
    sql = f"SELECT chat_id FROM outbox WHERE edition_id = ? AND state IN ({marks})"
    with closing(sqlite3.connect(f"file:{stage.database}?mode=ro", uri=True)) as connection:
        return {row[0] for row in connection.execute(sql, (edition, *states))}


def torment(stage: Stage, signals: int, kind: signal.Signals, seed: int) -> Outcome:
    """Run a digest to its end through so many signals."""
    dice = random.Random(seed)
    begun = time.monotonic()
    edition = asyncio.run(fill(stage))
    before = stage.taken()
    share = stage.recipients / (signals + 1)
    for number in range(signals):
        stage.start_bot()
        aim = sum(before.values()) + share * (number + 1)
        _wait_for(lambda: sum(stage.taken().values()) >= aim or stage.bot.poll() is not None, begun)  # noqa: B023 - waited for at once
        if kind is signal.SIGKILL and number % 2:
            stage.arm()
            _wait_for(lambda: stage.bot.poll() is not None, begun)
            stage.disarm()
            stage.bot.wait()
        else:
            time.sleep(dice.random() * 0.05)
            stage.stop_bot(kind)
    stage.start_bot()
    _wait_for(lambda: not chats_in(stage, edition, "pending", "sending"), begun, 0.2)
    stage.stop_bot(signal.SIGTERM)
    taken = stage.taken() - before
    held = chats_in(stage, edition, "held")
    everybody = {FIRST + number for number in range(stage.recipients)}
    extra = sum(count - 1 for count in taken.values() if count > 1)
    return Outcome(
        recipients=stage.recipients,
        signals=signals,
        seconds=round(time.monotonic() - begun, 1),
        lost=len(everybody - taken.keys() - held),
        held=len(held),
        extra=extra,
        most=max(taken.values(), default=0),
        allowed=signals * IN_FLIGHT if kind is signal.SIGKILL else 0,
    )


def _wait_for(condition: object, begun: float, pause: float = 0.02) -> None:
    assert callable(condition)
    while not condition():
        if time.monotonic() - begun > _SECONDS:
            raise TimeoutError("the digest does not come to its end")
        time.sleep(pause)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Run both parts and print what was counted; 1 where a promise is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--recipients", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--terms", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    kept = True
    for signals, kind in ((arguments.kills, signal.SIGKILL), (arguments.terms, signal.SIGTERM)):
        with tempfile.TemporaryDirectory(prefix="forum-crash-") as folder:
            stage = Stage(Path(folder), arguments.recipients)
            stage.open_server()
            try:
                outcome = torment(stage, signals, kind, arguments.seed)
            finally:
                stage.close()
        print(json.dumps({"signal": kind.name, **asdict(outcome), "kept": outcome.kept}))
        kept = kept and outcome.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
