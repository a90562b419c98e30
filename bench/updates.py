"""Updates answered a second, CPU, memory and start-up: the bot against two bare echo bots.

Every bot runs in a process of its own against the same server (``api_server``), one after the other, in
turns, so that a slow moment of the machine hits all of them. The bots get the same updates: 200 users who
write ``/speaker 王海峰``; the echo bots only say it back. The rate is counted by the server, from the first
message that a bot sends to its last; CPU is the bot process's user and system time for the run divided by
the updates; start-up is the time from starting the process to its first getUpdates.

Usage: ``python bench/updates.py [--updates 5000] [--rounds 3] [--json]``
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from api_server import Load, Server

BENCH = Path(__file__).parent
TEXT = "/speaker 王海峰"
WARM_UP = 300
SECONDS = 120


@dataclass(frozen=True)
class Run:
    """What one run of one bot measured."""

    rate: float
    """Updates answered a second."""
    cpu: float
    """Microseconds of CPU an update."""
    start: float
    """Seconds from starting the process to its first getUpdates."""
    idle: float
    """Resident memory before the load, MB."""
    loaded: float
    """Resident memory after it, MB."""
    reply: int
    """Characters of a reply."""


def command(bot: str, base: str, folder: str) -> tuple[list[str], dict[str, str]]:
    """How to start a bot: arguments and environment."""
    if bot != "ours":
        return [sys.executable, str(BENCH / f"echo_{bot}.py"), base], {}
    return [sys.executable, "-m", "bot"], {
        "BOT_TOKEN": "1:BENCH",
        "BOT_API_BASE_URL": f"{base}/bot",
        "BOT_API_BASE_FILE_URL": f"{base}/file/bot",
        "DATABASE_URL": f"sqlite:///{folder}/forum.db",
        "LOG_LEVEL": "WARNING",
    }


def start(arguments: list[str], environment: dict[str, str], *, quiet: bool) -> subprocess.Popen[bytes]:
    """Start a bot in the project's folder; what the echo bots say about being stopped is of no use here."""
    return subprocess.Popen(
        arguments, env=environment, cwd=BENCH.parent, stderr=subprocess.DEVNULL if quiet else None
    )


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Resident memory of a process in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def measure(bot: str, updates: int, settle: float, folder: str) -> Run:
    """Start a bot, let it settle, put the load on it, stop it."""
    load = Load(TEXT, WARM_UP)
    server = await asyncio.get_running_loop().create_server(lambda: Server(load), "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    arguments, environment = command(bot, base, folder)
    begun = time.time()
    process = start(arguments, {**os.environ, **environment}, quiet=bot != "ours")
    try:
        while load.first_poll is None:
            await asyncio.sleep(0.005)
            if process.poll() is not None:
                raise SystemExit(f"{bot} ended with {process.returncode}")
        await asyncio.sleep(settle)
        idle = resident(process.pid)
        load.released.set()
        await asyncio.wait_for(load.finished.wait(), SECONDS)
        load.finished.clear()
        load.begun, load.total = None, WARM_UP + updates
        cpu = cpu_seconds(process.pid)
        await asyncio.wait_for(load.finished.wait(), SECONDS)
        cpu = cpu_seconds(process.pid) - cpu
        assert load.begun is not None
        assert load.ended is not None
        return Run(
            rate=updates / (load.ended - load.begun),
            cpu=cpu / updates * 1e6,
            start=load.first_poll - begun,
            idle=idle,
            loaded=resident(process.pid),
            reply=len(load.reply_text or ""),
        )
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)
        server.close()


def summary(runs: list[Run]) -> dict[str, list[float]]:
    """Minimum, median and maximum of each figure."""
    columns = {name: [asdict(run)[name] for run in runs] for name in asdict(runs[0])}
    return {name: [min(values), statistics.median(values), max(values)] for name, values in columns.items()}


def ratios(ours: list[Run], theirs: list[Run], name: str) -> list[float]:
    """How many times better ours is, round by round: minimum, median, maximum of ``rate`` or ``cpu``."""
    pairs = [(getattr(mine, name), getattr(other, name)) for mine, other in zip(ours, theirs, strict=True)]
    values = [other / mine if name == "cpu" else mine / other for mine, other in pairs]
    return [min(values), statistics.median(values), max(values)]


async def run(bots: list[str], rounds: int, updates: int, settle: float) -> dict[str, list[Run]]:
    """All rounds, the bots taking turns."""
    runs: dict[str, list[Run]] = {bot: [] for bot in bots}
    for _ in range(rounds):
        for bot in bots:
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                runs[bot].append(await measure(bot, updates, settle, folder))
    return runs


def show(runs: dict[str, list[Run]]) -> None:
    """Print the figures as lines of min / median / max."""
    units = {"rate": "updates/s", "cpu": "µs/update", "start": "s", "idle": "MB", "loaded": "MB"}
    for bot, measured in runs.items():
        print(f"{bot}: replies of {measured[0].reply} characters")
        for name, values in summary(measured).items():
            if name in units:
                print(f"  {name:7}", " / ".join(f"{value:10.2f}" for value in values), units[name])
    for bot, measured in runs.items():
        if bot != "ours" and "ours" in runs:
            for name in ("rate", "cpu"):
                values = " / ".join(f"{value:.2f}" for value in ratios(runs["ours"], measured, name))
                print(f"{bot}: {values} times by {name} (min / median / max)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--updates", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--settle", type=float, default=3.0, help="seconds between start and load")
    parser.add_argument("--bots", nargs="+", default=["ours", "ptb", "aiogram"])
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    runs = asyncio.run(run(options.bots, options.rounds, options.updates, options.settle))
    if options.json:
        print(
            json.dumps({bot: [asdict(one) for one in measured] for bot, measured in runs.items()}, indent=1)
        )
    else:
        show(runs)


if __name__ == "__main__":
    main()
