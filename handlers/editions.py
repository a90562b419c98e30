"""Composes digests: what is new for a chat, as the messages that it gets. Chats alike get one edition."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from zoneinfo import ZoneInfo

from content.answers import news
from content.answers.model import Answer
from content.news import Interest, NewFact, headlines, merged_figures, merged_statements, merged_works
from content.records import EntityRef, Source
from handlers.callbacks import Press
from handlers.i18n import wording
from handlers.keyboards import press_button
from handlers.pages import remark
from handlers.paging import Block, paginate
from handlers.render import Context, blocks, source_label
from handlers.reply import Button, Keyboard, Message
from handlers.rich_text import RichText, Text, shortened
from handlers.services import Services
from storage.editions import Correction, Edition, Part
from storage.subscriptions import Slot

MESSAGES = 2
"""Messages of a digest at most; the rest waits behind a button."""
_EVENTS, _VOICES, _FIGURES, _WORKS = 4, 5, 4, 3
_QUOTED = 80
"""Code points of a sentence that a correction quotes."""
_FACT = re.compile(r"\?start=f_(\d+)")


@dataclass(frozen=True, slots=True)
class Desk:
    """The news at one revision of the content."""

    revision: int
    covers: int
    """The revision after which the facts begin."""
    facts: tuple[NewFact, ...]
    """In the order in which readers saw them."""

    def after(self, revision: int, interest: Interest) -> tuple[NewFact, ...]:
        """What was shown after a revision and is of interest."""
        first = bisect_right(self.facts, revision, key=attrgetter("revision"))
        return tuple(fact for fact in self.facts[first:] if interest.takes(fact))


async def open_desk(services: Services, after: int) -> Desk:
    """Look at what was shown after a revision."""
    revision = services.repositories.database.content_revision
    return Desk(revision, after, await services.repositories.news.after(after))


class Composer:
    """Composes editions from one desk, each distinct one once."""

    def __init__(self, services: Services, desk: Desk) -> None:
        self._services = services
        self._desk = desk
        self._news: dict[tuple[int, Interest], tuple[NewFact, ...]] = {}
        self._editions: dict[tuple[object, ...], Edition | None] = {}

    @property
    def revision(self) -> int:
        """The content revision that it composes from."""
        return self._desk.revision

    def serves(self, after: int) -> bool:
        """Whether it still knows all that was shown after a revision."""
        fresh = self._desk.revision == self._services.repositories.database.content_revision
        return fresh and self._desk.covers <= after

    async def edition(
        self, slot: Slot, interest: Interest, corrections: Sequence[Correction], now: datetime
    ) -> Edition | None:
        """The digest of a slot; None where there is nothing to say.

        Args:
            slot: whose digest.
            interest: what its chat follows.
            corrections: of what the chat was sent before.
            now: the present instant.
        """
        subscription = slot.subscription
        wanted = subscription.covered_revision, interest
        if wanted not in self._news:
            self._news[wanted] = self._desk.after(*wanted)
        facts = self._news[wanted]
        if not facts and not corrections and (slot.local_date is None or not subscription.send_empty):
            return None
        language = slot.language or self._services.default_language
        at_once = slot.local_date is None
        day = now.astimezone(ZoneInfo(subscription.zone)).date().isoformat()
        key = (
            language,
            at_once,
            day,
            subscription.covered_revision,
            id(facts),
            tuple(c.id for c in corrections),
        )
        if key not in self._editions:
            context = Context(wording(language), self._services.bot_username)
            title = context.t("heading.news" if at_once else "heading.digest", date=context.t.date(day))
            self._editions[key] = await self._compose(
                context, title, facts, corrections, subscription.covered_revision
            )
        return self._editions[key]

    async def preview(self, slot: Slot, language: str) -> tuple[Message, ...]:
        """The messages of a slot for somebody who follows all; none where nothing is new."""
        facts = self._desk.after(slot.subscription.covered_revision, Interest())
        if not facts:
            return ()
        context = Context(wording(language), self._services.bot_username)
        title = context.t("heading.digest", date=context.t.date(str(slot.local_date)))
        return await self._messages(context, title, facts, (), slot.subscription.covered_revision)

    async def _compose(
        self,
        context: Context,
        title: str,
        facts: Sequence[NewFact],
        corrections: Sequence[Correction],
        after: int,
    ) -> Edition:
        messages = await self._messages(context, title, facts, corrections, after)
        return Edition(
            tuple(Part(message.payload, frozenset(_facts(message.text))) for message in messages),
            context.t.language,
        )

    async def _messages(
        self,
        context: Context,
        title: str,
        facts: Sequence[NewFact],
        corrections: Sequence[Correction],
        after: int,
    ) -> tuple[Message, ...]:
        body = [Block(RichText().own(title, "bold").build())]
        body += [Block(_corrected(context, correction)) for correction in corrections]
        if not facts and not corrections:
            body.append(Block(RichText().own(context.t("digest.nothing")).build()))
        groups = list(_by_event(facts).values())
        answers = [await self._headlines(group) for group in groups[:_EVENTS]]
        for answer in answers:
            body += event_blocks(context, answer)
        pages = paginate(body)
        texts, cut = pages[:MESSAGES], len(pages) > MESSAGES
        shown = {fact_id for text in texts for fact_id in _facts(text)}
        rest = sum(fact.fact_id not in shown for fact in facts)
        if rest:
            note = remark(context.t("digest.more", count=context.t.number(rest))).text
            texts[-1] = RichText().append(texts[-1]).own("\n\n").append(note).build()
        messages = [Message(text) for text in texts]
        messages[-1] = Message(texts[-1], self._buttons(context, answers, after if rest or cut else None))
        return tuple(messages)

    async def _headlines(self, facts: Sequence[NewFact]) -> Answer:
        repositories = self._services.repositories.news
        told = merged_statements(await repositories.statements(ids(facts, "statement")))
        figures = merged_figures(await repositories.figures(ids(facts, "figure")))
        works = merged_works(await repositories.works(ids(facts, "work")))
        event, words = await group_name(self._services, facts)
        return news.headlines(event, words, headlines(told, _VOICES), figures[:_FIGURES], works[:_WORKS])

    @staticmethod
    def _buttons(context: Context, answers: Sequence[Answer], more_after: int | None) -> Keyboard:
        t = context.t
        buttons = _briefings(context, answers)
        if more_after is not None:
            buttons.insert(0, press_button(t("button.more_news"), Press("digest", f"r{more_after}")))
        buttons.append(press_button(t("button.settings"), Press("settings")))
        return tuple((button,) for button in buttons)


async def all_the_news(
    services: Services, context: Context, facts: Sequence[NewFact]
) -> tuple[list[Block], Keyboard]:
    """Everything new, event by event, as blocks for pages, and buttons to the events."""
    repositories = services.repositories.news
    body: list[Block] = []
    answers: list[Answer] = []
    for group in _by_event(facts).values():
        event, words = await group_name(services, group)
        answer = news.everything(
            event,
            words,
            await repositories.statements(ids(group, "statement")),
            await repositories.figures(ids(group, "figure")),
            await repositories.works(ids(group, "work")),
        )
        answers.append(answer)
        body += event_blocks(context, answer)
    return body, tuple((button,) for button in _briefings(context, answers[:_EVENTS]))


def event_blocks(context: Context, answer: Answer) -> list[Block]:
    """The news of an event under its name."""
    rich = RichText().own(context.t("icon.event") + " ")
    if answer.subject is not None:
        rich.add(answer.subject.name, "bold", url=context.entity(answer.subject))
    else:
        rich.add(answer.words, "bold")
    return [Block(rich.build()), *blocks(context, answer)]


def _briefings(context: Context, answers: Iterable[Answer]) -> list[Button]:
    return [
        press_button(
            context.t("button.open_briefing", name=answer.subject.name),
            Press("briefing", f"#{answer.subject.id}"),
        )
        for answer in answers
        if answer.subject is not None
    ]


def ids(facts: Iterable[NewFact], kind: str) -> list[int]:
    """The ids of the facts of one kind."""
    return [fact.fact_id for fact in facts if fact.kind == kind]


async def group_name(services: Services, facts: Sequence[NewFact]) -> tuple[EntityRef | None, str]:
    """The event of a group of facts; where there is none, how the article is called."""
    first = facts[0]
    if first.event_id is not None:
        event = await services.repositories.events.get(first.event_id)
        if event is not None:
            return event.ref, ""
    articles = await services.repositories.news.articles([first.article_id])
    return None, _called(services, articles.get(first.article_id))


def _called(services: Services, article: Source | None) -> str:
    t = wording(services.default_language)
    return t("source.unknown") if article is None else article.title or source_label(t, article)


def _by_event(facts: Iterable[NewFact]) -> dict[tuple[str, int], list[NewFact]]:
    """The facts of each event, or of each article that reports none, the latest first."""
    groups: dict[tuple[str, int], list[NewFact]] = {}
    for fact in sorted(facts, key=attrgetter("revision"), reverse=True):
        key = ("article", fact.article_id) if fact.event_id is None else ("event", fact.event_id)
        groups.setdefault(key, []).append(fact)
    return groups


def _corrected(context: Context, correction: Correction) -> Text:
    """One line on a fact that was changed or taken back."""
    t = context.t
    key = "correction.retracted" if correction.after is None else "correction.changed"
    rich = RichText().compose(
        t.template(key),
        before=shortened(correction.before, _QUOTED),
        after=shortened(correction.after or "", _QUOTED),
    )
    if correction.name:
        rich.own(" — ").add(correction.name)
    if correction.reason:
        rich.own("\n").compose(t.template("correction.reason"), reason=shortened(correction.reason, _QUOTED))
    return rich.build()


def _facts(text: Text) -> list[int]:
    """The facts that a text links to: each one that is shown has its address."""
    found = (_FACT.search(entity.url) for entity in text.entities if entity.url)
    return [int(match[1]) for match in found if match]
