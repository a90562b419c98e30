"""/lang and /settings: how the bot speaks in a chat, and when and how it sends the digest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers.callbacks import Press
from handlers.digests import TIMES, apply_wish, described
from handlers.i18n import LANGUAGES, Wording, wording
from handlers.keyboards import press_button, rows
from handlers.pages import said, worded
from handlers.reply import Button, ChatMenu, Expectation, Keyboard, Reply
from handlers.request import Request
from handlers.rich_text import RichText, shortened
from handlers.services import Services
from handlers.wishes import Wish, clock, days_of, minute_of, quiet_of, zone_of
from storage.chats import Theme
from storage.subscriptions import EVERY_DAY, Cadence, Quiet, Subscription

ZONES = (
    "Asia/Shanghai",
    "Asia/Taipei",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Asia/Singapore",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
)
"""The zones that have a button; any other IANA name can be typed."""
QUIET = ("22:00-07:00", "23:00-07:00", "23:00-08:00", "00:00-09:00")
"""The quiet hours that have a button; others can be typed."""
PAUSES = (1, 3, 7, 14, 30)
"""Days of a pause that have a button."""
_LONGEST_PAUSE = 366
_CADENCES: tuple[Cadence, ...] = ("daily", "weekly", "instant")
_SPOKEN = {
    "zh-hans": "zh zh-cn cn 简体 简体中文 中文 简中",
    "zh-hant": "zh-tw zh-hk tw hk 繁體 繁體中文 繁体 繁体中文 繁中",
    "en": "english 英文 英语 英語",
}
_ALIASES = {alias: language for language, aliases in _SPOKEN.items() for alias in aliases.split()}


async def lang(services: Services, request: Request) -> Reply:
    """Choose the language of the chat."""
    wanted = request.argument.lower().strip()
    language = wanted if wanted in LANGUAGES else _ALIASES.get(wanted)
    if language is None:
        key = "ask.lang" if not wanted else "miss.lang"
        buttons = [
            press_button(wording(code)("language.own"), Press("lang", code, mode="=")) for code in LANGUAGES
        ]
        return worded(request, key, rows(buttons), text=shortened(wanted, 20))
    await services.save_settings(request, language=language)
    role = request.role if request.private else "reader"
    menu = ChatMenu(request.chat_id, role, language)
    return replace(said(wording(language)("lang.set")), menus=(menu,))


async def settings(services: Services, request: Request) -> Reply:
    """All settings of the chat as one keyboard; a word says which one is meant: ``zone 东京``."""
    name, _, value = request.argument.strip().partition(" ")
    page = _PAGES.get(name)
    return await (page(services, request, value.strip()) if page else _overview(services, request))


async def _zone(services: Services, request: Request, value: str) -> Reply:
    """The time zone: by a button, a city's name, an IANA name, or a shared location."""
    expects = Expectation("settings", "zone ")
    if not value:
        buttons = [_button(zone, f"zone {zone}") for zone in ZONES]
        return replace(worded(request, "ask.zone", (*rows(buttons), _back(request))), expects=expects)
    zone = await zone_of(value)
    if zone is None:
        refusal = worded(request, "miss.zone", (_back(request),), text=shortened(value, 30))
        return replace(refusal, expects=expects)
    await services.save_settings(request, zone=zone)
    local = services.now().astimezone(ZoneInfo(zone))
    subscription = await _subscription(services, request)
    if subscription is not None and subscription.zone != zone:
        await apply_wish(services, request, Wish(subscription.cadence, subscription.days, zone=zone))
    return worded(request, "zone.set", (_back(request),), zone=zone, time=f"{local:%H:%M}")


async def _when(services: Services, request: Request, value: str) -> Reply:
    """When the digest comes: ``18:00``, ``weekly``, ``-mon`` takes a day out or in."""
    subscription = await _subscription(services, request)
    cadence = next((known for known in _CADENCES if known == value), None)
    minute, day = minute_of(value), days_of(value)
    if cadence is not None or minute is not None:
        subscription = await apply_wish(services, request, Wish(cadence, EVERY_DAY, minute))
    elif day and subscription is not None:
        days = subscription.days ^ day or day
        subscription = await apply_wish(services, request, Wish("weekly", days))
    elif value:
        refusal = worded(request, "miss.time", (_back(request),), text=shortened(value, 20))
        return replace(refusal, expects=Expectation("settings", "when "))
    t = wording(request.language)
    keyboard = _when_keyboard(t, subscription)
    text = _digest_line(t, subscription)
    reply = worded(request, "settings.when", (*keyboard, _back(request)), digest=text)
    return replace(reply, expects=Expectation("settings", "when "))


