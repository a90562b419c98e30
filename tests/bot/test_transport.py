"""python-telegram-bot over the lean client."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_server import Peer, raw_server
from telegram import Bot, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.request import HTTPXRequest, RequestData

from bot import http_client
from bot.api import Form, TelegramApi
from bot.http_client import Limits, Timeouts
from bot.http_connection import NotSentError, ReplyLostError
from bot.settings import Settings
from bot.transport import LeanRequest, Outcome, encode, make_request, outcome

QUICK = Timeouts(pool=0.2, connect=1, write=1, read=0.2)
ME = {"id": 1, "is_bot": True, "first_name": "简报", "username": "x_bot"}


@pytest.fixture
async def request_() -> AsyncIterator[LeanRequest]:
    """A transport that loses its patience soon."""
    made = LeanRequest(QUICK, Limits(connections=2))
    yield made
    await made.shutdown()


def answer(status: int, payload: object) -> bytes:
    """An HTTP reply with JSON."""
    body = json.dumps(payload).encode()
    return b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body)


def fields_of(content_type: bytes, body: bytes) -> dict[str, bytes]:
    """What a server reads out of a request's body."""
    if content_type.startswith(b"multipart/"):
        message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type + b"\r\n\r\n" + body)
        return {
            str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
            for part in message.iter_parts()
        }
    return {
        name: values[0].encode() for name, values in parse_qs(body.decode(), keep_blank_values=True).items()
    }


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
names = st.from_regex(r"[a-z_]{1,20}", fullmatch=True)


@given(st.dictionaries(names, st.text(st.characters(max_codepoint=127), max_size=80), min_size=1, max_size=6))
def test_ascii_fields_arrive_as_a_form(fields: dict[str, str]) -> None:
    """Whatever the characters, the server reads what was written."""
    content_type, body = encode(Form(fields))  # type: ignore[arg-type]  # Form is all that encode reads
    assert content_type == b"application/x-www-form-urlencoded"
    assert fields_of(content_type, body) == {name: value.encode() for name, value in fields.items()}


@given(st.dictionaries(names, words, max_size=6))
def test_any_fields_arrive(fields: dict[str, str]) -> None:
    """Chinese goes as multipart; line ends, quotes and boundaries in it do no harm."""
    fields = {**fields, "text": "王" + fields.get("text", "")}
    content_type, body = encode(Form(fields))  # type: ignore[arg-type]  # as above
    assert content_type.startswith(b"multipart/form-data")
    boundary = content_type.partition(b"boundary=")[2]
    parts = body.split(b"--" + boundary)
    assert (parts[0], parts[-1]) == (b"", b"--\r\n")
    found = {}
    for part in parts[1:-1]:
        head, _, value = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        found[head.partition(b'name="')[2].rstrip(b'"').decode()] = value.removesuffix(b"\r\n").decode()
    assert found == fields


@pytest.mark.parametrize("name", ["王.txt", 'a"; filename="b.txt', "a\r\nX-Evil: 1\r\n\r\n.txt"])
def test_files_arrive_with_their_names(name: str) -> None:
    """Bytes unchanged; a file's name can end neither the header nor itself."""
    data = bytes(range(256))
    form = Form({"chat_id": "1"}, {"document": (name, data, "text/plain")})
    content_type, body = encode(form)  # type: ignore[arg-type]  # as above
    boundary = content_type.partition(b"boundary=")[2]
    part = body.split(b"--" + boundary)[2]
    head, _, value = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    assert value.removesuffix(b"\r\n") == data
    assert len(head.split(b"\r\n")) == 2
    assert head.count(b'"') == 4


async def test_python_telegram_bot_works_over_it(request_: LeanRequest) -> None:
    """Its own Bot gets its objects, sends Chinese text and uploads a file."""
    seen: list[dict[str, bytes]] = []

    async def script(peer: Peer) -> None:
        while True:
            head, body = await peer.request()
            if not head:
                return
            kind = head.lower().partition(b"content-type: ")[2].partition(b"\r\n")[0]
            original = head[head.lower().index(kind) :][: len(kind)] if kind else b""
            seen.append(fields_of(original, body))
            chat = {"id": 5, "type": "private", "first_name": "读"}
            message = {"message_id": 9, "date": 1, "chat": chat, "text": "好"}
            await peer.send(answer(200, {"ok": True, "result": ME if b"getMe" in head else message}))

    async with raw_server(script) as url:
        bot = Bot("1:T", f"{url}/bot", request=request_, get_updates_request=request_)
        await bot.initialize()
        sent = await bot.send_message(5, "你好", reply_markup=None)
        await bot.send_document(5, InputFile(b"\0\1", filename="事实.json"), caption="文")
    assert (bot.username, sent.message_id) == ("x_bot", 9)
    assert seen[1] == {"chat_id": b"5", "text": "你好".encode()}
    assert (seen[2]["chat_id"], seen[2]["caption"]) == (b"5", "文".encode())
    assert b"\0\1" in seen[2].values()


