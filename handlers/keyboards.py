"""Rows of buttons: choices, ways onward, turning pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from content.records import EntityRef
from handlers.callbacks import Mode, Press, pack
from handlers.i18n import Wording
from handlers.links import COMMAND_OF
from handlers.reply import Button, Keyboard
from handlers.rich_text import shortened

_ROW_WIDTH = 26
"""Columns of a phone's row of buttons; a Chinese character takes two."""
_LABEL = 28
"""Code points of a label at most."""


def press_button(label: str, press: Press) -> Button:
    """A button that asks for a row of the command table."""
    return Button(shortened(label, _LABEL), data=pack(press))


def entity_button(
    t: Wording, ref: EntityRef, mode: Mode = "+", note: str | None = None, command: str | None = None
) -> Button:
    """A button for a person, organisation, event, topic or product.

    Args:
        t: wording.
        ref: what it is for.
        mode: whether what it opens takes the place of the message.
        note: what tells namesakes apart.
        command: what is to be done with it; its page is opened where None.
    """
    name = f"{ref.name} · {note}" if note else ref.name
    return press_button(
        t(f"icon.{ref.kind}") + " " + shortened(name, _LABEL - 3),
        Press(command or COMMAND_OF[ref.kind], f"#{ref.id}", mode=mode),
    )


def rows(buttons: Iterable[Button]) -> Keyboard:
    """Buttons in as few rows as read well on a phone, at most three in a row."""
    result: list[list[Button]] = []
    filled = 0
    for button in buttons:
        width = max(8, columns(button.text) + 3)
        if result and filled + width <= _ROW_WIDTH and len(result[-1]) < 3:
            result[-1].append(button)
        else:
            result.append([button])
            filled = 0
        filled += width
    return tuple(map(tuple, result))


def entity_rows(
    t: Wording, refs: Sequence[EntityRef], mode: Mode = "+", command: str | None = None
) -> Keyboard:
    """Buttons for entities."""
    return rows([entity_button(t, ref, mode, command=command) for ref in refs])


def pager(t: Wording, command: str, argument: str, page: int, pages: int) -> Keyboard:
    """``‹ 2/5 ›``; no row where there is one page."""
    if pages < 2:
        return ()
    row = []
    if page > 0:
        row.append(press_button(t("pager.back"), Press(command, argument, page - 1, "=")))
    row.append(
        press_button(
            t("pager.place", page=t.number(page + 1), pages=t.number(pages)),
            Press(command, argument, page, "="),
        )
    )
    if page < pages - 1:
        row.append(press_button(t("pager.forward"), Press(command, argument, page + 1, "=")))
    return (tuple(row),)


def columns(text: str) -> int:
    """How wide a text is where a Chinese character takes two columns."""
    return sum(2 if character > "\u2e7f" else 1 for character in text)
