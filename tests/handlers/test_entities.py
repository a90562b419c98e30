"""The pages of people, organisations, events, topics and products, and how names are found."""

from __future__ import annotations

import pytest
from app import App, buttons, labels, spans
from builders import ArticleBuilder


async def test_a_speaker_is_shown_whole(app: App) -> None:
    """Both posts, both events with place and date, the words as quotations with their source, the figures."""
    answer = await app.ask("/speaker 林知远")
    text = answer["text"]
    assert "星河研究院 · 院长" in text
    assert "云州大学 · 教授" in text
    assert "📍 云州国际会议中心、云州" in text
    assert "🗓 2021年9月18日" in text
    quotations = spans(answer, "blockquote") + spans(answer, "expandable_blockquote")
    assert (
        "云州大学教授、星河研究院院长林知远表示,开源是人工智能的土壤。"
        "星河平台已凝聚超过300万开发者,每日调用量达80亿次。" in quotations
    )
    assert "— 云州日报（星河网转载） · 2021年9月19日" in spans(answer, "text_link")
    assert "“80亿次”" in spans(answer, "bold")
    assert any("开源" in label for label in labels(answer))


async def test_a_day_without_a_month_is_quoted_not_completed(app: App) -> None:
    """The shipped article says 18日: the answer quotes that and invents no month."""
    text = (await app.ask("/speaker 王海峰"))["text"]
    assert "2020年 · 报道称“18日”" in text
    assert "月18日" not in text


async def test_a_topic_is_grouped_by_speaker_with_the_word_marked(app: App) -> None:
    """Each speaker's sentences, the word bold in the verbatim quotation, the group's sentence too."""
    answer = await app.ask("/topic 开源")
    bold = spans(answer, "bold")
    assert bold.count("开源") > 5
    assert "林知远" in bold
    assert any("与会嘉宾共同表示" in label for label in bold)
    assert "众嘉宾表示,开源生态正在快速构建。" in answer["text"]


async def test_a_word_that_is_no_topic_is_searched_for(app: App) -> None:
    """/topic with any other word shows the sentences that hold it."""
    answer = await app.ask("/topic 土壤")
    assert "开源是人工智能的土壤" in answer["text"]
    assert "土壤" in spans(answer, "bold")


async def test_an_organisation_shows_people_and_products(app: App) -> None:
    """Who belongs to it and what it makes."""
    text = (await app.ask("/org 远帆科技"))["text"]
    assert "沈若琳 — 首席技术官" in text
    assert "远帆翻译接口" in text


async def test_an_event_shows_its_people_by_role(app: App) -> None:
    """Date, place, host and the speakers with their posts."""
    text = (await app.ask("/event 第三届星河开源论坛"))["text"]
    assert "🏛 主办：云州大学" in text
    assert "林知远 — 云州大学 · 教授；星河研究院 · 院长" in text


async def test_a_product_shows_figures_dates_and_words(app: App) -> None:
    """The product's owner, its dated milestone and what was said about it."""
    assert "2015年" in (await app.ask("/product 远帆翻译接口"))["text"]
    assert "300万" in (await app.ask("/product 星河平台"))["text"]


@pytest.mark.parametrize(
    "words",
    [
        "林知远",
        "林知遠",
        "linzhiyuan",
        "Lin Zhiyuan",
        "/speaker linzhiyuan",
        "/speaker 林知遠",
        "嘉宾 林知远",
    ],
)
async def test_one_person_by_many_names(app: App, words: str) -> None:
    """Simplified, traditional, full pinyin, with or without the command: all lead to the page."""
    assert (await app.ask(words))["text"].startswith("👤 林知远")


@pytest.mark.parametrize(
    "words", ["/speaker 林志远", "/speaker lzy", "林志远", "/speaker 林知", "/speaker 林", "/speaker lin"]
)
async def test_a_miss_offers_the_nearest_names(app: App, words: str) -> None:
    """A wrong character, initials or a part are answered with the name to tap, which opens in place."""
    answer = await app.ask(words)
    assert "👤 林知远" in labels(answer)
    await app.press(answer, "林知远")
    assert app.now(answer)["text"].startswith("👤 林知远")


