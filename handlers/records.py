"""/undo and /history: what was done to the content, and taking it back."""

from __future__ import annotations

from handlers.callbacks import Press
from handlers.cards import entry_line
from handlers.editing import number_of
from handlers.i18n import wording
from handlers.keyboards import pager, press_button, rows
from handlers.pages import said, worded
from handlers.reply import Reply
from handlers.request import Request
from handlers.rich_text import RichText, shortened
from handlers.services import Services
from storage.errors import NotUndoableError
from storage.history import Deed
from storage.users import Member

_PAGE = 8
_NOT_UNDOABLE = frozenset({"add", "undo"})


async def undo(services: Services, request: Request) -> Reply:
    """Take back an entry of the history by its number, or the last thing that the editor did."""
    t = wording(request.language)
    history = services.repositories.history
    if request.argument:
        number = number_of(request.argument)
        done = await history.get(number) if number is not None else None
    else:
        done = await history.last_of(request.user_id)
    if done is None:
        return worded(request, "undo.none" if not request.argument else "undo.gone")
    deed = Deed(by=request.user_id, now=services.now())
    try:
        await services.repositories.desk.undo(done.id, deed)
    except NotUndoableError as refusal:
        text = t(f"undo.{refusal.cause}")
        return Reply(toast=text, alert=True) if request.entry == "button" else said(text)
    services.wake()
    rich = RichText().own(t("undo.done"), "bold").own("\n")
    rich.append(entry_line(t, done, _members(services), request.zone))
    buttons = [press_button(t("button.history"), Press("history"))]
    if done.article_id is not None:
        buttons.insert(0, press_button(t("button.review"), Press("review", f"#{done.article_id}")))
    return said(rich.build(), (tuple(buttons),))


async def history(services: Services, request: Request) -> Reply:
    """What was done, newest first; of one article (``12``) or one fact (``#12``, ``f_12``)."""
    t = wording(request.language)
    store = services.repositories.history
    argument = request.argument.strip()
    number = number_of(argument) if argument else None
    if argument and number is None:
        return worded(request, "miss.history", text=shortened(argument, 20))
    fact = argument.startswith(("#", "f_"))
    of = "all" if number is None else "of_fact" if fact else "of_article"
    entries, total = await store.list(_PAGE, request.page * _PAGE, of=of, id=number)  # type: ignore[arg-type] # one of the three
    if not entries:
        return worded(request, "history.none")
    rich = RichText().own(t("heading.history", count=t.number(total)), "bold")
    for entry in entries:
        rich.own("\n\n").append(entry_line(t, entry, _members(services), request.zone))
    undoable = [one for one in entries if one.action not in _NOT_UNDOABLE and one.undone_by is None]
    buttons = [press_button(f"↩ {one.id}", Press("undo", f"#{one.id}")) for one in undoable]
    pages = -(-total // _PAGE)
    turn = pager(t, "history", argument, request.page, pages)
    return said(rich.build(), (*rows(buttons), *turn))


def _members(services: Services) -> dict[int, Member]:
    return {one.user_id: one for one in services.repositories.users.members()}
