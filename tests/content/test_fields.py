"""What an editor writes into a fact has to stand in the article."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.fields import FIELDS, Field, Ground, NoEvidenceError, as_written, field_of, read_value
from content.model import Event, Figure, Milestone, Product, Work
from content.records import FactKind

SENTENCE = "星河平台已凝聚超過300萬開發者，較2019年增長25%。"
ARTICLE = f"2021年9月18日，星河开源论坛在云州举行。远帆科技首席技术官沈若琳出席。{SENTENCE}"
GROUND = Ground(article=ARTICLE, sentence=SENTENCE, published="2021-10")


def value(kind: FactKind, name: str, written: str) -> Any:
    field = field_of(kind, name)
    assert field is not None
    return read_value(field, written, GROUND)


@pytest.mark.parametrize(
    ("kind", "name", "written", "meant"),
    [
        ("statement", "person", "沈若琳", "沈若琳"),
        ("statement", "person", "-", None),
        ("affiliation", "organization", "遠帆科技", "远帆科技"),
        ("figure", "unit", "开发者", "開發者"),
        ("figure", "subject", "星河平台開發者", None),
        ("figure", "value", "300万", 3_000_000.0),
        ("figure", "value", "3000000", 3_000_000.0),
        ("figure", "value", "25", 25.0),
        ("figure", "as_of", "2019", "2019"),
        ("figure", "comparator", ">", ">"),
        ("event", "date", "2021年9月18日", "2021-09-18"),
        ("event", "date", "2021-9", "2021-09"),
        ("event", "date", "2021-10", "2021-10"),
        ("event", "hosts", "远帆科技、星河平台", ["远帆科技", "星河平台"]),
        ("event", "hosts", "", []),
        ("participant", "role", "moderator", "moderator"),
    ],
)
def test_what_the_article_says_is_taken(kind: FactKind, name: str, written: str, meant: Any) -> None:
    """As the article writes it, whatever the editor's script and width."""
    if meant is None and written != "-":
        with pytest.raises(NoEvidenceError):
            value(kind, name, written)
    else:
        assert value(kind, name, written) == meant


@pytest.mark.parametrize(
    ("kind", "name", "written", "cause"),
    [
        ("statement", "person", "林知远", "words"),
        ("figure", "unit", "出席", "sentence"),
        ("figure", "value", "301万", "number"),
        ("figure", "value", "很多", "number"),
        ("figure", "value", "", "empty"),
        ("figure", "as_of", "2018", "date"),
        ("event", "date", "2021-02-30", "date"),
        ("event", "date", "2021-11", "date"),
        ("event", "date", "2021-09-19", "date"),
        ("event", "date", "去年", "date"),
        ("participant", "role", "chief", "choice"),
        ("event", "theme", "长" * 201, "long"),
    ],
)
def test_what_it_does_not_say_is_refused(kind: FactKind, name: str, written: str, cause: str) -> None:
    """Each with its cause, which the catalogues word."""
    with pytest.raises(NoEvidenceError) as refusal:
        value(kind, name, written)
    assert refusal.value.cause == cause


@given(st.text(max_size=30), st.text(max_size=60))
def test_words_are_the_texts_own(words: str, text: str) -> None:
    """Whatever is accepted stands in the text character by character."""
    found = as_written(words, text)
    assert found is None or found in text


def test_every_field_of_the_model_can_be_edited() -> None:
    """A field that is added to a fact is not forgotten here."""
    evidence = {"start", "end", "confidence", "rule"}
    for kind, model in {
        "event": Event,
        "figure": Figure,
        "work": Work,
        "product": Product,
        "milestone": Milestone,
    }.items():
        names = {one.name for one in fields(model)} - evidence
        assert {field.name for field in FIELDS[kind]} == names  # type: ignore[index] # the keys are kinds
    assert all(field.choices for rows in FIELDS.values() for field in rows if field.type == "choice")
    assert isinstance(FIELDS["event"][0], Field)
