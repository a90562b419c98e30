"""/help by subject and the guide."""

from __future__ import annotations

import pytest
from app import EDITOR, OWNER, READER, App, labels

from handlers.commands import LISTED
from handlers.helping import STEPS, SUBJECTS


def test_every_command_of_readers_has_one_subject() -> None:
    """None is left out of the help, and none stands twice."""
    named = [name for names in SUBJECTS.values() for name in names]
    assert sorted(named) == sorted(row.name for row in LISTED if row.role == "reader")


@pytest.mark.parametrize("user", [READER, EDITOR, OWNER])
async def test_the_help_shows_what_one_may_use(app: App, user: int) -> None:
    """Commands by subject; those of editors and owners only to them."""
    text = (await app.ask("/help", user=user))["text"]
    assert ("/publish" in text) == (user in {EDITOR, OWNER})
    assert ("/grant" in text) == (user == OWNER)
    assert "/speaker" in text


async def test_a_subject_has_examples_that_can_be_tapped(app: App) -> None:
    """The examples name what is really known, and answer when they are pressed."""
    overview = await app.ask("/help")
    await app.press(overview, "人物和机构")
    subject = app.now(overview)
    example = next(label for label in labels(subject) if label.startswith("/speaker"))
    await app.press(subject, example)
    assert app.seen()["text"].startswith("👤")
    await app.press(app.now(overview), "返回")
    assert app.now(overview)["text"] == overview["text"]


async def test_a_subject_of_editors_is_not_told_to_readers(app: App) -> None:
    """Asked for by name, it is help for nobody who may not use it."""
    assert "/publish" not in (await app.ask("/help editor"))["text"]


async def test_the_guide_takes_three_steps(app: App) -> None:
    """From /start on: each step has something to try; the last leads to the help."""
    begun = await app.ask("/start")
    await app.press(begun, "三步上手")
    first = app.seen()
    assert f"1/{STEPS}" in first["text"]
    await app.press(first, labels(first)[0])
    assert app.seen()["text"].startswith("👤")
    await app.press(first, "›")
    second = app.now(first)
    question = next(label for label in labels(second) if label.startswith("谁谈到了"))
    await app.press(second, question)
    assert not app.seen()["text"].startswith("没有找到")
    await app.press(second, "›")
    third = app.now(first)
    assert f"{STEPS}/{STEPS}" in third["text"]
    assert any("订阅" in label for label in labels(third))


async def test_a_step_that_there_is_not(app: App) -> None:
    """Begins at the first."""
    assert "1/3" in (await app.ask("/guide 77"))["text"]
