"""The life of an article: added once, shown, hidden, deleted; and what follows in lists and search."""

from __future__ import annotations

import asyncio

import pytest
from builders import ArticleBuilder, rivers, stars

from content.model import Facts
from content.preparation import prepare
from storage.repositories import Repositories


async def test_the_same_text_is_the_same_article(repositories: Repositories) -> None:
    """Adding an article again gives its id and changes nothing, also when both come at once."""
    prepared = stars().prepared()
    first = await repositories.articles.add(prepared)
    revision = repositories.database.content_revision
    again = await asyncio.gather(*(repositories.articles.add(prepared) for _ in range(3)))
    assert again == [first] * 3
    assert await repositories.articles.count() == 1
    assert repositories.database.content_revision == revision


async def test_a_draft_is_seen_by_nobody_until_it_is_published(repositories: Repositories) -> None:
    """A draft's facts, names and sentences appear with its publication and only then."""
    article = await repositories.articles.add(stars().prepared(), state="draft")
    assert await repositories.articles.state(article) == "draft"
    assert (await repositories.people.list(10)).total == 0
    assert await repositories.names.resolve("林知远") == ()
    assert (await repositories.search.search("开源", 10))[1] == 0
    assert await repositories.desk.publish(article)
    assert not await repositories.desk.publish(article)
    assert (await repositories.people.list(10)).total == 2
    assert (await repositories.search.search("开源", 10))[1] > 0
    assert await repositories.articles.state(article) == "published"


async def test_hiding_and_showing_again_restores_everything(filled: Repositories) -> None:
    """After ``unpublish`` and ``publish`` all lists and searches are what they were, facts keep their ids."""

    async def everything() -> tuple[object, ...]:
        return (
            await filled.people.list(99),
            await filled.topics.list(99),
            await filled.products.list(99),
            await filled.events.list(99),
            await filled.organizations.list(99),
            await filled.figures.list(99),
            await filled.search.search("开源", 99),
        )

    before = await everything()
    assert await filled.desk.unpublish(1)
    assert not await filled.desk.unpublish(1)
    assert await everything() != before
    assert await filled.names.resolve("沈若琳") == ()
    assert await filled.desk.publish(1)
    assert await everything() == before


async def test_deleting_leaves_nothing_of_an_article(filled: Repositories) -> None:
    """Names that only it used are gone, names of other articles stay, and no id is given twice."""
    facts = [hit.evidence.fact_id for hit in (await filled.search.search("林知远", 99))[0]]
    assert await filled.articles.purge(2)
    assert not await filled.articles.purge(2)
    assert await filled.articles.text(2) is None
    assert await filled.names.resolve("开源社区") == ()
    assert len(await filled.names.resolve("林知远")) == 1
    assert (await filled.search.search("增长", 99))[1] == 0
    assert await filled.articles.add(rivers().prepared()) == 3
    again = [hit.evidence.fact_id for hit in (await filled.search.search("林知远", 99))[0]]
    assert max(again) > max(facts)


async def test_the_order_of_articles_makes_no_difference(
    repositories: Repositories, filled: Repositories
) -> None:
    """Topics find the statements of older and newer articles alike, whichever came first."""
    assert filled is repositories
    first = {topic.ref.name: topic.count for topic in (await filled.topics.list(99)).items}
    await filled.articles.purge(1)
    await filled.articles.purge(2)
    assert (await filled.topics.list(99)).items == ()
    await filled.articles.add(rivers().prepared())
    await filled.articles.add(stars().prepared())
    assert {topic.ref.name: topic.count for topic in (await filled.topics.list(99)).items} == first


async def test_articles_are_listed_newest_first(filled: Repositories) -> None:
    """Sources come newest first, by state."""
    assert [source.article_id for source in await filled.articles.list(10)] == [2, 1]
    assert await filled.articles.list(10, state="draft") == ()


async def test_a_retracted_fact_is_gone_and_comes_back(filled: Repositories) -> None:
    """Retracting hides one fact everywhere and keeps its id; restoring brings it back."""
    (person,) = await filled.names.resolve("林知远", {"person"})
    statements, total = await filled.people.statements(person.id, 9)
    fact = statements[0].evidence.fact_id
    assert await filled.desk.retract(fact)
    assert not await filled.desk.retract(fact)
    assert await filled.facts.source(fact) is None
    assert (await filled.people.statements(person.id, 9))[1] == total - 1
    assert next(one.count for one in (await filled.people.list(9)).items if one.ref == person) == total - 1
    assert await filled.desk.restore(fact)
    assert not await filled.desk.restore(fact)
    assert (await filled.people.statements(person.id, 9)) == (statements, total)


