"""Names that only their place behind a post shows."""

from __future__ import annotations

import pytest

from content.extraction.analysis import Analysis
from content.extraction.furniture import find_body
from content.extraction.name_slots import find_slot_names
from content.extraction.names import find_names
from content.extraction.people import find_people
from content.extraction.reading import fold


def _slot_names(text: str) -> set[str]:
    folded = fold(text)
    return set(find_slot_names(folded, find_names(folded)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("云溪大学教授严格认为，应当慎重。", {"严格"}),
        ("松城研究院院长海洋表示，已经完成。", {"海洋"}),
        ("會上，雲溪大學教授嚴格指出，不宜過快。", {"严格"}),
    ],
)
def test_a_word_behind_a_post_is_a_name(text: str, names: set[str]) -> None:
    """A dictionary word between a post with its organisation and a verb of speech is a name."""
    assert _slot_names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "松城公司副总裁发表讲话。",
        "松城公司常务副总经理表示，欢迎。",
        "云溪大学教授团队认为，可行。",
        "云溪大学学者发表主题报告。",
        "松城公司经理做会议总结。",
        "云溪市市长一行表示感谢。",
        "教授严格认为，应当慎重。",
        "云溪大学教授严格执行规定。",
        "云溪大学教授在会上表示，可行。",
    ],
)
def test_what_is_no_name_behind_a_post(text: str) -> None:
    """A longer title, a group, a verb and an adverbial fill the same place, or no organisation is named."""
    assert _slot_names(text) == set()


def test_a_word_that_is_a_name_stays_a_word_elsewhere() -> None:
    """Only where it stands as a name is it one: 严格执行 is not."""
    text = "云溪大学教授严格认为，应当慎重。各地严格执行规定。严格说，这不难。"
    analysis = Analysis.of(text)
    analysis.body = find_body(analysis)
    assert [(person.name, person.start) for person in find_people(analysis)] == [("严格", 6)]
