"""Roles: who has which, kept in memory; and one-time invitations, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from storage.database import Database, Transaction
from storage.errors import LastOwnerError
from storage.queries import statements

Role = Literal["reader", "editor", "owner"]
Granted = Literal["editor", "owner"]
_RANK: dict[Role, int] = {"reader": 0, "editor": 1, "owner": 2}
INVITATION_LASTS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role."""

    user_id: int
    role: Granted
    name: str | None
    """The Telegram name (without ``@``) or first name by which owners know them."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An invitation that somebody has used."""

    role: Granted
    made_by: int


class Users:
    """The roles that users were given; everybody else is a reader."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("users")
        self._members: dict[int, Member] = {}

    async def load(self) -> None:
        """Read all roles into memory; they are few."""
        rows = await self._database.fetch_all(self._sql["roles"])
        self._members = {row["user_id"]: Member(row["user_id"], row["role"], row["name"]) for row in rows}

    def role(self, user_id: int) -> Role:
        """The role of a user, from memory."""
        member = self._members.get(user_id)
        return member.role if member else "reader"

    def members(self) -> tuple[Member, ...]:
        """Everybody with a role, owners first."""
        return tuple(sorted(self._members.values(), key=lambda one: (-_RANK[one.role], one.user_id)))

    def having(self, role: Role) -> tuple[int, ...]:
        """The users with a role other than ``reader``, by id."""
        return tuple(sorted(one.user_id for one in self._members.values() if one.role == role))

    def named(self, name: str) -> Member | None:
        """The member that owners know by a name."""
        wanted = name.lower().lstrip("@")
        return next((one for one in self._members.values() if (one.name or "").lower() == wanted), None)

    async def grant(self, user_id: int, role: Role, name: str | None = None) -> None:
        """Give a role; ``reader`` takes any other away, with the invitations that were made by it.

        Raises:
            LastOwnerError: nobody would be left to give roles.
        """
        async with self._database.write() as transaction:
            if self.role(user_id) == "owner" and role != "owner":
                row = await transaction.fetch_one(self._sql["owners"], {"user_id": user_id})
                if row is None or not row["owners"]:
                    raise LastOwnerError(str(user_id))
                await transaction.execute(self._sql["withdraw_invitations"], {"user_id": user_id})
            await self._set(transaction, user_id, role, name)
        self._remember(user_id, role, name)

    async def learn_name(self, user_id: int, name: str | None) -> None:
        """Note the name that a member has now; nothing is kept of anybody else."""
        member = self._members.get(user_id)
        if member is None or name is None or member.name == name:
            return
        async with self._database.write() as transaction:
            await self._set(transaction, user_id, member.role, name)
        self._remember(user_id, member.role, name)

    async def invite(self, role: Granted, made_by: int, username: str | None, *, now: datetime) -> str:
        """Make an invitation, for one Telegram name or for whoever has it.

        Returns:
            Its token, 22 characters that are fit for a deep link; it is kept nowhere.
        """
        token = secrets.token_urlsafe(16)
        async with self._database.write() as transaction:
            await transaction.execute(
                self._sql["invite"],
                {
                    "token_hash": _hash(token),
                    "role": role,
                    "username": username.lower().lstrip("@") if username else None,
                    "made_by": made_by,
                    "expires_at": (now + INVITATION_LASTS).timestamp(),
                },
            )
        return token

    async def accept(
        self, token: str, user_id: int, username: str | None, name: str | None, *, now: datetime
    ) -> Accepted | None:
        """Use an invitation up and take its role, both or neither; a higher role is kept.

        Returns:
            None where it is used, too old, meant for somebody else, or no invitation at all.
        """
        parameters = {
            "token_hash": _hash(token),
            "user_id": user_id,
            "username": username.lower() if username else None,
            "now": now.timestamp(),
        }
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(self._sql["accept"], parameters)
            if row is None:
                return None
            role: Role = max(row["role"], self.role(user_id), key=_RANK.__getitem__)
            await self._set(transaction, user_id, role, name)
        self._remember(user_id, role, name)
        return Accepted(row["role"], row["made_by"])

    async def _set(self, transaction: Transaction, user_id: int, role: Role, name: str | None) -> None:
        parameters = {"user_id": user_id, "role": role, "name": name}
        statement = self._sql["delete_role"] if role == "reader" else self._sql["set_role"]
        await transaction.execute(statement, parameters)

    def _remember(self, user_id: int, role: Role, name: str | None) -> None:
        known = self._members.pop(user_id, None)
        if role != "reader":
            self._members[user_id] = Member(user_id, role, name or (known.name if known else None))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
