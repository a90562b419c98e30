"""The pipeline: its order, its shipped article, and its growth on hostile text."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import content
from content.extraction import extract
from content.extraction.analysis import Analysis
from content.extraction.pipeline import PIPELINE, Component, check

SHIPPED = (Path(content.__file__).parent / "articles" / "zgc2020.txt").read_text("utf-8")


def test_a_component_must_come_after_what_it_needs() -> None:
    """A pipeline in the wrong order, or with an unknown layer, cannot be built."""
    with pytest.raises(ValueError, match="needs body earlier"):
        check(PIPELINE[1:])
    with pytest.raises(ValueError, match="no layer"):
        check([replace(PIPELINE[0], gives="colour")])
    with pytest.raises(ValueError, match="no layer"):
        check([PIPELINE[0], Component("body", PIPELINE[0].run)])


def test_the_shipped_article() -> None:
    """Eleven participants, six of them quoted, five on the panel."""
    facts = extract(SHIPPED)
    assert [(p.name, p.role) for p in facts.participants] == [
        ("刘兴平", "speaker"),
        ("王海峰", "speaker"),
        ("王恩东", "speaker"),
        ("吴甜", "speaker"),
        ("崔宝秋", "speaker"),
        ("张志群", "speaker"),
        ("黄炳", "panelist"),
        ("廖军", "panelist"),
        ("田寅", "panelist"),
        ("张桐", "panelist"),
        ("刘倩", "panelist"),
    ]
    assert sum(len(p.affiliations) for p in facts.participants) == 14
    assert {s.speaker for s in facts.statements} == {p.name for p in facts.participants[:6]} | {"*"}


def test_evidence_is_the_articles_own_text() -> None:
    """Every name stands where its evidence says."""
    for person in extract(SHIPPED).participants:
        assert SHIPPED[person.start : person.end] == person.name
        assert 0 < person.confidence <= 1
        assert person.rule


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\0", "“", "）", "·", "：", "。" * 50, "\u200b" * 50])
def test_nothing_is_found_in_nothing(text: str) -> None:
    """Texts without a word give no people and no statements."""
    facts = extract(text)
    assert (facts.participants, facts.statements) == ((), ())


HOSTILE = {
    "no punctuation": "王海峰说",
    "titles": "总经理张伟",
    "modifiers": "高级副总裁首席",
    "nested brackets": "“（《",
    "quotations": "“甲”",
    "quoted lines": "“张伟说。”\n",
    "labels": "张伟：\n",
    "invisible": "\0\u200b王\u200b海峰",
    "dots": "阿·",
    "capitals": "Abc De ",
    "lists": "张伟、李强、王芳、",
    "organisations": "大学研究院和中心与公司",
    "spaces": " ",
    "dashes": "总裁-",
    "one surname": "王",
    "figures": "超过5万亿元",
    "clefts": "出席的还有张伟",
    "events": "举行了论坛",
    "works": "《王海峰报告》",
}
HOSTILE_TEXTS = {name: unit * (96_000 // len(unit)) for name, unit in HOSTILE.items()} | {
    "any characters": "".join(
        Random(7).choices("王海峰表示开源论坛在京举行的有和万亿超过百年大学部长", k=96_000)
    ),
}


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_time_grows_with_the_text_and_no_faster(text: str) -> None:
    """Eight times the text takes each component about eight times as long; a square would take sixty-four."""
    small = [_seconds(text[: len(text) // 8]) for _ in range(3)]
    large = [_seconds(text) for _ in range(2)]
    slow = {
        component: (least, most)
        for component in large[0]
        if (most := min(run[component] for run in large))
        > 32 * (least := min(run[component] for run in small)) + 0.2
    }
    assert slow == {}


def _seconds(text: str) -> dict[str, float]:
    """Seconds of processor time that each component takes: what else runs on the machine does not count."""
    analysis, taken = Analysis.of(text), {}
    for component in PIPELINE:
        start = time.thread_time()
        setattr(analysis, component.gives, component.run(analysis))
        taken[component.gives] = time.thread_time() - start
    return taken