@pytest.mark.parametrize(
    ("status", "payload", "error"),
    [
        (401, {"ok": False, "description": "Unauthorized"}, InvalidToken),
        (404, {"ok": False, "description": "Not Found"}, InvalidToken),
        (403, {"ok": False, "description": "Forbidden: bot was blocked by the user"}, Forbidden),
        (400, {"ok": False, "description": "Bad Request: chat not found"}, BadRequest),
        (409, {"ok": False, "description": "Conflict: terminated"}, Conflict),
        (429, {"ok": False, "description": "", "parameters": {"retry_after": 3}}, RetryAfter),
        (502, "no json at all", NetworkError),
    ],
)
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_refusals_become_their_errors(
    request_: LeanRequest, status: int, payload: object, error: type[Exception]
) -> None:
    """Statuses map as with python-telegram-bot's own transport; a refusal is never called ambiguous."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(answer(status, payload))

    async with raw_server(script) as url:
        with pytest.raises(error) as caught:
            await request_.post(f"{url}/bot1:T/x", RequestData())
    if isinstance(caught.value, NetworkError):
        assert outcome(caught.value) is Outcome.REFUSED


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"ok":true}', b"\xff"])
async def test_a_reply_that_says_nothing_leaves_it_unknown(request_: LeanRequest, body: bytes) -> None:
    """The server took the request and its answer is rubbish: the message may be out."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

    async with raw_server(script) as url:
        with pytest.raises(NetworkError) as caught:
            await TelegramApi(url, url, request_, request_).call("sendMessage", {"chat_id": "1"})
    assert outcome(caught.value) is Outcome.UNKNOWN


async def test_only_what_was_never_sent_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that comes up a moment later gets the message once; a lost reply is not asked for again."""
    monkeypatch.setattr("bot.api._PAUSES", (0.01, 0.01, 0.01))

    class Flaky:
        def __init__(self, *causes: Exception) -> None:
            self.causes = list(causes)
            self.calls = 0

        async def post(self, *_: object) -> bool:
            self.calls += 1
            if self.causes:
                raise NetworkError("x") from self.causes.pop(0)
            return True

    async def call(flaky: Flaky) -> object:
        return await TelegramApi("http://x", "http://x", flaky, flaky).call("sendMessage", {})  # type: ignore[arg-type]  # a stand-in

    late = Flaky(NotSentError(), NotSentError(), NotSentError())
    assert await call(late) is True
    assert late.calls == 4
    for flaky, calls in ((Flaky(ReplyLostError()), 1), (Flaky(*[NotSentError()] * 9), 4)):
        with pytest.raises(NetworkError):
            await call(flaky)
        assert flaky.calls == calls


async def test_what_is_known_of_a_failure(request_: LeanRequest) -> None:
    """Nobody there: not sent. Hung up or silent after the request: unknown."""

    async def silent(peer: Peer) -> None:
        await peer.request()
        await asyncio.sleep(1)

    async def rude(peer: Peer) -> None:
        await peer.request()
        await peer.reset()

    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}"
    with pytest.raises(NetworkError) as refused:
        await request_.post(f"{nobody}/x", RequestData())
    async with raw_server(silent) as url:
        with pytest.raises(TimedOut) as late:
            await request_.post(f"{url}/x", RequestData())
    async with raw_server(rude) as url:
        with pytest.raises(NetworkError) as broken:
            await request_.post(f"{url}/x", RequestData())
    assert outcome(refused.value) is Outcome.NOT_SENT
    assert outcome(late.value) is Outcome.UNKNOWN
    assert outcome(broken.value) is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("cause", "known"),
    [
        (httpx.ConnectError("x"), Outcome.NOT_SENT),
        (httpx.ConnectTimeout("x"), Outcome.NOT_SENT),
        (httpx.PoolTimeout("x"), Outcome.NOT_SENT),
        (httpx.ReadError("x"), Outcome.UNKNOWN),
        (httpx.ReadTimeout("x"), Outcome.UNKNOWN),
        (httpx.RemoteProtocolError("x"), Outcome.UNKNOWN),
    ],
)
def test_failures_of_the_proxy_transport_are_read_too(cause: Exception, known: Outcome) -> None:
    """Behind a proxy it is httpx that fails."""
    error = TimedOut() if isinstance(cause, httpx.TimeoutException) else NetworkError("x")
    error.__cause__ = cause
    assert outcome(error) is known


@pytest.mark.parametrize(
    "proxy", ["http://127.0.0.1:9", "https://user:pass@127.0.0.1:9", "socks5://127.0.0.1:9"]
)
async def test_a_proxy_brings_httpx(proxy: str) -> None:
    """The lean client knows no proxies."""
    settings = Settings(_env_file=None, bot_proxy=proxy)  # type: ignore[arg-type,call-arg]  # as pydantic takes them
    chosen = make_request(settings, connections=2, read_timeout=5)
    assert isinstance(chosen, HTTPXRequest)
    await chosen.shutdown()
    direct = make_request(Settings(_env_file=None), connections=2, read_timeout=5)  # type: ignore[call-arg]  # as above
    assert isinstance(direct, LeanRequest)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of its own authority for ``localhost``, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
        " -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem"
    )
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


async def test_certificates_are_checked(
    request_: LeanRequest, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger's certificate is refused before anything is sent; a trusted one works, for its host only."""
    requests = 0

    async def script(peer: Peer) -> None:
        nonlocal requests
        await peer.request()
        requests += 1
        await peer.send(answer(200, {"ok": True, "result": True}))

    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*certificate)
    async with raw_server(script, tls) as url:
        named = url.replace("127.0.0.1", "localhost")
        http_client.tls_context.cache_clear()
        with pytest.raises(NetworkError) as stranger:
            await request_.post(f"{named}/x", RequestData())
        assert outcome(stranger.value) is Outcome.NOT_SENT
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        http_client.tls_context.cache_clear()
        assert await request_.post(f"{named}/x", RequestData()) is True
        with pytest.raises(NetworkError):
            await request_.post(f"{url}/x", RequestData())
    http_client.tls_context.cache_clear()
    assert requests == 1
