"""/forget_me: nothing about a person is left, here or after a backup comes back."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app import EDITOR, OWNER, READER, App, running

from bot import backups
from bot.forgotten import forget_again, forgotten_since, note_forgotten
from storage.database import Database
from storage.repositories import open_database


async def holding(database: Database, number: int) -> list[str]:
    """Every column of every table that holds a number."""
    tables = await database.fetch_all("SELECT name FROM sqlite_master WHERE type = 'table'")
    found = []
    for table in (row["name"] for row in tables):
        for column in await database.fetch_all(f"SELECT name FROM pragma_table_info('{table}')"):
            name = column["name"]
            rows = await database.fetch_all(
                f'SELECT 1 FROM "{table}" WHERE CAST("{name}" AS TEXT) LIKE :n LIMIT 1',
                {"n": f"%{number}%"},
            )
            if rows:
                found.append(f"{table}.{name}")
    return found


USER = 987_654_321


async def leave_traces(app: App) -> None:
    """Everything that a person can leave behind."""
    app.api.add_user(USER, "某人", username="somebody", language_code="zh-hans")
    await app.bot.services.repositories.users.grant(USER, "editor")
    for command in ("/lang zh-hans", "/subscribe", "/follow 王海峰", "/add", "一段文字", "/alias 百度 度度"):
        await app.say(command, user=USER)
    await app.say("/add 星河平台已有500万开发者。云州大学教授林知远说，开源很好。", user=USER)
    await app.bot.services.reading.idle()
    await app.say("/grant editor", user=OWNER)


async def test_nothing_is_left(app: App) -> None:
    """In no table and no column; what was done stays done, by nobody."""
    await leave_traces(app)
    database = app.bot.services.repositories.database
    assert await holding(database, USER) != []
    (question,) = await app.say("/forget_me", user=USER)
    assert await holding(database, USER) != []
    await app.press(question, "删除我的全部数据", user=USER)
    assert "已全部删除" in app.now(question)["text"]
    assert await holding(database, USER) == []
    assert app.bot.services.access.role(USER) == "reader"
    assert (await app.bot.services.repositories.history.list(9))[0][0].user_id is None


async def test_a_backup_does_not_bring_anybody_back(app: App, tmp_path: Path) -> None:
    """Made before, restored after: whoever wished to be forgotten in between stays so."""
    await leave_traces(app)
    repositories = app.bot.services.repositories
    folder = Path(app.bot.backstage.settings.backup_dir)
    made = await app.bot.services.back_up()
    assert made is not None
    (question,) = await app.say("/forget_me", user=USER)
    await app.press(question, "删除我的全部数据", user=USER)
    assert str(USER) not in (folder / "forgotten.json").read_text("utf-8")
    target = tmp_path / "restored.db"
    await asyncio.to_thread(backups.restore, made, target, tmp_path / "other", 1)
    url = f"sqlite:///{target}"
    assert await forget_again(url, folder, backups.made_at(made)) == 1
    database = await open_database(url)
    try:
        assert await holding(database, USER) == []
        assert await holding(database, EDITOR) != []
    finally:
        await database.close()
    assert await repositories.articles.count() == 3


def test_who_came_back_is_not_forgotten_again(tmp_path: Path) -> None:
    """A wish counts for backups from before it, not for what was kept since."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    note_forgotten(tmp_path, READER, now)
    note_forgotten(tmp_path, EDITOR, now + timedelta(days=2))
    assert forgotten_since(tmp_path, (READER, EDITOR, OWNER), now - timedelta(days=1)) == (READER, EDITOR)
    assert forgotten_since(tmp_path, (READER, EDITOR, OWNER), now + timedelta(days=1)) == (EDITOR,)
    assert set(json.loads((tmp_path / "forgotten.json").read_text("utf-8"))) == {"key", "people"}


async def test_asked_in_a_group_it_is_said_where(app: App) -> None:
    """A wish that concerns one person is spoken of in private."""
    (answer,) = await app.say("/forget_me", chat=-1_000_000_000_001)
    assert "私聊" in answer["text"]


async def test_a_restart_knows_nobody(tmp_path: Path) -> None:
    """What was forgotten is not read again from anywhere."""
    async with running(tmp_path / "forum.db") as (bot, api):
        app = App(api, bot)
        await app.say("/subscribe")
        (question,) = await app.say("/forget_me")
        await app.press(question, "删除我的全部数据")
    async with running(tmp_path / "forum.db") as (bot, _):
        assert await bot.services.repositories.chats.get(READER) is None
