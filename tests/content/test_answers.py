"""Answers from records: what is joined, grouped, marked and counted."""

from __future__ import annotations

from itertools import count

import pytest

from content.answers import lists, points
from content.answers import pages as answers
from content.answers.choosing import figures_about
from content.answers.questions import read_question
from content.answers.quotations import by_speaker, marks, quotations
from content.records import (
    EntityRef,
    EventRecord,
    Evidence,
    FigureRecord,
    ParticipationRecord,
    PostRecord,
    SearchHit,
    Source,
    StatementRecord,
)

LIN = EntityRef("person", 1, "林若水")
ZHOU = EntityRef("person", 2, "周行之")
YUNFAN = EntityRef("organization", 3, "云帆大学")
EVENT = EntityRef("event", 4, "2031远山论坛")
OPEN = EntityRef("topic", 5, "开源")
QIMING = EntityRef("product", 6, "启明")

ids = count(1)


def source(article_id: int = 1) -> Source:
    return Source(
        article_id=article_id,
        title=None,
        publisher="远山日报",
        via=None,
        url=None,
        published=None,
        published_note="18日",
    )


def evidence(text: str, start: int = 0, article_id: int = 1) -> Evidence:
    return Evidence(
        fact_id=next(ids), source=source(article_id), start=start, end=start + len(text), text=text
    )


def statement(text: str, start: int, person: EntityRef | None = LIN, article_id: int = 1) -> StatementRecord:
    return StatementRecord(evidence=evidence(text, start, article_id), person=person, event=EVENT)


def figure(text: str, sentence: str, subject: str | None = None) -> FigureRecord:
    return FigureRecord(
        evidence=evidence(text),
        sentence=sentence,
        text=text,
        value=1.0,
        value_max=None,
        unit=None,
        comparator="=",
        subject=subject,
        period=None,
        as_of=None,
        person=LIN,
        event=EVENT,
    )


def test_sentences_that_follow_on_are_one_quotation() -> None:
    """Sentences without anything between them are shown in one piece, verbatim, cited by the first."""
    first, second = statement("林若水表示,开源很重要。", 10), statement("它连接人与人。", 22)
    (quotation,) = quotations([first, second])
    assert quotation.text == "林若水表示,开源很重要。它连接人与人。"
    assert quotation.citation == first.evidence


def test_a_line_end_between_sentences_is_kept() -> None:
    """One blank or line end between two sentences is shown as a line end."""
    (quotation,) = quotations([statement("甲。", 0), statement("乙。", 3)])
    assert quotation.text == "甲。\n乙。"


def test_sentences_apart_are_two_quotations() -> None:
    """With words between them, or from two articles, sentences are not run together."""
    apart = [statement("甲。", 0), statement("乙。", 9), statement("丙。", 11, article_id=2)]
    assert [point.text for point in quotations(apart)] == ["甲。", "乙。", "丙。"]


def test_groups_stand_after_the_speakers() -> None:
    """A topic is grouped by speaker in order of appearance; what a group said comes last."""
    spoken = [
        statement("甲。", 0, None),
        statement("乙。", 9, ZHOU),
        statement("丙。", 20),
        statement("丁。", 30, ZHOU),
    ]
    assert [(speaker, len(group)) for speaker, group in by_speaker(spoken)] == [
        (ZHOU, 2),
        (LIN, 1),
        (None, 1),
    ]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("开源体系与开源应用", "开源", ((0, 2), (5, 7))),
        ("AI与ai", "Ai", ((0, 2), (3, 5))),
        ("開源與ＡＩ", "开源 ai", ((0, 2), (3, 5))),
        ("a\u200b开\u200b源b", "开源", ((2, 5),)),
        ("开源创新", "创新 开源", ((0, 2), (2, 4))),
        ("开源创新", "开源创新 开源", ((0, 4),)),
        ("开源", "", ()),
        ("İ开源", "开源", ((1, 3),)),
    ],
)
def test_marks(text: str, word: str, found: tuple[tuple[int, int], ...]) -> None:
    """Every part of the word is marked wherever it stands, whatever its case, without overlaps."""
    assert marks(text, word) == found