async def _quiet(services: Services, request: Request, value: str) -> Reply:
    """The quiet hours: ``22:00-07:00`` or ``off``."""
    subscription = await _subscription(services, request)
    if subscription is None:
        return await _overview(services, request)
    quiet = quiet_of(value)
    if quiet is not None or value == "off":
        subscription = await _change(services, subscription, quiet=quiet)
        return await _overview(services, request)
    t = wording(request.language)
    buttons = [_button(hours.replace("-", "–"), f"quiet {hours}") for hours in QUIET]
    buttons.append(_button(t("button.off"), "quiet off"))
    key = "miss.quiet" if value else "ask.quiet"
    reply = worded(request, key, (*rows(buttons), _back(request)), text=shortened(value, 20))
    return replace(reply, expects=Expectation("settings", "quiet "))


async def _pause(services: Services, request: Request, value: str) -> Reply:
    """A pause of some days, ``0`` ends it."""
    subscription = await _subscription(services, request)
    if subscription is None:
        return await _overview(services, request)
    number = value.removesuffix("天").removesuffix("days").strip()
    if number.isdecimal() and len(number) < 4 and int(number) <= _LONGEST_PAUSE:
        until = services.now() + timedelta(days=int(number)) if int(number) else None
        await _change(services, subscription, paused_until=until)
        return await _overview(services, request)
    t = wording(request.language)
    buttons = [_button(t("button.days", count=t.number(days)), f"pause {days}") for days in PAUSES]
    if _is_paused(services, subscription):
        buttons.append(_button(t("button.resume"), "pause 0"))
    key = "miss.pause" if value else "ask.pause"
    reply = worded(
        request,
        key,
        (*rows(buttons), _back(request)),
        text=shortened(value, 20),
        most=t.number(_LONGEST_PAUSE),
    )
    return replace(reply, expects=Expectation("settings", "pause "))


async def _empty(services: Services, request: Request, value: str) -> Reply:
    """Whether a digest comes although nothing is new: ``on`` or ``off``."""
    subscription = await _subscription(services, request)
    if subscription is not None and value in {"on", "off"}:
        await _change(services, subscription, send_empty=value == "on")
    return await _overview(services, request)


async def _look(services: Services, request: Request, value: str) -> Reply:
    """Whether pictures are light or dark, and whether articles are shown in traditional characters."""
    theme: Theme | None = "dark" if value == "dark" else "light" if value == "light" else None
    converted = {"convert": True, "verbatim": False}.get(value)
    if theme is not None or converted is not None:
        await services.save_settings(request, theme=theme, converted=converted)
        request = replace(
            request,
            theme=theme or request.theme,
            converted=request.converted if converted is None else converted,
        )
    return await _overview(services, request)


async def _overview(services: Services, request: Request) -> Reply:
    t = wording(request.language)
    subscription = await _subscription(services, request)
    follows = await services.repositories.follows.of((request.chat_id, request.thread_id))
    following = t("settings.follows", count=t.number(len(follows))) if follows else t("settings.follows_all")
    lines = RichText().own(t("heading.settings"), "bold").own("\n\n")
    lines.compose(
        t.template("settings.overview"),
        language=t("language.own"),
        zone=request.zone,
        digest=_digest_line(t, subscription),
        following=following,
    )
    if subscription is not None:
        lines.own("\n").own(t("settings.quiet", hours=_hours(t, subscription.quiet)))
        lines.own("\n").own(t("settings.empty_on" if subscription.send_empty else "settings.empty_off"))
        if subscription.paused_until and _is_paused(services, subscription):
            until = subscription.paused_until.astimezone(ZoneInfo(subscription.zone))
            lines.own("\n").own(
                t("settings.paused", date=t.date(until.date().isoformat()), time=f"{until:%H:%M}")
            )
    lines.own("\n").own(t("settings.pictures", theme=t(f"theme.{request.theme}")))
    if request.converted:
        lines.own("\n").own(t("settings.converted"))
    return said(lines.build(), (*_keyboard(services, t, subscription), _look_buttons(request)))


