"""Replies on their way out: what Telegram refuses, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, RetryAfter

from handlers import outgoing
from handlers.reply import Button, Message, Upload
from handlers.rich_text import words

MESSAGE = Message(words("林若水", "bold"), ((Button("开源", data="1:+:topic:0:#1"),),))
Call = tuple[str, dict[str, str]]


class Refusing:
    """A Bot API that answers the first calls with these errors, and takes the rest."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls: list[Call] = []
        self.files: Mapping[str, tuple[str, bytes, str]] | None = None

    async def call(
        self,
        method: str,
        fields: Mapping[str, str],
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Any:
        self.calls.append((method, dict(fields)))
        self.files = files
        if self.errors:
            raise self.errors.pop(0)
        return {"message_id": 1}


async def test_a_message_goes_out_with_entities_and_without_preview() -> None:
    """Entities and keyboard cross the wire as JSON; parse_mode never does, link previews are off."""
    api = Refusing()
    await outgoing.send(api, 5, MESSAGE, thread_id=7)
    assert api.calls == [
        (
            "sendMessage",
            {
                "chat_id": "5",
                "message_thread_id": "7",
                "text": "林若水",
                "entities": '[{"type":"bold","offset":0,"length":3}]',
                "link_preview_options": '{"is_disabled":true}',
                "reply_markup": '{"inline_keyboard":[[{"text":"开源","callback_data":"1:+:topic:0:#1"}]]}',
            },
        )
    ]


async def test_a_file_carries_the_text_as_its_caption() -> None:
    """A document and a photo go by their own methods."""
    api = Refusing()
    await outgoing.send(api, 5, Message(words("数据", "bold"), upload=Upload("facts.json", b"{}")))
    await outgoing.send(api, 5, Message(words(""), upload=Upload("card.png", b"x", photo=True)))
    assert [method for method, _ in api.calls] == ["sendDocument", "sendPhoto"]
    assert api.calls[0][1]["caption"] == "数据"
    assert "caption" not in api.calls[1][1]
    assert api.files == {"photo": ("card.png", b"x", "image/png")}


async def test_a_picture_takes_the_place_of_another() -> None:
    """Its bytes go with the edit; where the message cannot be changed it comes as a new one."""
    card = Message(words("林若水", "bold"), MESSAGE.keyboard, Upload("card.png", b"x", photo=True))
    api = Refusing()
    await outgoing.edit(api, 5, 9, card)
    ((method, fields),) = api.calls
    assert method == "editMessageMedia"
    assert json.loads(fields["media"]) == {
        "type": "photo",
        "media": "attach://upload",
        "caption": "林若水",
        "caption_entities": [{"type": "bold", "offset": 0, "length": 3}],
    }
    assert fields["reply_markup"] == MESSAGE.markup
    assert api.files == {"upload": ("card.png", b"x", "image/png")}
    gone = Refusing(BadRequest("Message can't be edited"))
    await outgoing.edit(gone, 5, 9, card)
    assert [method for method, _ in gone.calls] == ["editMessageMedia", "sendPhoto"]


async def test_an_action_that_cannot_be_shown_is_no_error() -> None:
    """The answer comes all the same."""
    api = Refusing(BadRequest("Chat not found"))
    await outgoing.show_action(api, 5, "upload_photo", 7)
    assert api.calls == [
        ("sendChatAction", {"chat_id": "5", "message_thread_id": "7", "action": "upload_photo"})
    ]


async def test_a_group_that_moved_is_followed() -> None:
    """The message reaches the supergroup."""
    api = Refusing(ChatMigrated(-100))
    await outgoing.send(api, -5, MESSAGE)
    assert [fields["chat_id"] for _, fields in api.calls] == ["-5", "-100"]


async def test_a_short_wait_is_waited_and_a_long_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram's wish for a pause is kept when it is short; a long one is an error."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library warns of the old type otherwise
    api = Refusing(RetryAfter(0))
    await outgoing.send(api, 5, MESSAGE)
    assert len(api.calls) == 2
    with pytest.raises(RetryAfter):
        await outgoing.send(Refusing(RetryAfter(3600)), 5, MESSAGE)


async def test_a_message_that_is_gone_is_sent_anew() -> None:
    """A page that can no longer be changed comes as a new message; an unchanged one is no error."""
    gone = Refusing(BadRequest("Message to edit not found"))
    await outgoing.edit(gone, 5, 9, MESSAGE)
    assert [method for method, _ in gone.calls] == ["editMessageText", "sendMessage"]
    same = Refusing(BadRequest("Message is not modified: specified new message content"))
    assert await outgoing.edit(same, 5, 9, MESSAGE) is None
    with pytest.raises(BadRequest):
        await outgoing.edit(Refusing(BadRequest("Chat not found")), 5, 9, MESSAGE)


async def test_an_answer_that_comes_too_late_is_no_error() -> None:
    """A press whose time is over is passed over; any other refusal is not."""
    await outgoing.answer_press(Refusing(BadRequest("Query is too old and response timeout expired")), "1")
    with pytest.raises(BadRequest):
        await outgoing.answer_press(Refusing(BadRequest("Chat not found")), "1")


async def test_a_toast_is_at_most_200_characters() -> None:
    """Telegram takes no longer notices."""
    api = Refusing()
    await outgoing.answer_press(api, "1", "长" * 300, alert=True)
    assert api.calls == [
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "长" * 200, "show_alert": "true"})
    ]
