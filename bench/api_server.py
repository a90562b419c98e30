"""A Bot API server that costs as little as possible: it hands out updates and counts the messages sent.

It reads each bot's first message properly and gives its text back in every reply, so that all bots pay for
reading a reply as long as Telegram's. Run in a process of its own by ``updates.py``.
"""

from __future__ import annotations

import asyncio
import json
import time
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qs

USERS = 200
FIRST_USER = 1_000_000
BATCH = 100
BOT = {"id": 1, "is_bot": True, "first_name": "论坛简报", "username": "bench_bot"}
SENDS = frozenset({"sendmessage", "sendphoto", "senddocument"})


class Load:
    """The updates of one run and what came of them."""

    def __init__(self, text: str, total: int) -> None:
        """Prepare the updates.

        Args:
            text: what every user writes.
            total: updates to hand out once ``released`` is set.
        """
        self.text = text
        self.total = total
        self.sent = 0
        self.first_poll: float | None = None
        self.begun: float | None = None
        self.ended: float | None = None
        self.reply_text: str | None = None
        self.released = asyncio.Event()
        self.finished = asyncio.Event()

    def updates(self, offset: int, limit: int) -> list[str]:
        """The JSON of the updates from an offset on."""
        first = max(offset, 1)
        last = min(first + limit - 1, self.total)
        return [self._update(number) for number in range(first, last + 1)]

    def count(self) -> None:
        """Note a message that was sent."""
        self.sent += 1
        if self.begun is None:
            self.begun = time.perf_counter()
        if self.sent >= self.total:
            self.ended = time.perf_counter()
            self.finished.set()

    def _update(self, number: int) -> str:
        user = FIRST_USER + number % USERS
        person = {"id": user, "is_bot": False, "first_name": "读者", "language_code": "zh-hans"}
        message: dict[str, object] = {
            "message_id": number,
            "from": person,
            "chat": {"id": user, "first_name": "读者", "type": "private"},
            "date": 1_700_000_000,
            "text": self.text,
        }
        if self.text.startswith("/"):
            length = len(self.text.split()[0])
            message["entities"] = [{"offset": 0, "length": length, "type": "bot_command"}]
        return json.dumps({"update_id": number, "message": message})


class Server(asyncio.Protocol):
    """One connection of the bot."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._buffer = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every complete request."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _content_length(head)
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        method = head.split(b" ", 2)[1].rpartition(b"/")[2].decode().lower()
        if method == "getupdates":
            asyncio.get_running_loop().create_task(self._poll(head, body))
        elif method in SENDS:
            if self._load.reply_text is None:
                self._load.reply_text = _fields(head, body).get("text", "")
            self._reply(_message(self._load.reply_text))
            self._load.count()
        elif method == "getme":
            self._reply(json.dumps(BOT))
        else:
            self._reply("true")

    async def _poll(self, head: bytes, body: bytes) -> None:
        load = self._load
        if load.first_poll is None:
            load.first_poll = time.time()
        fields = _fields(head, body)
        offset, limit = int(fields.get("offset") or 1), int(fields.get("limit") or BATCH)
        timeout = float(fields.get("timeout") or 0)
        updates = load.updates(offset, limit) if load.released.is_set() else []
        if not updates and timeout:
            waiting = load.released if not load.released.is_set() else asyncio.Event()
            try:
                async with asyncio.timeout(min(timeout, 5)):
                    await waiting.wait()
            except TimeoutError:
                pass
            updates = load.updates(offset, limit) if load.released.is_set() else []
        self._reply(f"[{','.join(updates)}]")

    def _reply(self, result: str) -> None:
        body = f'{{"ok":true,"result":{result}}}'.encode()
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\nConnection: keep-alive\r\n\r\n%b" % (len(body), body)
        )


def _content_length(head: bytes) -> int:
    lower = head.lower()
    start = lower.find(b"content-length:")
    return int(lower[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0


def _message(text: str) -> str:
    chat = {"id": FIRST_USER, "first_name": "读者", "type": "private"}
    return json.dumps({"message_id": 7, "from": BOT, "chat": chat, "date": 1_700_000_000, "text": text})


def _fields(head: bytes, body: bytes) -> dict[str, str]:
    line = next((row for row in head.split(b"\r\n") if row.lower().startswith(b"content-type:")), b"")
    kind = line.partition(b":")[2].strip()
    if kind.startswith(b"application/json"):
        return {name: str(value) for name, value in json.loads(body or b"{}").items()}
    if kind.startswith(b"multipart/"):
        message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind + b"\r\n\r\n" + body)
        return {
            str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True).decode()
            for part in message.iter_parts()
        }
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}
