"""Deep links: every fact and every name has one, and only what we gave out is read."""

from __future__ import annotations

import re

import pytest

from content.records import EntityRef
from handlers.links import COMMAND_OF, entity_link, fact_link, parse_payload

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def test_a_fact_links_to_its_source() -> None:
    """``f_<id>`` leads to /source."""
    payload = fact_link("forum_bot", 12).partition("?start=")[2]
    assert PAYLOAD.fullmatch(payload)
    assert parse_payload(payload) == ("source", "#12")


@pytest.mark.parametrize("kind", COMMAND_OF)
def test_a_name_links_to_its_page(kind: str) -> None:
    """Each kind of entity has its letter, and the letter leads back to its command."""
    ref = EntityRef(kind, 7, "云帆大学")  # type: ignore[arg-type]  # the keys are the kinds
    payload = entity_link("forum_bot", ref).partition("?start=")[2]
    assert PAYLOAD.fullmatch(payload)
    assert parse_payload(payload) == (COMMAND_OF[ref.kind], "#7")


@pytest.mark.parametrize(
    "payload", ["", "f_", "f_0", "f_-1", "f_1x", "z_1", "f_" + "9" * 30, "f_１", "hello"]
)
def test_what_we_never_gave_out_leads_nowhere(payload: str) -> None:
    """A payload of another form is not guessed at."""
    assert parse_payload(payload) is None
