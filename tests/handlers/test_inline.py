"""Inline mode: what anybody may send from any chat, with its source; drafts never, nothing cut unmarked."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from app import EDITOR, GROUP, OWNER, READER, App, buttons
from builders import ArticleBuilder, rivers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.dispatch import Dispatcher
from handlers.i18n import LANGUAGES, wording
from handlers.inline_cards import CITATION, Card
from handlers.render import Context
from handlers.rich_text import Text, utf16_length

Json = dict[str, Any]
PATIENT = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


async def ask(app: App, query: str, offset: str = "", user: int = READER) -> Json:
    """What is answered to an inline query, after what Telegram demands of every answer."""
    answer = await app.api.inline(user, query, offset)
    results = answer["results"]
    assert len(results) <= 50
    assert len({result["id"] for result in results}) == len(results)
    assert all(len(result["id"].encode()) <= 64 for result in results)
    assert answer["is_personal"] is True
    assert len(answer["next_offset"]) <= 64
    return answer


def titles(answer: Json) -> list[str]:
    """The titles of the results."""
    return [result["title"] for result in answer["results"]]


def text(result: Json) -> str:
    """The message that a result becomes."""
    return str(result["input_message_content"]["message_text"])


def opened(result: Json) -> str:
    """Where its first button leads."""
    return str(result["reply_markup"]["inline_keyboard"][0][0]["url"])


def copied(result: Json) -> str:
    """What its second button copies."""
    return str(result["reply_markup"]["inline_keyboard"][0][1]["copy_text"]["text"])


async def test_a_person(app: App) -> None:
    """The person's card, then their words and figures, each with its source, a deep link and a citation."""
    answer = await ask(app, "林知远")
    first, *others = answer["results"]
    assert first["title"] == "林知远"
    assert "云州大学 · 教授" in first["description"]
    assert "云州大学 · 教授" in text(first)
    said = next(result for result in others if "土壤" in result["description"])
    assert said["title"] == "林知远"
    assert said["description"] == "云州大学教授、星河研究院院长林知远表示,开源是人工智能的土壤。"
    assert "— 云州日报（星河网转载）" in text(said)
    assert opened(said).startswith("https://t.me/forum_briefing_bot?start=f_")
    assert copied(said) == (
        "“云州大学教授、星河研究院院长林知远表示,开源是人工智能的土壤。” — "
        f"林知远、云州日报（星河网转载） · 2021年9月19日 {opened(said)}"
    )
    assert {"超过300万", "80亿次", "40%"} <= set(titles(answer))


async def test_a_card_is_sent_with_its_entities_and_buttons(app: App) -> None:
    """What is chosen in a group stands there as it was shown, by way of the bot, which says nothing to it."""
    answer = await ask(app, "林知远 土壤")
    result = next(one for one in answer["results"] if one["id"].startswith("q"))
    message = app.api.choose(READER, GROUP, result, "林知远 土壤")
    assert message["via_bot"]["username"] == "forum_briefing_bot"
    kinds = {entity["type"] for entity in message["entities"]}
    assert {"blockquote", "bold", "text_link"} <= kinds
    assert [set(button) for button in buttons(message)] == [{"text", "url"}, {"text", "copy_text"}]
    await app.settle()
    assert app.seen(GROUP)["message_id"] == message["message_id"]


async def test_an_own_card_in_the_private_chat_is_no_question(app: App) -> None:
    """The bot does not answer what it wrote itself."""
    answer = await ask(app, "开源")
    message = app.api.choose(READER, READER, answer["results"][0])
    await app.settle()
    assert app.seen()["message_id"] == message["message_id"]


async def test_the_link_leads_to_the_fact(app: App) -> None:
    """The deep link of a card opens the fact in its sentence."""
    result = next(one for one in (await ask(app, "智算中心"))["results"] if one["id"].startswith("q"))
    page = await app.ask(f"/start {opened(result).partition('start=')[2]}")
    assert "智算中心将占据70%的计算需求" in page["text"]


async def test_what_a_person_said_about_a_subject(app: App) -> None:
    """A name and a word: the person's sentences with it, marked."""
    answer = await ask(app, "林知远 开源社区")
    said = next(one for one in answer["results"] if one["id"].startswith("q"))
    assert said["description"] == "星河研究院院长林知远说,星河平台的开源社区增长了40%。"
    bold = [one for one in said["input_message_content"]["entities"] if one["type"] == "bold"]
    assert len(bold) == 2  # the speaker and the word
    assert not any("土壤" in one["description"] for one in answer["results"] if one["id"].startswith("q"))


