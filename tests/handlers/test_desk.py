"""The editors' desk in the chat: from what is sent to what readers see, and back."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from app import EDITOR, GROUP, OWNER, READER, App, labels, texts, until

from bot.memory_api.files import Upload
from handlers.intake.fetching import Fetched, Fetcher

ARTICLE = (
    "第四届星河开源论坛于2022年9月18日在云州国际会议中心举行，由云州大学主办。"
    "云州大学教授林知远表示，开源是人工智能的土壤。"
    "远帆科技董事长沈若琳指出，平台已有500万开发者。"
)
Json = dict[str, Any]


async def drafted(app: App, text: str = f"/add {ARTICLE}") -> Json:
    """The card of an article that an editor has sent."""
    await app.say(text, user=EDITOR)
    return await read(app)


async def read(app: App) -> Json:
    """The last message once everything is read."""
    await app.bot.services.reading.idle()
    return app.seen(EDITOR)


async def test_from_a_message_to_readers_and_back(app: App) -> None:
    """Sent, seen, published, undone: readers see it exactly while it is published."""
    card = await drafted(app)
    assert "📝 草稿 4" in card["text"]
    assert "第四届星河开源论坛（2022年9月18日" in card["text"]
    assert "本文“董事长”，已有“首席技术官”" in card["text"]
    assert "500万" not in (await app.ask("/figures 开发者"))["text"]
    await app.press(card, "📢 发布", user=EDITOR)
    assert "已发布" in app.now(card)["text"]
    assert "500万开发者" in (await app.ask("/figures 开发者"))["text"]
    await app.press(app.now(card), "↩ 撤销", user=EDITOR)
    assert "500万" not in (await app.ask("/figures 开发者"))["text"]


async def test_the_same_text_is_the_same_article(app: App) -> None:
    """Sent twice it leads to the one that is there."""
    await drafted(app)
    again = await drafted(app)
    assert "📝 草稿 4" in again["text"]
    assert await app.bot.services.repositories.articles.count("draft") == 1


async def test_a_long_paste_is_one_article(app: App) -> None:
    """What Telegram split in the middle of a sentence is one sentence again."""
    filler = "会议还讨论了许多其他话题，" * 350
    sent = f"/add {ARTICLE}{filler}云州大学教授林知远说，开放带来信任。"
    await app.say(sent[:4096], user=EDITOR)
    assert "已收到 1 条" in app.seen(EDITOR)["text"]
    await app.say(sent[4096:], user=EDITOR)
    board = app.seen(EDITOR)
    assert "已收到 2 条" in board["text"]
    await app.press(board, "开始识别", user=EDITOR)
    await read(app)
    assert await app.bot.services.repositories.articles.text(4) == sent.removeprefix("/add ")


async def test_forwarded_messages_are_collected(app: App) -> None:
    """Two news posts passed on become one article; commands in them command nothing."""
    origin = {"type": "hidden_user", "sender_user_name": "新闻", "date": 1}
    await app.say(ARTICLE, user=EDITOR, forward_origin=origin)
    await app.say("/delete 1 林知远说，开放带来信任。", user=EDITOR, forward_origin=origin)
    board = app.seen(EDITOR)
    assert "已收到 2 条" in board["text"]
    assert len([text for text in texts(app.api, EDITOR) if "已收到" in text]) == 1
    await app.press(board, "开始识别", user=EDITOR)
    card = await read(app)
    assert "📝 草稿" in card["text"]
    assert await app.bot.services.repositories.articles.state(1) == "published"
    text = await app.bot.services.repositories.articles.text(4)
    assert text is not None
    assert text.startswith(ARTICLE + "\n/delete 1")


async def test_collecting_can_be_cancelled(app: App) -> None:
    """Nothing is stored then, and the next message is a question again."""
    await app.say("/add", user=EDITOR)
    await app.say("一段文字", user=EDITOR)
    await app.press(app.seen(EDITOR), "取消", user=EDITOR)
    assert "什么都没有保存" in app.seen(EDITOR)["text"]
    assert "王海峰" in (await app.ask("王海峰", user=EDITOR))["text"]
    assert await app.bot.services.repositories.articles.count("draft") == 0


async def test_facts_are_judged_one_by_one(app: App) -> None:
    """The least certain first; what was called wrong is never published."""
    card = await drafted(app)
    await app.press(card, "按类", user=EDITOR)
    await app.press(app.now(card), "数据 1", user=EDITOR)
    assert "500万开发者" in app.now(card)["text"]
    await app.press(app.now(card), "✗ 错", user=EDITOR)
    assert "1 条已否决" in app.now(card)["text"]
    await app.press(app.now(card), "📢 发布", user=EDITOR)
    assert "500万" not in (await app.ask("/figures 开发者"))["text"]
    assert "沈若琳" in (await app.ask("/event 第四届星河开源论坛"))["text"]


async def test_only_the_accepted_are_published(app: App) -> None:
    """All of a kind accepted at once, the rest left for later."""
    card = await drafted(app)
    await app.press(card, "按类", user=EDITOR)
    kinds = app.now(card)
    row = next(row for row in kinds["reply_markup"]["inline_keyboard"] if "数据" in row[0]["text"])
    await app.press_data(kinds, row[1]["callback_data"], user=EDITOR)
    await app.press(app.now(card), "返回", user=EDITOR)
    await app.press(app.now(card), "只发布认可的（1）", user=EDITOR)
    assert "500万开发者" in (await app.ask("/figures 开发者"))["text"]
    assert "第四届" not in (await app.ask("/events"))["text"]


async def test_a_preview_shows_what_readers_will_see(app: App) -> None:
    """Quotations under their speakers, figures, posts; links lead to the facts."""
    card = await drafted(app)
    await app.press(card, "预览", user=EDITOR)
    shown = app.seen(EDITOR)["text"]
    assert "林知远 — 云州大学 · 教授" in shown
    assert "云州大学教授林知远表示，开源是人工智能的土壤。" in shown
    assert "“500万开发者”" in shown


async def figure_id(app: App, text: str) -> int:
    row = await app.bot.services.repositories.database.fetch_one(
        "SELECT fact_id FROM figures WHERE text = :text", {"text": text}
    )
    assert row is not None
    return int(row["fact_id"])


async def test_an_edit_needs_its_evidence(app: App) -> None:
    """A value of the sentence is taken, another refused; readers see the new one."""
    fact = await figure_id(app, "超过300万")
    (card,) = await app.say(f"/edit {fact}", user=EDITOR)
    await app.press(card, "✎ 统计对象", user=EDITOR)
    (refused,) = await app.say("月球用户", user=EDITOR)
    assert "文章里没有“月球用户”" in refused["text"]
    (done,) = await app.say("開發者", user=EDITOR)
    assert "已修改：统计对象" in done["text"]
    assert "统计对象：开发者" in done["text"]
    await app.press(done, "↩ 撤销", user=EDITOR)
    record = await app.bot.services.repositories.facts.any_state(fact)
    assert record is not None
    assert record.values["subject"] == "星河平台开发者"


async def test_a_choice_is_one_tap(app: App) -> None:
    """Roles and signs of comparison are chosen by a button."""
    fact = await figure_id(app, "超过300万")
    (card,) = await app.say(f"/edit {fact}", user=EDITOR)
    await app.press(card, "✎ 比较", user=EDITOR)
    await app.press(app.seen(EDITOR), "≥", user=EDITOR)
    assert "比较：≥" in app.seen(EDITOR)["text"]


async def test_a_retracted_fact_says_why(app: App) -> None:
    """The reason is asked for; the fact is gone from the pages until that is undone."""
    fact = await figure_id(app, "超过300万")
    await app.say(f"/retract {fact}", user=EDITOR)
    (done,) = await app.say("原文有误", user=EDITOR)
    assert "已撤回" in done["text"]
    assert "300万" not in (await app.ask("/figures"))["text"]
    (listed,) = await app.say(f"/history #{fact}", user=EDITOR)
    assert "原因：原文有误" in listed["text"]
    await app.press(done, "↩ 撤销", user=EDITOR)
    assert "超过300万" in (await app.ask("/figures"))["text"]


async def test_two_names_become_one_and_two_again(app: App) -> None:
    """Asked which name stays; either name leads to it, until it is undone."""
    (question,) = await app.say("/merge 沈若琳 王海峰", user=EDITOR)
    await app.press(question, "保留“王海峰”", user=EDITOR)
    assert "已合并" in app.now(question)["text"]
    assert "智算中心" in (await app.ask("/speaker 沈若琳"))["text"]
    assert "王海峰" in (await app.ask("/speaker 沈若琳"))["text"]
    (undone,) = await app.say("/undo", user=EDITOR)
    assert "沈若琳 → 王海峰" in undone["text"]
    assert "王海峰" not in (await app.ask("/speaker 沈若琳"))["text"]


@pytest.mark.parametrize(
    "command", ["/merge 王海峰", "/merge 没这个人 王海峰", "/merge 王海峰 百度", "/merge"]
)
async def test_what_cannot_be_merged_is_explained(app: App, command: str) -> None:
    """One name, unknown names, two kinds: each gets a sentence, nothing happens."""
    (answer,) = await app.say(command, user=EDITOR)
    assert answer["text"]
    assert (await app.bot.services.repositories.history.list(1))[0][0].action != "merge"


async def test_an_alias_is_found_and_taken_back(app: App) -> None:
    """A second name leads to the organisation; one that is somebody's asks to merge."""
    await app.say("/alias 远帆科技 远帆公司", user=EDITOR)
    assert "远帆科技" in (await app.ask("/org 远帆公司"))["text"]
    (question,) = await app.say("/alias 远帆科技 百度", user=EDITOR)
    assert "合并为一个" in question["text"]
    await app.say("/undo", user=EDITOR)
    assert "没有" in (await app.ask("/org 远帆公司"))["text"]


