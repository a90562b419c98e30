"""The Bot API by method names and plain values, over python-telegram-bot's requests and errors.

Its own methods turn every value into objects and back, which costs more than all the rest of an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from telegram.error import NetworkError, TelegramError

from bot.transport import Outcome, outcome

if TYPE_CHECKING:
    from telegram.request import BaseRequest, RequestData

Files = Mapping[str, tuple[str, bytes, str]]
_PAUSES = (0.2, 1.0, 3.0)
"""Seconds between the tries of a request that could not be sent."""
_POLL_GRACE = 20.0
"""Seconds on top of a long poll after which it is given up."""


@dataclass(slots=True)
class Form:
    """What every transport reads of ``telegram.request.RequestData``, made of strings as they are."""

    json_parameters: Mapping[str, str]
    multipart_data: Files = field(default_factory=dict)

    @property
    def contains_files(self) -> bool:
        """Whether files go with it."""
        return bool(self.multipart_data)

    @property
    def parameters(self) -> Mapping[str, str]:
        """The fields, which are strings already."""
        return self.json_parameters


class TelegramApi:
    """Calls methods of the Bot API; results stay JSON."""

    def __init__(
        self,
        base_url: str,
        file_url: str,
        request: BaseRequest,
        polls: BaseRequest,
        failed: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        """Connect nothing yet.

        Args:
            base_url: the address with the token, as ``telegram.Bot.base_url`` gives it.
            file_url: that of files, as ``telegram.Bot.base_file_url`` gives it.
            request: the transport.
            polls: the transport for the long poll, which must not take a connection from the answers.
            failed: told of every call that the server refused or that did not come through.
        """
        self._base_url = base_url
        self._file_url = file_url
        self._request = request
        self._polls = polls
        self._failed = failed

    async def call(self, method: str, fields: Mapping[str, str], files: Files | None = None) -> Any:
        """The result of a method: an object, a list or a truth value.

        A request that cannot have reached the server is tried again a few times; any other is not.

        Args:
            method: ``sendMessage``.
            fields: its parameters, as the strings that cross the wire.
            files: name, bytes and media type of each file by the name of its field.

        Raises:
            TelegramError: the server refused it, or could not be reached.
        """
        form = cast("RequestData", Form(fields, files or {}))
        for pause in _PAUSES:
            try:
                return await self._post(method, form)
            except NetworkError as error:
                if outcome(error) is not Outcome.NOT_SENT:
                    raise
            await asyncio.sleep(pause)
        return await self._post(method, form)

    async def _post(self, method: str, form: RequestData) -> Any:
        try:
            return await self._request.post(f"{self._base_url}/{method}", form)
        except KeyError as error:
            raise NetworkError("the reply has no result") from error
        except TelegramError as error:
            self._failed(error)
            raise

    async def download(self, file_id: str) -> bytes:
        """The bytes of a file that somebody sent.

        Raises:
            TelegramError: it is gone or too large (20 MB), or the server could not be reached.
        """
        found = await self.call("getFile", {"file_id": file_id})
        return bytes(await self._request.retrieve(f"{self._file_url}/{found['file_path']}"))

    async def updates(
        self, offset: int, limit: int, seconds: float, kinds: Sequence[str]
    ) -> list[dict[str, Any]]:
        """``getUpdates``: what has happened since, and forget what lies before the offset.

        Args:
            offset: id of the first update that is wanted; 0 for the first that there is.
            limit: updates at most, 1–100.
            seconds: how long the server may wait for the first one.
            kinds: the kinds of update that are wanted.

        Raises:
            TelegramError: the server refused it, or could not be reached.
        """
        names = ",".join(f'"{kind}"' for kind in kinds)
        fields = {"limit": str(limit), "timeout": str(int(seconds)), "allowed_updates": f"[{names}]"}
        if offset:
            fields["offset"] = str(offset)
        form = cast("RequestData", Form(fields))
        try:
            found = await self._polls.post(
                f"{self._base_url}/getUpdates", form, read_timeout=seconds + _POLL_GRACE
            )
        except KeyError as error:
            raise NetworkError("the reply has no result") from error
        if not isinstance(found, list):
            raise NetworkError("the reply has no updates")
        return found
