"""``export``: every published fact with its evidence, as JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from storage.repositories import open_repositories

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.repositories import Repositories

_ALL = 1_000_000
Data = dict[str, list[dict[str, Any]]]


async def export_facts(settings: Settings, form: str) -> str:
    """All published facts.

    Args:
        settings: where the database is.
        form: ``json`` or ``markdown``.

    Raises:
        StorageError: the database cannot be opened.
    """
    repositories = await open_repositories(settings.database_url)
    try:
        data = await collect(repositories)
    finally:
        await repositories.database.close()
    if form == "json":
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return as_markdown(data)


async def collect(repositories: Repositories) -> Data:
    """The facts by kind, each with article, offsets and words."""
    figures, _ = await repositories.figures.list(_ALL)
    works, _ = await repositories.works.list(_ALL)
    milestones, _ = await repositories.milestones.list(_ALL)
    return {
        "articles": _plain(await repositories.articles.list(_ALL)),
        "events": await _events(repositories),
        "people": await _people(repositories),
        "figures": _plain(figures),
        "works": _plain(works),
        "products": await _products(repositories),
        "milestones": _plain(milestones),
    }


async def _events(repositories: Repositories) -> list[dict[str, Any]]:
    listed = (await repositories.events.list(_ALL)).items
    events = [await repositories.events.get(item.ref.id) for item in listed]
    return [
        {**asdict(event), "participants": _plain(await repositories.events.participants(event.ref.id))}
        for event in events
        if event is not None
    ]


async def _people(repositories: Repositories) -> list[dict[str, Any]]:
    people = repositories.people
    return [
        {
            "name": item.ref.name,
            "posts": _plain(await people.posts(item.ref.id)),
            "statements": _plain((await people.statements(item.ref.id, _ALL))[0]),
        }
        for item in (await people.list(_ALL)).items
    ]


async def _products(repositories: Repositories) -> list[dict[str, Any]]:
    listed = (await repositories.products.list(_ALL)).items
    return [
        mention for item in listed for mention in _plain(await repositories.products.mentions(item.ref.id))
    ]


def _plain(records: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(record) for record in records]


def as_markdown(data: Data) -> str:
    """The same for reading: people with their words, then figures, works and milestones."""
    lines: list[str] = []
    for event in data["events"]:
        lines += [f"# {event['ref']['name']}", ""]
        lines += [f"- {label}: {event[key]}" for key, label in _EVENT_LINES.items() if event[key]]
        lines.append("")
    for person in data["people"]:
        posts = ", ".join(
            " ".join(part for part in ((post["organization"] or {}).get("name"), post["title"]) if part)
            for post in person["posts"]
        )
        lines += [f"## {person['name']}" + (f" ({posts})" if posts else ""), ""]
        lines += [_quote(statement["evidence"]) for statement in person["statements"]]
        lines.append("")
    for key in ("figures", "works", "milestones"):
        if data[key]:
            lines += [f"## {key.capitalize()}", ""]
            lines += [_quote(fact["evidence"]) for fact in data[key]]
            lines.append("")
    return "\n".join(lines)


_EVENT_LINES = {"date": "date", "venue": "venue", "city": "city", "theme": "theme"}


def _quote(evidence: dict[str, Any]) -> str:
    text = " ".join(_escaped(evidence["text"]).split())
    return f"- {text} — article {evidence['source']['article_id']}, {evidence['start']}–{evidence['end']}"


def _escaped(text: str) -> str:
    """Article text as Markdown shows it: it never becomes markup."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>()#+-.!|~" else char for char in text)
