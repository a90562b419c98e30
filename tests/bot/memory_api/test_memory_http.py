"""The same server over HTTP: true URLs, forms, files, and what a hostile client may send."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from http import HTTPStatus

import pytest
from memory_world import READER
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest

from bot.memory_api import DROP, HANG, LOSE, BotApi, Response, Upload
from bot.memory_api.forms import read_form
from bot.memory_api.http import serve

JSON_HEAD = b"POST /bot1:LOCAL/getMe HTTP/1.1\r\nContent-Type: application/json\r\n"


@pytest.fixture
async def address(api: BotApi) -> AsyncIterator[str]:
    """The server on a free port of loopback."""
    async with serve(api) as address:
        yield address


@pytest.fixture
async def remote(api: BotApi, address: str) -> AsyncIterator[Bot]:
    """The library's Bot over its own HTTP client."""
    bot = Bot(
        api.token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=HTTPXRequest(),
        get_updates_request=HTTPXRequest(),
    )
    async with bot:
        yield bot


async def exchange(address: str, *pieces: bytes) -> bytes:
    """Send bytes in pieces and read until the server is silent for a while or closes."""
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.01)
    answer = b""
    try:
        async with asyncio.timeout(0.2):
            while part := await reader.read(65536):
                answer += part
    except TimeoutError:
        pass
    writer.close()
    return answer


async def test_the_library_over_its_own_client(remote: Bot, api: BotApi) -> None:
    """Sending, polling, uploads and downloads work over HTTP as they do in memory."""
    poll = asyncio.create_task(remote.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    api.send(READER, READER, "请看 100%+&=？", document=Upload("论坛 1.txt", "开幕".encode(), "text/plain"))
    (update,) = await poll
    assert update.message.caption == "请看 100%+&=？"
    file = await remote.get_file(update.message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == "开幕".encode()
    message = await remote.send_message(READER, "答 100%+&=？😀")
    assert api.history(READER)[-1]["text"] == message.text == "答 100%+&=？😀"
    data = bytes(range(256)) * 300
    sent = await remote.send_document(READER, data, filename="简报.bin", caption="简报")
    assert api.file(sent.document.file_id) == data
    assert (sent.document.file_name, sent.caption) == ("简报.bin", "简报")


async def test_faults_over_http(remote: Bot, api: BotApi) -> None:
    """Broken and hanging connections look to the client as real ones do."""
    faults: list[Response] = []
    api.fault = lambda method, params: faults.pop() if faults else None
    for fault, error in ((DROP, NetworkError), (HANG, TimedOut), (LOSE, NetworkError)):
        faults.append(fault)
        with pytest.raises(error):
            await remote.send_message(READER, "好", read_timeout=0.1)
    assert len(api.history(READER)) == 1


async def test_requests_in_pieces_and_in_a_row(address: str) -> None:
    """A request may come in pieces, two may come at once, and a body may be chunked."""
    get = b"GET /bot1:LOCAL/getMe HTTP/1.1\r\nHost: x\r\n\r\n"
    assert (await exchange(address, get[:9], get[9:])).count(b'"ok": true') == 1
    assert (await exchange(address, get + get)).count(b'"ok": true') == 2
    chunked = (
        b"POST /bot1:LOCAL/sendMessage HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/json\r\n\r\n"
    )
    body = json.dumps({"chat_id": READER, "text": "好"}).encode()
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    assert b'"ok": true' in await exchange(address, chunked, chunks[:7], chunks[7:])


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /bot1:WRONG/getMe HTTP/1.1\r\n\r\n", HTTPStatus.UNAUTHORIZED),
        (b"GET /botnonsense/getMe HTTP/1.1\r\n\r\n", HTTPStatus.NOT_FOUND),
        (b"GET /bot1:LOCAL/noSuchMethod HTTP/1.1\r\n\r\n", HTTPStatus.NOT_FOUND),
        (b"GET /file/bot1:LOCAL/../secret HTTP/1.1\r\n\r\n", HTTPStatus.NOT_FOUND),
        (b"nonsense\r\n\r\n", HTTPStatus.BAD_REQUEST),
        (b"POST /bot1:LOCAL/getMe HTTP/1.1\r\nContent-Length: many\r\n\r\n", HTTPStatus.BAD_REQUEST),
        (b"POST /bot1:LOCAL/getMe HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", HTTPStatus.BAD_REQUEST),
        (JSON_HEAD + b"Content-Length: 1\r\n\r\n{", HTTPStatus.BAD_REQUEST),
        (JSON_HEAD + b"Content-Length: 2\r\n\r\n[]", HTTPStatus.BAD_REQUEST),
    ],
)
async def test_hostile_requests(address: str, request_bytes: bytes, status: HTTPStatus) -> None:
    """Wrong tokens, paths, lengths and bodies are answered with their status."""
    answer = await exchange(address, request_bytes)
    assert answer.startswith(f"HTTP/1.1 {status.value} ".encode())


def test_forms() -> None:
    """The three kinds of body and the query give the same parameters."""
    expected = {"chat_id": "1", "text": "好 +&=%"}
    encoded = "chat_id=1&text=%E5%A5%BD+%2B%26%3D%25"
    assert read_form("application/x-www-form-urlencoded", encoded.encode())[0] == expected
    assert read_form("", b"", encoded)[0] == expected
    assert read_form("application/json", json.dumps(expected).encode())[0] == expected
    part = '--b\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    body = (
        part.format("text", "", "好 +&=%") + part.format("f", '; filename="名.txt"', "a\r\n--c") + "--b--\r\n"
    )
    params, files = read_form("multipart/form-data; boundary=b", body.encode())
    assert params == {"text": "好 +&=%"}
    assert files == {"f": Upload("名.txt", b"a\r\n--c", "application/octet-stream")}
