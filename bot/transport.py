"""python-telegram-bot's transport onto the lean HTTP client, and what a failed request means for a retry."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.http_client import HttpClient, Limits, Timeouts
from bot.http_connection import NoConnectionInTimeError, NotSentError, ReplyLostError, ReplyTimeoutError

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

    from bot.settings import Settings


_UPLOAD_WRITE_SECONDS = 60.0
_FORM = b"application/x-www-form-urlencoded"
_BOUNDARY = b"briefing-" + os.urandom(16).hex().encode()
"""No text can contain it: nobody outside the process has seen it."""
_MULTIPART = b"multipart/form-data; boundary=" + _BOUNDARY


class Outcome(Enum):
    """What is known of a request that failed."""

    REFUSED = "refused"
    """The server answered: it was not carried out."""
    NOT_SENT = "not sent"
    """It cannot have reached the server; repeating is safe."""
    UNKNOWN = "unknown"
    """It may have been carried out."""


class LeanRequest(BaseRequest):
    """Carries requests over keep-alive connections; nothing is ever sent twice by itself."""

    def __init__(self, timeouts: Timeouts | None = None, limits: Limits | None = None) -> None:
        """Open nothing yet.

        Args:
            timeouts: seconds for each phase where the call does not say.
            limits: connections and sizes.
        """
        self._timeouts = timeouts or Timeouts()
        self._client = HttpClient(limits)

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for a reply where the call does not say."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Connections are made when they are needed."""

    async def shutdown(self) -> None:
        """Close the idle connections."""
        self._client.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON object of a reply.

        Raises:
            NetworkError: it is none.
        """
        try:
            data = json.loads(payload)
        except ValueError as error:
            raise NetworkError("the reply is no JSON") from error
        if not isinstance(data, dict):
            raise NetworkError("the reply is no JSON object") from TypeError(type(data).__name__)
        return data

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send a request.

        Returns:
            The HTTP status and the body.

        Raises:
            TimedOut: no connection, or no reply, in time.
            NetworkError: no connection, or it broke; :func:`outcome` tells whether repeating is safe.
        """
        content_type, body = encode(request_data) if request_data is not None else (b"", b"")
        default = self._timeouts
        upload = default.write if content_type != _MULTIPART else _UPLOAD_WRITE_SECONDS
        timeouts = Timeouts(
            pool=_either(pool_timeout, default.pool),
            connect=_either(connect_timeout, default.connect),
            write=_either(write_timeout, upload),
            read=_either(read_timeout, default.read),
        )
        try:
            reply = await self._client.request(method, url, timeouts, content_type, body)
        except (NoConnectionInTimeError, ReplyTimeoutError) as error:
            raise TimedOut(str(error)) from error
        except (NotSentError, ReplyLostError) as error:
            raise NetworkError(str(error)) from error
        return reply.status, reply.body


def outcome(error: NetworkError) -> Outcome:
    """What is known of a request that ended in a network error, over any transport."""
    cause = error.__cause__
    if isinstance(cause, NotSentError):
        return Outcome.NOT_SENT
    if isinstance(error, TimedOut):
        return Outcome.NOT_SENT if _httpx_did_not_send(cause) else Outcome.UNKNOWN
    if cause is None or isinstance(cause, TelegramError):
        return Outcome.REFUSED  # An HTTP status such as 502, with or without a readable body.
    return Outcome.NOT_SENT if _httpx_did_not_send(cause) else Outcome.UNKNOWN


def _httpx_did_not_send(cause: BaseException | None) -> bool:
    import httpx  # noqa: PLC0415 - loaded already by python-telegram-bot

    return isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)


def make_request(settings: Settings, *, connections: int, read_timeout: float) -> BaseRequest:
    """The transport that the settings ask for: the lean one, or httpx where a proxy stands between."""
    if settings.bot_proxy is None:
        return LeanRequest(Timeouts(read=read_timeout), Limits(connections=connections))
    from telegram.request import HTTPXRequest  # noqa: PLC0415 - the rarer way

    return HTTPXRequest(
        connection_pool_size=connections,
        proxy=settings.bot_proxy.get_secret_value(),
        read_timeout=read_timeout,
        write_timeout=20,
        connect_timeout=5,
        pool_timeout=5,
    )


def encode(data: RequestData) -> tuple[bytes, bytes]:
    """Content type and body of a request.

    A form where all is ASCII; else multipart, whose UTF-8 is a third of what percent-encoding takes.
    """
    fields = data.json_parameters
    if not data.contains_files and all(map(str.isascii, fields.values())):
        return _FORM, b"&".join([_pair(name, value) for name, value in fields.items()])
    return _MULTIPART, b"".join([*_field_parts(fields), *_file_parts(data), b"--", _BOUNDARY, b"--\r\n"])


def _pair(name: str, value: str) -> bytes:
    raw = value.encode()
    # Percent-encoding everything is valid and runs in C; names and most values need none.
    return b"%s=%s" % (name.encode(), raw if raw.isalnum() else b"%" + raw.hex("%").encode() if raw else b"")


def _field_parts(fields: Mapping[str, str]) -> Iterable[bytes]:
    for name, value in fields.items():
        head = f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        yield b"--%s\r\n%s" % (_BOUNDARY, head.encode())


def _file_parts(data: RequestData) -> Iterable[bytes]:
    if not data.contains_files:
        return
    for name, (file_name, content, mime) in data.multipart_data.items():
        head = (
            f'Content-Disposition: form-data; name="{name}"; filename="{_quoted(file_name)}"\r\n'
            f"Content-Type: {mime}\r\n\r\n"
        )
        raw = content if isinstance(content, bytes) else content.read()
        yield b"--%s\r\n%s%s\r\n" % (_BOUNDARY, head.encode(), raw)


def _quoted(file_name: str) -> str:
    """A file name as HTML forms quote it: what could end the header or the name is percent-encoded."""
    return file_name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _either(value: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(value, DefaultValue) else value
