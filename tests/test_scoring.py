"""The scorer counts what an editor would count."""

from __future__ import annotations

from scoring import Gold, Score, invented, score_article

from content.model import Affiliation, Facts, Figure, Participant, Statement, Work

TEXT = "陆文表示,产量增长5%至15%。\n他认为前景很好。\n随后是茶歇。\n"


def gold(**changes: object) -> Gold:
    """A gold file with one speaker, two figures and nothing else."""
    base: Gold = {
        "event": None,
        "participants": [
            {
                "name": ["陆文", "陆文(博士)"],
                "role": "speaker",
                "affiliations": [{"organization": [None, "青禾"], "title": "教授"}],
            }
        ],
        "statements": {"陆文": [1, 2]},
        "statements_optional": [],
        "figures": [
            {"text": "5%", "sentence": 1, "value": 5},
            {"text": "15%", "sentence": 1, "value": [15, 0.15]},
        ],
        "works": [{"title": "海边", "kind": "other", "optional": True}],
    }
    return base | changes


def participant(name: str, *posts: Affiliation) -> Participant:
    return Participant(name=name, role="speaker", affiliations=posts, start=0, end=2)


def test_a_perfect_extraction_scores_one() -> None:
    """Alternative forms, lists of values and joined posts all count as right."""
    facts = Facts(
        participants=(participant("陆文", Affiliation("青禾", "教授")),),
        statements=(Statement(speaker="陆文", start=0, end=17), Statement(speaker="陆文", start=18, end=26)),
        figures=(
            Figure(text="5%", value=5, start=9, end=11),
            Figure(text="15%", value=15, start=12, end=15),
        ),
    )
    scores = score_article(TEXT, gold(), facts)
    assert {kind: score.f1 for kind, score in scores.items()} == dict.fromkeys(scores, 1.0)
    assert scores["statements"] == Score(right=2)


def test_nothing_found_is_all_missed() -> None:
    """An empty extraction has no wrong facts and misses every one that is not optional."""
    scores = score_article(TEXT, gold(), Facts())
    assert scores["participants"] == Score(missed=1)
    assert scores["affiliations"] == Score(missed=1)
    assert scores["statements"] == Score(missed=2)
    assert scores["figures"] == Score(missed=2)
    assert scores["works"] == Score()


def test_wrong_speakers_and_wrong_values_count_twice() -> None:
    """A sentence given to another is wrong and missed; so is a figure of another value."""
    facts = Facts(
        statements=(Statement(speaker="何晴", start=0, end=17),),
        figures=(Figure(text="5%", value=50, start=9, end=11),),
    )
    scores = score_article(TEXT, gold(), facts)
    assert scores["statements"] == Score(wrong=1, missed=2)
    assert scores["figures"] == Score(wrong=1, missed=2)


def test_optional_entries_count_neither_way() -> None:
    """An optional work or sentence may be found or left out."""
    facts = Facts(
        works=(Work(title="海边", kind="other", start=0, end=2),),
        statements=(Statement(speaker="何晴", start=18, end=26),),
    )
    scores = score_article(TEXT, gold(statements={}, statements_optional=[2]), facts)
    assert scores["works"] == scores["statements"] == Score()


def test_a_statement_covers_the_sentences_it_holds_half_of() -> None:
    """A span that runs a little into the next sentence does not claim it."""
    facts = Facts(statements=(Statement(speaker="陆文", start=0, end=20),))
    assert score_article(TEXT, gold(), facts)["statements"] == Score(right=1, missed=1)


def test_inventions_are_counted_where_nothing_is_to_find() -> None:
    """People in an article without people are invented, the same people elsewhere are not."""
    facts = Facts(participants=(participant("陆文"),))
    assert invented(gold(participants=[], statements={}), facts) == ["陆文"]
    assert invented(gold(), facts) == []


def test_scores_add_up() -> None:
    """The sum of scores is the score of the sum; nothing at all is perfect."""
    total = Score(right=3, wrong=1) + Score(missed=2)
    assert total == Score(3, 1, 2)
    assert total.f1 == 2 * 3 / (2 * 3 + 1 + 2)
    assert Score().f1 == 1.0
