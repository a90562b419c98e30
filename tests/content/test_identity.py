"""When two articles speak of the same person or event."""

from __future__ import annotations

import pytest

from content.identity import choose_event, choose_person, same_organization


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("华川", "华川集团", True),
        ("中科院", "中国科学院", True),
        ("工信部", "工业和信息化部", True),
        ("中车", "中国汽车工程学会", False),
        ("北大", "南大", False),
        ("", "华川", False),
    ],
)
def test_organisations_that_may_be_one(one: str, other: str, same: bool) -> None:
    """One holds the other or abbreviates it, in either order."""
    assert same_organization(one, other) == same_organization(other, one) == same


@pytest.mark.parametrize(
    ("here", "namesakes", "chosen"),
    [
        (["华川集团"], {1: ["华川"], 2: ["青川医院"]}, 1),
        (["星河研究院"], {1: ["华川"]}, None),  # another organisation: somebody else
        ([], {1: ["华川"]}, 1),  # nothing speaks against it
        (["华川"], {1: []}, 1),
        ([], {1: ["华川"], 2: ["青川医院"]}, None),  # it could be either
        (["华川"], {}, None),
    ],
)
def test_namesakes_are_never_merged_by_guess(
    here: list[str], namesakes: dict[int, list[str]], chosen: int | None
) -> None:
    """Overlapping organisations make one person; a lone candidate is taken where nothing is known."""
    assert choose_person(here, namesakes) == chosen


@pytest.mark.parametrize(
    ("date", "namesakes", "chosen"),
    [
        ("2021-09-18", {1: ["2021"]}, 1),
        ("2022", {1: ["2021-09-18"]}, None),
        (None, {1: ["2021"]}, 1),
        ("2022", {1: [None]}, 1),
        ("2022", {1: ["2021"], 2: ["2022-05"]}, 2),
        ("2022", {}, None),
    ],
)
def test_events_of_one_name_are_told_apart_by_year(
    date: str | None, namesakes: dict[int, list[str | None]], chosen: int | None
) -> None:
    """The same year, or no year to compare, makes one event."""
    assert choose_event(date, namesakes) == chosen
