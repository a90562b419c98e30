"""The command line, in processes of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from postgres_server import Server

ROOT = Path(__file__).parents[2]
COMMANDS = ("run", "chat", "extract", "ingest", "ask", "digest", "export", "backup", "restore")
COMMANDS += ("migrate", "check")
ARTICLE = (
    "7月3日,2031星河开源论坛在云城举行。星河大学教授林知远表示,开源让更多人参与创新。该平台有230万开发者。\n"
)


def bot(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, tmp_path: Path) -> None:
    """``--help`` says what it does and ends well."""
    done = bot(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert len(done.stdout.split()) > 10


def test_the_help_lists_every_command(tmp_path: Path) -> None:
    """And none that has no test here."""
    listed = re.findall(r"^[│\s]*(\w+)  +\w", bot("--help", cwd=tmp_path).stdout, re.MULTILINE)
    assert set(COMMANDS) == set(listed)


def test_extract_prints_a_line_for_every_readable_file(tmp_path: Path) -> None:
    """Bad files get a line on standard error and an exit code; the others are done."""
    (tmp_path / "good.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "chinese.txt").write_bytes(ARTICLE.encode("gb18030"))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    names = ["good.txt", "empty.txt", "image.png", "none.txt", "chinese.txt"]
    done = bot("extract", *names, cwd=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == ["good.txt", "chinese.txt"]
    assert all(next(iter(line)) == "file" for line in lines)
    assert lines[0]["participants"][0]["name"] == "林知远"
    span = lines[0]["participants"][0]
    assert ARTICLE[span["start"] : span["end"]] == "林知远"
    assert {**lines[1], "file": "good.txt"} == lines[0]
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["empty.txt", "image.png", "none.txt"]
    assert done.returncode == 1


def test_extract_loads_neither_telegram_nor_settings(tmp_path: Path) -> None:
    """It is used in pipes: what it does not need must not slow it down."""
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    code = (
        "import runpy, sys; sys.argv = ['bot', 'extract', 'a.txt']\n"
        "try: runpy.run_module('bot', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code\n"
        "assert not {'telegram', 'pydantic', 'httpx'} & sys.modules.keys()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


def test_the_offline_commands_work_on_one_database(tmp_path: Path) -> None:
    """Ingest, ask, export, back up, restore: as an editor without Telegram would."""
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    assert bot("migrate", cwd=tmp_path).stdout.startswith("applied 0001")
    assert bot("migrate", cwd=tmp_path).stdout == "up to date\n"
    ingested = bot("ingest", "a.txt", "none.txt", cwd=tmp_path)
    assert ingested.returncode == 1
    assert re.fullmatch(r"a\.txt: article \d+\n", ingested.stdout)
    assert bot("ingest", "a.txt", cwd=tmp_path).stdout == ingested.stdout
    answer = bot("ask", "/speaker 林知远", cwd=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "星河大学" in answer.stdout
    assert "开源让更多人参与创新" in answer.stdout
    data = json.loads(bot("export", cwd=tmp_path).stdout)
    assert "林知远" in [person["name"] for person in data["people"]]
    assert "林知远" in bot("export", "--format", "markdown", cwd=tmp_path).stdout
    for form, head in (("word", b"PK"), ("excel", b"PK"), ("pdf", b"%PDF")):
        assert bot("export", "--format", form, "--output", f"all.{form}", cwd=tmp_path).returncode == 0
        assert (tmp_path / f"all.{form}").read_bytes().startswith(head)
    assert "星河" in bot("digest", "--preview", cwd=tmp_path).stdout
    copy = bot("backup", cwd=tmp_path).stdout.strip()
    assert bot("restore", copy, cwd=tmp_path).returncode == 0
    assert "林知远" in bot("ask", "林知远", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    "arguments",
    [("backup",), ("restore", "none.db"), ("digest",), ("export", "--output", "none/x.json")],
)
def test_what_cannot_be_done_is_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """No traceback, an exit code."""
    done = bot(*arguments, cwd=tmp_path)
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1


def test_check_tells_what_is_missing(tmp_path: Path) -> None:
    """Without a token, and with a Bot API server that nobody serves."""
    missing = bot("check", cwd=tmp_path)
    assert missing.returncode == 1
    assert "FAIL token: BOT_TOKEN is not set" in missing.stdout
    assert "ok   database" in missing.stdout
    nowhere = bot("check", cwd=tmp_path, BOT_TOKEN="1:SECRETS", BOT_API_BASE_URL="http://127.0.0.1:9/bot")
    assert nowhere.returncode == 1
    assert "127.0.0.1 cannot be reached" in nowhere.stdout
    assert "SECRETS" not in nowhere.stdout + nowhere.stderr


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_chat_serves_its_page_and_stops(stop: signal.Signals, tmp_path: Path) -> None:
    """On another port where the one asked for is taken, which it says; it ends well and leaves no file."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "chat", "--port", str(port)],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "TMPDIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == f"Port {port} is taken.\n"
            address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert address is not None
            for _ in range(100):
                try:
                    with urllib.request.urlopen(address[0], timeout=5) as page:
                        assert page.status == 200
                    break
                except OSError:
                    time.sleep(0.05)
            else:
                pytest.fail("the page is not served")
        finally:
            process.send_signal(stop)
            try:
                _, errors = process.communicate(timeout=20)
            finally:
                process.kill()
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert not list(tmp_path.iterdir())