async def test_an_article_is_deleted_and_brought_back(app: App) -> None:
    """Asked for the reason first; then readers no longer find it, until it is undone."""
    await app.say("/delete 2", user=EDITOR)
    (done,) = await app.say("重复", user=EDITOR)
    assert "30 天内可以撤销" in done["text"]
    assert "沈若琳" not in (await app.ask("/speakers"))["text"]
    await app.press(done, "↩ 撤销", user=EDITOR)
    assert "沈若琳" in (await app.ask("/speakers"))["text"]


async def test_where_an_article_comes_from_can_be_mended(app: App) -> None:
    """Publisher, date and link of the citation; wrong forms are refused with the right one."""
    await app.say("/review 2", user=EDITOR)
    await app.press(app.seen(EDITOR), "来源", user=EDITOR)
    await app.press(app.seen(EDITOR), "✎ 发表日期", user=EDITOR)
    (refused,) = await app.say("去年", user=EDITOR)
    assert "2020-09-18" in refused["text"]
    (card,) = await app.say("2021-09-20", user=EDITOR)
    assert "2021年9月20日" in card["text"]
    await app.press(card, "↩ 撤销", user=EDITOR)
    source = await app.bot.services.repositories.articles.source(2)
    assert source is not None
    assert source.published == "2021-09-19"


