"""Roles: by reply, by number, by name, by invitation; each once, in time, for whom it is meant."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from app import EDITOR, GROUP, OWNER, READER, App

from storage.users import INVITATION_LASTS

Json = dict[str, Any]
STRANGER = 104


@pytest.fixture
async def chinese(app: App) -> App:
    """The owner reads Chinese here; a stranger with a Telegram name is about."""
    app.api.add_user(STRANGER, "陌生人", username="stranger_x", language_code="zh-hans")
    await app.say("/lang zh-hans", user=OWNER)
    return app


def role(app: App, user: int) -> str:
    return app.bot.services.access.role(user)


async def invitation(app: App, command: str = "/grant editor") -> str:
    """The payload of a new invitation."""
    (answer,) = await app.say(command, user=OWNER)
    found = re.search(r"start=(i_[\w-]{22})", answer["text"])
    assert found is not None
    return found[1]


async def test_a_role_by_number(chinese: App) -> None:
    """Given and taken away; both at once."""
    await chinese.say(f"/grant {READER} editor", user=OWNER)
    assert role(chinese, READER) == "editor"
    await chinese.say(f"/grant {READER} owner", user=OWNER)
    assert role(chinese, READER) == "owner"
    await chinese.say(f"/revoke {READER}", user=OWNER)
    assert role(chinese, READER) == "reader"


async def test_a_role_by_reply(chinese: App) -> None:
    """In a group the owner replies to somebody's message."""
    chinese.api.send(READER, GROUP, "我来帮忙")
    await chinese.settle()
    theirs = chinese.api.history(GROUP)[-1]
    await chinese.say("/grant editor", user=OWNER, chat=GROUP, reply_to=theirs["message_id"])
    assert role(chinese, READER) == "editor"


async def test_an_invitation_is_for_one_use(chinese: App) -> None:
    """The second who opens it gets nothing, and neither does who opens a made-up one."""
    token = await invitation(chinese)
    (welcome,) = await chinese.say(f"/start {token}", user=READER)
    assert "您现在是编辑" in welcome["text"]
    assert role(chinese, READER) == "editor"
    for payload in (token, "i_" + "A" * 22):
        (refused,) = await chinese.say(f"/start {payload}", user=STRANGER)
        assert "已用过、已过期" in refused["text"]
    assert role(chinese, STRANGER) == "reader"


async def test_two_who_race_for_one(chinese: App) -> None:
    """However close, one of them gets it."""
    token = (await invitation(chinese)).removeprefix("i_")
    users, now = chinese.bot.services.repositories.users, chinese.bot.services.now()
    got = await asyncio.gather(*(users.accept(token, user, None, None, now=now) for user in range(200, 220)))
    assert sum(one is not None for one in got) == 1


async def test_an_invitation_for_a_name(chinese: App) -> None:
    """Only its holder can use it, whatever the case of the letters."""
    token = await invitation(chinese, "/grant @Stranger_X editor")
    await chinese.say(f"/start {token}", user=READER)
    assert role(chinese, READER) == "reader"
    await chinese.say(f"/start {token}", user=STRANGER)
    assert role(chinese, STRANGER) == "editor"


async def test_an_invitation_ends(chinese: App) -> None:
    """After two days it is no good."""
    token = await invitation(chinese)
    chinese.bot.clock.advance(INVITATION_LASTS.total_seconds() + 1)
    await chinese.say(f"/start {token}", user=READER)
    assert role(chinese, READER) == "reader"


async def test_invitations_of_somebody_who_is_no_owner_any_more(chinese: App) -> None:
    """They end with the role that made them."""
    await chinese.say(f"/grant {EDITOR} owner", user=OWNER)
    (answer,) = await chinese.say("/grant editor", user=EDITOR)
    found = re.search(r"start=(i_[\w-]{22})", answer["text"])
    assert found is not None
    await chinese.say(f"/revoke {EDITOR}", user=OWNER)
    await chinese.say(f"/start {found[1]}", user=READER)
    assert role(chinese, READER) == "reader"


async def test_an_invitation_takes_nothing_away(chinese: App) -> None:
    """An owner who opens an editor's invitation stays an owner."""
    token = await invitation(chinese)
    await chinese.say(f"/start {token}", user=OWNER)
    assert role(chinese, OWNER) == "owner"


async def test_no_invitation_in_a_group(chinese: App) -> None:
    """Everybody there could use it."""
    (answer,) = await chinese.say("/grant editor", user=OWNER, chat=GROUP)
    assert "private chat" in answer["text"]


async def test_the_last_owner_stays(chinese: App) -> None:
    """Nobody could give roles otherwise; with a second one it is possible."""
    for command in (f"/revoke {OWNER}", f"/grant {OWNER} editor", "/forget_me"):
        (answer,) = await chinese.say(command, user=OWNER)
        assert "最后一位主人" in answer["text"]
    assert role(chinese, OWNER) == "owner"
    await chinese.say(f"/grant {READER} owner", user=OWNER)
    await chinese.say(f"/revoke {OWNER}", user=OWNER)
    assert role(chinese, OWNER) == "reader"


async def test_the_list_takes_roles_away(chinese: App) -> None:
    """By a button beside the name; the name is learnt when somebody writes."""
    await chinese.say("/drafts", user=EDITOR)
    (listed,) = await chinese.say("/editors", user=OWNER)
    assert f"编辑：编辑 ({EDITOR})" in listed["text"]
    await chinese.press(listed, "收回 编辑", user=OWNER)
    assert role(chinese, EDITOR) == "reader"


@pytest.mark.parametrize(
    "command", ["/grant", "/grant 谁 editor", "/grant a b editor", "/grant chief", "/revoke @nobody_x"]
)
async def test_what_cannot_be_granted_is_explained(chinese: App, command: str) -> None:
    """Each with what to send instead."""
    before = chinese.bot.services.repositories.users.members()
    (answer,) = await chinese.say(command, user=OWNER)
    assert answer["text"]
    assert chinese.bot.services.repositories.users.members() == before


async def test_a_command_edited_into_an_old_message_is_none(chinese: App) -> None:
    """Edits are not asked for, and one that comes all the same does nothing."""
    update = {"update_id": 10**6, "edited_message": {"text": f"/grant {READER} editor"}}
    await chinese.bot.services.repositories.notes.set("x", "y")
    assert "edited_message" not in str(chinese.api.state.webhook)
    from handlers.dispatch import Dispatcher  # noqa: PLC0415 - the dispatcher alone

    await Dispatcher(chinese.bot.services)(update, chinese.bot.api)
    assert role(chinese, READER) == "reader"
