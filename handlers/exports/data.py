"""A collection as JSON: every record with its evidence, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from content.collection import Collection


def to_json(collection: Collection) -> bytes:
    """The file's bytes, in UTF-8."""
    return (json.dumps(as_data(collection), ensure_ascii=False, indent=1) + "\n").encode()


def as_data(collection: Collection) -> dict[str, Any]:
    """The facts by kind, each with article, offsets and words."""
    return {
        "subject": asdict(collection.subject) if collection.subject else None,
        "left_out": collection.left_out,
        "articles": _plain(collection.sources),
        "events": [
            {**asdict(one.event), "participants": _plain(one.participants)} for one in collection.gatherings
        ],
        "people": [
            {
                "name": one.person.name,
                "posts": _plain(one.posts),
                "statements": _plain(one.statements),
            }
            for one in collection.voices
        ],
        "group_statements": _plain(collection.groups),
        "figures": _plain(collection.figures),
        "works": _plain(collection.works),
        "products": _plain(collection.products),
        "milestones": _plain(collection.milestones),
    }


def _plain(records: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(record) for record in records]
