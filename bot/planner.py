"""Plans what is due, composes it, and sends corrections after what is out: subscriptions → outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.logs import log
from bot.schedule import due_ranges

if TYPE_CHECKING:
    from handlers.editions import Composer
    from handlers.services import Services
    from storage.editions import Settlement
    from storage.subscriptions import Slot

CATCH_UP = timedelta(hours=6)
"""After downtime a digest that late is still sent; an older one is recorded as skipped."""
_RECORDED = timedelta(days=31)
"""Slots that were missed longer ago leave no record."""
_AHEAD = timedelta(hours=26)
"""A cursor further ahead than any zone's date was set by a clock that ran ahead."""
_BATCH = 500

_log = log("bot.planner")


async def plan(services: Services) -> None:
    """Give every slot up to now its row; each subscription and local date gets one, once."""
    subscriptions = services.repositories.subscriptions
    now = services.now()
    planned = await subscriptions.planned_until()
    if planned is not None and planned - now > _AHEAD:
        _log.warning("clock_ran_ahead", cursor=planned.isoformat())
        await subscriptions.rewind(now)
        return
    after = max(planned or now, now - _RECORDED)
    if now <= after:
        await subscriptions.plan((), oldest=now, until=after)
        return
    ranges = [
        (zone, due) for zone in await subscriptions.zones() for due in due_ranges(ZoneInfo(zone), after, now)
    ]
    await subscriptions.plan(ranges, oldest=now - CATCH_UP, until=now)


async def compose(services: Services) -> int:
    """Compose the planned digests and the news for those who want it at once into the outbox.

    Returns:
        How many slots were settled.
    """
    subscriptions, settled = services.repositories.subscriptions, 0
    composer: Composer | None = None
    while slots := await subscriptions.planned(_BATCH):
        composer = await _settle(services, slots, composer)
        settled += len(slots)
    while slots := await subscriptions.waiting_for_news(
        await _minutes(services), now=services.now(), limit=_BATCH
    ):
        composer = await _settle(services, slots, composer)
        settled += len(slots)
    return settled


async def correct(services: Services) -> int:
    """Have the messages that show a corrected fact changed.

    Returns:
        How many corrections went out.
    """
    from handlers.corrections import corrected  # noqa: PLC0415 - not needed before the first correction
    from handlers.i18n import wording  # noqa: PLC0415 - likewise
    from storage.editions import SentPart  # noqa: PLC0415 - likewise

    editions, now = services.repositories.editions, services.now()
    open_corrections = await editions.open_corrections()
    for correction in open_corrections:
        changed = [
            SentPart(
                part.edition_id,
                part.part,
                corrected(wording(part.language), part.parameters, correction, now.date().isoformat()),
                part.language,
            )
            for part in await editions.parts_of_fact(correction.fact_id)
        ]
        await editions.spread(correction, changed, now=now)
        _log.info("correction_spread", fact=correction.fact_id, messages=len(changed))
    return len(open_corrections)


async def _settle(services: Services, slots: Sequence[Slot], composer: Composer | None) -> Composer:
    """Compose a batch of slots from one look at the news; again where the content changed meanwhile.

    Args:
        services: everything shared.
        slots: the batch.
        composer: the one of the batch before; it serves on while its look at the news is good.

    Returns:
        The composer that served.
    """
    from handlers.editions import Composer, open_desk  # noqa: PLC0415 - not needed before the first digest
    from storage.errors import StaleEditionError  # noqa: PLC0415 - likewise

    oldest = min(slot.subscription.covered_revision for slot in slots)
    while True:
        if composer is None or not composer.serves(oldest):
            composer = Composer(services, await open_desk(services, oldest))
        now = services.now()
        settlements = await _compose(services, composer, slots, now)
        try:
            await services.repositories.editions.settle(settlements, revision=composer.revision, now=now)
        except StaleEditionError:
            continue
        composed = sum(settlement.edition is not None for settlement in settlements)
        _log.info("digests_settled", slots=len(slots), composed=composed)
        return composer


async def _compose(
    services: Services, composer: Composer, slots: Sequence[Slot], now: datetime
) -> list[Settlement]:
    from content.news import Interest  # noqa: PLC0415 - not needed before the first digest
    from storage.editions import Settlement  # noqa: PLC0415 - likewise

    repositories = services.repositories
    places = [slot.subscription.place for slot in slots]
    oldest = min(slot.subscription.covered_revision for slot in slots)
    follows = await repositories.follows.of_all(places)
    corrections = await repositories.editions.corrections_after(oldest, {chat for chat, _ in places})
    settlements = []
    for slot in slots:
        subscription = slot.subscription
        owed = tuple(
            correction
            for correction in corrections.get(subscription.chat_id, ())
            if correction.revision > subscription.covered_revision
        )
        interest = Interest.of(follows.get(subscription.place, ()))
        edition = await composer.edition(slot, interest, owed, now)
        settlements.append(Settlement(slot, edition, silent=_is_quiet(slot, now)))
    return settlements


def _is_quiet(slot: Slot, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(slot.subscription.zone))
    quiet = slot.subscription.quiet
    return quiet is not None and quiet.holds(local.hour * 60 + local.minute)


async def _minutes(services: Services) -> dict[str, int]:
    """By zone the minute of its local day."""
    now = services.now()
    local = {
        zone: now.astimezone(ZoneInfo(zone)) for zone in await services.repositories.subscriptions.zones()
    }
    return {zone: time.hour * 60 + time.minute for zone, time in local.items()}
