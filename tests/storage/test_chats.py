"""Chats, roles and notes."""

from __future__ import annotations

from datetime import UTC, datetime

from storage.chats import ChatRecord, Chats, Notes
from storage.repositories import Repositories
from storage.users import Users

NOW = datetime(2024, 5, 1, tzinfo=UTC)
GROUP = -100


def fresh(repositories: Repositories) -> Chats:
    """The same table through an empty memory, as after a restart."""
    return Chats(repositories.database)


async def test_an_unknown_chat_is_none_and_a_saved_one_comes_back(repositories: Repositories) -> None:
    """What is saved is read, from memory at once and from the database after a restart."""
    assert await repositories.chats.get(1) is None
    chat = ChatRecord(chat_id=1, type="group", language="en", zone="Asia/Tokyo", active=False)
    await repositories.chats.save(chat)
    assert await repositories.chats.get(1) == chat
    assert await fresh(repositories).get(1) == chat


async def test_a_blocked_chat_keeps_its_settings(repositories: Repositories) -> None:
    """Only ``active`` changes; a chat that nobody knew yet is noted too."""
    await repositories.chats.save(ChatRecord(chat_id=1, language="zh-hant", zone="Asia/Taipei"))
    await repositories.chats.set_active(1, False)
    await repositories.chats.set_active(2, False)
    chats = fresh(repositories)
    known = await chats.get(1)
    assert known == ChatRecord(chat_id=1, language="zh-hant", zone="Asia/Taipei", active=False)
    unknown = await chats.get(2)
    assert unknown is not None
    assert not unknown.active


async def test_a_group_that_becomes_a_supergroup_takes_everything_along(repositories: Repositories) -> None:
    """Settings, subscription and unsent messages go to the new id; the old id is forgotten."""
    await repositories.chats.save(ChatRecord(chat_id=-5, type="group", language="en"))
    await repositories.subscriptions.subscribe(-5, None, 510, "Asia/Shanghai", now=NOW)
    await repositories.chats.migrate(-5, GROUP)
    assert await repositories.chats.get(-5) is None
    assert await repositories.chats.get(GROUP) == ChatRecord(chat_id=GROUP, type="supergroup", language="en")
    assert await repositories.subscriptions.get(-5) is None
    moved = await repositories.subscriptions.get(GROUP)
    assert moved is not None
    assert moved.minute_of_day == 510


async def test_migrating_into_a_chat_with_a_subscription_keeps_that_one(repositories: Repositories) -> None:
    """Telegram may tell of the new chat first; nothing is doubled then."""
    await repositories.subscriptions.subscribe(-5, None, 510, "Asia/Shanghai", now=NOW)
    await repositories.subscriptions.subscribe(GROUP, None, 600, "Asia/Shanghai", now=NOW)
    await repositories.chats.migrate(-5, GROUP)
    kept = await repositories.subscriptions.get(GROUP)
    assert kept is not None
    assert kept.minute_of_day == 600
    assert await repositories.subscriptions.get(-5) is None


async def test_forgetting_leaves_nothing(repositories: Repositories) -> None:
    """``/forget_me`` deletes settings, subscription and messages."""
    await repositories.chats.save(ChatRecord(chat_id=1))
    await repositories.subscriptions.subscribe(1, None, 510, "Asia/Shanghai", now=NOW)
    await repositories.forgetting.forget(1)
    repositories.chats.unlearn(1)
    assert await fresh(repositories).get(1) is None
    assert await repositories.subscriptions.get(1) is None
    assert await repositories.outbox.of_chat(1) == []


async def test_roles_last_and_can_be_taken_away(repositories: Repositories) -> None:
    """Everybody is a reader until granted more; a revoked role is gone at once and after a restart."""
    users = repositories.users
    assert users.role(7) == "reader"
    await users.grant(9, "owner")
    await users.grant(7, "owner")
    await users.grant(8, "editor")
    await users.grant(7, "editor")
    assert users.having("editor") == (7, 8)
    await users.grant(8, "reader")
    assert users.role(8) == "reader"
    later = Users(repositories.database)
    await later.load()
    assert (later.role(7), later.role(8)) == ("editor", "reader")


async def test_notes_last(repositories: Repositories) -> None:
    """A note replaces the one before it."""
    notes = Notes(repositories.database)
    assert await notes.get("menu") is None
    await notes.set("menu", "a")
    await notes.set("menu", "b")
    assert await Notes(repositories.database).get("menu") == "b"
