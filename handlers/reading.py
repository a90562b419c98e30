"""Reading what editors send: each in the background, its progress in one message, resumed after a crash."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from telegram.error import TelegramError

from content.masthead import read_masthead
from content.model import Article
from handlers import outgoing
from handlers.callbacks import Press
from handlers.i18n import wording
from handlers.intake import Intaken, Refused
from handlers.keyboards import press_button
from handlers.outgoing import Api
from handlers.reply import Message
from handlers.rich_text import RichText, Text, utf16_length
from storage.errors import StorageError
from storage.history import Deed
from storage.intakes import Intake, Part

if TYPE_CHECKING:
    from content.preparation import PreparedArticle
    from storage.repositories import Repositories

log = logging.getLogger(__name__)
LONGEST = 400_000
"""Code points of an article at most: a book is none."""
SPLIT = 4_000
"""UTF-16 units from which a message may be one of several that Telegram made of a long one."""
_AT_ONCE = 2
_ENDS = "。！？!?…”」』）)\n"


class Unpreparable(Exception):  # noqa: N818 - it says what the article is
    """The facts of an article cannot be worked out: it takes too much time or memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What reading needs of the world."""

    api: Api
    download: Callable[[str], Awaitable[bytes]]
    """The bytes of a file of Telegram's."""
    fetch: Callable[[str], Awaitable[Intaken]]
    """The article behind a link."""
    parse: Callable[[bytes, str | None], Awaitable[Intaken]]
    """The article in a document: its bytes, and the name it came under."""
    prepare: Callable[[Article], Awaitable[PreparedArticle]]
    now: Callable[[], datetime]


class Reading:
    """Reads articles one or two at a time, beside everything else."""

    def __init__(
        self,
        repositories: Repositories,
        tools: Tools,
        card: Callable[[int, str], Awaitable[Message]],
    ) -> None:
        """Read nothing yet.

        Args:
            repositories: where drafts go.
            tools: what reading needs of the world.
            card: the editors' view of an article by its id, in a language.
        """
        self._repositories = repositories
        self._tools = tools
        self._card = card
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)

    def start(self, intake: Intake) -> None:
        """Read in the background; what it becomes is shown in its message."""
        if intake.id not in self._tasks:
            task = asyncio.create_task(self._run(intake))
            self._tasks[intake.id] = task
            task.add_done_callback(lambda _: self._tasks.pop(intake.id, None))

    async def cancel(self, intake_id: int) -> bool:
        """Stop reading; False where it has come to an end already."""
        task = self._tasks.get(intake_id)
        if not await self._repositories.intakes.conclude(intake_id, "cancelled", now=self._tools.now()):
            return False
        if task is not None:
            task.cancel()
        return True

    async def resume(self) -> int:
        """Read again what a process was reading when it died; gives how many."""
        left = await self._repositories.intakes.left()
        for intake in left:
            self.start(intake)
        return len(left)

    async def idle(self) -> None:
        """Wait until nothing is being read."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def stop(self) -> None:
        """Leave what is being read for the next start."""
        tasks = tuple(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, intake: Intake) -> None:
        t = wording(intake.language)
        try:
            async with self._room:
                article_id = await self._read(intake)
            message = await self._card(article_id, intake.language)
            await self._end(intake, "done", message)
        except Refused as refusal:
            await self._end(intake, "refused", Message(Text(t(refusal.key, **refusal.values))))
        except Unpreparable:
            await self._end(intake, "refused", Message(Text(t("intake.too_hard"))))
        except (StorageError, TelegramError, OSError) as error:
            log.warning("an article could not be read", exc_info=error)
            await self._end(intake, "refused", Message(Text(t("intake.failed"))))

    async def _read(self, intake: Intake) -> int:
        """Store the article as a draft; one that is known already stays as it is."""
        await self._show(intake, "reading.collecting")
        found = [await self._part(intake, part) for part in intake.parts]
        text = join([one.text for one in found])
        if not text.strip():
            raise Refused("intake.empty")
        if len(text) > LONGEST:
            raise Refused("intake.too_long", limit=wording(intake.language).number(LONGEST))
        first = found[0]
        head = read_masthead(text)
        article = Article(
            text=text,
            title=first.title or head.title,
            publisher=first.site or head.publisher,
            url=first.url,
            published=first.published or head.published,
        )
        known = await self._repositories.articles.find(article.sha256)
        if known is not None:
            return known
        await self._show(intake, "reading.extracting", count=len(text))
        prepared = await self._tools.prepare(article)
        deed = Deed(by=intake.user_id, now=self._tools.now())
        return await self._repositories.articles.add(prepared, state="draft", deed=deed)

    async def _part(self, intake: Intake, part: Part) -> Intaken:
        if "text" in part:
            return Intaken(text=str(part["text"]))
        if "url" in part:
            await self._show(intake, "reading.fetching")
            return await self._tools.fetch(str(part["url"]))
        await self._show(intake, "reading.downloading")
        data = await self._tools.download(str(part["file"]))
        return await self._tools.parse(data, part.get("name"))

    async def _show(self, intake: Intake, key: str, **values: int) -> None:
        """Say how far it has come; nobody minds where that cannot be shown."""
        known = await self._repositories.intakes.get(intake.id)
        if known is None or known.message_id is None:
            return
        t = wording(intake.language)
        text = t(key, **{name: t.number(value) for name, value in values.items()})
        await self._edit(known, progress(t.language, intake.id, text))

    async def _end(self, intake: Intake, state: Literal["done", "refused"], message: Message) -> None:
        now = self._tools.now()
        known = await self._repositories.intakes.get(intake.id)
        if await self._repositories.intakes.conclude(intake.id, state, now=now):
            await self._edit(known or intake, message)

    async def _edit(self, intake: Intake, message: Message) -> None:
        try:
            if intake.message_id is None:
                await outgoing.send(self._tools.api, intake.chat_id, message)
            else:
                await outgoing.edit(self._tools.api, intake.chat_id, intake.message_id, message)
        except TelegramError as error:
            log.warning("what became of an article could not be shown: %s", type(error).__name__)


def progress(language: str, intake_id: int, text: str) -> Message:
    """The message of something that is being read, with the way to stop it."""
    t = wording(language)
    cancel = press_button(t("button.cancel"), Press("add", f"#{intake_id} cancel", mode="="))
    return Message(RichText().own("⏳ ").own(text).build(), ((cancel,),))


def join(texts: list[str]) -> str:
    """Several messages as one text: what Telegram split in the middle of a sentence is one sentence again."""
    joined = "".join(texts[:1])
    for before, text in pairwise(texts):
        cut = utf16_length(before) >= SPLIT and before[-1] not in _ENDS
        joined += ("" if cut else "\n") + text
    return joined
