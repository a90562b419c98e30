"""Articles made ready to be stored."""

from __future__ import annotations

import pickle

import pytest
from builders import STARS, stars

from content.model import Article, Facts, Statement
from content.preparation import Post, prepare


def test_every_fact_lies_inside_its_passage() -> None:
    """A passage is the text's own words and holds its fact whole."""
    prepared = stars().prepared()
    assert {one.kind for one in prepared.facts} == {
        "event", "participant", "affiliation", "statement", "figure", "work", "product", "milestone",
    }  # fmt: skip
    for one in prepared.facts:
        passage = prepared.passages[one.passage]
        assert STARS[passage.span.start : passage.span.end] == passage.text
        assert passage.span.start <= one.fact.start < one.fact.end <= passage.span.end


def test_a_post_quotes_the_words_that_give_it() -> None:
    """From organisation or title to the name."""
    posts = [one.fact for one in stars().prepared().facts if isinstance(one.fact, Post)]
    quoted = {post.affiliation.organization: STARS[post.start : post.end] for post in posts}
    assert quoted == {
        "云州大学": "云州大学教授、星河研究院院长林知远",
        "星河研究院": "星河研究院院长林知远",
        "远帆科技": "远帆科技首席技术官沈若琳",
    }


def test_names_come_with_the_names_in_their_brackets() -> None:
    """Each name of each kind once, with keys for every form."""
    names = {(name.kind, name.name): name for name in stars().prepared().names}
    assert [written for written, _ in names["person", "沈若琳"].aliases] == ["Zoe Shen"]
    assert names["person", "林知远"].keys.initials == "lzy"
    assert ("organization", "云州大学") in names
    assert len(names) == len(stars().prepared().names)


def test_what_is_prepared_crosses_to_another_process() -> None:
    """It can be pickled, and comes out equal."""
    prepared = stars().prepared()
    assert pickle.loads(pickle.dumps(prepared)) == prepared


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 3), (-1, 2), (0, 99)])
def test_a_span_outside_the_text_is_an_error(start: int, end: int) -> None:
    """No fact without evidence is stored."""
    facts = Facts(statements=(Statement(speaker="*", start=start, end=end),))
    with pytest.raises(ValueError, match="span"):
        prepare(Article(text="开源很好。"), facts)


def test_a_fact_over_two_sentences_has_both_as_its_passage() -> None:
    """The passage is the run of sentences that holds it."""
    text = "一句。两句话。三句。"
    facts = Facts(statements=(Statement(speaker="*", start=1, end=5),))
    assert prepare(Article(text=text), facts).passages[0].text == "一句。两句话。"


def test_facts_are_extracted_where_none_are_given() -> None:
    """Without hand-made facts the article is read."""
    prepared = prepare(Article(text=STARS))
    assert any(one.kind == "statement" for one in prepared.facts)
