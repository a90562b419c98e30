"""One fact, or one entry of the history, as editors see it: fields, sentence, how sure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from content.fields import FIELDS, Field
from handlers.i18n import Wording
from handlers.links import fact_link
from handlers.rich_text import RichText, Text, shortened
from storage.amendments import StoredFact
from storage.history import Entry
from storage.users import Member

_CHOSEN: Mapping[str, str] = {"role": "did", "kind": "work", "period": "period"}
"""Where the catalogues word the choices of a field; the others are signs."""
_SIGNS: Mapping[str, str] = {">=": "≥", "<=": "≤", "~": "≈"}
_VALUE = 120
"""Code points of a value that a line shows."""


def fact_card(t: Wording, fact: StoredFact, bot_username: str, place: str = "") -> Text:
    """A fact with every field that it fills, in its sentence.

    Args:
        t: wording.
        fact: in any state.
        bot_username: for the link.
        place: where it stands in a list: ``3/12``.
    """
    title = t(f"fact.{fact.kind}") + (f" · {place}" if place else "")
    sure = t("card.confidence", percent=t.number(round(fact.confidence * 100)))
    rich = RichText().own(title, "bold").own(f" · {sure}")
    if fact.state == "retracted":
        rich.own(" · ").own(t("card.wrong"), "bold")
    elif fact.verdict == "right":
        rich.own(" · ").own(t("card.right"), "bold")
    rich.own("\n")
    for field in FIELDS[fact.kind]:
        value = fact.values.get(field.name)
        if value not in (None, "", []) or field.required or field.name == "person":
            rich.own("\n" + t(f"field.{field.name}") + t("colon")).append(value_text(t, field, value))
    start = fact.start - fact.passage_start
    inner = RichText().marked(fact.passage, ((start, start + len(fact.text)),), "underline").build()
    rich.own("\n\n").quote(inner, expandable=inner.units > 600)
    rule = t("card.rule", rule=fact.rule or "—")
    link = fact_link(bot_username, fact.id)
    return rich.own("\n").add(f"#{fact.id}", url=link).own(f" · {rule}").build()


def value_text(t: Wording, field: Field, value: Any) -> Text:
    """A value as a line shows it."""
    if value in (None, "", []):
        key = "card.group" if field.name == "person" else "settings.none"
        return RichText().own(t(key)).build()
    if field.type == "choice":
        return RichText().own(choice_label(t, field, str(value))).build()
    if isinstance(value, list):
        value = t("list.separator").join(value)
    if field.type == "number":
        value = t.number(float(value))
    return RichText().add(shortened(str(value), _VALUE)).build()


def choice_label(t: Wording, field: Field, choice: str) -> str:
    """What a choice is called."""
    if field.name in _CHOSEN:
        return t(f"{_CHOSEN[field.name]}.{choice}")
    return _SIGNS.get(choice, choice)


def entry_line(t: Wording, entry: Entry, members: Mapping[int, Member], zone: str) -> Text:
    """One entry of the history: when, who, what, from what to what, why."""
    rich = RichText().own(f"{entry.id}. ", "bold").own(moment(entry.made_at, zone) + " ")
    rich.add(_who(t, entry.user_id, members)).own(" ").own(t(f"action.{entry.action}"), "bold")
    if entry.fact_id is not None:
        rich.own(f" #{entry.fact_id}")
    elif entry.article_id is not None:
        rich.own(" ").own(t("history.article", id=entry.article_id))
    for change in _changes(t, entry):
        rich.own("\n   ").append(change)
    if entry.reason:
        rich.own("\n   ").compose(t.template("correction.reason"), reason=shortened(entry.reason, 80))
    if entry.undoes is not None:
        rich.own("\n   ").own(t("history.undoes", id=entry.undoes))
    if entry.undone_by is not None:
        rich.own("\n   ").own(t("history.undone_by", id=entry.undone_by))
    return rich.build()


def moment(instant: datetime, zone: str) -> str:
    """An instant in the reader's zone: ``2026-03-01 08:30``."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def _who(t: Wording, user_id: int | None, members: Mapping[int, Member]) -> str:
    if user_id is None:
        return t("history.program")
    member = members.get(user_id)
    return (member.name if member else None) or str(user_id)


def _changes(t: Wording, entry: Entry) -> list[Text]:
    """From what to what, line by line."""
    if entry.action in {"edit", "undo"} and "values" in entry.after:
        return [
            RichText()
            .own(t(f"field.{name}") + t("colon"))
            .add(_plain(entry.before["values"].get(name)))
            .own(" → ")
            .add(_plain(value))
            .build()
            for name, value in entry.after["values"].items()
        ]
    if entry.action == "merge":
        line = RichText().add(str(entry.before["name"])).own(" → ").add(str(entry.after["name"]))
        return [line.build()]
    if entry.action == "alias":
        line = RichText().add(str(entry.after["name"])).own(" = ").add(str(entry.after["alias"]))
        return [line.build()]
    return []


def _plain(value: Any) -> str:
    if isinstance(value, list):
        value = "、".join(value)
    return "—" if value in (None, "") else shortened(str(value), 60)
