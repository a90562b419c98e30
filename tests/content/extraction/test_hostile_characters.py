"""Characters that nobody sees, markup and broken encodings: evidence stays the text as it was given."""

from __future__ import annotations

import json
from dataclasses import fields
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.extraction import extract
from content.facts_json import facts_to_json
from content.model import Fact, Facts, Figure, Milestone, Participant

ARTICLE = (
    "2031年5月6日，第六届云杉论坛在松城会展中心举行。云溪大学校长林知远表示，松果产量超过1.2亿吨，"
    "同比增长5.3%。松果公司总经理陆青发布了《松果产业白皮书》，推出了“松果大脑”平台。"
    "2029年，松果公司开放了松果翻译，签约项目20个。"
)
INSERTED = {
    "zero width": "\u200b\u200c\u200d\u2060\ufeff",
    "variation selectors": "\ufe00\ufe0f\U000e0100",
    "soft hyphen": "\u00ad",
    "bidirectional controls": "\u202a\u202e\u2066\u2069\u061c\u200f",
    "combining marks": "\u0301\u0336\u20dd",
    "lone surrogates": "\ud800\udfff",
    "controls": "\x00\x08\x1b\x7f\x85",
    "fillers": "\u3164\u115f\uffa0\U000e0041",
    "radicals and compatibility ideographs": "\u2f24\u2ee9\uf900\U0002f800",
    "markup": ("<b>", "</b>", "<br/>", "&nbsp;", "&ldquo;", "&#8203;", "<p class='x'>", "&", "<"),
}


def facts_of(facts: Facts) -> list[Fact]:
    """Every fact that has evidence."""
    found: list[Fact] = [] if facts.event is None else [facts.event]
    for layer in fields(Facts):
        value = getattr(facts, layer.name)
        found += [fact for fact in (value if isinstance(value, tuple) else ()) if isinstance(fact, Fact)]
    return found


def check(text: str) -> Facts:
    """Extract a text and hold its evidence against it."""
    facts = extract(text)
    for fact in facts_of(facts):
        assert 0 <= fact.start < fact.end <= len(text), fact
        if isinstance(fact, Figure | Milestone):
            assert fact.text == text[fact.start : fact.end]
    printed = json.dumps(facts_to_json(facts), ensure_ascii=False).encode("utf-8", "backslashreplace")
    json.loads(printed)
    return facts


def strewn(random: Random, marks: str | tuple[str, ...], times: int) -> str:
    """The article with marks strewn over it."""
    text = ARTICLE
    for _ in range(times):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(marks) + text[at:]
    return text


@pytest.mark.parametrize("marks", INSERTED.values(), ids=INSERTED)
def test_evidence_is_verbatim_whatever_is_strewn_in(marks: str | tuple[str, ...]) -> None:
    """Figures and milestones are the text between their offsets; every offset lies in the text."""
    random = Random(31)
    for times in (1, 5, 40):
        for _ in range(8):
            check(strewn(random, marks, times))


@given(st.text(alphabet=ARTICLE + "".join(marks for marks in INSERTED.values() if isinstance(marks, str))))
@settings(max_examples=200, deadline=None)
def test_evidence_is_verbatim_in_any_text(text: str) -> None:
    """Whatever the order of the characters."""
    check(text)


UNSEEN = ("zero width", "variation selectors", "soft hyphen", "bidirectional controls", "fillers")


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_nobody_sees_hides_nothing(kind: str) -> None:
    """One invisible character behind every character, and all facts are found all the same."""
    marks = INSERTED[kind]
    assert isinstance(marks, str)
    text = "".join(character + marks[i % len(marks)] for i, character in enumerate(ARTICLE))
    plain, hidden = extract(ARTICLE), check(text)
    assert [p.name for p in hidden.participants] == [p.name for p in plain.participants] == ["林知远"]
    assert [f.value for f in hidden.figures] == [f.value for f in plain.figures] == [1.2e8, 5.3, 20]
    assert hidden.event is not None
    assert hidden.event.name == "第六届云杉论坛"
    assert [work.title for work in hidden.works] == ["松果产业白皮书"]


def test_a_byte_order_mark_counts_as_a_character() -> None:
    """Offsets are code points of the given text, its byte order mark included."""
    plain, marked = extract(ARTICLE), check("\ufeff" + ARTICLE)
    assert [f.start for f in marked.figures] == [f.start + 1 for f in plain.figures]


@pytest.mark.parametrize(
    "text",
    [
        "<a href='x'>2031年5月6日</a><img width=300 height=200 alt='松果5亿元'>",
        "&nbsp;&nbsp;&#160;&#12288;&lt;5亿元&gt;<script>var a=5000000;</script>",
        "<" * 5000 + "松果产量5亿吨",
        "&" * 5000,
        "<!--" * 5000,
        "<a " * 5000,
    ],
)
def test_markup_is_no_fact(text: str) -> None:
    """Tags, attributes and entities neither break the extraction nor become facts of their own."""
    facts = check(text)
    assert not [figure for figure in facts.figures if "=" in figure.text or "<" in figure.text]
    assert facts.participants == ()


@pytest.mark.parametrize(
    "text",
    [
        "《" + "松" * 9000 + "论坛》在松城举行。",
        "增长" + "亿" * 9000 + "元，5亿" + "松" * 9000 + "。",
        "总裁" + "Abc" * 9000 + "表示，好。",
        "总裁" + "阿·" * 9000 + "表示，好。",
        "“" + "松" * 9000 + "”平台发布，松城论坛举行，以“" + "松" * 9000 + "”为主题。",
        "2029年，" + "松" * 9000 + "。",
        "松" * 9000 + "公司总裁林知远表示，好。",
        "由" + "松" * 9000 + "公司主办的论坛在" + "松" * 9000 + "中心举行。",
    ],
    ids=[
        "event",
        "figure",
        "latin name",
        "dotted name",
        "product and theme",
        "milestone",
        "post",
        "hosts and venue",
    ],
)
def test_no_fact_is_endless(text: str) -> None:
    """What is longer than any real name is no fact; it is left out, not cut."""
    for fact in facts_of(check(text)):
        for name in (field.name for field in fields(fact)):
            value = getattr(fact, name)
            assert not isinstance(value, str) or len(value) <= 400, (name, len(value))
        for post in fact.affiliations if isinstance(fact, Participant) else ():
            assert len(post.organization or "") <= 100
