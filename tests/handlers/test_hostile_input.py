"""Whatever is typed, the answer is polite, short, in the reader's language, and harmless."""

from __future__ import annotations

import pytest
from app import App, spans
from builders import ArticleBuilder

COMMANDS = ("speaker", "org", "event", "topic", "product", "search", "ask", "figures", "timeline", "briefing")
NASTY = {
    "missing": "查无此人某某",
    "emoji": "🎤🎤🎤",
    "right to left": "\u202eمرحبا\u2066abc",
    "nul": "a\x00b",
    "markup": "<b>*_[x](http://evil.example)_*</b>",
    "command": "/start@evil_bot @someone #tag",
    "sql": "'; DROP TABLE facts; --",
    "fts": '" OR NEAR(* ) AND NOT ^"',
    "percent": "%_%",
    "id": "#99999999999999999999999",
    "id of nothing": "#0",
    "spaces": "\u3000\u3000 \t",
    "line ends": "一\n二\n三",
    "surrogate emoji": "👩‍👩‍👧‍👦" * 10,
    "combining": "e" + "\u0301" * 60,
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_nasty_arguments_get_a_polite_answer(app: App, command: str) -> None:
    """Every command answers each of them with one message, without an incident and without active text."""
    for name, argument in NASTY.items():
        answers = await app.say(f"/{command} {argument}")
        assert len(answers) == 1, name
        text = answers[0]["text"]
        assert "编号告诉" not in text, name
        assert not set(text) & set("\x00\u202e\u2066"), name
        kinds = {entity["type"] for entity in answers[0].get("entities", [])}
        assert not kinds & {"mention", "hashtag", "url", "email"}, name
        assert not [found for found in spans(answers[0], "bot_command") if "evil" in found], name


@pytest.mark.parametrize("command", COMMANDS)
async def test_ten_thousand_characters(app: App, command: str) -> None:
    """A huge argument is refused with what to do, echoing a few characters of it."""
    answer = await app.ask(f"/{command} " + "长" * 4000)
    assert "太长" in answer["text"]
    assert len(answer["text"]) < 100


async def test_huge_plain_text(app: App) -> None:
    """A pasted article in a private chat is answered by asking for something shorter."""
    answer = await app.ask("这是一篇很长的文章。" * 400)
    assert "太长" in answer["text"]


async def test_a_message_without_text(app: App) -> None:
    """A sticker is answered by what can be sent instead; a notice of Telegram's is not answered."""
    assert "文字" in (await app.say("", sticker={}))[0]["text"]
    assert await app.say("", pinned_message={}) == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("/spekaer", "/speaker"), ("/topik", "/topic"), ("/frobnicate_everything", "/help")],
)
async def test_an_unknown_command_offers_the_nearest(app: App, typed: str, offered: str) -> None:
    """A mistyped command is answered with the nearest ones and /help."""
    answer = await app.ask(typed)
    assert offered in spans(answer, "bot_command")
    assert typed not in spans(answer, "bot_command")
    assert "/help" in spans(answer, "bot_command")


async def test_article_text_cannot_become_active(app: App) -> None:
    """Links, mentions, hashtags and commands of an article are shown word for word and do nothing."""
    said = "贺云舟说,请发/start@evil_bot给@evil_bot,看 https://evil.example/x 和 evil.example 。"
    article = (
        ArticleBuilder(f"暗礁论坛举行。\n{said}\n", publisher="#标签 日报")
        .event("暗礁论坛")
        .participant("贺云舟", ("evil.example公司", "@总裁"))
        .statement("贺云舟", said)
    )
    await app.bot.services.repositories.articles.add(article.prepared())
    answer = await app.ask("/speaker 贺云舟")
    assert said in answer["text"]
    kinds = {entity["type"] for entity in answer["entities"]}
    assert not kinds & {"mention", "hashtag", "url", "email", "bot_command"}
    links = {entity["url"] for entity in answer["entities"] if entity["type"] == "text_link"}
    assert all(link.startswith("https://t.me/forum_briefing_bot?start=") for link in links)
    assert answer["link_preview_options"] == {"is_disabled": True}
