"""What the page can ask for and do."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import pytest
from chat_bot import png
from chat_support import START, Clock

from bot.chat import GROUP_ID, endpoints
from bot.memory_api import BotApi

Texts = Callable[[int, int], Coroutine[Any, Any, list[str]]]
READER, EDITOR = 1001, 1002


async def post(client: httpx.AsyncClient, path: str, status: int = 200, **body: object) -> Any:
    # Written in ASCII, for half a character can be sent no other way.
    headers = {"Content-Type": "application/json"}
    response = await client.post(f"/api/{path}", content=json.dumps(body), headers=headers)
    assert response.status_code == status, response.text
    return response.json()


async def say(client: httpx.AsyncClient, text: str, *, user: int = READER, chat: int | None = None) -> Any:
    return await post(client, "messages", user=user, chat=chat or user, text=text)


async def test_state_has_all_that_a_page_needs(client: httpx.AsyncClient) -> None:
    """The first answer names the bot, the identities with their chats, the zone and where to go on from."""
    state = (await client.get("/api/state")).json()
    assert state["bot"]["description"].startswith("把论坛报道变成")
    assert [person["role"] for person in state["identities"]] == ["reader", "editor", "owner", "reader"]
    assert GROUP_ID in [chat["id"] for chat in state["chats"]]
    assert (state["zone"], state["now"], state["clock"]) == ("Asia/Shanghai", START, True)
    assert state["last"].startswith(state["epoch"])


async def test_message_is_answered(client: httpx.AsyncClient, texts: Texts) -> None:
    """What an identity writes reaches the bot, and the answer the same chat."""
    await say(client, " 开源 ")
    assert await texts(READER, 2) == ["开源", "收到：开源"]


async def test_reply_carries_the_original(client: httpx.AsyncClient) -> None:
    """A reply shows what it answers."""
    first = await say(client, "甲")
    body = {"user": READER, "chat": READER, "text": "乙", "reply_to": first["message_id"]}
    assert (await post(client, "messages", **body))["reply_to_message"]["text"] == "甲"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"chat": READER, "text": "x"}, 400),
        ({"user": 7, "chat": READER, "text": "x"}, 404),
        ({"user": EDITOR, "chat": READER, "text": "x"}, 404),
        ({"user": READER, "chat": 99, "text": "x"}, 404),
        ({"user": READER, "chat": READER, "text": "  "}, 400),
        ({"user": READER, "chat": READER, "text": "😀" * 2049}, 400),
        ({"user": READER, "chat": READER, "text": "\ud83d"}, 400),
        ({"user": READER, "chat": READER, "text": ["x"]}, 400),
        ({"user": True, "chat": READER, "text": "x"}, 400),
        ({"user": 1001.5, "chat": READER, "text": "x"}, 400),
        ({"user": READER, "chat": READER, "text": "x", "reply_to": 5}, 404),
    ],
)
async def test_wrong_message_is_refused(
    client: httpx.AsyncClient, api: BotApi, body: dict[str, object], status: int
) -> None:
    """Nobody writes into another's chat, and no broken text gets in."""
    assert "error" in await post(client, "messages", status, **body)
    assert api.history(READER) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"[" * 100_000, b"\xff", b'"x"'])
