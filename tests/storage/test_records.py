"""What the repositories of the aggregates give back of two fictional articles."""

from __future__ import annotations

from storage.repositories import Repositories

EVERYTHING = 100


async def _id(repositories: Repositories, name: str, kind: str) -> int:
    (found,) = await repositories.names.resolve(name, {kind})
    return found.id


async def test_every_fact_quotes_the_article(filled: Repositories) -> None:
    """Evidence is the article's own words at its offsets, and says where the article came from."""
    person = await _id(filled, "林知远", "person")
    statements, total = await filled.people.statements(person, EVERYTHING)
    assert total == len(statements) == 3
    for statement in statements:
        evidence = statement.evidence
        text = await filled.articles.text(evidence.source.article_id)
        assert text is not None
        assert text[evidence.start : evidence.end] == evidence.text
    assert statements[-1].evidence.source.publisher == "云州日报"
    assert statements[-1].evidence.source.via == "星河网"


async def test_statements_come_newest_article_first_in_text_order(filled: Repositories) -> None:
    """A person's statements start with the newest article, each article's in text order."""
    statements, _ = await filled.people.statements(await _id(filled, "林知远", "person"), EVERYTHING)
    places = [(-one.evidence.source.article_id, one.evidence.start) for one in statements]
    assert places == sorted(places)
    assert statements[0].event is not None
    assert statements[0].event.name == "2022春江智能大会"


async def test_posts_are_each_given_once_with_their_own_words(filled: Repositories) -> None:
    """A post that two articles give counts once, with the newest article as its source."""
    posts = await filled.people.posts(await _id(filled, "林知远", "person"))
    given = [(post.organization.name if post.organization else None, post.title) for post in posts]
    assert given == [("星河研究院", "院长"), ("云州大学", "教授")]
    assert posts[0].evidence.text == "星河研究院院长林知远"
    assert posts[0].evidence.source.article_id == 2


async def test_figures_belong_to_whoever_said_them(filled: Repositories) -> None:
    """A figure inside a statement is the speaker's; one in narration is nobody's."""
    figures = await filled.people.figures(await _id(filled, "林知远", "person"))
    assert [figure.text for figure in figures] == ["40%", "超过300万", "80亿次"]
    assert all(figure.person and figure.person.name == "林知远" for figure in figures)
    everything, total = await filled.figures.list(EVERYTHING)
    assert total == 5
    assert {figure.text: figure.person for figure in everything}["12亿字符"] is None


async def test_figures_belong_to_the_product_they_speak_of(filled: Repositories) -> None:
    """A product has the figures of its clause and subject, and of the clauses that go on about it."""
    platform = await filled.products.figures(await _id(filled, "星河平台", "product"))
    assert {figure.text for figure in platform} == {"40%", "超过300万", "80亿次"}
    translation = await filled.products.figures(await _id(filled, "远帆翻译接口", "product"))
    assert [figure.text for figure in translation] == ["12亿字符"]


async def test_a_topic_has_every_statement_that_names_it(filled: Repositories) -> None:
    """Statements of both articles and of the group count, speaker by speaker, the group last."""
    topic = await _id(filled, "开源", "topic")
    statements, total = await filled.topics.statements(topic, EVERYTHING)
    assert [one.person.name if one.person else "*" for one in statements] == ["林知远", "林知远", "*"]
    assert total == 3
    assert all("开源" in one.evidence.text for one in statements)
    assert [(one.ref.name, one.count) for one in await filled.topics.people(topic)] == [("林知远", 2)]


async def test_an_older_statement_is_found_under_a_newer_topic(filled: Repositories) -> None:
    """开源生态 became a topic with the second article; the first one's statement about it is there."""
    topic = await _id(filled, "开源生态", "topic")
    statements, _ = await filled.topics.statements(topic, EVERYTHING)
    assert [one.evidence.source.article_id for one in statements] == [1]


async def test_pages_tell_the_length_of_the_whole_list(filled: Repositories) -> None:
    """The total is right on every page, also on one beyond the end."""
    topic = await _id(filled, "开源", "topic")
    for offset, held in ((0, 2), (2, 1), (9, 0)):
        statements, total = await filled.topics.statements(topic, 2, offset)
        assert (len(statements), total) == (held, 3)
    page = await filled.people.list(1, 1)
    assert (len(page.items), page.total, page.offset) == (1, 2, 1)


