"""/compare: two things beside each other, from what the reports state and nothing else."""

from __future__ import annotations

import re

import pytest
from app import EDITOR, GROUP, READER, App, buttons, labels, spans
from builders import ArticleBuilder

MISSING = "报道里没有写。"

OLDER = """2019云州开发者大会于2019年5月6日举行。
云州大学校长顾清和表示,青禾平台有150万开发者。
云州大学校长顾清和表示,错误率为8%。
云州大学校长顾清和表示,装机量超过9万台。
"""
NEWER = """2020云州开发者大会于2020年5月8日举行。
远山集团总裁Linus Torvalds表示,青禾平台有240万开发者。
远山集团总裁Linus Torvalds表示,错误率为5%。
远山集团总裁Linus Torvalds表示,装机量超过12万台。
2019年,远山集团开放了开发者社区。
"""


def older() -> ArticleBuilder:
    """A report of 2019: its event says the year, for the article itself came out later."""
    return (
        ArticleBuilder(OLDER, publisher="云州日报", published="2020-01-02")
        .event("2019云州开发者大会", date="2019-05-06")
        .participant("顾清和", ("云州大学", "校长"))
        .statement("顾清和", "云州大学校长顾清和表示,青禾平台有150万开发者。")
        .figure("150万", 1_500_000, unit="开发者", subject="青禾平台开发者")
        .figure("8%", 8, unit="%", subject="错误率")
        .figure("超过9万台", 90_000, unit="台", comparator=">", subject="装机量")
        .topics("开发者")
    )


def newer() -> ArticleBuilder:
    """A report of 2020 that also dates something in 2019."""
    return (
        ArticleBuilder(NEWER, publisher="远山晚报")
        .event("2020云州开发者大会", date="2020-05-08")
        .participant("Linus Torvalds", ("远山集团", "总裁"))
        .statement("Linus Torvalds", "远山集团总裁Linus Torvalds表示,青禾平台有240万开发者。")
        .figure("240万", 2_400_000, unit="开发者", subject="青禾平台开发者")
        .figure("5%", 5, unit="%", subject="错误率")
        .figure("超过12万台", 120_000, unit="台", comparator=">", subject="装机量")
        .milestone("2019", "2019年,远山集团开放了开发者社区。")
        .topics("开发者")
    )


async def add_years(app: App) -> None:
    """Publish both reports."""
    for article in (older(), newer()):
        await app.bot.services.repositories.articles.add(article.prepared())


def place(text: str, aspect: str) -> str:
    """What stands under one aspect."""
    return re.split("\n\n[💬📊📄]", text.split(f"{aspect}\n")[1], maxsplit=1)[0]


async def test_two_people_on_a_subject(app: App) -> None:
    """Posts and quotations of both stand beside each other, the word marked, each with its source."""
    answer = await app.ask("/compare 林知远 沈若琳 开源")
    assert answer["text"].startswith("⚖️ 林知远 · 沈若琳 — “开源”")
    assert "远帆科技 · 首席技术官" in answer["text"]
    assert "云州大学 · 教授" in answer["text"]
    said = place(answer["text"], "💬 说到“开源”的话")
    assert "开源是人工智能的土壤。" in said
    assert "日调用量" not in said  # the sentence that follows says nothing of it
    assert "云州日报" in said
    assert said.endswith(f"👤 沈若琳\n{MISSING}")
    assert spans(answer, "bold").count("开源") >= 2


async def test_what_one_side_lacks_is_called_missing(app: App) -> None:
    """Works of one are shown, and that no report gives any of the other."""
    answer = await app.ask("/compare 林知远 沈若琳")
    works = place(answer["text"], "📄 演讲与报告")
    assert works.startswith(f"👤 林知远\n{MISSING}\n\n👤 沈若琳\n• 《算力与开源》")


@pytest.mark.parametrize(
    "text",
    [
        "比较 林知远和沈若琳",
        "對比 林知遠 與 沈若琳",
        "对比 林知远、沈若琳",
        "比较 林知远 vs 沈若琳",
        "比較：林知远跟沈若琳",
        "比较 林知远，沈若琳",
        "比较 林知远沈若琳",
        "/compare “林知远” “沈若琳”",
        "/compare linzhiyuan Zoe Shen",
        "/compare Zoe Shen、林知远",
    ],
)
async def test_names_are_taken_apart(app: App, text: str) -> None:
    """Blanks, 和, 与, 跟, vs, commas or nothing at all stand between the names; in any script or spelling."""
    answer = await app.ask(text)
    assert re.match(r"⚖️ (林知远 · 沈若琳|沈若琳 · 林知远)\n", answer["text"])


