"""What buttons carry: packed into 64 bytes, read strictly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.callbacks import Press, pack, parse

ARGUMENTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60)


@given(ARGUMENTS, st.integers(min_value=0, max_value=9999), st.sampled_from("+="))
def test_a_press_comes_back_as_it_was(argument: str, page: int, mode: str) -> None:
    """Packing and parsing are inverse, and what was packed fits into Telegram's 64 bytes."""
    press = Press("speaker", argument, page, "=" if mode == "=" else "+")
    if press.fits:
        assert len(pack(press).encode()) <= 64
        assert parse(pack(press)) == press
    else:
        with pytest.raises(ValueError, match="speaker"):
            pack(press)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "0:+:speaker:0:#1",
        "1:+:speaker:0",
        "1:?:speaker:0:#1",
        "1:+:SPEAKER:0:#1",
        "1:+:speaker:-1:#1",
        "1:+:speaker:01:#1",
        "1:+:speaker:10000:#1",
        "1:+:speaker:１:#1",
        "1:+:speaker:0:a\x00b",
        "1:+:speaker:0:" + "字" * 40,
    ],
)
def test_forged_data_is_refused(forged: str) -> None:
    """What this version never packs is nothing."""
    assert parse(forged) is None


@given(st.text())
def test_no_data_breaks_the_parser(data: str) -> None:
    """Any text is either a press or nothing."""
    press = parse(data)
    assert press is None or pack(press) == data
