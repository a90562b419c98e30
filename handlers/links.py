"""Deep links: a permanent address for every fact and for every known name."""

from __future__ import annotations

import re

from content.records import EntityKind, EntityRef

_COMMANDS: dict[str, str] = {
    "f": "source",
    "s": "speaker",
    "o": "org",
    "e": "event",
    "t": "topic",
    "p": "product",
}
_LETTERS: dict[EntityKind, str] = {
    "person": "s",
    "organization": "o",
    "event": "e",
    "topic": "t",
    "product": "p",
}
_KINDS: dict[str, EntityKind] = {letter: kind for kind, letter in _LETTERS.items()}
COMMAND_OF: dict[EntityKind, str] = {kind: _COMMANDS[letter] for kind, letter in _LETTERS.items()}
"""The command that shows an entity of a kind."""

_SHORT = re.compile(r"#([soetp])([1-9]\d{0,17})")
INLINE_PAYLOAD = "inline"
"""Who comes from an inline query that found nothing is greeted."""
_INVITATION = re.compile(r"i_([A-Za-z0-9_-]{22})")
_PAYLOAD = re.compile(r"([a-z])_([1-9]\d{0,17})")


def fact_link(bot_username: str, fact_id: int) -> str:
    """The address of a fact in its article."""
    return f"https://t.me/{bot_username}?start=f_{fact_id}"


def entity_link(bot_username: str, ref: EntityRef) -> str:
    """The address of the page of a person, organisation, event, topic or product."""
    return f"https://t.me/{bot_username}?start={_LETTERS[ref.kind]}_{ref.id}"


def short_name(ref: EntityRef) -> str:
    """What stands for a thing among several in the argument of a button: ``#s12``."""
    return f"#{_LETTERS[ref.kind]}{ref.id}"


def parse_short_name(text: str) -> tuple[EntityKind, int] | None:
    """Kind and number behind ``#s12``; None for anything else."""
    match = _SHORT.fullmatch(text)
    return None if match is None else (_KINDS[match[1]], int(match[2]))


def invitation_link(bot_username: str, token: str) -> str:
    """The address that gives a role once."""
    return f"https://t.me/{bot_username}?start=i_{token}"


def parse_payload(payload: str) -> tuple[str, str] | None:
    """Command and argument behind the payload of ``/start``; None for one that we never gave out."""
    if invited := _INVITATION.fullmatch(payload):
        return "accept", invited[1]
    if payload == INLINE_PAYLOAD:
        return "start", ""
    match = _PAYLOAD.fullmatch(payload)
    if match is None or match[1] not in _COMMANDS:
        return None
    return _COMMANDS[match[1]], f"#{match[2]}"