@pytest.mark.parametrize(
    "text", ["顾清和和和平科技", "顾清和 和平科技", "顾清和与和平科技", "和平科技和顾清和"]
)
async def test_joints_may_be_parts_of_names(app: App, text: str) -> None:
    """和 stands in names as well as between them."""
    article = (
        ArticleBuilder("和平科技总裁顾清和到会。")
        .participant("顾清和", ("和平科技", "总裁"))
        .statement("顾清和", "和平科技总裁顾清和到会。")
    )
    await app.bot.services.repositories.articles.add(article.prepared())
    answer = await app.ask(f"/compare {text}")
    assert re.match("⚖️ (顾清和 · 和平科技|和平科技 · 顾清和)\n", answer["text"])


@pytest.mark.parametrize(
    "text",
    ["林知远 沈若琳 开源", "开源 林知远 沈若琳", "林知远和沈若琳对开源的看法", "林知远 沈若琳 关于开源"],
)
async def test_the_subject_is_what_is_left(app: App, text: str) -> None:
    """It may stand first or last, and be called a view of something."""
    answer = await app.ask(f"/compare {text}")
    assert answer["text"].startswith("⚖️ 林知远 · 沈若琳 — “开源”\n")


async def test_a_subject_that_nobody_spoke_of(app: App) -> None:
    """It is said plainly, beside what is known of the two."""
    answer = await app.ask("/compare 林知远 沈若琳 量子计算")
    assert "关于“量子计算”，两边的报道都没有写。" in answer["text"]
    assert "💬" not in answer["text"]


async def test_organisations(app: App) -> None:
    """People, products, figures and what their people said; whoever said it is named."""
    answer = await app.ask("/compare 远帆科技 星河研究院")
    assert "🏢 远帆科技\n• 沈若琳 — 首席技术官" in answer["text"]
    assert "🏢 星河研究院\n• 林知远 — 院长" in answer["text"]
    products = place(answer["text"], "📦 产品")
    assert "远帆翻译接口" in products
    assert products.endswith(f"🏢 星河研究院\n{MISSING}")
    assert "🏢 远帆科技\n沈若琳\n她指出" in answer["text"]


async def test_products(app: App) -> None:
    """Figures, dates and what was said of them."""
    answer = await app.ask("/compare 星河平台 远帆翻译接口")
    assert "“80亿次” 每日调用量" in answer["text"]
    assert "🗓 有日期的事\n📦 星河平台\n报道里没有写。\n\n📦 远帆翻译接口\n2015年" in answer["text"]


async def test_a_person_beside_an_organisation(app: App) -> None:
    """Each in what can be said of it: a person has no members, and they are not called missing."""
    answer = await app.ask("/compare 沈若琳 云州大学")
    assert "💼 职务\n👤 沈若琳" in answer["text"]
    assert "👤 人员\n🏢 云州大学" in answer["text"]
    assert MISSING not in place(answer["text"], "💼 职务").split("👤 人员")[0]


async def test_years_side_by_side(app: App) -> None:
    """A report is of its event's year; the same quantity of both years stands in one line with the change."""
    await add_years(app)
    answer = await app.ask("/compare 2019 2020 开发者")
    text = answer["text"]
    assert text.startswith("⚖️ 2019年 · 2020年 — “开发者”")
    assert "• 青禾平台开发者：“150万” → “240万” （按这两个数字算：+60%）" in text
    assert "📅 2019年\n顾清和\n" in text
    assert "📅 2020年\nLinus Torvalds\n" in text
    dated = text.split("🗓 有日期的事\n")[1]
    assert dated.startswith("📅 2019年\n2019年\n2019年,远山集团开放了开发者社区。")
    assert f"📅 2020年\n{MISSING}" in dated


async def test_a_change_needs_two_exact_numbers(app: App) -> None:
    """“More than” is no number to count with; per cent differ by points; what one year lacks is no pair."""
    await add_years(app)
    text = (await app.ask("比较 2019年和2020年"))["text"]
    assert "• 错误率：“8%” → “5%” （按这两个数字算：-3 个百分点）" in text
    line = next(line for line in text.splitlines() if line.startswith("• 装机量"))
    assert line == "• 装机量：“超过9万台” → “超过12万台”"
    assert "2019云州开发者大会" in text