async def test_namesakes_are_told_apart(app: App) -> None:
    """A name that two people share asks which, with what tells them apart."""
    said = "春江医院院长林知远介绍,机器人很好用。"
    article = (
        ArticleBuilder(f"春江健康论坛举行。\n{said}\n")
        .event("春江健康论坛")
        .participant("林知远", ("春江医院", "院长"))
        .statement("林知远", said)
    )
    await app.bot.services.repositories.articles.add(article.prepared())
    answer = await app.ask("/speaker 林知远")
    assert answer["text"] == "有 2 个“林知远”，您要看哪一个？"
    assert any("春江医院" in label for label in labels(answer))
    await app.press(answer, "春江医院")
    assert said in app.now(answer)["text"]


@pytest.mark.parametrize("command", ["speaker", "org", "event", "topic", "product", "search"])
async def test_without_an_argument_the_likeliest_are_offered(app: App, command: str) -> None:
    """The command asks with buttons and with an example that can be copied; a tap answers in place."""
    answer = await app.ask(f"/{command}")
    assert buttons(answer)
    assert spans(answer, "code")[0].startswith(f"/{command} ")
    count = len(app.api.history(answer["chat"]["id"]))
    await app.press(answer, labels(answer)[0])
    assert len(app.api.history(answer["chat"]["id"])) == count
    assert app.now(answer)["text"] != answer["text"]


async def test_every_page_of_a_long_answer_fits_and_nothing_is_lost(app: App) -> None:
    """A person with many long statements is shown on pages; all pages together hold every sentence."""
    sentences = [f"夏侯青第{number}次说,{'很长的话' * 60}。" for number in range(20)]
    builder = (
        ArticleBuilder("长河论坛举行。\n" + "\n\n".join(sentences)).event("长河论坛").participant("夏侯青")
    )
    for sentence in sentences:
        builder.statement("夏侯青", sentence)
    await app.bot.services.repositories.articles.add(builder.prepared())
    message = await app.ask("/speaker 夏侯青")
    shown = message["text"]
    while any(label == "›" for label in labels(app.now(message))):
        await app.press(app.now(message), "›")
        shown += app.now(message)["text"]
    assert all(sentence in shown for sentence in sentences)


async def test_posts_of_several_articles_carry_their_sources(app: App) -> None:
    """Somebody was one thing in one report and another in the next: both are shown, each with its date."""
    answer = await app.ask("/speaker 林知远")
    posts = answer["text"].split("\n\n")[0]
    assert "云州大学 · 教授（云州日报（星河网转载） · 2021年9月19日）" in posts
    assert "星河研究院 · 院长（春江晚报）" in posts
    assert "（" not in (await app.ask("/speaker 沈若琳"))["text"].split("\n\n")[0]


async def test_figures_that_disagree_carry_their_sources(app: App) -> None:
    """Both are shown until an editor takes one back."""
    text = "远帆科技首席技术官沈若琳说,星河平台开发者超过310万开发者。"
    other = ArticleBuilder(text, publisher="江城晚报").statement("沈若琳", text)
    other.figure("超过310万", 3_100_000, unit="开发者", comparator=">", subject="星河平台开发者")
    await app.bot.services.repositories.articles.add(other.prepared())
    shown = (await app.ask("/figures 星河平台"))["text"]
    assert "“超过310万” 星河平台开发者 · 沈若琳（江城晚报）" in shown
    assert "“超过300万” 星河平台开发者 · 林知远（云州日报" in shown
    fact = (await app.bot.services.repositories.figures.list(9, 0, "310"))[0][0].evidence.fact_id
    await app.bot.services.repositories.desk.retract(fact)
    assert "江城晚报" not in (await app.ask("/figures 星河平台"))["text"]
