"""A Bot API server that writes down what it took: who got which message how often, before it answers.

    python bench/ledger_server.py PORT LEDGER [--faults] [--kill-file FILE]

Every message that is taken is a line ``chat_id<TAB>text`` in LEDGER, flushed before the answer goes out. With
``--faults`` each chat gets the answer that its id asks for (``FAULTS``), the first time or always. A line
written to the file ``KILL.arm`` beside the ledger makes the server kill that process id right after the next
message that it takes, before it answers.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from api_server import BOT, _content_length

Answer = tuple[int, dict[str, Any]]
FAULTS: dict[int, tuple[str, bool]] = {
    # by chat id modulo 20: the fault, and whether it is there every time
    1: ("forbidden", True),
    2: ("not_found", True),
    3: ("migrated", False),
    4: ("slow_down", False),
    5: ("bad_entities", True),
    6: ("server_error", False),
    7: ("dropped", False),
    8: ("hanging", False),
    9: ("dropped_after", False),
}


class Ledger:
    """What was taken, and what is to go wrong."""

    def __init__(self, path: Path, *, faults: bool) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._arm = path.with_suffix(".arm")
        self._faults = faults
        self._asked: Counter[int] = Counter()

    def take(self, chat_id: int, text: str) -> None:
        """Write a message down, and kill whom somebody wants dead right now."""
        self._file.write(f"{chat_id}\t{text.splitlines()[0] if text else ''}\n")
        self._file.flush()
        if self._arm.exists():
            with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError):
                victim = int(self._arm.read_text())
                self._arm.unlink()
                os.kill(victim, signal.SIGKILL)

    def fault(self, chat_id: int) -> str | None:
        """What goes wrong with this request."""
        kind, always = FAULTS.get(abs(chat_id) % 20, (None, False)) if self._faults else (None, False)
        self._asked[chat_id] += 1
        return kind if always or self._asked[chat_id] == 1 else None


class Connection(asyncio.Protocol):
    """One connection of the bot."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._buffer = b""
        self._transport: asyncio.Transport
        self._number = 0

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
            asyncio.get_running_loop().create_task(self._poll())
        elif method == "getme":
            self._reply(200, {"ok": True, "result": BOT})
        elif method == "sendmessage":
            self._send(int(_field(body, b"chat_id")), _field(body, b"text"))
        else:
            self._reply(200, {"ok": True, "result": True})

    async def _poll(self) -> None:
        await asyncio.sleep(1)
        self._reply(200, {"ok": True, "result": []})

    def _send(self, chat_id: int, text: str) -> None:
        match self._ledger.fault(chat_id):
            case "forbidden":
                self._refuse(403, "Forbidden: bot was blocked by the user")
            case "not_found":
                self._refuse(400, "Bad Request: chat not found")
            case "bad_entities":
                self._refuse(400, "Bad Request: can't parse entities: unsupported start tag")
            case "server_error":
                self._reply(500, {"ok": False, "error_code": 500, "description": "Internal Server Error"})
            case "slow_down":
                self._refuse(429, "Too Many Requests: retry after 1", {"retry_after": 1})
            case "migrated":
                moved = {"migrate_to_chat_id": -1_000_000_000_000 - 20 * abs(chat_id)}
                self._refuse(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
            case "dropped":
                self._transport.abort()
            case "dropped_after":
                self._ledger.take(chat_id, text)
                self._transport.abort()
            case "hanging":
                self._ledger.take(chat_id, text)
            case _:
                self._ledger.take(chat_id, text)
                self._number += 1
                chat = {"id": chat_id, "type": "private"}
                message = {"message_id": self._number, "from": BOT, "chat": chat, "date": 1, "text": text}
                self._reply(200, {"ok": True, "result": message})

    def _refuse(self, code: int, words: str, parameters: dict[str, int] | None = None) -> None:
        answer: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
        self._reply(code, {**answer, "parameters": parameters} if parameters else answer)

    def _reply(self, status: int, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self._transport.write(
            b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (status, len(body), body)
        )


def _field(body: bytes, name: bytes) -> str:
    """One field of a form in either encoding; the rest stays unread: the server is not what is measured."""
    mark = b'name="' + name + b'"\r\n\r\n'
    start = body.find(mark)
    if start >= 0:
        start += len(mark)
        return body[start : body.index(b"\r\n--", start)].decode()
    return parse_qs(body.decode())[name.decode()][0]


async def serve(port: int, ledger: Ledger) -> None:
    """Serve until killed."""
    server = await asyncio.get_running_loop().create_server(lambda: Connection(ledger), "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("port", type=int)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--faults", action="store_true")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.port, Ledger(arguments.ledger, faults=arguments.faults)))


if __name__ == "__main__":
    sys.exit(main())
