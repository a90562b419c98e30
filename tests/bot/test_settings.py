"""Settings and their example file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings

ROOT = Path(__file__).parents[2]
EXAMPLE = re.compile(r"^(# )?([A-Z][A-Z_]+)=(.*)$", re.MULTILINE)
TOKEN = "123456:AAHsecretsecretsecretsecretsecret_-"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches the tests, and no ``.env``."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_example_names_every_setting_and_no_other() -> None:
    """Both ways: nothing is missing and nothing is stale."""
    names = [name for _, name, _ in EXAMPLE.findall((ROOT / ".env.example").read_text("utf-8"))]
    assert len(names) == len(set(names))
    assert set(names) == {name.upper() for name in Settings.model_fields}


def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    """With every line taken in, the settings are those of an empty environment."""
    text = (ROOT / ".env.example").read_text("utf-8")
    (tmp_path / ".env").write_text("\n".join(f"{name}={value}" for _, name, value in EXAMPLE.findall(text)))
    assert load_settings() == Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic-settings takes it


def test_the_defaults_are_the_contract() -> None:
    """What the table of the design says."""
    settings = load_settings()
    assert settings.bot_token is None
    assert settings.bot_api_base_url == "https://api.telegram.org/bot"
    assert settings.bot_api_base_file_url == "https://api.telegram.org/file/bot"
    assert settings.owner_ids == ()
    assert settings.database_url == "sqlite:///data/forum.db"
    assert (settings.default_timezone, settings.digest_minute) == ("Asia/Shanghai", 510)
    assert settings.default_language == "zh-hans"
    assert (settings.backup_dir, settings.backup_keep, settings.send_rate) == ("data/backups", 7, 28)
    assert (settings.log_level, settings.log_format) == ("INFO", "console")


def test_good_values_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an operator writes them."""
    values = {
        "BOT_TOKEN": TOKEN,
        "OWNER_IDS": " 12, 345,",
        "DEFAULT_LANGUAGE": "ZH-Hant",
        "LOG_LEVEL": "debug",
        "BOT_PROXY": "socks5://user:pass@proxy:1080",
        "HTTP_LISTEN": "[::1]:8081",
        "SEND_RATE": "0.5",
        "DEFAULT_DIGEST_TIME": "23:59",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.require_token() == TOKEN
    assert settings.owner_ids == (12, 345)
    assert (settings.default_language, settings.log_level) == ("zh-hant", "DEBUG")
    assert (settings.send_rate, settings.digest_minute) == (0.5, 1439)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "no-token"),
        ("BOT_TOKEN", "123:with space"),
        ("BOT_API_BASE_URL", "api.telegram.org/bot"),
        ("BOT_API_BASE_FILE_URL", "ftp://x"),
        ("BOT_PROXY", "proxy:1080"),
        ("OWNER_IDS", "@name"),
        ("OWNER_IDS", "1,-2"),
        ("DATABASE_URL", "forum.db"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "mysql://localhost/forum"),
        ("DEFAULT_TIMEZONE", "Mars/Olympus"),
        ("DEFAULT_TIMEZONE", "../etc/passwd"),
        ("DEFAULT_TIMEZONE", "Asia"),
        ("DEFAULT_DIGEST_TIME", "8:30"),
        ("DEFAULT_DIGEST_TIME", "24:00"),
        ("DEFAULT_LANGUAGE", "fr"),
        ("WEBHOOK_URL", "http://example.org/hook"),
        ("WEBHOOK_URL", "https:///hook"),
        ("WEBHOOK_URL", "https://example.org/{hook}"),
        ("WEBHOOK_LISTEN", "8080"),
        ("WEBHOOK_SECRET", "with space"),
        ("HTTP_LISTEN", "127.0.0.1:99999"),
        ("BACKUP_KEEP", "0"),
        ("SEND_RATE", "0"),
        ("SEND_RATE", "nan"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_value_is_one_line_with_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """The line begins with the setting; the value of a secret is not in it."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert re.fullmatch(rf"{name}: [^\n]+", str(caught.value))
    if name in {"BOT_TOKEN", "BOT_PROXY", "WEBHOOK_SECRET"}:
        assert value not in str(caught.value)


@pytest.mark.parametrize("missing", ["WEBHOOK_LISTEN", "WEBHOOK_SECRET"])
def test_a_webhook_needs_address_and_secret(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """The line names what is missing; with all three there is a hook, which never shows them."""
    values = {
        "WEBHOOK_URL": "https://example.org/hook",
        "WEBHOOK_LISTEN": "127.0.0.1:8081",
        "WEBHOOK_SECRET": "sesame_open",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    hook = load_settings().hook
    assert hook is not None
    assert hook.secret == "sesame_open"
    assert "sesame" not in repr(hook)
    monkeypatch.delenv(missing)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == f"{missing}: must be set where WEBHOOK_URL is"


def test_the_settings_never_show_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither printed nor dumped."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_PROXY", "http://user:hunter2@proxy")
    settings = load_settings()
    shown = f"{settings!r} {settings} {settings.model_dump()}"
    assert TOKEN not in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize(
    ("environment", "lines"),
    [
        ({}, 1),
        ({"BOT_TOKEN": "oops", "SEND_RATE": "fast", "DEFAULT_LANGUAGE": "fr"}, 3),
    ],
)
def test_a_start_with_wrong_settings_says_so_and_ends(
    environment: dict[str, str], lines: int, tmp_path: Path
) -> None:
    """One line each on standard error, exit code 2, no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == lines
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
