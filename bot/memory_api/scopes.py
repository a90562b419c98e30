"""The command menu: which of the lists that the bot has set a person sees in a chat."""

from __future__ import annotations

from bot.memory_api.wire import Json

Scope = tuple[str, int, int]
"""Kind of scope, chat id and user id; 0 where the kind has none."""


class CommandMenu:
    """The command lists by scope and language."""

    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], list[Json]] = {}

    def set(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """Set the list of one scope and language (``""`` for all others)."""
        self._lists[scope, language] = commands

    def get(self, scope: Scope, language: str) -> list[Json]:
        """The list of exactly this scope and language; empty where none was set."""
        return self._lists.get((scope, language), [])

    def delete(self, scope: Scope, language: str) -> None:
        """Forget the list of exactly this scope and language."""
        self._lists.pop((scope, language), None)

    def resolve(self, chat_id: int, user_id: int, language: str, *, private: bool, admin: bool) -> list[Json]:
        """The list that a person sees: the narrowest scope first, in each the own language first."""
        for scope in _scopes(chat_id, user_id, private=private, admin=admin):
            for key in ((scope, language), (scope, "")):
                if key in self._lists:
                    return self._lists[key]
        return []


def _scopes(chat_id: int, user_id: int, *, private: bool, admin: bool) -> list[Scope]:
    if private:
        return [("chat", chat_id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
    scopes: list[Scope] = [("chat_member", chat_id, user_id)]
    if admin:
        scopes.append(("chat_administrators", chat_id, 0))
    scopes.append(("chat", chat_id, 0))
    if admin:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), ("default", 0, 0)]
