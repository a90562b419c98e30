"""Tables of terms: what a table says, and where its terms stand in a text."""

from __future__ import annotations

from pathlib import Path

import pytest

import content.lexicon
from content.extraction.reading import fold
from content.lexicon import Terms, table, terms


def test_the_longest_term_counts() -> None:
    """Of two terms that begin or end at one place the longer one is found."""
    known = Terms(["院长", "副院长", "院"])
    assert known.at("副院长李某", 0) == 3
    assert known.before("任副院长", 4) == 3
    assert known.before("任副院长", 4, floor=2) == 2
    assert known.at("院长", 5) == 0


def test_attributes_select_terms() -> None:
    """A table's terms can be taken by an attribute."""
    assert "先生" in terms("titles", "address")
    assert "先生" not in terms("titles", "post")
    assert table("titles")["教授"] == ("rank",)


@pytest.mark.parametrize(
    "name", ["titles", "speech_verbs", "participation", "organization_suffixes", "furniture"]
)
def test_rule_tables_are_in_the_folded_reading(name: str) -> None:
    """A term in traditional characters or half-width marks could never match the folded reading."""
    assert [term for term in table(name) if fold(term) != term] == []


def test_a_term_stands_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that holds a term twice is refused: one of the two would be silently lost."""
    (tmp_path / "twice.tsv").write_text("# heading\n院长\tpost\n院长\trank\n", "utf-8")
    monkeypatch.setattr(content.lexicon, "_FOLDER", tmp_path)
    with pytest.raises(ValueError, match="院长 stands twice"):
        table("twice")


def test_no_term_reaches_past_the_text() -> None:
    """Where the text ends, a term's length is what stands there, though a longer term begins alike."""
    assert Terms(["开源", "开始动工"]).at("都开源", 1) == 2
