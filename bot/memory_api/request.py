"""python-telegram-bot's transport onto a Bot API in memory."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import unquote

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.memory_api.api import BotApi
from bot.memory_api.errors import ApiError, ConnectionDroppedError, not_found, unauthorized
from bot.memory_api.wire import Response, Upload


class MemoryRequest(BaseRequest):
    """Carries requests to a server in the same process; nothing is sent anywhere."""

    def __init__(self, api: BotApi, read_timeout: float | None = 5) -> None:
        """Connect to a server.

        Args:
            api: the server.
            read_timeout: seconds to wait for an answer where the request does not say; None waits on.
        """
        self._api = api
        self._read_timeout = read_timeout

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer where the request does not say."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - as above
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - as above
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - as above
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - as above
    ) -> tuple[int, bytes]:
        """Hand a request to the server.

        Returns:
            The HTTP status and the body: JSON, or a file's bytes.

        Raises:
            TimedOut: no answer within the read timeout.
            NetworkError: the connection broke.
        """
        if "/file/bot" in url:
            return self._download(url)
        seconds = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        try:
            async with asyncio.timeout(seconds):
                response = await self._call(url, request_data)
        except TimeoutError:
            raise TimedOut from None
        except ConnectionDroppedError as error:
            raise NetworkError(str(error)) from error
        except ApiError as error:
            response = error.response()
        return response.status, json.dumps(response.payload).encode()

    async def _call(self, url: str, data: RequestData | None) -> Response:
        token, _, method = url.partition("/bot")[2].partition("/")
        self._authorize(token)
        if data is None:
            return await self._api.call(method, {}, {})
        parts = data.multipart_data if data.contains_files else {}
        files = {name: _upload(part) for name, part in parts.items()}
        return await self._api.call(method, data.parameters, files)

    def _authorize(self, token: str) -> None:
        if ":" not in token:
            raise not_found()
        if token != self._api.token:
            raise unauthorized()

    def _download(self, url: str) -> tuple[int, bytes]:
        token, _, path = unquote(url.partition("/file/bot")[2]).partition("/")
        data = self._api.state.files.at(path) if token == self._api.token else None
        if data is None:
            return 404, json.dumps(not_found().response().payload).encode()
        return 200, data


def _upload(part: tuple[str, Any, str]) -> Upload:
    name, content, mime = part
    return Upload(name, content if isinstance(content, bytes) else content.read(), mime)
