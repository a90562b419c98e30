"""Any request is answered: whatever the parameters hold, the server neither breaks nor forgets."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_world import GROUP, READER

from bot.memory_api import BotApi, Response
from bot.memory_api.methods import METHODS

_NAMES = (
    "type text url offset length message_id chat_id user id user_id command description emoji media title"
    " message_text input_message_content keyboard inline_keyboard callback_data language caption"
)
NAMES = st.sampled_from(_NAMES.split())
WORDS = st.sampled_from(
    ["", "好", "<b>", "*", "photo", "article", "bold", "text_link", "text_mention", "chat", "1", "x:y"]
)
LEAVES = st.none() | st.booleans() | st.integers(-3, 300) | st.just(1.5) | WORDS
JUNK = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
BUTTONS = st.fixed_dictionaries(
    {"text": LEAVES},
    optional=dict.fromkeys(("url", "callback_data", "copy_text", "switch_inline_query"), JUNK),
)
MARKUPS = st.fixed_dictionaries({"inline_keyboard": st.lists(st.lists(BUTTONS, max_size=2), max_size=2)})
ENTITIES = st.lists(
    st.fixed_dictionaries(
        {"type": WORDS, "offset": LEAVES, "length": LEAVES},
        optional=dict.fromkeys(("url", "user", "language", "custom_emoji_id"), JUNK),
    ),
    max_size=3,
)
RESULTS = st.lists(
    st.fixed_dictionaries(
        {"type": WORDS, "id": LEAVES, "title": LEAVES},
        optional={
            "input_message_content": JUNK,
            "reply_markup": MARKUPS,
            "caption": LEAVES,
            "photo_url": LEAVES,
        },
    ),
    max_size=2,
)
SHAPED: dict[str, st.SearchStrategy[object]] = {
    "reply_markup": MARKUPS,
    "entities": ENTITIES,
    "caption_entities": ENTITIES,
    "results": RESULTS,
    "parse_mode": st.sampled_from(["HTML", "MarkdownV2", ""]),
    "text": st.text(st.sampled_from("<>/b*_`[]()!|\\😀好 "), max_size=8),
    "message_id": st.integers(0, 3),
}
"""Parameters that are nearly right reach deeper than junk."""
CHATS = st.sampled_from([READER, GROUP, str(READER), "@nobody", 5])


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    method = draw(st.sampled_from([row for row in METHODS.values() if row.name != "getUpdates"]))
    names = sorted(method.parameters)
    given = draw(st.dictionaries(st.sampled_from(names), JUNK, max_size=6)) if names else {}
    for name in sorted(SHAPED.keys() & method.parameters):
        if draw(st.booleans()):
            given[name] = draw(SHAPED[name])
    if "chat_id" in names and draw(st.booleans()):
        given["chat_id"] = draw(CHATS)
    return method.name, given


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
@given(requests(), st.booleans())
def test_every_request_is_answered(
    api: BotApi, request_made: tuple[str, dict[str, object]], as_text: bool
) -> None:
    """Junk in any parameter, as JSON or as a form's text, is answered with 200 or refused with a reason."""
    method, params = request_made
    if as_text:
        params = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()
        }
    response = api.respond(method, params, {})
    assert isinstance(response, Response)
    assert response.payload["ok"] is (response.status == 200)
    json.dumps(response.payload)


@pytest.mark.parametrize("name", ["getupdates", "GETUPDATES", "getUpdates"])
async def test_names_of_methods_ignore_case(api: BotApi, name: str) -> None:
    """The real server takes the names of methods in any case."""
    async with asyncio.timeout(1):
        assert (await api.call(name, {}, {})).payload == {"ok": True, "result": []}