async def test_counts_of_lists_are_what_the_lists_behind_them_hold(filled: Repositories) -> None:
    """The number beside a topic or a person is the number of statements that opening it shows."""
    for topic in (await filled.topics.list(EVERYTHING)).items:
        assert (await filled.topics.statements(topic.ref.id, 1))[1] == topic.count
    for person in (await filled.people.list(EVERYTHING)).items:
        assert (await filled.people.statements(person.ref.id, 1))[1] == person.count


async def test_an_event_with_its_people_in_text_order(filled: Repositories) -> None:
    """An event knows its details and its participants with the posts that its article gives."""
    listed = await filled.events.list(EVERYTHING)
    assert [(one.ref.name, one.note, one.count) for one in listed.items] == [
        ("2022春江智能大会", "2022", 1),
        ("第三届星河开源论坛", "2021-09-18", 2),
    ]
    event = await filled.events.get(listed.items[1].ref.id)
    assert event is not None
    assert (event.date, event.venue, event.city, event.hosts) == (
        "2021-09-18",
        "云州国际会议中心",
        "云州",
        ("云州大学",),
    )
    people = await filled.events.participants(event.ref.id)
    assert [(one.person.name, one.role, len(one.posts)) for one in people] == [
        ("林知远", "speaker", 2),
        ("沈若琳", "speaker", 1),
    ]
    listed_people = await filled.people.list(EVERYTHING, event_id=event.ref.id)
    assert [(one.ref.name, one.count) for one in listed_people.items] == [("林知远", 2), ("沈若琳", 1)]
    latest = await filled.events.latest()
    assert latest is not None
    assert latest.ref.name == "2022春江智能大会"


async def test_topics_of_events_and_people_are_counted_by_statements(filled: Repositories) -> None:
    """Topics of an event and of a person stand by the number of statements that name them."""
    event = await _id(filled, "第三届星河开源论坛", "event")
    topics = {one.ref.name: one.count for one in await filled.events.topics(event)}
    assert topics == {"开源": 2, "人工智能": 1, "智算中心": 1, "开源生态": 1}
    person = await _id(filled, "林知远", "person")
    assert (await filled.people.topics(person))[0].count == 2


async def test_works_find_their_authors(filled: Repositories) -> None:
    """A talk is its speaker's; a report whose author is nobody known keeps the name alone."""
    works = await filled.people.works(await _id(filled, "沈若琳", "person"))
    assert [(work.title, work.kind) for work in works] == [("算力与开源", "talk")]
    listed, total = await filled.works.list(EVERYTHING)
    assert total == 2
    report = next(work for work in listed if work.kind == "report")
    assert (report.by, report.person, report.organization) == ("春江医院", None, None)


async def test_an_organisation_has_members_products_and_figures(filled: Repositories) -> None:
    """What articles place in an organisation is found from its name."""
    company = await _id(filled, "远帆科技", "organization")
    assert [post.person.name for post in await filled.organizations.members(company)] == ["沈若琳"]
    assert [one.product.name for one in await filled.organizations.products(company)] == ["远帆翻译接口"]
    names = [one.ref.name for one in (await filled.organizations.list(EVERYTHING)).items]
    assert set(names) == {"云州大学", "星河研究院", "远帆科技"}


async def test_a_product_has_mentions_statements_and_milestones(filled: Repositories) -> None:
    """One mention an article; the statements and dates that name the product."""
    platform = await _id(filled, "星河平台", "product")
    mentions = await filled.products.mentions(platform)
    assert [one.evidence.source.article_id for one in mentions] == [2, 1]
    assert (await filled.products.statements(platform, EVERYTHING))[1] == 2
    translation = await _id(filled, "远帆翻译接口", "product")
    assert [one.date for one in await filled.products.milestones(translation)] == ["2015"]
    assert {one.ref.name for one in (await filled.products.list(EVERYTHING)).items} == {
        "星河平台",
        "远帆翻译接口",
    }


