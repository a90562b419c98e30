"""Who may do what: the owners of the settings, and the roles that were granted since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.chats import Notes
    from storage.users import Users

_NOTE = "first_owners"


async def prepare_access(users: Users, notes: Notes, owner_ids: Iterable[int]) -> None:
    """Load the roles, and on the first start with any give them to the owners of the settings.

    Afterwards roles change by ``/grant`` and ``/revoke`` alone: an owner who was revoked does not come back
    with the next start.
    """
    await users.load()
    owners = list(owner_ids)
    if not owners or await notes.get(_NOTE) is not None:
        return
    for user_id in owners:
        await users.grant(user_id, "owner")
    await notes.set(_NOTE, ",".join(map(str, owners)))