COMMANDS = (
    *("/add 文字", "/drafts", "/review 1", "/publish 1", "/unpublish 1 x", "/edit 1", "/retract 1 x"),
    *("/merge 王海峰 吴甜", "/alias 百度 度", "/delete 1 x", "/undo", "/history", "/preview_digest"),
)
OWNERS = (
    "/grant 5 editor",
    "/revoke 5",
    "/editors",
    "/stats",
    "/backup",
    "/health",
    "/broadcast x",
    "/deliveries",
)


@pytest.mark.parametrize("command", [*COMMANDS, *OWNERS])
async def test_readers_are_refused(app: App, command: str) -> None:
    """Typed, pressed, and in a group: the same answer, and nothing happens."""
    before = (await app.bot.services.repositories.history.list(1))[1]
    assert "只有编辑" in (await app.ask(command))["text"]
    assert "只有编辑" in (await app.ask(command, chat=GROUP))["text"]
    (message,) = await app.say("/help")
    name, _, argument = command.removeprefix("/").partition(" ")
    answer = await app.press_data(message, f"1:+:{name}:0:{argument}")
    assert "权限" in answer["text"]
    assert (await app.bot.services.repositories.history.list(1))[1] == before


@pytest.mark.parametrize("command", OWNERS)
async def test_editors_are_no_owners(app: App, command: str) -> None:
    """What is the owner's alone stays so."""
    assert "只有编辑" in (await app.ask(command, user=EDITOR))["text"]


