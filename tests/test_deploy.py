"""What lies in deploy/: no tool of the machine is needed to see that it fits the program."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
SETTINGS = {name.upper() for name in Settings.model_fields}
OF_PYTHON = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PATH"}


def text(name: str) -> str:
    """One of the files."""
    return (DEPLOY / name).read_text("utf-8")


def test_the_image_holds_every_package_and_nothing_else() -> None:
    """The four packages, which the build context lets through; no ``.env``, no tests."""
    copied = re.findall(r"^COPY (\w+) \./\w+$", text("Containerfile"), re.MULTILINE)
    assert sorted(copied) == ["bot", "content", "handlers", "storage"]
    allowed = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    assert set(allowed) == {*copied, "requirements.txt"}


def test_the_image_runs_as_nobody_in_particular_and_is_looked_after() -> None:
    """Not as root; with a health check of the page that it serves; packages by their hashes."""
    lines = text("Containerfile")
    assert re.search(r"^USER [1-9]\d+$", lines, re.MULTILINE)
    assert "--require-hashes" in lines
    assert re.search(r"^HEALTHCHECK (?:.|\n)*?/healthz", lines, re.MULTILINE)
    assert "HTTP_LISTEN=0.0.0.0:8080" in lines


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("Containerfile", r"^    ([A-Z_]+)=|^ENV ([A-Z_]+)="),
        ("compose.yaml", r"^      ([A-Z_]+): "),
        ("forum-bot.service", r"\b([A-Z_]{4,})="),
    ],
)
def test_only_settings_that_exist_are_set(name: str, pattern: str) -> None:
    """By the names of the program."""
    found = {next(filter(None, match.groups())) for match in re.finditer(pattern, text(name), re.MULTILINE)}
    assert {"DATABASE_URL", "BACKUP_DIR"} <= found
    assert found <= SETTINGS | OF_PYTHON


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_knows_every_line_and_finds_little_exposed(tmp_path: Path) -> None:
    """``verify`` says nothing; the level of exposure is below 2 of 10."""
    unit = tmp_path / "forum-bot.service"
    here = text("forum-bot.service").replace("/opt/forum-bot/.venv/bin/python", "/bin/sh")
    unit.write_text(here.replace("WorkingDirectory=/opt/forum-bot", f"WorkingDirectory={tmp_path}"), "utf-8")
    known = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (known.returncode, known.stderr) == (0, "")
    exposed = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert exposed.returncode == 0, exposed.stdout[-300:]