async def test_years_without_reports(app: App) -> None:
    """Nothing is made up for a year that no report is of."""
    answer = await app.ask("/compare 1931 1932")
    assert answer["text"] == "关于1931年和1932年，报道里都没有可以对照的内容。"


async def test_a_year_beside_a_person(app: App) -> None:
    """They cannot be compared, which is said politely, with the way to the person."""
    answer = await app.ask("/compare 林知远 2021")
    assert "年份只能和年份对照" in answer["text"]
    assert labels(answer) == ["👤 林知远"]


async def test_without_arguments_it_asks_twice(app: App) -> None:
    """First the likeliest, then whoever shares a subject; the answer takes the question's place."""
    await add_years(app)
    question = await app.ask("/compare")
    await app.press(question, "林知远")
    second = app.now(question)
    assert second["text"].startswith("林知远和谁对照？")
    await app.press(second, "王海峰")
    assert app.now(question)["text"].startswith("⚖️ 林知远 · 王海峰")


async def test_whoever_shares_a_subject_is_offered_first(app: App) -> None:
    """Who spoke of the same comes before those who are quoted as much or more."""
    await add_years(app)
    offered = labels(await app.ask("/compare 顾清和"))
    assert offered.index("👤 Linus Torvalds") < offered.index("👤 王恩东")


async def test_the_second_may_be_typed(app: App) -> None:
    """In a private chat the next message is the other name, with a word."""
    await app.ask("/compare 林知远")
    answer = await app.ask("沈若琳 算力")
    assert answer["text"].startswith("⚖️ 林知远 · 沈若琳 — “算力”")


async def test_a_command_is_no_answer_to_the_question(app: App) -> None:
    """Who is asked beside whom may think better of it and ask for something else."""
    await app.ask("/compare 林知远")
    assert "星河研究院" in (await app.ask("机构 星河研究院"))["text"]
    assert (await app.ask("沈若琳"))["text"].startswith("👤 沈若琳")


async def test_a_year_alone_asks_for_another(app: App) -> None:
    """The years that something is known of are offered."""
    question = await app.ask("/compare 2021")
    assert "2022年" in labels(question)
    await app.press(question, "2022年")
    assert app.now(question)["text"].startswith("⚖️ 2021年 · 2022年")


async def test_a_typing_error_offers_the_nearest(app: App) -> None:
    """The button goes on with the comparison, subject and all."""
    question = await app.ask("/compare 林知源 沈若琳 开源")
    assert "没有找到“林知源”" in question["text"]
    await app.press(question, "林知远")
    assert app.now(question)["text"].startswith("⚖️ 林知远 · 沈若琳 — “开源”")


async def test_a_subject_too_long_for_a_button_is_asked_for_again(app: App) -> None:
    """It is not dropped silently."""
    subject = "开源软件如何支撑企业的基础创新与产业生态"
    question = await app.ask(f"/compare 林知源 沈若琳 {subject}")
    assert f"按钮带不上“{subject}" not in question["text"]  # the name of the other side is before it
    assert "按钮带不上" in question["text"]
    await app.press(question, "林知远")
    assert (
        app.now(question)["text"].startswith("⚖️ 林知远 · 沈若琳\n") or "和谁对照" in app.now(question)["text"]
    )


async def test_namesakes_are_asked_about(app: App) -> None:
    """Each with what tells it apart, and the choice goes on with the comparison."""
    repositories = app.bot.services.repositories
    other = (
        ArticleBuilder("江城医院主任沈若琳表示,手术机器人很稳。", publisher="江城报")
        .participant("沈若琳", ("江城医院", "主任"))
        .statement("沈若琳", "江城医院主任沈若琳表示,手术机器人很稳。")
    )
    await repositories.articles.add(other.prepared())
    question = await app.ask("/compare 林知远 沈若琳")
    assert "沈若琳" in question["text"]
    assert len(buttons(question)) == 2
    await app.press(question, "江城医院")
    answer = app.now(question)
    assert answer["text"].startswith("⚖️ 林知远 · 沈若琳\n")
    assert "江城医院 · 主任" in answer["text"]


async def test_twice_the_same(app: App) -> None:
    """Nobody is compared with themselves; others are offered."""
    question = await app.ask("/compare 林知远 林知遠")
    assert question["text"].startswith("两边都是林知远。")
    assert "👤 沈若琳" in labels(question)