@pytest.mark.parametrize(
    ("query", "figure"),
    [
        ("星河平台有多少开发者", "超过300万"),
        ("星河平台每日调用量是多少", "80亿次"),
        ("飞桨有多少开发者", "230万开发者"),
        ("飛槳有多少開發者", "230万开发者"),
    ],
)
async def test_a_question_for_a_number(app: App, query: str, figure: str) -> None:
    """The figure that answers it comes first, in its sentence."""
    first = (await ask(app, query))["results"][0]
    assert first["title"] == figure
    assert figure in first["description"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("开源", "开源"),
        ("開源", "开源"),
        ("远帆科技", "远帆科技"),
        ("星河平台", "星河平台"),
        ("linzhiyuan", "林知远"),
        ("林知源", "林知远"),
        ("Zoe Shen", "沈若琳"),
        ("第三届星河开源论坛", "第三届星河开源论坛"),
        ("星河研", "星河研究院"),
        ("王海", "王海峰"),
    ],
)
async def test_names_are_found_as_everywhere(app: App, query: str, title: str) -> None:
    """Aliases, pinyin, traditional characters, typing errors and beginnings of names."""
    assert titles(await ask(app, query))[0] == title


async def test_namesakes_are_cards_of_their_own(app: App) -> None:
    """Each is told apart by its description and leads to its own page."""
    other = ArticleBuilder("江城医院主任沈若琳表示,手术机器人很稳。").participant(
        "沈若琳", ("江城医院", "主任")
    )
    await app.bot.services.repositories.articles.add(other.prepared())
    cards = [one for one in (await ask(app, "沈若琳"))["results"] if one["id"].startswith("e")]
    assert [one["description"] for one in cards[:2]] == ["远帆科技 · 首席技术官", "江城医院 · 主任"]
    assert opened(cards[0]) != opened(cards[1])


async def test_without_words_the_newest_and_likeliest(app: App) -> None:
    """Events, people, subjects, figures and the newest quotations, to be paged through to the last."""
    first = await ask(app, "")
    assert titles(first)[0] == "2022春江智能大会"
    assert "王海峰" in titles(first)
    assert "40%" in titles(first)
    assert first["results"][-1]["id"].startswith("q")
    assert first["button"] is None
    seen = [result["id"] for result in first["results"]]
    page = first
    while page["next_offset"]:
        page = await ask(app, "", page["next_offset"])
        seen += [result["id"] for result in page["results"]]
    _, total = await app.bot.services.repositories.facts.statements(1)
    assert len([one for one in seen if one.startswith("q")]) == total
    assert len(set(seen)) == len(seen)


async def test_pages_go_on_where_the_last_ended(app: App) -> None:
    """Each sentence is reached, none twice within a page; the last page has no next."""
    sentences = [f"第{number}项数字经济工作。" for number in range(70)]
    builder = ArticleBuilder("\n".join(sentences)).participant("数字")
    for sentence in sentences:
        builder.statement("数字", sentence)
    await app.bot.services.repositories.articles.add(builder.prepared())
    seen: list[str] = []
    offset, pages = "", 0
    while pages == 0 or offset:
        page = await ask(app, "数字经济工作", offset)
        seen += [result["description"] for result in page["results"] if result["id"].startswith("q")]
        offset, pages = page["next_offset"], pages + 1
    assert set(sentences) <= set(seen)
    assert len(seen) == len(set(seen))
    assert pages < 9


@pytest.mark.parametrize(
    "offset",
    ["-1", "0", "00", "1e9", "٣", "9" * 30, "20; DROP TABLE facts", "5001", "💥", "\0", "None", " 20", "1.5"],
)
async def test_a_foreign_offset_has_no_results(app: App, offset: str) -> None:
    """It comes back from a client, so it may be anything; it does no harm and finds nothing."""
    answer = await ask(app, "开源", offset)
    assert answer["results"] == []
    assert answer["next_offset"] == ""


async def test_an_offset_beyond_the_end_is_the_end(app: App) -> None:
    """A place that no card stands on."""
    answer = await ask(app, "开源", "4999")
    assert (answer["results"], answer["next_offset"], answer["button"]) == ([], "", None)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_found_opens_the_bot(app: App, language: str) -> None:
    """A short sentence is the button, and who presses it is greeted as anybody is."""
    await app.ask(f"/lang {language}")
    answer = await ask(app, "完全没有的东西xyz")
    assert answer["results"] == []
    assert answer["button"]["text"] == wording(language)("inline.nothing")
    assert len(answer["button"]["text"]) <= 64
    greeting = await app.ask(f"/start {answer['button']['start_parameter']}")
    assert greeting["text"].startswith(wording(language)("start.title"))
    assert wording(language)("start.unknown_link") not in greeting["text"]


