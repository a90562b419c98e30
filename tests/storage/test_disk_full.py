"""A full disk: nothing is corrupted, readers are served, and it goes on once there is room."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("disk_full.py")
TESTS = PROGRAM.parents[1]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limit on file sizes is Linux's")


def reports(tmp_path: Path, first: int, last: int) -> list[dict[str, object]]:
    """What became of each refused write."""
    command = [sys.executable, str(PROGRAM), str(tmp_path / "forum.db"), str(first), str(last)]
    environment = {"PYTHONPATH": f"{TESTS.parent}:{TESTS}"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def good(first: int, last: int) -> list[dict[str, object]]:
    """What ought to become of it."""
    fine = {"refused": True, "readers_served": True, "recovered": True, "verdict": "ok"}
    return [{"write": number, **fine} for number in range(first, last + 1)]


@pytest.mark.parametrize(("first", "last"), [(1, 6), (60, 61), (199, 200)])
def test_a_refused_write_loses_nothing_that_was_committed(tmp_path: Path, first: int, last: int) -> None:
    """The system itself refuses it, in the middle of a transaction of one page or of many."""
    assert reports(tmp_path, first, last) == good(first, last)


@pytest.mark.slow
@pytest.mark.parametrize("first", [1, 51, 101, 151])
def test_each_of_the_first_two_hundred_writes_may_be_refused(tmp_path: Path, first: int) -> None:
    """One after the other on one database."""
    assert reports(tmp_path, first, first + 49) == good(first, first + 49)
