"""/subscribe /unsubscribe /digest: what is new, at the reader's own local time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from content.records import EventRecord, Source
from handlers.briefings import SHORT, brief
from handlers.callbacks import Press
from handlers.i18n import wording
from handlers.keyboards import press_button, rows
from handlers.pages import worded
from handlers.paging import Block, paginate
from handlers.preferences import clock, known_zone
from handlers.render import Context, blocks, source_label
from handlers.reply import Keyboard, Message, Reply
from handlers.request import Request
from handlers.rich_text import RichText, Text, shortened
from handlers.services import Services
from storage.chats import ChatRecord

TIMES = ("07:30", "08:30", "12:00", "18:00", "21:00")
"""The times that have a button; any other can be typed."""
_FIRST = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
"""How far back the first digest of a subscription looks: one that begins empty looks broken."""
_WINDOW = timedelta(days=1)
"""What ``/digest`` looks back on where there is no subscription."""
_EVENTS = 3
_CADENCES: dict[str, Literal["daily", "weekly"]] = {
    "daily": "daily", "每天": "daily", "每日": "daily",
    "weekly": "weekly", "每周": "weekly", "每週": "weekly", "每星期": "weekly",
}  # fmt: skip
_TIME = re.compile(r"(\d{1,2})(?:[:：](\d{2})|[点點时時](?:(半)|(\d{1,2})分?)?)")


@dataclass(frozen=True, slots=True)
class Wish:
    """What ``/subscribe`` was asked for."""

    cadence: Literal["daily", "weekly"]
    minute: int | None
    zone: str | None


def parse_wish(argument: str) -> Wish | str:
    """The wish behind ``weekly 18:00 Asia/Tokyo`` in any order; the word that means nothing otherwise."""
    cadence: Literal["daily", "weekly"] = "daily"
    minute: int | None = None
    zone: str | None = None
    for word in argument.split():
        if word.lower() in _CADENCES:
            cadence = _CADENCES[word.lower()]
        elif (found := _minute(word)) is not None:
            minute = found
        elif (named := known_zone(word)) is not None:
            zone = named
        else:
            return word
    return Wish(cadence, minute, zone)


async def subscribe(services: Services, request: Request) -> Reply:
    """Start or change the digest of this chat or topic."""
    wish = parse_wish(request.argument[:200])
    if isinstance(wish, str):
        return worded(request, "miss.subscribe", _times(request), text=shortened(wish, 20))
    minute = services.default_digest_minute if wish.minute is None else wish.minute
    now = services.now()
    zone = wish.zone or request.zone
    subscription = await services.repositories.subscriptions.subscribe(
        request.chat_id,
        request.thread_id,
        minute,
        zone,
        wish.cadence,
        now=now,
        covered_until=now - _FIRST[wish.cadence],
        weekday=now.astimezone(ZoneInfo(zone)).weekday() if wish.cadence == "weekly" else None,
    )
    key = f"subscribed.{subscription.cadence}"
    weekday = wording(request.language)(f"weekday.{subscription.weekday or 0}")
    return worded(request, key, _times(request, wish.cadence), time=clock(minute), zone=zone, weekday=weekday)


async def unsubscribe(services: Services, request: Request) -> Reply:
    """End the digest of this chat or topic."""
    ended = await services.repositories.subscriptions.unsubscribe(request.chat_id, request.thread_id)
    t = wording(request.language)
    again = rows([press_button(t("button.subscribe"), Press("subscribe", mode="="))])
    return worded(request, "unsubscribed" if ended else "not_subscribed", again)


async def digest(services: Services, request: Request) -> Reply:
    """What is new since the last digest, now."""
    subscription = await services.repositories.subscriptions.get(request.chat_id, request.thread_id)
    since = subscription.covered_until if subscription else services.now() - _WINDOW
    chat = ChatRecord(
        chat_id=request.chat_id, type=request.chat_type, language=request.language, zone=request.zone
    )
    found = await compose_digest(services, chat, since)
    if found is not None:
        return found
    t = wording(request.language)
    steps = [press_button(t("button.briefing"), Press("briefing"))]
    if subscription is None:
        steps.append(press_button(t("button.subscribe"), Press("subscribe")))
    return worded(request, "digest.nothing", rows(steps))


async def compose_digest(services: Services, chat: ChatRecord, since: datetime) -> Reply | None:
    """What was published after an instant, as the messages of a digest; None where nothing was.

    Args:
        services: everything shared.
        chat: whose language and zone count.
        since: instant, aware.
    """
    repositories = services.repositories
    events = await repositories.events.shown_since(since.timestamp(), _EVENTS)
    articles = await repositories.articles.shown_since(since.timestamp())
    if not events and not articles:
        return None
    context = Context(wording(chat.language or services.default_language), services.bot_username)
    title = _title(context, services.now().astimezone(ZoneInfo(chat.zone or services.default_zone)))
    body = [piece for event in events for piece in await _event(services, context, event)]
    if not events:
        body = [Block(_article(context, article)) for article in articles]
    return Reply(_messages(context, title, body, events))


def _minute(word: str) -> int | None:
    match = _TIME.fullmatch(word)
    if match is None:
        return None
    hour, minute = int(match[1]), 30 if match[3] else int(match[2] or match[4] or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _times(request: Request, cadence: Literal["daily", "weekly"] = "daily") -> Keyboard:
    t = wording(request.language)
    buttons = [press_button(time, Press("subscribe", f"{cadence} {time}", mode="=")) for time in TIMES]
    return rows([*buttons, press_button(t("button.unsubscribe"), Press("unsubscribe", mode="="))])


def _title(context: Context, now: datetime) -> Text:
    day = context.t.date(now.date().isoformat())
    return RichText().own(context.t("heading.digest", date=day), "bold").build()


async def _event(services: Services, context: Context, event: EventRecord) -> list[Block]:
    answer = await brief(services, event, SHORT)
    name = RichText().own(context.t("icon.event") + " ")
    title = name.add(event.ref.name, "bold", url=context.entity(event.ref)).build()
    return [Block(title), *blocks(context, answer)]


def _article(context: Context, article: Source) -> Text:
    label = source_label(context.t, article)
    rich = RichText().own("• ")
    return rich.add(f"{article.title} — {label}" if article.title else label).build()


def _messages(
    context: Context, title: Text, body: list[Block], events: tuple[EventRecord, ...]
) -> tuple[Message, ...]:
    texts = paginate([Block(title), *body])
    buttons = [
        press_button(
            context.t("button.open_briefing", name=event.ref.name), Press("briefing", f"#{event.ref.id}")
        )
        for event in events
    ]
    return (*map(Message, texts[:-1]), Message(texts[-1], tuple((button,) for button in buttons)))