@pytest.mark.parametrize("user", [READER, EDITOR, OWNER])
async def test_drafts_are_shown_to_nobody(app: App, user: int) -> None:
    """What is typed in another's chat never shows what is not published, to editors neither."""
    articles = app.bot.services.repositories.articles
    draft = (
        ArticleBuilder("秘密集团总裁黎青川表示,密钥增长了77%。")
        .participant("黎青川", ("秘密集团", "总裁"))
        .statement("黎青川", "秘密集团总裁黎青川表示,密钥增长了77%。")
        .figure("77%", 77, unit="%", subject="密钥")
        .topics("密钥")
    )
    await articles.add(draft.prepared(), state="draft")
    for query in ("黎青川", "密钥", "77%", "秘密集团", "秘密集团总裁", "密钥增长了多少", "liqingchuan", ""):
        answer = await ask(app, query, user=user)
        shown = json.dumps(answer["results"], ensure_ascii=False)
        assert not any(word in shown for word in ("黎青川", "密钥", "77%", "秘密集团"))


async def test_what_is_withdrawn_is_gone(app: App) -> None:
    """The next query after a change sees it, whatever was remembered; Telegram forgets within a minute."""
    draft = ArticleBuilder("云外集团总裁黎青川表示,云外很好。").participant("黎青川", ("云外集团", "总裁"))
    repositories = app.bot.services.repositories
    number = await repositories.articles.add(draft.prepared())
    before = await ask(app, "黎青川")
    assert titles(before)[0] == "黎青川"
    assert before["cache_time"] == 60
    await app.say(f"/unpublish {number} 有误", user=EDITOR)
    assert "黎青川" not in titles(await ask(app, "黎青川"))