def test_a_person_is_shown_with_all_that_is_known() -> None:
    """Both posts, the appearance with its venue, the statements and the figures, each in its section."""
    posts = [
        PostRecord(evidence=evidence("林若水"), person=LIN, organization=YUNFAN, title="校长"),
        PostRecord(evidence=evidence("林若水"), person=LIN, organization=None, title="院士"),
    ]
    event = EventRecord(
        evidence=evidence("2031远山论坛"),
        ref=EVENT,
        date="2031",
        venue="远山会堂",
        city=None,
        theme=None,
        hosts=(),
    )
    appearance = ParticipationRecord(evidence=evidence("林若水"), person=LIN, event=EVENT, role="speaker")
    answer = answers.about_person(
        LIN,
        posts=posts,
        appearances=[(appearance, event)],
        statements=[statement("甲。", 0)],
        total=1,
        figures=[figure("30家", "共有30家企业。")],
    )
    assert [section.label for section in answer.sections] == ["posts", "appearances", "statements", "figures"]
    shown = answer.sections[1].points[0]
    assert (shown.note("venue"), shown.note("date"), shown.note("published_note")) == (
        "远山会堂",
        "2031",
        "18日",
    )
    assert answer.onward == (YUNFAN, EVENT)


def test_nothing_known_is_an_empty_answer() -> None:
    """An answer without facts says so instead of raising."""
    assert answers.about_person(LIN).empty
    assert lists.figures([], "无").empty


def test_a_topic_is_grouped_and_marked() -> None:
    """Each speaker has a section with the word marked in it; the group has its own."""
    answer = answers.about_topic(
        OPEN, statements=[statement("说开源。", 0), statement("众说开源。", 9, None)], total=2
    )
    assert [(section.label, section.entity) for section in answer.sections] == [
        ("voice", LIN),
        ("group", None),
    ]
    assert answer.sections[0].points[0].marks == ((1, 3),)


def test_hits_of_one_speaker_stand_together() -> None:
    """Search results in a row from one person share a heading."""
    hits = [
        SearchHit(kind="statement", evidence=evidence("开源。"), person=person, marks=((0, 2),))
        for person in (LIN, LIN, ZHOU)
    ]
    answer = lists.hits(hits, "开源", 3)
    assert [(section.entity, len(section.points)) for section in answer.sections] == [(LIN, 2), (ZHOU, 1)]


def test_a_figure_is_marked_in_its_sentence() -> None:
    """The answer to a question for a number shows the sentence with the number marked."""
    point = points.figure_in_sentence(figure("30家", "共有30家企业。"))
    assert point.marks == ((2, 5),)


@pytest.mark.parametrize(
    ("text", "names", "wanted", "words"),
    [
        ("启明有多少开发者", [(0, 2)], "number", ("开发者",)),
        ("启明有几个模型库？", [(0, 2)], "number", ("模型库",)),
        ("啟明有多少開發者", [(0, 2)], "number", ("开发者",)),
        ("林若水怎么看开源", [(0, 3)], "said", ("开源",)),
        ("谁谈到了开源?", [], "who", ("开源",)),
        ("远山论坛是什么时候", [(0, 4)], "when", ()),
        ("How many developers does 启明 have?", [(25, 27)], "number", ("开发者",)),
        ("林若水", [(0, 3)], None, ()),
        ("", [], None, ()),
    ],
)
def test_questions_are_taken_apart(
    text: str, names: list[tuple[int, int]], wanted: str | None, words: tuple[str, ...]
) -> None:
    """What is asked for, and what is left to look for once names and question words are out."""
    question = read_question(text, names)
    assert (question.wanted, question.words) == (wanted, words)


def test_the_figure_that_counts_the_word_comes_before_those_near_it() -> None:
    """开发者 is what 230万 counts; that another sentence speaks of 开发者 too does not matter."""
    counted = figure("230万", "启明凝聚230万开发者,共同开发。")
    other = figure("140+", "启明支撑了开发者从开发到训练整个过程,拥有总数达到140+的模型库。")
    assert figures_about([other, counted], ("开发者",)) == (counted,)
    assert figures_about([other, counted], ("模型库",)) == (other,)
    assert figures_about([other, counted], ()) == (other, counted)
    assert figures_about([other, counted], ("天气",)) == ()
