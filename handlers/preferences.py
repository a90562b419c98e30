"""/lang and /settings: how the bot speaks in a chat, and when it sends the digest."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handlers.callbacks import Press
from handlers.i18n import LANGUAGES, wording
from handlers.keyboards import press_button, rows
from handlers.pages import said, worded
from handlers.reply import Reply
from handlers.request import Request
from handlers.rich_text import RichText, shortened
from handlers.services import Services

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
    return replace(said(wording(language)("lang.set")), menu_language=language)


async def settings(services: Services, request: Request) -> Reply:
    """Show language, time zone and digest; ``zone NAME`` sets the zone."""
    name, _, value = request.argument.partition(" ")
    if name != "zone":
        return await _overview(services, request)
    if not value:
        buttons = [press_button(zone, Press("settings", f"zone {zone}", mode="=")) for zone in ZONES]
        return worded(request, "ask.zone", rows(buttons))
    zone = known_zone(value)
    if zone is None:
        return worded(request, "miss.zone", text=shortened(value, 30))
    await services.save_settings(request, zone=zone)
    return worded(request, "zone.set", zone=zone)


def known_zone(name: str) -> str | None:
    """The IANA name of a zone however its case is written; None where there is none of this name."""
    wanted = name.strip().replace(" ", "_")
    if not wanted or len(wanted) > 40:
        return None
    proper = "/".join(
        "_".join(word[:1].upper() + word[1:] for word in part.split("_")) for part in wanted.split("/")
    )
    for candidate in (wanted, proper, wanted.upper()):
        try:
            return ZoneInfo(candidate).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def clock(minute: int) -> str:
    """A minute of the day as ``08:30``."""
    return f"{minute // 60:02}:{minute % 60:02}"


async def _overview(services: Services, request: Request) -> Reply:
    t = wording(request.language)
    subscription = await services.repositories.subscriptions.get(request.chat_id, request.thread_id)
    if subscription is None:
        digest = t("settings.no_digest")
    else:
        key = "settings.digest_at" if subscription.cadence == "daily" else "settings.digest_weekly_at"
        digest = t(key, time=clock(subscription.minute_of_day), zone=subscription.zone)
    text = (
        RichText()
        .own(t("heading.settings"), "bold")
        .own("\n\n")
        .compose(
            t.template("settings.overview"),
            language=t("language.own"),
            zone=request.zone,
            digest=digest,
        )
        .build()
    )
    press = Press("unsubscribe", mode="=") if subscription else Press("subscribe", mode="=")
    label = t("button.unsubscribe") if subscription else t("button.subscribe")
    buttons = (
        press_button(t("button.lang"), Press("lang", mode="=")),
        press_button(t("button.zone"), Press("settings", "zone", mode="=")),
        press_button(label, press),
    )
    return said(text, rows(buttons))