async def test_each_row_of_the_table_is_asked(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a reader may not see by a command is not seen inline; a revoked role counts at once."""
    from dataclasses import replace  # noqa: PLC0415 - only here

    from handlers.commands import BY_NAME  # noqa: PLC0415 - likewise

    for name in ("search", "speaker"):
        monkeypatch.setitem(BY_NAME, name, replace(BY_NAME[name], role="editor"))
    ids = [result["id"] for result in (await ask(app, "开源"))["results"]]
    assert ids
    assert not any(one.startswith("q") for one in ids)
    assert "林知远" not in titles(await ask(app, "林知远"))
    assert any(one["id"].startswith("q") for one in (await ask(app, "开源", user=EDITOR))["results"])
    await app.say(f"/revoke {EDITOR}", user=OWNER)
    assert not any(one["id"].startswith("q") for one in (await ask(app, "开源", user=EDITOR))["results"])


@pytest.mark.parametrize(
    ("language", "label", "source"),
    [
        ("zh-hans", "复制引用", "星河网转载"),
        ("zh-hant", "複製引用", "星河網轉載"),
        ("en", "Copy citation", "via 星河网"),
    ],
)
async def test_in_the_persons_language(app: App, language: str, label: str, source: str) -> None:
    """Labels and dates are in the language that the person chose; the article's words stay as they are."""
    await app.ask(f"/lang {language}")
    said = next(one for one in (await ask(app, "土壤"))["results"] if one["id"].startswith("q"))
    assert label in said["reply_markup"]["inline_keyboard"][0][1]["text"]
    assert source.replace("網", "网") in text(said).replace("網", "网")
    assert "开源是人工智能的土壤。" in text(said)


async def test_a_stranger_is_answered_in_the_language_of_the_client(app: App) -> None:
    """Who never wrote to the bot has no settings, and nothing of them is kept."""
    app.api.add_user(777, "Stranger", language_code="en")
    answer = await ask(app, "开源", user=777)
    assert "Open in the bot" in answer["results"][0]["reply_markup"]["inline_keyboard"][0][0]["text"]
    assert await app.bot.services.repositories.chats.get(777) is None


async def test_a_long_quotation_says_that_it_goes_on(app: App) -> None:
    """Beyond the limit it ends in a marked “…” with the link to the whole; the citation fits its button."""
    sentence = "顾清和表示," + "绵延不绝的数字基础设施😀," * 400 + "完。"
    builder = ArticleBuilder(sentence).participant("顾清和").statement("顾清和", sentence)
    await app.bot.services.repositories.articles.add(builder.prepared())
    said = next(one for one in (await ask(app, "顾清和"))["results"] if one["id"].startswith("q"))
    assert utf16_length(text(said)) <= 4096
    assert " … 全文\n— " in text(said)
    assert said["description"].endswith("…")
    assert utf16_length(copied(said)) <= CITATION
    assert "…” — 顾清和" in copied(said)
    assert copied(said).endswith(opened(said))
    links = [one["url"] for one in said["input_message_content"]["entities"] if one["type"] == "text_link"]
    assert opened(said) in links


async def test_article_text_never_becomes_markup(app: App) -> None:
    """Mentions, links, commands and control characters of an article are inert in another's chat too."""
    sentence = "顾清和表示,/start @somebody https://evil.example #标签 <b>粗</b> \u202e倒着\u0000。"
    builder = ArticleBuilder(sentence).participant("顾清和").statement("顾清和", sentence)
    await app.bot.services.repositories.articles.add(builder.prepared())
    answer = await ask(app, "顾清和")
    said = next(one for one in answer["results"] if one["id"].startswith("q"))
    message = app.api.choose(READER, GROUP, said)
    kinds = {entity["type"] for entity in message["entities"]}
    assert kinds.isdisjoint({"url", "mention", "bot_command", "hashtag"})
    assert "\u202e" not in json.dumps(answer["results"], ensure_ascii=False)


@pytest.mark.parametrize(
    "query",
    [
        "字" * 256,
        "开源 " * 85,
        "👩‍👩‍👧‍👦" * 20,
        "مرحبا بالعالم",
        "\u202eabc\u202c",
        "a\0b",
        '"开源" OR NEAR(',
        "%_*'--",
        "#s1",
        "   ",
        "？",
        "谁",
        "有多少",
        "\ufeff",
    ],
)
async def test_any_query_is_answered(app: App, query: str) -> None:
    """Long, emoji, right to left, NUL, operators: results or none, never a failure."""
    await ask(app, query)


@PATIENT
@given(query=st.text(max_size=256), offset=st.text(max_size=8))
async def test_random_queries_and_offsets(app: App, query: str, offset: str) -> None:
    """Whatever Telegram could deliver."""
    clean = query.encode("utf-8", "replace").decode()
    await ask(app, clean, offset.encode("utf-8", "replace").decode())


async def test_what_was_chosen_is_passed_over(app: App) -> None:
    """Nobody asks anything by it; neither does an inline query without its fields stop the bot."""
    sent = len(app.api.history(READER))
    chosen = {"result_id": "q1", "from": {"id": READER, "is_bot": False, "first_name": "读者"}, "query": "x"}
    await Dispatcher(app.bot.services)({"update_id": 1, "chosen_inline_result": chosen}, app.bot.api)
    assert len(app.api.history(READER)) == sent
    assert titles(await ask(app, "开源"))


async def test_an_answer_that_comes_too_late_is_no_error(app: App) -> None:
    """The person has typed on; nothing is reported."""
    person = app.api.state.users[READER]
    query = {"id": "long gone", "from": person, "query": "开源", "offset": ""}
    await Dispatcher(app.bot.services)({"update_id": 1, "inline_query": query}, app.bot.api)
    assert app.api.violations == [
        "answerInlineQuery: Bad Request: query is too old and response timeout expired or query ID is invalid"
    ]
    app.api.violations.clear()


async def test_a_remembered_answer_costs_nothing(app: App) -> None:
    """The same query of the same language is rendered once, and again when the content changed."""
    await ask(app, "开源")
    begun = time.perf_counter()
    await ask(app, "开源")
    assert time.perf_counter() - begun < 0.25
    assert len(app.bot.services.results) == 1
    await app.bot.services.repositories.articles.add(rivers().prepared())
    await ask(app, "开源")
    assert len(app.bot.services.results) == 1


@pytest.mark.parametrize("size", [1, 100, 250, 5000])
def test_a_citation_always_fits(size: int) -> None:
    """However long the words, the speaker and the source are, the link is whole."""
    from content.records import Evidence, Source  # noqa: PLC0415 - only here
    from handlers.inline_cards import citation  # noqa: PLC0415 - likewise

    source = Source(
        article_id=1,
        title=None,
        publisher="报" * size,
        via="网" * size,
        url=None,
        published="2020-01-02",
        published_note=None,
    )
    evidence = Evidence(fact_id=10**17, source=source, start=0, end=size, text="😀" * size)
    for language in LANGUAGES:
        context = Context(wording(language), "b" * 32)
        cited = citation(context, evidence, evidence.text, "名" * size)
        assert utf16_length(cited) <= CITATION
        assert cited.endswith(f"start=f_{10**17}")


def test_titles_and_descriptions_end_in_a_mark_where_they_are_cut() -> None:
    """A list has little room; what is left out is marked."""
    card = Card(
        id="x",
        title="名" * 200,
        description="话" * 999,
        text=Text("字"),
        address="https://t.me/b",
        citation="c",
    )
    payload = card.payload(Context(wording("zh-hans"), "b"))
    assert payload["title"].endswith("…")
    assert payload["description"].endswith("…")
