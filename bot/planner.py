"""Plans what is due and composes it: subscriptions → slots → messages in the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.logs import log
from bot.schedule import due_ranges

if TYPE_CHECKING:
    from handlers.services import Services
    from storage.subscriptions import Slot

CATCH_UP = timedelta(hours=6)
"""After downtime a digest that late is still sent; an older one is recorded as skipped."""
_RECORDED = timedelta(days=31)
"""Slots that were missed longer ago leave no record."""
_BATCH = 100

_log = log("bot.planner")


async def plan(services: Services) -> None:
    """Give every slot up to now its row; each subscription and local date gets one, once."""
    subscriptions = services.repositories.subscriptions
    now = services.now()
    after = max(await subscriptions.planned_until() or now, now - _RECORDED)
    if now <= after:
        await subscriptions.plan((), oldest=now, until=after)
        return
    ranges = [
        (zone, due) for zone in await subscriptions.zones() for due in due_ranges(ZoneInfo(zone), after, now)
    ]
    await subscriptions.plan(ranges, oldest=now - CATCH_UP, until=now)


async def compose(services: Services) -> int:
    """Compose the planned digests into the outbox; a digest that has nothing to say is settled as empty.

    Returns:
        How many slots were settled.
    """
    settled = 0
    while slots := await services.repositories.subscriptions.planned(_BATCH):
        for slot in slots:
            await _settle(services, slot, services.now())
        settled += len(slots)
    return settled


async def _settle(services: Services, slot: Slot, now: datetime) -> None:
    from handlers.digests import compose_digest  # noqa: PLC0415 - not needed before the first digest
    from storage.chats import ChatRecord  # noqa: PLC0415 - likewise

    subscription = slot.subscription
    chat = await services.repositories.chats.get(subscription.chat_id)
    chat = chat or ChatRecord(chat_id=subscription.chat_id, zone=subscription.zone)
    reply = await compose_digest(services, chat, subscription.covered_until)
    parts = [message.payload for message in reply.messages] if reply is not None else []
    await services.repositories.subscriptions.settle(slot, parts, now=now)
    _log.info("digest_settled", subscription=subscription.id, day=slot.local_date, parts=len(parts))