async def test_figures_and_milestones_can_be_asked_for_by_words(filled: Repositories) -> None:
    """Words narrow figures and milestones to the sentences that hold them."""
    figures, total = await filled.figures.list(EVERYTHING, words="翻译")
    assert ([figure.text for figure in figures], total) == (["12亿字符"], 1)
    assert (await filled.figures.list(EVERYTHING, words="没有这样的词"))[1] == 0
    assert (await filled.figures.list(EVERYTHING, words=" "))[1] == 0
    assert (await filled.milestones.list(EVERYTHING, words="翻译接口"))[1] == 1
    assert (await filled.milestones.list(EVERYTHING))[1] == 1


async def test_lists_of_one_event_leave_out_the_others(filled: Repositories) -> None:
    """Figures and works of an event are those of its articles, with words too."""
    event = await _id(filled, "2022春江智能大会", "event")
    assert [figure.text for figure in (await filled.figures.list(EVERYTHING, event_id=event))[0]] == ["40%"]
    assert (await filled.works.list(EVERYTHING, event_id=event))[1] == 0
    assert (await filled.figures.list(EVERYTHING, words="翻译", event_id=event))[1] == 0


async def test_participations_say_where_a_person_took_part(filled: Repositories) -> None:
    """Each event once, newest article first."""
    found = await filled.people.participations(await _id(filled, "林知远", "person"))
    assert [one.event.name if one.event else None for one in found] == [
        "2022春江智能大会",
        "第三届星河开源论坛",
    ]


async def test_nothing_is_a_value(repositories: Repositories) -> None:
    """An empty database answers every question with nothing."""
    assert (await repositories.people.list(10)).items == ()
    assert await repositories.events.latest() is None
    assert await repositories.events.get(1) is None
    assert await repositories.events.participants(1) == ()
    assert await repositories.people.statements(1, 10) == ((), 0)
    assert await repositories.articles.source(1) is None
    assert await repositories.articles.text(1) is None


async def test_an_event_has_its_statements_and_dates_and_no_other(filled: Repositories) -> None:
    """Those of its articles, the group's among them, in text order, in slices with their total."""
    event = await _id(filled, "第三届星河开源论坛", "event")
    statements, total = await filled.events.statements(event, EVERYTHING)
    assert total == len(statements) == 4
    assert [one.person.name if one.person else None for one in statements] == [
        "林知远",
        "林知远",
        "沈若琳",
        None,
    ]
    assert (await filled.events.statements(event, 1, 2))[0] == statements[2:3]
    everything, all_of_them = await filled.facts.statements(EVERYTHING)
    assert all_of_them == len(everything) == 5
    assert set(statements) < set(everything)
    assert [one.date for one in (await filled.milestones.list(EVERYTHING, 0, None, event))[0]] == ["2015"]
    other = await _id(filled, "2022春江智能大会", "event")
    assert (await filled.milestones.list(EVERYTHING, 0, None, other)) == ((), 0)


async def test_who_speaks_about_what_at_an_event(filled: Repositories) -> None:
    """Each person's topics with the number of their statements there; a group's are nobody's."""
    event = await _id(filled, "第三届星河开源论坛", "event")
    subjects = await filled.events.subjects(event)
    told = {(one.person.name, one.topic.name): one.count for one in subjects}
    assert told["林知远", "开源"] == 1
    assert told["沈若琳", "智算中心"] == 1
    assert {person for person, _ in told} == {"林知远", "沈若琳"}
    assert [one.count for one in subjects] == sorted((one.count for one in subjects), reverse=True)


async def test_years(filled: Repositories) -> None:
    """A report is of its event's year, or else its own; what is dated is of the year that it is dated in."""
    years = filled.years
    assert set(await years.list(10)) == {2015, 2021, 2022}
    assert [one.text for one in (await years.figures(2022, 10))[0]] == ["40%"]
    assert (await years.figures(2021, 1))[1] == 4
    assert [one.text for one in (await years.figures(2021, 10, "开发者"))[0]] == ["超过300万", "80亿次"]
    assert (await years.statements(2021, 10, "智算中心"))[1] == 1
    assert (await years.statements(2021, 10, "？"))[1] == 0
    assert [one.date for one in (await years.milestones(2015, 10))[0]] == ["2015"]
    assert (await years.milestones(2014, 10))[1] == (await years.milestones(2016, 10))[1] == 0
    (event,) = await years.events(2021, 10)
    assert (await filled.events.get(event)) is not None
