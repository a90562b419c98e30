"""Names as readers write them."""

from __future__ import annotations

import pytest
from builders import ArticleBuilder

from storage.repositories import Repositories


@pytest.fixture
async def known(repositories: Repositories) -> Repositories:
    """A database with people, organisations and a topic whose names are easily mistaken."""
    text = (
        "华川集团总裁陆海峰与苍穹(Firmament)研究院院长吴甜、白泽公司经理曾宇翔出席。"
        "开源很好。陆海峰说,开源很好。"
    )
    builder = (
        ArticleBuilder(text)
        .participant("陆海峰", ("华川集团", "总裁"))
        .participant("吴甜", ("苍穹(Firmament)研究院", "院长"))
        .participant("曾宇翔", ("白泽公司", "经理"))
        .statement("陆海峰", "陆海峰说,开源很好。")
        .product("开源")
        .topics("开源")
    )
    await repositories.articles.add(builder.prepared())
    return repositories


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("陆海峰", "陆海峰"),
        (" 陸海峰 ", "陆海峰"),  # traditional
        ("吳甜", "吴甜"),
        ("Firmament", "苍穹(Firmament)研究院"),  # the name in the bracket
        ("ｆｉｒｍａｍｅｎｔ", "苍穹(Firmament)研究院"),
        ("苍穹研究院", "苍穹(Firmament)研究院"),
    ],
)
async def test_a_name_in_any_of_its_forms_is_found(known: Repositories, written: str, name: str) -> None:
    """Traditional, full-width and bracketed forms are the same name."""
    assert [one.name for one in await known.names.resolve(written)] == [name]


@pytest.mark.parametrize(
    "written",
    [
        "陆海锋",
        "陆海丰",
        "陸海風",
        "luhaifeng",
        "Lu Hai Feng",
        "lǔ hǎifēng",
        "luhaifen",
        "luhaifng",
        "lhf",
        "海峰",
        "陆海峰先生",
    ],
)
async def test_a_name_written_wrongly_is_near(known: Repositories, written: str) -> None:
    """Homophones, pinyin, its slips, initials and parts of a name come near it, and it comes first."""
    assert await known.names.resolve(written) == ()
    assert (await known.names.nearest(written))[0].name == "陆海峰"


async def test_a_surname_is_read_as_a_surname(known: Repositories) -> None:
    """曾 is Zeng in a person's name."""
    assert (await known.names.nearest("zengyuxiang"))[0].name == "曾宇翔"
    assert (await known.names.nearest("zyx"))[0].name == "曾宇翔"


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "王",
        "欧阳锋",
        "张三丰",
        "x",
        "qqq",
        "zhangsanfeng",
        "今天天气怎么样",
        "🚀",
        "%",
        "陆" * 10_000,
    ],
)
async def test_what_is_far_is_not_offered(known: Repositories, written: str) -> None:
    """A name that resembles none gives none."""
    assert await known.names.nearest(written) == ()


async def test_kinds_narrow_every_answer(known: Repositories) -> None:
    """开源 is a topic and a product here; a kind asks for one of them."""
    assert {one.kind for one in await known.names.resolve("开源")} == {"topic", "product"}
    assert [one.kind for one in await known.names.resolve("开源", {"topic"})] == ["topic"]
    assert [one.kind for one in await known.names.nearest("开元", {"product"})] == ["product"]
    assert await known.names.nearest("陆海锋", {"organization"}) == ()
    assert len(await known.names.resolve("开源", limit=1)) == 1


async def test_beginnings_are_completed(known: Repositories) -> None:
    """A beginning in characters or pinyin gives the names, who is spoken of most first."""
    assert [one.name for one in await known.names.complete("陆")] == ["陆海峰"]
    assert [one.name for one in await known.names.complete("lu")] == ["陆海峰"]
    assert [one.name for one in await known.names.complete("华川")] == ["华川集团"]
    assert await known.names.complete("") == ()
    assert await known.names.complete("没有") == ()


async def test_known_names_are_found_in_a_question(known: Repositories) -> None:
    """The longest names, with their places in the question as it was written."""
    question = "請問陸海峰对开源怎么看?Firmament呢"
    found = await known.names.mentioned_in(question)
    places = {(one.name, question[start:end]) for one, start, end in found}
    assert places == {("陆海峰", "陸海峰"), ("开源", "开源"), ("苍穹(Firmament)研究院", "Firmament")}
    assert {one.kind for one, *_ in found if one.name == "开源"} == {"topic", "product"}
    assert await known.names.mentioned_in("打开,源头") == ()


async def test_an_entity_is_found_by_its_id(known: Repositories) -> None:
    """An id in a button leads back to the entity of its kind, while readers may see it."""
    (person,) = await known.names.resolve("陆海峰")
    assert await known.names.get("person", person.id) == person
    assert await known.names.get("topic", person.id) is None
    await known.desk.unpublish(1)
    assert await known.names.get("person", person.id) is None


async def test_an_alias_is_a_name(known: Repositories) -> None:
    """A name that an editor adds is found at once; one that is there already is not added again."""
    (company,) = await known.names.resolve("白泽公司")
    assert await known.desk.add_alias(company.id, "Baize")
    assert not await known.desk.add_alias(company.id, "ＢＡＩＺＥ")
    assert await known.names.resolve("baize") == (company,)
    assert await known.names.describe(company) is None
    assert not await known.desk.add_alias(company.id, " \u200b")
    assert not await known.desk.add_alias(10**6, "没有")


async def test_an_alias_of_a_topic_brings_its_statements(filled: Repositories) -> None:
    """Statements that name a topic by its new name are then under it, and counted."""
    (topic,) = await filled.names.resolve("开源", {"topic"})
    before = (await filled.topics.statements(topic.id, 9))[1]
    assert await filled.desk.add_alias(topic.id, "计算需求")
    assert (await filled.topics.statements(topic.id, 9))[1] == before + 1
    assert next(one.count for one in (await filled.topics.list(9)).items if one.ref == topic) == before + 1


async def test_names_follow_the_content(known: Repositories) -> None:
    """What is hidden is no longer known, what is shown again is."""
    assert await known.names.resolve("陆海峰")
    await known.desk.unpublish(1)
    assert await known.names.resolve("陆海峰") == ()
    assert await known.names.nearest("陆海锋") == ()
    await known.desk.publish(1)
    assert await known.names.resolve("陆海峰")
