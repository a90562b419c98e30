"""Language and time zone of a chat."""

from __future__ import annotations

import pytest
from app import App, labels

from handlers.preferences import known_zone


@pytest.mark.parametrize(
    ("argument", "answer"),
    [
        ("en", "Done. I will speak English here."),
        ("English", "Done. I will speak English here."),
        ("繁體", "好的，之後使用繁體中文。"),
        ("zh-hans", "好的，以后用简体中文。"),
    ],
)
async def test_a_language_is_set(app: App, argument: str, answer: str) -> None:
    """By its code or its name, and answered in the new language."""
    assert (await app.ask(f"/lang {argument}"))["text"] == answer


async def test_a_language_is_chosen_by_a_button(app: App) -> None:
    """The buttons name each language in itself."""
    answer = await app.ask("/lang")
    assert labels(answer) == ["简体中文", "繁體中文", "English"]
    await app.press(answer, "繁體中文")
    assert "之後" in app.now(answer)["text"]
    assert (await app.ask("/topics"))["text"].startswith("🏷 話題")


async def test_a_language_that_there_is_not(app: App) -> None:
    """The choice is offered again."""
    answer = await app.ask("/lang klingon")
    assert "klingon" in answer["text"]
    assert "English" in labels(answer)


async def test_settings(app: App) -> None:
    """Zone by button and by name; an unknown zone is refused with an example."""
    answer = await app.ask("/settings")
    assert "时区：Asia/Shanghai" in answer["text"]
    await app.press(answer, "时区")
    await app.press(app.now(answer), "Asia/Tokyo")
    assert "Asia/Tokyo" in app.now(answer)["text"]
    await app.ask("/settings zone europe/london")
    assert "时区：Europe/London" in (await app.ask("/settings"))["text"]
    assert "没有“Mars/Base”这个时区" in (await app.ask("/settings zone Mars/Base"))["text"]


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("asia/hong_kong", "Asia/Hong_Kong"),
        ("America/New York", "America/New_York"),
        ("utc", "UTC"),
        ("", None),
        ("/etc/passwd", None),
        ("../x", None),
        ("A" * 300, None),
        ("a\x00b", None),
    ],
)
def test_zones(name: str, zone: str | None) -> None:
    """IANA names in any case; nothing that is a path."""
    assert known_zone(name) == zone