async def test_broken_json_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    """A body that is no JSON object is a bad request, not a crash."""
    response = await client.post("/api/messages", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400


async def test_long_body_is_refused(client: httpx.AsyncClient) -> None:
    """Reading stops at the limit."""
    assert "error" in await post(client, "messages", 413, user=READER, chat=READER, text="字" * 300_000)


async def test_edit_reaches_the_bot(client: httpx.AsyncClient, texts: Texts) -> None:
    """An identity changes its own message and nobody else's, and a change must change something."""
    message = await say(client, "开原")
    place = {"user": READER, "chat": READER, "message_id": message["message_id"]}
    assert (await texts(READER, 2))[1] == "收到：开原"
    await post(client, "edits", text="开源", **place)
    assert (await texts(READER, 3))[2] == "改成了：开源"
    await post(client, "edits", 409, text="开源", **place)
    await post(
        client, "edits", 403, text="改", user=READER, chat=READER, message_id=message["message_id"] + 1
    )
    await post(client, "edits", 404, text="改", user=READER, chat=READER, message_id=99)


async def test_press_gives_the_answer(client: httpx.AsyncClient, api: BotApi, texts: Texts) -> None:
    """A button press waits for the bot's answer; the edit it causes stands in the history."""
    await say(client, "/start")
    await texts(READER, 2)
    place = {"user": READER, "chat": READER, "message_id": api.history(READER)[1]["message_id"]}
    assert (await post(client, "presses", data="alert", **place))["show_alert"] is True
    assert (await post(client, "presses", data="page:1", **place))["text"] == "第 2 页"
    assert api.history(READER)[1]["text"].startswith("第二页")
    assert not api.violations


async def test_unanswered_press_times_out(
    client: httpx.AsyncClient, api: BotApi, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bot that does not answer leaves an error, not a spinner for ever."""
    monkeypatch.setattr(endpoints, "ANSWER_SECONDS", 0.05)
    await say(client, "/start")
    await texts(READER, 2)
    body = {"user": READER, "chat": READER, "message_id": api.history(READER)[1]["message_id"]}
    assert await post(client, "presses", 504, data="silent", **body) == {"error": "机器人没有回应"}


async def test_document_goes_up_and_down(client: httpx.AsyncClient, api: BotApi, texts: Texts) -> None:
    """A file arrives whole under its base name; down it comes as a download that cannot run as a page."""
    page = b"<script>alert(1)</script>"
    params = {"user": READER, "chat": READER, "name": "C:\\x\\..\\论坛/报道\n.html", "caption": "请看"}
    response = await client.post(
        "/api/uploads", params=params, content=page, headers={"Content-Type": "text/html"}
    )
    document = response.json()["document"]
    assert document["file_name"] == "报道.html"
    assert (await texts(READER, 2))[1] == f"收到文件 报道.html，{len(page)} 字节"
    file = await client.get(f"/api/files/{document['file_id']}")
    assert file.content == page
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in file.headers["content-security-policy"]


async def test_photo_goes_up_and_is_shown(client: httpx.AsyncClient, texts: Texts) -> None:
    """A picture sent as one keeps its size in pixels and is shown in the page."""
    params = {"user": READER, "chat": READER, "name": "图.png", "as": "photo"}
    response = await client.post(
        "/api/uploads", params=params, content=png(), headers={"Content-Type": "image/png"}
    )
    photo = response.json()["photo"][-1]
    assert (photo["width"], photo["height"]) == (48, 30)
    assert (await texts(READER, 2))[1] == "收到图片"
    file = await client.get(f"/api/files/{photo['file_id']}")
    assert file.headers["content-type"] == "image/png"
    assert file.headers["content-disposition"].startswith("inline")


async def test_script_is_never_a_photo(client: httpx.AsyncClient) -> None:
    """SVG can carry scripts, so it is sent and served as a document."""
    params = {"user": READER, "chat": READER, "name": "a.svg", "as": "photo"}
    response = await client.post(
        "/api/uploads", params=params, content=b"<svg/>", headers={"Content-Type": "image/svg+xml"}
    )
    file = await client.get(f"/api/files/{response.json()['document']['file_id']}")
    assert file.headers["content-disposition"].startswith("attachment")


async def test_too_large_file_is_refused(
    client: httpx.AsyncClient, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file beyond what a bot may download is not even kept."""
    monkeypatch.setattr(endpoints, "FILE_LIMIT", 1000)
    params = {"user": READER, "chat": READER, "name": "a.bin"}
    response = await client.post("/api/uploads", params=params, content=b"x" * 1001)
    assert response.status_code == 413
    assert api.history(READER) == []


async def test_unknown_file_is_refused(client: httpx.AsyncClient) -> None:
    """A file id that nobody was given is a bad request."""
    assert (await client.get("/api/files/..%2F..%2Fetc%2Fpasswd")).status_code in {400, 404}
    assert (await client.get("/api/files/nothing")).status_code == 400


async def test_group_is_shared(client: httpx.AsyncClient, texts: Texts) -> None:
    """Every identity writes to the group; the bot answers commands there and leaves talk alone."""
    await say(client, "大家好", chat=GROUP_ID)
    await say(client, "/start", user=EDITOR, chat=GROUP_ID)
    assert await texts(GROUP_ID, 3) == ["大家好", "/start", "欢迎使用论坛简报。"]


async def test_forward_tells_where_it_came_from(client: httpx.AsyncClient, texts: Texts) -> None:
    """A message is forwarded between chats that the identity is in, and from no others."""
    message = await say(client, "值得一读", chat=GROUP_ID)
    body = {"source": GROUP_ID, "message_id": message["message_id"]}
    sent = await post(client, "forwards", user=EDITOR, chat=EDITOR, **body)
    assert sent["forward_origin"]["sender_user"]["first_name"] == "读者"
    assert (await texts(EDITOR, 2))[1] == "收到：值得一读"
    private = await say(client, "私下说")
    body = {"source": READER, "message_id": private["message_id"]}
    await post(client, "forwards", 404, user=EDITOR, chat=EDITOR, **body)


async def test_menu_follows_the_language(client: httpx.AsyncClient) -> None:
    """Setting the app's language changes the menu, and what the bot is told of the person."""
    menu = f"/api/chats/{READER}/menu?user={READER}"
    assert "speaker" in [row["command"] for row in (await client.get(menu)).json()["commands"]]
    await post(client, "language", user=READER, language="en")
    assert (await client.get(menu)).json()["commands"] == [{"command": "start", "description": "Begin here"}]
    assert (await say(client, "hi"))["from"]["language_code"] == "en"
    await post(client, "language", 400, user=READER, language="xx")


async def test_blocked_bot_cannot_write(client: httpx.AsyncClient, api: BotApi) -> None:
    """Blocking is the person's own refusal, and can be taken back; twice is once."""
    for _ in range(2):
        await post(client, "blocked", user=READER, blocked=True)
    refused = await api.call("sendMessage", {"chat_id": READER, "text": "简报"}, {})
    assert refused.status == 403
    assert (await client.get("/api/state")).json()["identities"][0]["blocked"] is True
    await post(client, "blocked", user=READER, blocked=False)
    assert (await api.call("sendMessage", {"chat_id": READER, "text": "简报"}, {})).status == 200


async def test_inline_result_is_chosen(client: httpx.AsyncClient) -> None:
    """A result of an inline query is sent by way of the bot; one that was not offered is not."""
    results = (await post(client, "inline", user=READER, query="开源"))["results"]
    assert [result["title"] for result in results] == ["查“开源”"]
    sent = await post(client, "choices", user=READER, chat=GROUP_ID, result=results[0]["id"])
    assert (sent["text"], sent["via_bot"]["username"]) == ("关于开源：开放协作。", "chat_test_bot")
    await post(client, "choices", 404, user=READER, chat=GROUP_ID, result="a2")
    await post(client, "choices", 404, user=EDITOR, chat=GROUP_ID, result="a1")


async def test_clock_moves_forward(client: httpx.AsyncClient, clock: Clock) -> None:
    """By hours, or to a time of the next local day; never back."""
    assert (await post(client, "clock", hours=1))["now"] == START + 3600
    now = (await post(client, "clock", until="08:30"))["now"]
    assert now == START - 6 * 3600 - 13 * 60 - 20 + 86400 + 8.5 * 3600
    assert len(clock.steps) == 2
    for wrong in ({"hours": 0}, {"hours": -1}, {"hours": 10_000}, {"until": "8.30"}, {}):
        await post(client, "clock", 400, **wrong)


async def test_history_pages_backwards(client: httpx.AsyncClient, api: BotApi) -> None:
    """The page loads the newest messages and then earlier ones, up to the first."""
    for number in range(100):
        api.send(READER, GROUP_ID, str(number))
    newest = (await client.get(f"/api/chats/{GROUP_ID}/messages")).json()
    assert [newest["messages"][0]["text"], newest["complete"]] == ["20", False]
    first = newest["messages"][0]["message_id"]
    earlier = (await client.get(f"/api/chats/{GROUP_ID}/messages?before={first}")).json()
    assert [message["text"] for message in earlier["messages"]] == [str(number) for number in range(20)]
    assert earlier["complete"] is True
    assert (await client.get("/api/chats/5/messages")).status_code == 404
    assert (await client.get("/api/chats/x/messages")).status_code == 400


async def test_keyboard_and_reaction_survive_a_reload(client: httpx.AsyncClient, texts: Texts) -> None:
    """What the bot put below the input and what it reacted with are part of the state."""
    await say(client, "/react")
    await say(client, "/keys")
    await texts(READER, 3)
    state = (await client.get("/api/state")).json()
    assert state["keyboards"][str(READER)]["keyboard"][0][0] == {"text": "嘉宾"}
    assert state["reactions"][str(READER)] == {"1": [{"type": "emoji", "emoji": "👍"}]}
