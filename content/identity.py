"""When two articles speak of the same person or event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_SHORTEST_ABBREVIATION = 3
_YEAR = 4


def same_organization(one: str, other: str) -> bool:
    """Whether two folded names may be one organisation: one holds the other or abbreviates it.

    百度 and 百度集团, 中科院 and 中国科学院; not 中车 and 中国汽车工程学会.
    """
    short, long = sorted((one, other), key=len)
    return bool(short) and (short in long or _abbreviates(short, long))


def choose_person(organizations: Iterable[str], namesakes: Mapping[int, Iterable[str]]) -> int | None:
    """Which of the people of one name an article means.

    Args:
        organizations: folded names of the person's organisations in the article.
        namesakes: known people of that name by id, each with the folded names of their organisations.

    Returns:
        The one whose organisations overlap; else the only one there is, where the article or the database
        gives no organisation; else None: somebody new.
    """
    here = set(organizations)
    known = {person: set(theirs) for person, theirs in namesakes.items()}
    for person, theirs in known.items():
        if any(same_organization(one, other) for one in here for other in theirs):
            return person
    if len(known) == 1:
        ((person, theirs),) = known.items()
        return None if here and theirs else person
    return None


def choose_event(date: str | None, namesakes: Mapping[int, Iterable[str | None]]) -> int | None:
    """Which of the events of one name an article means: the first whose years do not speak against it.

    Args:
        date: partial ISO date that the article gives.
        namesakes: known events of that name by id, each with the dates that articles give it.
    """
    for event, dates in namesakes.items():
        years = {known[:_YEAR] for known in dates if known}
        if not date or not years or date[:_YEAR] in years:
            return event
    return None


def _abbreviates(short: str, long: str) -> bool:
    if len(short) < _SHORTEST_ABBREVIATION or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(character in rest for character in short)