@pytest.mark.parametrize("argument", ["开源 人工智能", "开源 林知远", "林知远 第三届星河开源论坛"])
async def test_topics_and_events_cannot_be_compared(app: App, argument: str) -> None:
    """It is said, with the page of what was named a tap away."""
    answer = await app.ask(f"/compare {argument}")
    assert "不能对照" in answer["text"]
    assert buttons(answer)


@pytest.mark.parametrize(
    "argument",
    [
        "、、、",
        "和",
        "“” “”",
        "#s999999 #s1",
        "#s99999999999999999999 #x1",
        "a\0b \u202ec",
        "💥💥 🦄",
        "<b>x</b> & y",
        "和和和和和和和",
        "2019 2020 " + "年" * 60,
        "ا" * 30 + " " + "ب" * 30,
        "2019",
        "%' OR 1=1 --",
    ],
)
async def test_any_text_is_answered(app: App, argument: str) -> None:
    """What makes no sense gets a sentence, never a failure."""
    answer = await app.ask(f"/compare {argument}")
    assert answer["text"]
    assert "编号告诉" not in answer["text"]


async def test_too_long(app: App) -> None:
    """As everywhere, a person is asked for less."""
    assert "太长" in (await app.ask("/compare " + "长" * 81))["text"]


async def test_long_answers_page_and_each_page_says_whose_words_it_shows(app: App) -> None:
    """Every page begins with the two names; whatever begins on it is under its aspect and its side."""
    sentences = [f"顾清和表示,第{number}项开源工作{'很重要' * 200}。" for number in range(12)]
    builder = ArticleBuilder("".join(one + "\n隔开。\n" for one in sentences)).participant("顾清和")
    for sentence in sentences:
        builder.statement("顾清和", sentence)
    await app.bot.services.repositories.articles.add(builder.prepared())
    first = await app.ask("/compare 顾清和 林知远 开源")
    seen = [first["text"]]
    while "›" in labels(first):
        await app.press(first, "›")
        first = app.now(first)
        seen.append(first["text"])
    assert len(seen) > 1
    assert all(page.startswith("⚖️ 顾清和 · 林知远 — “开源”") for page in seen)
    body = [page.split("\n\n", 1)[1] for page in seen]
    assert all(re.match(r"[💼💬📊📄].*\n👤 (顾清和|林知远)\n", page) for page in body)
    assert "另有 6 段没有列出" in "".join(seen)


async def test_drafts_are_not_compared(app: App) -> None:
    """What is not published is stated by no report, for editors neither."""
    await app.bot.services.repositories.articles.add(newer().prepared(), state="draft")
    for user in (READER, EDITOR):
        answer = await app.ask("/compare 2020 2021", user=user)
        assert "240万" not in answer["text"]
        answer = await app.ask("/compare 林知远 Linus Torvalds", user=user)
        assert "远山集团" not in answer["text"]


async def test_a_group_gets_it_by_command(app: App) -> None:
    """In a group it answers where it is asked."""
    answer = await app.ask("/compare 林知远 沈若琳", chat=GROUP)
    assert answer["text"].startswith("⚖️ 林知远 · 沈若琳")


@pytest.mark.parametrize(
    ("language", "missing"), [("zh-hant", "報導裡沒有寫。"), ("en", "The reports do not state it.")]
)
async def test_in_the_readers_language(app: App, language: str, missing: str) -> None:
    """The wording is the reader's, the words of the articles stay as they are."""
    await app.ask(f"/lang {language}")
    answer = await app.ask("/compare 林知远 沈若琳 开源")
    assert missing in answer["text"]
    assert "开源是人工智能的土壤。" in answer["text"]


async def test_pages_lead_to_it(app: App) -> None:
    """A person's page asks beside whom; a subject that two spoke about compares them on it."""
    page = await app.ask("/speaker 林知远")
    await app.press(page, "对照")
    assert app.seen()["text"].startswith("林知远和谁对照？")
    await add_years(app)
    topic = await app.ask("/topic 开发者")
    await app.press(topic, "对照")
    assert app.seen()["text"].startswith("⚖️")
    assert "— “开发者”" in app.seen()["text"]


async def test_shared_subjects_are_a_tap_away(app: App) -> None:
    """Two people without a subject: what both spoke about is offered."""
    await add_years(app)
    answer = await app.ask("/compare 顾清和 Linus Torvalds")
    await app.press(answer, "⚖️ 开发者")
    assert app.seen()["text"].startswith("⚖️ 顾清和 · Linus Torvalds — “开发者”")
