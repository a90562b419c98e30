"""/subscribe /unsubscribe /digest: what is new, at the reader's own local time."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from content.news import Interest
from handlers.callbacks import Press
from handlers.editions import Composer, all_the_news, open_desk
from handlers.i18n import Wording, wording
from handlers.keyboards import press_button, rows
from handlers.pages import context_of, laid_out, worded
from handlers.reply import Keyboard, Reply
from handlers.request import Request
from handlers.rich_text import RichText, shortened
from handlers.services import Services
from handlers.wishes import Wish, clock, parse_wish
from storage.subscriptions import EVERY_DAY, Cadence, Slot, Subscription

TIMES = ("07:30", "08:30", "12:00", "18:00", "21:00")
"""The times that have a button; any other can be typed."""
_FIRST: dict[Cadence, timedelta] = {
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "instant": timedelta(0),
}
"""How far back the first digest of a subscription looks: one that begins empty looks broken."""
_WINDOW = timedelta(days=1)
"""What ``/digest`` looks back on where there is no subscription."""
_LISTED = 300
"""Facts that ``/digest`` lists at most."""


async def subscribe(services: Services, request: Request) -> Reply:
    """Start or change the digest of this chat or topic."""
    wish = await parse_wish(request.argument[:200])
    if isinstance(wish, str):
        return worded(request, "miss.subscribe", times(request.language), text=shortened(wish, 20))
    subscription = await apply_wish(services, request, wish)
    key = f"subscribed.{subscription.cadence}"
    parts = described(wording(request.language), subscription)
    return worded(request, key, times(request.language, subscription.cadence), **parts)


async def apply_wish(services: Services, request: Request, wish: Wish) -> Subscription:
    """Store a wish; what it does not say stays as it is, or is the default of a first subscription."""
    subscriptions = services.repositories.subscriptions
    known = await subscriptions.get(request.chat_id, request.thread_id)
    now = services.now()
    cadence: Cadence = wish.cadence or (known.cadence if known else "daily")
    zone = wish.zone or (known.zone if known else request.zone)
    minute = wish.minute
    if minute is None:
        minute = known.minute_of_day if known else services.default_digest_minute
    days = EVERY_DAY
    if cadence == "weekly":
        today = 1 << now.astimezone(ZoneInfo(zone)).weekday()
        days = wish.days if wish.days != EVERY_DAY else known.days if known else EVERY_DAY
        days = days if days != EVERY_DAY else today
    covered = await services.repositories.news.revision_at(now - _FIRST[cadence])
    return await subscriptions.subscribe(
        request.chat_id,
        request.thread_id,
        minute,
        zone,
        cadence,
        now=now,
        days=days,
        covered_revision=covered if cadence != "instant" else None,
    )


def described(t: Wording, subscription: Subscription) -> dict[str, str]:
    """How a subscription is worded: its time, zone and days."""
    days = [t(f"weekday.{day}") for day in range(7) if subscription.days >> day & 1]
    return {
        "time": clock(subscription.minute_of_day),
        "zone": subscription.zone,
        "weekday": t("list.separator").join(days),
    }


async def unsubscribe(services: Services, request: Request) -> Reply:
    """End the digest of this chat or topic."""
    ended = await services.repositories.subscriptions.unsubscribe(request.chat_id, request.thread_id)
    t = wording(request.language)
    again = rows([press_button(t("button.subscribe"), Press("subscribe", mode="="))])
    return worded(request, "unsubscribed" if ended else "not_subscribed", again)


async def digest(services: Services, request: Request) -> Reply:
    """What is new since the last digest, now; ``r12`` lists what came after a revision of the content."""
    subscription = await services.repositories.subscriptions.get(request.chat_id, request.thread_id)
    after = await _after(services, request, subscription)
    place = request.chat_id, request.thread_id
    interest = Interest.of(await services.repositories.follows.of(place))
    facts = (await open_desk(services, after)).after(after, interest)[-_LISTED:]
    t = wording(request.language)
    if not facts:
        steps = [press_button(t("button.briefing"), Press("briefing"))]
        if subscription is None:
            steps.append(press_button(t("button.subscribe"), Press("subscribe")))
        return worded(request, "digest.nothing", rows(steps))
    context = context_of(services, request)
    day = services.now().astimezone(ZoneInfo(request.zone)).date().isoformat()
    title = RichText().own(t("heading.digest", date=t.date(day)), "bold").build()
    body, onward = await all_the_news(services, context, facts)
    return laid_out(context, request, title, body, f"r{after}", onward)


async def preview_digest(services: Services, request: Request) -> Reply:
    """The messages that a new subscriber of everything would get now; nothing is sent to anybody."""
    now = services.now()
    covered = await services.repositories.news.revision_at(now - _WINDOW)
    subscription = Subscription(
        id=0,
        chat_id=request.chat_id,
        thread_id=None,
        minute_of_day=services.default_digest_minute,
        zone=request.zone,
        cadence="daily",
        covered_revision=covered,
    )
    composer = Composer(services, await open_desk(services, covered))
    local = now.astimezone(ZoneInfo(request.zone)).date()
    messages = await composer.preview(Slot(subscription, local, now), request.language)
    if not messages:
        return worded(request, "digest.nothing")
    return Reply(messages)


async def _after(services: Services, request: Request, subscription: Subscription | None) -> int:
    """The revision after which news is asked for."""
    number = request.argument.removeprefix("r")
    if request.argument.startswith("r") and number.isdecimal() and len(number) < 19:
        return int(number)
    if subscription is not None:
        return subscription.covered_revision
    return await services.repositories.news.revision_at(services.now() - _WINDOW)


def times(language: str, cadence: Cadence = "daily") -> Keyboard:
    """Buttons with times of day, the settings and the end of the subscription."""
    t = wording(language)
    wanted = "daily" if cadence == "instant" else cadence
    buttons = [press_button(time, Press("subscribe", f"{wanted} {time}", mode="=")) for time in TIMES]
    return rows(
        [
            *buttons,
            press_button(t("button.settings"), Press("settings", mode="=")),
            press_button(t("button.unsubscribe"), Press("unsubscribe", mode="=")),
        ]
    )