def test_migrate_to_copies_everything_once(postgres: Server, tmp_path: Path) -> None:
    """It prints counts and hashes, the new address works, a repetition copies nothing, others are refused."""
    target = postgres.new_database("template0")
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    nothing = bot("migrate", "--to", target, cwd=tmp_path)
    assert (nothing.returncode, nothing.stderr) == (1, "DATABASE_URL: data/forum.db does not exist\n")
    bot("ingest", "article.txt", cwd=tmp_path)
    done = bot("migrate", "--to", target, cwd=tmp_path)
    assert done.returncode == 0
    assert re.search(r"^articles: 2 rows, sha256 [0-9a-f]{64}$", done.stdout, re.MULTILINE)
    assert "is copied and verified" in done.stdout
    answer = bot("ask", "林知远", cwd=tmp_path, DATABASE_URL=target)
    assert "星河大学教授" in answer.stdout
    assert answer.stdout == bot("ask", "林知远", cwd=tmp_path).stdout
    assert bot("migrate", cwd=tmp_path, DATABASE_URL=target).stdout == "up to date\n"
    assert "was there already" in bot("migrate", "--to", target, cwd=tmp_path).stdout
    (tmp_path / "other.txt").write_text(ARTICLE.replace("230", "320"), "utf-8")
    bot("ingest", "other.txt", cwd=tmp_path, DATABASE_URL=target)
    refused = bot("migrate", "--to", target, cwd=tmp_path)
    assert refused.returncode == 1
    assert "the target holds other data" in refused.stderr
    assert refused.stderr.count("\n") == 1
    postgres.drop(target)


@pytest.mark.parametrize(
    ("arguments", "database", "line"),
    [
        (
            ("migrate", "--to", "mysql://u:secret@host/db"),
            "sqlite:///forum.db",
            "--to: must be postgresql://",
        ),
        (("migrate", "--to", "postgresql://h/db"), "postgresql://h/db", "DATABASE_URL: only for SQLite"),
        (("backup",), "postgresql://h/db", "DATABASE_URL: only for SQLite"),
        (("restore", "file"), "postgresql://h/db", "DATABASE_URL: only for SQLite"),
    ],
)
def test_what_only_one_backend_can_do_is_told(
    arguments: tuple[str, ...], database: str, line: str, tmp_path: Path
) -> None:
    """In one line, without a password."""
    done = bot(*arguments, cwd=tmp_path, DATABASE_URL=database)
    assert done.returncode != 0
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr
