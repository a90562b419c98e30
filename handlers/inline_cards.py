"""The cards of inline mode: each becomes a message with its source, a way to the bot and a citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from content.answers import Answer
from content.answers.model import Marks
from content.answers.points import figure_in_sentence
from content.answers.quotations import marks as marked
from content.records import EntityRef, Evidence, FigureRecord
from handlers.paging import paginate, split
from handlers.render import Context, blocks, figure_line, heading, source_label
from handlers.reply import Button
from handlers.rich_text import RichText, Text, joined, neutral, shortened, utf16_length, words

CITATION = 256
"""Characters that a button can copy at most."""
_TITLE, _DESCRIPTION = 80, 160
"""Code points that a list of results has room for."""
_QUOTED = 3_000
"""UTF-16 units of a quotation at most; a message has room for its source besides."""
_PAGE = 1_200
"""UTF-16 units of what a card says about a name."""
_LABEL = 200
_ENTITIES = 80
_FOLDED = 160
"""UTF-16 units from which a quotation is folded, as in the bot's own messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One result: what the list shows, and the message that it becomes."""

    id: str
    """Unlike every other card's, in a few ASCII characters."""
    title: str
    description: str
    text: Text
    address: str
    """Where the bot shows it."""
    citation: str

    def payload(self, context: Context) -> dict[str, Any]:
        """The InlineQueryResultArticle object."""
        t = context.t
        row = [
            Button(t("inline.open"), url=self.address).payload(),
            Button(t("inline.copy"), copy=self.citation).payload(),
        ]
        content: dict[str, Any] = {
            "message_text": self.text.text,
            "link_preview_options": {"is_disabled": True},
        }
        if self.text.entities:
            content["entities"] = [entity.payload() for entity in self.text.entities]
        result = {
            "type": "article",
            "id": self.id,
            "title": shortened(self.title, _TITLE) or "…",
            "input_message_content": content,
            "reply_markup": {"inline_keyboard": [row]},
        }
        if description := shortened(self.description, _DESCRIPTION):
            result["description"] = description
        return result


def quotation_card(
    context: Context, evidence: Evidence, person: EntityRef | None, *, said: bool, marks: Marks = ()
) -> Card:
    """A sentence with who said it.

    Args:
        context: language and links.
        evidence: the sentence.
        person: who said it; None for a group, or where nobody did.
        said: whether anybody said it: a report has sentences of its own.
        marks: what was asked for in it.
    """
    t = context.t
    title = person.name if person else t("inline.group" if said else "inline.report")
    rich = RichText()
    if person:
        rich.own(t("icon.person") + " ").add(person.name, "bold", url=context.entity(person))
    else:
        rich.own(title, "bold")
    rich.own("\n").append(_quote(context, evidence, evidence.text, marks))
    return Card(
        id=f"q{evidence.fact_id}",
        title=title,
        description=evidence.text,
        text=rich.build(),
        address=context.fact(evidence),
        citation=citation(context, evidence, evidence.text, person.name if person else None),
    )


def figure_card(context: Context, record: FigureRecord) -> Card:
    """A quantity in its sentence, with who gave it."""
    point = figure_in_sentence(record)
    rich = RichText().append(figure_line(context, point))
    if record.person is not None:
        rich.own(" · ").add(record.person.name, url=context.entity(record.person))
    rich.own("\n").append(_quote(context, record.evidence, record.sentence, point.marks))
    return Card(
        id=f"f{record.evidence.fact_id}",
        title=record.text,
        description=record.sentence,
        text=rich.build(),
        address=context.fact(record.evidence),
        citation=citation(
            context, record.evidence, record.sentence, record.person.name if record.person else None
        ),
    )


def entity_card(context: Context, ref: EntityRef, answer: Answer, description: str, total: int = 0) -> Card:
    """What is known of a name, as much as fits well into another's chat, with the way to the rest.

    Args:
        context: language and links.
        ref: what it is about.
        answer: what is known of it; may be nothing but the name.
        description: what tells it apart.
        total: how much there is where the answer holds less.
    """
    t, address = context.t, context.entity(ref)
    pages = paginate(blocks(context, answer), _PAGE, _QUOTED)
    top = heading(context, answer)
    text = joined([top, pages[0]], "\n" if answer.sections[0].label == "posts" else "\n\n") if pages else top
    shown = sum(len(section.points) for section in answer.sections)
    if len(pages) > 1 or total > shown:
        text = joined([text, words(f"… {t('inline.more')}", url=address)], "\n")
    cited = answer.sections[0].points[0] if answer.sections else None
    if cited is not None and cited.kind == "quotation":
        quoted = citation(context, cited.citation, cited.text, cited.entity.name if cited.entity else None)
    else:
        source = source_label(t, cited.citation.source) if cited else ""
        parts = (shortened(ref.name, 60), shortened(description, 70), shortened(source, 60))
        quoted = " — ".join(part for part in (*parts, address) if part)
    return Card(
        id=f"e{ref.id}",
        title=ref.name,
        description=description,
        text=text,
        address=address,
        citation=quoted,
    )


def citation(context: Context, evidence: Evidence, text: str, speaker: str | None) -> str:
    """Quotation, speaker, source and link, to be pasted anywhere; a long quotation ends in ``…``."""
    t = context.t
    source = shortened(source_label(t, evidence.source), 60)
    by = t("list.separator").join(part for part in (shortened(speaker or "", 30), source) if part)
    rest = f" — {by} {context.fact(evidence)}"
    room = CITATION - utf16_length(rest) - utf16_length(t("quoted", text=""))
    line = " ".join(neutral(text).split())
    return t("quoted", text=_cut(line, room)) + rest


def word_marks(text: str, asked: Sequence[str]) -> Marks:
    """Where words stand in a text."""
    return marked(text, " ".join(asked)) if asked else ()


def _quote(context: Context, evidence: Evidence, text: str, marks: Marks) -> Text:
    """A quotation over its source; one too long for a message ends in ``…`` and a link to the whole."""
    address = context.fact(evidence)
    inner = RichText().marked(text, marks).build()
    whole = inner
    if inner.units > _QUOTED:
        inner = split(inner, _QUOTED)[0]
    while len(inner.entities) > _ENTITIES:
        inner = split(inner, inner.units // 2)[0]
    rich = RichText().quote(inner, expandable=inner.units > _FOLDED)
    if inner is not whole:
        rich.own(" … ").add(context.t("inline.whole"), url=address)
    label = shortened("— " + source_label(context.t, evidence.source), _LABEL)
    return rich.own("\n").append(words(label, "italic", url=address)).build()


def _cut(line: str, units: int) -> str:
    if utf16_length(line) <= units:
        return line
    while utf16_length(line) > units - 1:
        line = line[: min(len(line) - 1, units - 1)]
    return line + "…"