async def test_a_retracted_fact_stays_so_when_its_article_is_shown_again(filled: Repositories) -> None:
    """Publishing an article anew does not bring back what an editor took out."""
    (hit, *_), _ = await filled.search.search("沈若琳", 9)
    (person,) = await filled.names.resolve("沈若琳")
    statements, _ = await filled.people.statements(person.id, 9)
    assert await filled.desk.retract(statements[0].evidence.fact_id)
    await filled.desk.unpublish(hit.evidence.source.article_id)
    await filled.desk.publish(hit.evidence.source.article_id)
    assert (await filled.people.statements(person.id, 9)) == ((), 0)
    assert await filled.desk.restore(statements[0].evidence.fact_id)
    assert (await filled.people.statements(person.id, 9))[1] == 1


async def test_a_retracted_event_is_no_longer_the_articles_event(filled: Repositories) -> None:
    """Statements stay when the event they were made at is taken back."""
    latest = await filled.events.latest()
    assert latest is not None
    await filled.desk.retract(latest.evidence.fact_id)
    (person,) = await filled.names.resolve("林知远", {"person"})
    statements, _ = await filled.people.statements(person.id, 1)
    assert statements[0].event is None
    assert await filled.events.get(latest.ref.id) is None
    await filled.desk.restore(latest.evidence.fact_id)
    assert await filled.events.latest() == latest


async def test_source_shows_a_fact_between_its_neighbours(filled: Repositories) -> None:
    """The sentence before, the sentence with the fact's place in it, the sentence after, and the subject."""
    figures, _ = await filled.figures.list(99)
    figure = next(one for one in figures if one.text == "80亿次")
    view = await filled.facts.source(figure.evidence.fact_id)
    assert view is not None
    assert view.kind == "figure"
    assert view.before == "云州大学教授、星河研究院院长林知远表示,开源是人工智能的土壤。"
    assert view.sentence == "星河平台已凝聚超过300万开发者,每日调用量达80亿次。"
    assert view.after.startswith("早在2015年")
    assert view.sentence[view.fact_start : view.fact_end] == "80亿次"
    assert view.subject is not None
    assert view.subject.name == "林知远"


@pytest.mark.parametrize("fact_id", [0, -1, 10**6, 2**63, 10**30])
async def test_an_unknown_fact_is_nothing(filled: Repositories, fact_id: int) -> None:
    """Any number in a link is a fair question."""
    assert await filled.facts.source(fact_id) is None


async def test_namesakes_stay_apart(repositories: Repositories) -> None:
    """The same name at another organisation is somebody else; at a known one it is the one there."""
    await repositories.articles.add(rivers().prepared())
    await repositories.articles.add(
        ArticleBuilder("青川医院院长林知远说,机器人做了手术。")
        .participant("林知远", ("青川医院", "院长"))
        .statement("林知远", "青川医院院长林知远说,机器人做了手术。")
        .prepared()
    )
    people = await repositories.names.resolve("林知远")
    assert len(people) == 2
    assert {await repositories.names.describe(one) for one in people} == {"星河研究院院长", "青川医院院长"}
    await repositories.articles.add(
        ArticleBuilder("星河研究院的林知远再次发言:数据要开放。")
        .participant("林知远", ("星河研究院", None))
        .statement("林知远", "星河研究院的林知远再次发言:数据要开放。")
        .prepared()
    )
    assert len(await repositories.names.resolve("林知远")) == 2


async def test_the_same_event_of_two_articles_is_one(repositories: Repositories) -> None:
    """A name with the same year, or with no year, is the same event; with another year it is not."""
    texts = (
        ("甲报:星河论坛开幕。", "2021-09-18"),
        ("乙报:星河论坛开幕。", None),
        ("丙报:星河论坛开幕。", "2022"),
    )
    for text, date in texts:
        await repositories.articles.add(ArticleBuilder(text).event("星河论坛", date=date).prepared())
    page = await repositories.events.list(9)
    assert [one.note for one in page.items] == ["2022", "2021-09-18"]


async def test_an_article_without_facts_is_kept(repositories: Repositories) -> None:
    """Text that says nothing of a forum is stored, and shows nothing."""
    article = ArticleBuilder("今天天气很好。", title="天气").article
    number = await repositories.articles.add(prepare(article, Facts()))
    source = await repositories.articles.source(number)
    assert source is not None
    assert source.title == "天气"
    assert (await repositories.search.search("天气", 9)) == ((), 0)


async def test_any_text_comes_back_as_it_was(repositories: Repositories) -> None:
    """Control characters, NUL, emoji and carriage returns keep their places."""
    text = "开场\x00\r\n🚀林知远说:“开源\u200f很好。”\u200b完。"
    builder = ArticleBuilder(text).participant("林知远").statement("林知远", "🚀林知远说:“开源\u200f很好。”")
    number = await repositories.articles.add(builder.prepared())
    assert await repositories.articles.text(number) == text
    (hit,), total = await repositories.search.search("开源", 9)
    assert total == 1
    assert hit.evidence.text == "🚀林知远说:“开源\u200f很好。”"
    (mark,) = hit.marks
    assert hit.evidence.text[slice(*mark)] == "开源"