async def test_a_role_that_was_taken_away_ends_at_once(app: App) -> None:
    """Buttons that are still there no longer do anything."""
    card = await drafted(app)
    await app.say("/lang zh-hans", user=OWNER)
    await app.say(f"/revoke {EDITOR}", user=OWNER)
    answer = await app.press(card, "📢 发布", user=EDITOR)
    assert "权限" in answer["text"]
    assert await app.bot.services.repositories.articles.state(4) == "draft"
    assert "只有编辑" in (await app.ask("/drafts", user=EDITOR))["text"]


async def test_somebody_elses_intake_cannot_be_touched(app: App) -> None:
    """A forged button of another editor's message is stale."""
    await app.bot.services.repositories.users.grant(READER, "editor")
    (board,) = await app.say("/add", user=EDITOR)
    data = board["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    (other,) = await app.say("/help", user=READER)
    answer = await app.press_data(other, data)
    assert "失效" in answer["text"]
    assert await app.bot.services.repositories.intakes.open_of(EDITOR, EDITOR) is not None


@pytest.mark.parametrize(
    "data",
    [
        "1:=:add:0:#999 read",
        "1:=:review:0:#999",
        "1:=:review:0:#1 right 999999 all",
        "1:=:review:9999:#1 step all",
        "1:=:review:0:#1 step nonsense",
        "1:=:review:0:#1 all nonsense",
        "1:=:review:0:#1 who 999999",
        "1:=:edit:0:#999999 person x",
        "1:=:edit:0:#1 nonsense x",
        "1:=:edit:0:#2 person #999999",
        "1:=:merge:0:#1 #1 #1",
        "1:=:merge:0:#999999 #1",
        "1:=:undo:0:#999999",
        "1:=:undo:0:#1",
        "1:=:history:0:x",
        "1:=:publish:0:#999",
        "1:=:delete:0:#999 -",
        "1:=:retract:0:#999999 -",
        "1:=:drafts:77:withdrawn",
    ],
)
async def test_forged_buttons_do_no_harm(app: App, data: str) -> None:
    """Numbers of nothing, words that no button carries: an answer, and nothing changes."""
    before = (await app.bot.services.repositories.history.list(1))[1]
    (message,) = await app.say("/help", user=EDITOR)
    await app.press_data(message, data, user=EDITOR)
    assert (await app.bot.services.repositories.history.list(1))[1] == before


async def test_the_menu_follows_the_role(app: App) -> None:
    """An editor's chat has the editors' commands, and no longer after the role is gone."""
    await app.say("/lang zh-hans", user=OWNER)
    await app.say(f"/grant {READER} editor", user=OWNER)
    await app.ask("/start")
    assert "drafts" in commands_of(app, READER)
    await app.say(f"/revoke {READER}", user=OWNER)
    assert "drafts" not in commands_of(app, READER)


async def test_whoever_begins_gets_the_menu_of_their_role(app: App) -> None:
    """The owner of the settings as well, who was granted nothing in the chat."""
    await app.say("/start", user=OWNER)
    assert "grant" in commands_of(app, OWNER)
    await app.ask("/start")
    assert commands_of(app, READER) == []


async def test_a_reprint_is_shown_beside_the_first(app: App) -> None:
    """The card says how much is the same, and both are compared sentence by sentence."""
    await drafted(app, f"/add 星河论坛开幕\n{ARTICLE * 3}")
    again = f"/add 论坛今日开幕\n{ARTICLE * 3}最后一句话。"
    card = await drafted(app, again)
    assert "可能是转载" in card["text"]
    await app.press(card, "与文章 4 对照", user=EDITOR)
    shown = app.seen(EDITOR)["text"]
    assert "两篇文章的不同之处（2）" in shown
    assert "最后一句话。" in shown
    assert "论坛今日开幕" in shown


async def test_conflicts_with_what_is_known_are_shown(app: App) -> None:
    """Another figure for the same thing, somebody else of the same name; the two can be made one."""
    text = "星河平台开发者超过500万人。江城银行行长林知远表示，星河平台已凝聚超过310万开发者。"
    await drafted(app, f"/add {text}")
    sheet = await app.bot.services.repositories.review.sheet(4)
    assert sheet is not None
    assert {one.kind for one in sheet.conflicts} >= {"namesakes"}
    card = app.seen(EDITOR)
    assert "同名：林知远" in card["text"]
    await app.press(card, "⇄ 合并“林知远”", user=EDITOR)
    assert "合并为一个" in app.seen(EDITOR)["text"]


def commands_of(app: App, chat: int) -> list[str]:
    """The commands that a private chat's menu shows."""
    menu = app.api.state.menu.get(("chat", chat, 0), "")
    return [one["command"] for one in menu]


async def test_review_buttons_fit_a_phone(app: App) -> None:
    """No label is cut, and every row can be read."""
    card = await drafted(app)
    assert all(len(label) <= 28 for label in labels(card))


async def test_a_file_is_read(app: App) -> None:
    """Sent as a document in any encoding; its name decides nothing."""
    upload = Upload("新闻.pdf", ARTICLE.encode("gb18030"), "application/pdf")
    app.api.send(EDITOR, EDITOR, document=upload)
    await app.settle()
    card = await read(app)
    assert "📝 草稿 4" in card["text"]
    assert await app.bot.services.repositories.articles.text(4) == ARTICLE


async def test_a_file_that_cannot_be_read_says_why(app: App) -> None:
    """One sentence; nothing is stored, and the next one is read."""
    app.api.send(EDITOR, EDITOR, document=Upload("x.txt", bytes(range(256)) * 40, "text/plain"))
    await app.settle()
    assert "认不出文件的文字编码" in (await read(app))["text"]
    assert await app.bot.services.repositories.articles.count("draft") == 0
    assert await app.bot.services.repositories.intakes.left() == ()


async def test_a_link_is_opened(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's article becomes a draft with its address."""
    page = f"<html><head><title>星河</title></head><body><article><p>{ARTICLE}</p></article></body></html>"

    async def fetch(_self: Fetcher, url: str) -> Fetched:
        return Fetched(url=url, data=page.encode(), type="text/html", charset="utf-8")

    monkeypatch.setattr(Fetcher, "fetch", fetch)
    card = await drafted(app, "/add https://news.example.com/1")
    assert "📝 草稿 4" in card["text"]
    source = await app.bot.services.repositories.articles.source(4)
    assert source is not None
    assert (source.url, source.title) == ("https://news.example.com/1", "星河")


@pytest.mark.parametrize("link", ["http://127.0.0.1/", "http://169.254.169.254/latest/", "ftp://a.example/x"])
async def test_a_link_inward_is_refused(app: App, link: str) -> None:
    """With a sentence that says what to do instead."""
    card = await drafted(app, f"/add {link}")
    assert "粘贴文字" in card["text"]
    assert await app.bot.services.repositories.articles.count("draft") == 0


async def test_reading_goes_on_after_a_crash(app: App) -> None:
    """What was being read when a process died is read by the next one, into the same message."""
    repositories = app.bot.services.repositories
    (message,) = await app.say("/help", user=EDITOR)
    intake = await repositories.intakes.begin(
        EDITOR, EDITOR, "zh-hans", ({"text": ARTICLE},), state="reading", now=app.bot.clock.now()
    )
    await repositories.intakes.set_message(intake.id, message["message_id"])
    assert await app.bot.services.reading.resume() == 1
    await app.bot.services.reading.idle()
    assert "📝 草稿 4" in app.now(message)["text"]
    assert await app.bot.services.reading.resume() == 0


async def test_reading_can_be_stopped(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it goes on; nothing is stored."""
    waiting = asyncio.Event()

    async def fetch(_self: Fetcher, _url: str) -> Fetched:
        await waiting.wait()
        raise AssertionError

    monkeypatch.setattr(Fetcher, "fetch", fetch)
    await app.say("/add https://news.example.com/1", user=EDITOR)
    await until(lambda: "正在打开链接" in app.seen(EDITOR)["text"])
    board = app.seen(EDITOR)
    await app.press(board, "取消", user=EDITOR)
    assert "什么都没有保存" in app.now(board)["text"]
    await app.bot.services.reading.idle()
    assert await app.bot.services.repositories.articles.count("draft") == 0
