"""Full-text search: words first, parts of words too, and no query that breaks it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from backends import BACKENDS
from builders import ArticleBuilder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import MEMORY
from storage.repositories import Repositories, open_repositories

SENTENCES = (
    "人民币国际化正在推进。",
    "人民是历史的创造者。",
    "飞桨框架凝聚了300万开发者。",
    "开发者需要开放的平台与C++工具。",
    "增长率达到50%,用户_数量翻番。",
    "大模型开源社区很活跃🚀。",
    "展会免费开放,源代码可以下载。",
    'NEAR(a b) "AND" OR * 都是语法。',
)


@pytest.fixture(scope="module", params=BACKENDS)
def searchable_url(request: pytest.FixtureRequest) -> str:
    """The address of a database of this module's own; both are gone after the run."""
    if request.param == "sqlite":
        return MEMORY
    address: str = request.getfixturevalue("postgres").new_database()
    return address


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def searchable(searchable_url: str) -> AsyncIterator[Repositories]:
    """A database of one article with one statement a sentence."""
    opened = await open_repositories(searchable_url)
    builder = ArticleBuilder("\n".join(SENTENCES)).participant("人民")
    for sentence in SENTENCES:
        builder.statement("人民", sentence)
    await opened.articles.add(builder.prepared())
    yield opened
    await opened.database.close()


async def _found(searchable: Repositories, words: str) -> list[str]:
    hits, total = await searchable.search.search(words, 50)
    assert total == len(hits)
    return [hit.evidence.text for hit in hits]


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_whole_words_come_before_parts_of_words(searchable: Repositories) -> None:
    """人民 the word stands before 人民 inside 人民币, although that is found too."""
    assert await _found(searchable, "人民") == ["人民是历史的创造者。", "人民币国际化正在推进。"]


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("桨", "飞桨"),  # one character of a word
        ("推", "推进"),
        ("民币国", "人民币国际化"),  # across the words
        ("架凝聚了", "框架凝聚了"),
        ("00万", "300万"),
        ("放的平", "开放的平台"),
        ("C++", "C++"),
        ("c+", "C++"),
        ("%", "50%"),
        ("_", "用户_数量"),
        ("50%", "50%"),
        ("🚀", "活跃🚀"),
        ("300", "300万"),
        ("*", "OR * 都"),
        ('"AND"', '"AND"'),
        ("NEAR(a", "NEAR(a b)"),
    ],
)
async def test_what_no_dictionary_cuts_out_is_found(
    searchable: Repositories, words: str, inside: str
) -> None:
    """One character, a piece across words, signs and emoji find exactly the sentences that hold them."""
    assert await _found(searchable, words) == [text for text in reversed(SENTENCES) if inside in text]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("开发者 平台", ["开发者需要开放的平台与C++工具。"]),
        ("平台开发者", ["开发者需要开放的平台与C++工具。"]),  # words apart from each other
        ("飞槳開發者", ["飞桨框架凝聚了300万开发者。"]),  # traditional characters
        ("ｃ＋＋", ["开发者需要开放的平台与C++工具。"]),  # full width
        ("开源社区？", ["大模型开源社区很活跃🚀。"]),  # the mark at the end asks, and is not looked for
        ("开源", ["大模型开源社区很活跃🚀。"]),  # not 开放,源代码
        ("人民 开发者", []),
    ],
)
async def test_all_words_must_be_there(searchable: Repositories, words: str, expected: list[str]) -> None:
    """Several words narrow a search, in whatever characters they are written."""
    assert await _found(searchable, words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "开源 AND 人民",
        "人民 OR 飞桨",
        "NOT 人民",
        "words:人民",
        "grams : 人民",
        "NEAR(人民 飞桨)",
    ],
)
async def test_operators_are_only_text(searchable: Repositories, words: str) -> None:
    """The syntax of the search engine has no meaning in a reader's words."""
    assert await _found(searchable, words) == []


@pytest.mark.parametrize("words", ["人民*", "^人民", "-人民", "(人民)", "“人民”", "人民，"])
async def test_signs_beside_a_word_change_nothing(searchable: Repositories, words: str) -> None:
    """Neither a prefix, nor a beginning, nor an exclusion: the word is looked for."""
    assert await _found(searchable, words) == await _found(searchable, "人民")


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "\n\t", "\x00", "\u200b\u200f",
        '"', '""', "'", "\\", "(", ")", "*", ":", "^", "-", "+", "{a b}",
        "\ud83d", "👨‍👩‍👧‍👦", "مرحبا", "שלום עולם", "ﷺ", "𠮷", "a" * 10_000, "开源" * 5_000, "\"" * 10_000,
        "开 " * 5_000, "( " * 5_000, "人民" + "\x00" + "币", "é", "ǅ", "½",
    ],
)  # fmt: skip
async def test_strange_queries_find_nothing_or_matches(searchable: Repositories, words: str) -> None:
    """Empty, right-to-left, surrogate, huge and malformed queries are answered like any other."""
    hits, total = await searchable.search.search(words, 5)
    assert len(hits) == min(total, 5)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30) | st.text(alphabet='"*()^:-+ ANDORNT人民开源飞桨%_', max_size=12))
async def test_no_text_breaks_a_search(searchable: Repositories, words: str) -> None:
    """Whatever is asked, marks lie inside the sentence, in order, and hold something."""
    hits, total = await searchable.search.search(words, 50)
    assert total == len(hits)
    for hit in hits:
        ends = [0, *(place for mark in hit.marks for place in mark), len(hit.evidence.text)]
        assert ends == sorted(ends)
        assert hit.marks
        assert all(start < end for start, end in hit.marks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_every_piece_of_a_sentence_finds_it(searchable: Repositories, data: st.DataObject) -> None:
    """Full recall: any run of characters inside a sentence finds the sentence."""
    sentence = data.draw(st.sampled_from(SENTENCES))
    start = data.draw(st.integers(0, len(sentence) - 1))
    piece = sentence[start : data.draw(st.integers(start + 1, len(sentence)))]
    if piece.strip():
        assert sentence in await _found(searchable, piece)


async def test_pages_join_without_gap_or_repeat(searchable: Repositories) -> None:
    """Pages of one give the same hits in the same order as one long page."""
    everything = await _found(searchable, "开")
    pages = [(await searchable.search.search("开", 1, offset))[0][0] for offset in range(len(everything))]
    assert [hit.evidence.text for hit in pages] == everything
    assert await searchable.search.search("开", 1, 99) == ((), len(everything))


async def test_a_hit_says_who_spoke(searchable: Repositories) -> None:
    """A statement's hit names its speaker and marks the words."""
    (hit, *_), _ = await searchable.search.search("飞桨", 1)
    assert hit.kind == "statement"
    assert hit.person is not None
    assert hit.person.name == "人民"
    assert [hit.evidence.text[start:end] for start, end in hit.marks] == ["飞桨"]
