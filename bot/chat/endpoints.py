"""The page's endpoints: each reads its request, calls the session, answers JSON."""

from __future__ import annotations

import mimetypes
from datetime import time
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.chat.body import FILE_LIMIT, Fields, read_json
from bot.chat.cast import LANGUAGES
from bot.chat.sessions import Session
from bot.http_server import read_bytes
from bot.memory_api import Upload
from bot.memory_api.utf16 import utf16_length

LONGEST_STEP = 31 * 86400.0
"""Seconds that the clock may be moved at once."""
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
FILE_POLICY = "default-src 'none'; sandbox"
ANSWER_SECONDS = 10.0
"""How long a button press or an inline query waits for the bot."""


def session_of(request: Request) -> Session:
    """The session that the application was built with."""
    session: Session = request.app.state.session
    return session


def _person(session: Session, fields: Fields) -> int:
    user_id = fields.integer("user")
    if user_id not in session.languages:
        raise HTTPException(404, "没有这个身份")
    return user_id


def _chat(session: Session, user_id: int, chat_id: int) -> int:
    chat = session.api.state.chats.get(chat_id)
    if chat is None or user_id not in chat.members:
        raise HTTPException(404, "没有这个聊天")
    return chat_id


def _place(session: Session, fields: Fields) -> tuple[int, int]:
    user_id = _person(session, fields)
    return user_id, _chat(session, user_id, fields.integer("chat"))


def _existing(session: Session, chat_id: int, message_id: int | None) -> int | None:
    if message_id is not None and message_id not in session.api.state.chats[chat_id].messages:
        raise HTTPException(404, "这条消息不在了")
    return message_id


async def state(request: Request) -> Response:
    """Everything a page needs to begin."""
    return JSONResponse(await session_of(request).snapshot())


async def events(request: Request) -> Response:
    """What happens from now on, as server-sent events; a page that comes back names the last it saw."""
    last = request.headers.get("last-event-id") or request.query_params.get("last", "")
    stream = session_of(request).log.stream(last)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def messages(request: Request) -> Response:
    """A stretch of a chat's history."""
    session = session_of(request)
    chat_id = Fields(request.path_params).integer("chat")
    if chat_id not in session.api.state.chats:
        raise HTTPException(404, "没有这个聊天")
    return JSONResponse(session.page(chat_id, Fields(request.query_params).optional_integer("before")))


async def menu(request: Request) -> Response:
    """The commands that an identity is offered in a chat."""
    session = session_of(request)
    user_id = _person(session, Fields(request.query_params))
    chat_id = _chat(session, user_id, Fields(request.path_params).integer("chat"))
    return JSONResponse({"commands": session.menu(chat_id, user_id)})


async def file(request: Request) -> Response:
    """A file that was sent; only pictures are shown, everything else is downloaded."""
    stored = session_of(request).api.state.files.get(request.path_params["id"])
    upload = stored.upload
    mime = mimetypes.guess_type(upload.name)[0] if stored.kind == "photo" else upload.mime
    shown = mime in SHOWN_INLINE
    disposition = "inline" if shown else "attachment"
    headers = {
        "Content-Security-Policy": FILE_POLICY,
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(upload.name, safe='')}",
    }
    return Response(upload.data, media_type=mime if shown else "application/octet-stream", headers=headers)


async def send(request: Request) -> Response:
    """Send a text."""
    session, fields = session_of(request), await read_json(request)
    user_id, chat_id = _place(session, fields)
    reply_to = _existing(session, chat_id, fields.optional_integer("reply_to"))
    return JSONResponse(session.api.send(user_id, chat_id, _message_text(fields), reply_to=reply_to))


async def forward(request: Request) -> Response:
    """Forward a message to another chat."""
    session, fields = session_of(request), await read_json(request)
    user_id, chat_id = _place(session, fields)
    source = _chat(session, user_id, fields.integer("source"))
    message_id = _existing(session, source, fields.integer("message_id"))
    original = session.api.state.chats[source].messages[message_id or 0]
    return JSONResponse(session.api.send(user_id, chat_id, forward_of=original))


