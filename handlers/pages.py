"""An answer as a reply: a heading on every page, buttons onward, the pager."""

from __future__ import annotations

from dataclasses import replace

from content.answers import Answer
from handlers.callbacks import Press
from handlers.conversion import converted
from handlers.i18n import wording
from handlers.keyboards import entity_rows, pager
from handlers.paging import MESSAGE_LIMIT, PAGE_SIZE, Block, paginate
from handlers.render import Context, blocks, heading
from handlers.reply import Keyboard, Message, Reply
from handlers.request import Request
from handlers.rich_text import RichText, Text, words
from handlers.services import Services

RECORDS = 300
"""Records that one answer is made of at most; beyond them the answer says how many there are."""
_MESSAGES = 5
"""Messages sent at once at most, where no button can turn the pages."""


def context_of(services: Services, request: Request) -> Context:
    """What rendering needs, from a request."""
    return Context(wording(request.language), services.bot_username)


def answered(  # noqa: PLR0913 - one argument a part of the page
    services: Services,
    request: Request,
    answer: Answer,
    *,
    argument: str,
    extra: Keyboard = (),
    total: int = 0,
    lead: str = "",
    more: bool = False,
) -> Reply:
    """An answer as the page that was asked for.

    Args:
        services: everything shared.
        request: whose ``page`` is wanted.
        answer: what to show; not empty.
        argument: what the buttons of the pager carry: ``#12`` or the words.
        extra: further rows of buttons.
        total: records that there are altogether; the answer says so where it shows fewer.
        lead: what is said of the answer in front of it.
        more: whether there are more than ``total``.
    """
    context = context_of(services, request)
    t = context.t
    shown = converted(answer) if request.converted else answer
    keyboard = (*entity_rows(t, answer.onward), *extra)
    body = blocks(context, shown)
    if shown != answer:
        body.append(remark(t("converted")))
    if lead:
        body.insert(0, remark(lead))
    if total > RECORDS:
        key = "limited_more" if more else "limited"
        body.append(remark(t(key, shown=t.number(RECORDS), total=t.number(total))))
    reply = laid_out(context, request, heading(context, shown), body, argument, keyboard)
    people = {answer.subject, *(part.entity for part in answer.sections), *answer.onward}
    about = [ref for ref in people if ref is not None and ref.kind == "person"]
    return replace(reply, about=about[0]) if len(about) == 1 else reply


def laid_out(
    context: Context, request: Request, title: Text, body: list[Block], argument: str, keyboard: Keyboard = ()
) -> Reply:
    """Blocks under a heading as the page that was asked for; all at once where no button can turn them."""
    room = title.units + 16
    pages = paginate(body, PAGE_SIZE - room, MESSAGE_LIMIT - room)
    if len(pages) > 1 and not Press(request.command, argument, len(pages), "=").fits:
        texts = [
            _titled(title, page, index, len(pages), body) for index, page in enumerate(pages[:_MESSAGES])
        ]
        return Reply((*map(Message, texts[:-1]), Message(texts[-1], keyboard)))
    page = min(request.page, len(pages) - 1)
    turn = pager(context.t, request.command, argument, page, len(pages))
    return Reply((Message(_titled(title, pages[page], page, len(pages), body), (*turn, *keyboard)),))


def said(text: str | Text, keyboard: Keyboard = ()) -> Reply:
    """One message of our own wording."""
    return Reply((Message(Text(text) if isinstance(text, str) else text, keyboard),))


def worded(request: Request, key: str, keyboard: Keyboard = (), **parts: Text | str) -> Reply:
    """One message of a catalogue's wording with words of others in its places."""
    text = RichText().compose(wording(request.language).template(key), **parts).build()
    return Reply((Message(text, keyboard),))


def remark(text: str) -> Block:
    """A remark of ours under an answer."""
    return Block(words(text, "italic"))


def _titled(title: Text, page: Text, index: int, pages: int, body: list[Block]) -> Text:
    rich = RichText().append(title)
    if pages > 1:
        rich.own(f" ({index + 1}/{pages})")
    return rich.own("\n\n" if index else body[0].gap).append(page).build()
