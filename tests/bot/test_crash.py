"""The real process is killed during a digest; ``bench/crash.py`` is the long form of this."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bench"))

from crash import Stage, chats_in, fill, torment  # noqa: E402  # the path is set above

pytestmark = pytest.mark.slow


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("kind", "signals"), [(signal.SIGKILL, 6), (signal.SIGTERM, 3)], ids=["SIGKILL", "SIGTERM"]
)
def test_nothing_is_lost_and_little_comes_twice(tmp_path: Path, kind: signal.Signals, signals: int) -> None:
    """Half of the kills right after the server took a message: by its own ledger the promise is kept."""
    stage = Stage(tmp_path, 200)
    stage.open_server()
    try:
        outcome = torment(stage, signals, kind, seed=1)
    finally:
        stage.close()
    assert outcome.kept, outcome
    assert sum(stage.taken().values()) + outcome.held >= 200


@pytest.mark.timeout(1500)
def test_every_row_ends_in_the_right_state(tmp_path: Path) -> None:
    """403, no chat, migration, 429, bad entities, 500, dropped and hanging connections, mixed."""
    stage = Stage(tmp_path, 5_000)
    stage.open_server("--faults")
    try:
        edition = asyncio.run(fill(stage))
        stage.start_bot()
        deadline = time.monotonic() + 1200
        while chats_in(stage, edition, "pending", "sending") and time.monotonic() < deadline:
            time.sleep(0.2)
        stage.stop_bot(signal.SIGTERM)
        ends = {
            state: {abs(chat) % 20 for chat in chats_in(stage, edition, state)}
            for state in ("sent", "blocked", "failed", "held", "pending", "sending")
        }
    finally:
        stage.close()
    assert ends["blocked"] == {1, 2}
    assert ends["failed"] == {5}
    assert ends["held"] == set()
    assert ends["pending"] == ends["sending"] == set()
    # The migrated went to chats whose ids end in 0.
    assert ends["sent"] == set(range(20)) - {1, 2, 3, 5}
    copies = stage.taken()
    assert max(copies.values()) == 2
    assert {abs(chat) % 20 for chat, count in copies.items() if count == 2} <= {8, 9}
