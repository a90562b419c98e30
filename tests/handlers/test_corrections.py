"""What a correction does to a message that is out."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from handlers.corrections import corrected
from handlers.i18n import wording
from handlers.paging import MESSAGE_LIMIT
from handlers.reply import Message
from handlers.rich_text import RichText, utf16_length
from storage.editions import Correction


def correction(before: str, *, after: str | None = None, reason: str | None = None) -> Correction:
    return Correction(id=1, fact_id=7, before=before, name="林知远", after=after, reason=reason, revision=2)


def struck(parameters: dict[str, str]) -> list[str]:
    """What is struck through in a message."""
    text = parameters["text"].encode("utf-16-le")
    return [
        text[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in json.loads(parameters["entities"])
        if e["type"] == "strikethrough"
    ]


def message(*pieces: str) -> dict[str, str]:
    """A quotation of some words, cited by the fact."""
    rich = RichText().own("📰 😀\n")
    for number, piece in enumerate(pieces):
        rich.quote(RichText().add(piece).build()).own("\n")
        rich.add("来源", url=f"https://t.me/bot?start=f_{7 + number}").own("\n")
    return dict(Message(rich.build()).payload)


def test_the_words_are_struck_through_and_a_line_says_why() -> None:
    """Nothing disappears; the reason and the day stand below."""
    after = corrected(
        wording("zh-hans"), message("开源很重要。"), correction("开源很重要。", reason="记错了"), "2024-05-01"
    )
    assert struck(after) == ["开源很重要。"]
    assert after["text"].startswith("📰 😀")
    assert after["text"].endswith("✏️ 2024年5月1日 更正：划线内容已撤回。 原因：记错了")


def test_a_change_gives_the_new_words() -> None:
    """And of two places with the same words the one with the fact's link is meant."""
    after = corrected(
        wording("en"), message("300万", "300万"), correction("300万", after="200万"), "2024-05-01"
    )
    assert "now reads “200万”" in after["text"]
    (place,) = [e for e in json.loads(after["entities"]) if e["type"] == "strikethrough"]
    assert after["text"].encode("utf-16-le")[: 2 * place["offset"]].decode("utf-16-le").count("300万") == 0


def test_words_that_are_shown_otherwise_lose_their_link() -> None:
    """Where the message does not hold the words, what leads to the fact is struck through."""
    assert struck(corrected(wording("en"), message("别的"), correction("不在这里"), "2024-05-01")) == ["来源"]


@given(st.text(max_size=200), st.text(min_size=1, max_size=50), st.text(max_size=300))
def test_a_message_stays_one_that_telegram_takes(text: str, before: str, reason: str) -> None:
    """Entities lie inside the text and in order, and the limit holds."""
    parameters = dict(Message(RichText().add(text + before + "x" * 3_900).build()).payload)
    after = corrected(wording("zh-hans"), parameters, correction(before, reason=reason or None), "2024-05-01")
    length = utf16_length(after["text"])
    entities = json.loads(after["entities"])
    assert length <= max(MESSAGE_LIMIT, utf16_length(parameters["text"]))
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= length and e["length"] for e in entities)
    assert [e["offset"] for e in entities] == sorted(e["offset"] for e in entities)