def _look_buttons(request: Request) -> tuple[Button, ...]:
    """The other theme; for readers of traditional characters, whether articles are converted."""
    t = wording(request.language)
    other = "light" if request.theme == "dark" else "dark"
    buttons = [_button(t(f"button.{other}"), f"look {other}")]
    if request.language == "zh-hant":
        wanted = "verbatim" if request.converted else "convert"
        buttons.append(_button(t(f"button.{wanted}"), f"look {wanted}"))
    return tuple(buttons)


def _keyboard(services: Services, t: Wording, subscription: Subscription | None) -> Keyboard:
    about_chat = (press_button(t("button.lang"), Press("lang", mode="=")), _button(t("button.zone"), "zone"))
    follows = press_button(t("button.following"), Press("following", mode="="))
    if subscription is None:
        subscribe = press_button(t("button.subscribe"), Press("settings", "when daily", mode="="))
        return (about_chat, (follows, subscribe))
    empty = "off" if subscription.send_empty else "on"
    paused = _is_paused(services, subscription)
    return (
        about_chat,
        (follows, _button(t("button.when"), "when")),
        (
            _button(t("button.quiet"), "quiet"),
            _button(t("button.paused" if paused else "button.pause"), "pause"),
        ),
        (_button(t(f"button.empty_{empty}"), f"empty {empty}"),),
        (press_button(t("button.unsubscribe"), Press("unsubscribe", mode="=")),),
    )


def _when_keyboard(t: Wording, subscription: Subscription | None) -> Keyboard:
    cadences = tuple(
        _button(
            _ticked(t(f"cadence.{cadence}"), subscription is not None and subscription.cadence == cadence),
            f"when {cadence}",
        )
        for cadence in _CADENCES
    )
    if subscription is None or subscription.cadence == "instant":
        return (cadences,)
    times = [
        _button(_ticked(time, minute_of(time) == subscription.minute_of_day), f"when {time}")
        for time in TIMES
    ]
    if subscription.cadence == "daily":
        return (cadences, *rows(times))
    days = [
        _button(_ticked(t(f"weekday.{day}"), bool(subscription.days >> day & 1)), f"when {name}")
        for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    ]
    return (cadences, *rows(days), *rows(times))


def _digest_line(t: Wording, subscription: Subscription | None) -> str:
    if subscription is None:
        return t("settings.no_digest")
    return t(f"settings.digest_{subscription.cadence}", **described(t, subscription))


async def _subscription(services: Services, request: Request) -> Subscription | None:
    return await services.repositories.subscriptions.get(request.chat_id, request.thread_id)


async def _change(services: Services, subscription: Subscription, **changes: object) -> Subscription:
    changed = replace(subscription, **changes)  # type: ignore[arg-type]  # the names and types of its fields
    await services.repositories.subscriptions.change(
        changed.place, quiet=changed.quiet, paused_until=changed.paused_until, send_empty=changed.send_empty
    )
    return changed


def _is_paused(services: Services, subscription: Subscription) -> bool:
    return subscription.paused_until is not None and subscription.paused_until > services.now()


def _hours(t: Wording, quiet: Quiet | None) -> str:
    return f"{clock(quiet.start)}–{clock(quiet.until)}" if quiet else t("settings.none")


def _ticked(label: str, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


def _button(label: str, argument: str) -> Button:
    return press_button(label, Press("settings", argument, mode="="))


def _back(request: Request) -> tuple[Button, ...]:
    return (_button(wording(request.language)("button.back"), ""),)


_Page = Callable[[Services, Request, str], Awaitable[Reply]]
_PAGES: dict[str, _Page] = {
    "zone": _zone,
    "when": _when,
    "quiet": _quiet,
    "pause": _pause,
    "empty": _empty,
    "look": _look,
}