async def upload(request: Request) -> Response:
    """Send a file; its bytes are the body, the rest stands in the address."""
    session, fields = session_of(request), Fields(request.query_params)
    user_id, chat_id = _place(session, fields)
    reply_to = _existing(session, chat_id, fields.optional_integer("reply_to"))
    data = await read_bytes(request, FILE_LIMIT)
    mime = request.headers.get("content-type", "application/octet-stream")
    file = Upload(_base_name(fields.text("name")), data, mime)
    kind = "photo" if fields.text("as", "") == "photo" and mime in SHOWN_INLINE else "document"
    caption = fields.text("caption", "").strip() or None
    if kind == "photo":
        return JSONResponse(session.api.send(user_id, chat_id, caption, photo=file, reply_to=reply_to))
    return JSONResponse(session.api.send(user_id, chat_id, caption, document=file, reply_to=reply_to))


async def edit(request: Request) -> Response:
    """Change the text of an identity's own message."""
    session, fields = session_of(request), await read_json(request)
    user_id, chat_id = _place(session, fields)
    message_id = fields.integer("message_id")
    _existing(session, chat_id, message_id)
    try:
        message = session.api.edit(user_id, chat_id, message_id, _message_text(fields))
    except ValueError:
        raise HTTPException(409, "没有改动") from None
    return JSONResponse(message)


async def press(request: Request) -> Response:
    """Press a button and wait for the bot's answer."""
    session, fields = session_of(request), await read_json(request)
    user_id, chat_id = _place(session, fields)
    message_id = fields.integer("message_id")
    _existing(session, chat_id, message_id)
    answer = await session.api.press(user_id, chat_id, message_id, fields.text("data"), ANSWER_SECONDS)
    return JSONResponse(answer)


async def inline(request: Request) -> Response:
    """Type an inline query and wait for the results."""
    session, fields = session_of(request), await read_json(request)
    user_id = _person(session, fields)
    query, offset = fields.text("query"), fields.text("offset", "")
    return JSONResponse(await session.inline(user_id, query, offset, ANSWER_SECONDS))


async def choose(request: Request) -> Response:
    """Send one of the inline results."""
    session, fields = session_of(request), await read_json(request)
    user_id, chat_id = _place(session, fields)
    try:
        message = session.choose(user_id, chat_id, fields.text("result"))
    except KeyError:
        raise HTTPException(404, "这个结果不在了") from None
    return JSONResponse(message)


async def language(request: Request) -> Response:
    """Set the language of an identity's app."""
    session, fields = session_of(request), await read_json(request)
    code = fields.text("language")
    if code not in LANGUAGES:
        raise HTTPException(400, "没有这种语言")
    session.set_language(_person(session, fields), code)
    return JSONResponse({})


async def blocked(request: Request) -> Response:
    """Block the bot, or take it back."""
    session, fields = session_of(request), await read_json(request)
    session.set_blocked(_person(session, fields), blocked=fields.flag("blocked"))
    return JSONResponse({})


async def clock(request: Request) -> Response:
    """Move the clock by ``hours``, or to a time of tomorrow named by ``until``."""
    session, fields = session_of(request), await read_json(request)
    if session.advance_clock is None:
        raise HTTPException(409, "这里用的是真实时间，不能拨快")
    if "until" in fields.values:
        seconds = session.seconds_until_tomorrow(_time_of_day(fields.text("until")))
    else:
        seconds = fields.integer("hours") * 3600.0
    if not 0 < seconds <= LONGEST_STEP:
        raise HTTPException(400, "时钟只能往前拨，一次最多 31 天")
    return JSONResponse({"now": await session.move_clock(seconds)})


def _time_of_day(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise HTTPException(400, "时间要写成 08:30") from None


def _base_name(name: str) -> str:
    """The last part of a path, without control characters; never empty."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable())[:200] or "文件"


def _message_text(fields: Fields) -> str:
    text = fields.text("text").strip()
    if not 0 < utf16_length(text) <= 4096:
        raise HTTPException(400, "消息要有 1 到 4096 个字")
    return text


ROUTES = [
    Route("/api/state", state),
    Route("/api/events", events),
    Route("/api/chats/{chat}/messages", messages),
    Route("/api/chats/{chat}/menu", menu),
    Route("/api/files/{id}", file),
    Route("/api/messages", send, methods=["POST"]),
    Route("/api/forwards", forward, methods=["POST"]),
    Route("/api/uploads", upload, methods=["POST"]),
    Route("/api/edits", edit, methods=["POST"]),
    Route("/api/presses", press, methods=["POST"]),
    Route("/api/inline", inline, methods=["POST"]),
    Route("/api/choices", choose, methods=["POST"]),
    Route("/api/language", language, methods=["POST"]),
    Route("/api/blocked", blocked, methods=["POST"]),
    Route("/api/clock", clock, methods=["POST"]),
]
