"""What texts are indexed by and what queries ask for."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.folding import fold_text
from content.tokens import MAX_TERMS, grams, index_terms, marks, query_terms

ROOT = Path(__file__).parents[2]


def test_words_and_pairs_of_a_text() -> None:
    """Words are jieba's, compounds also in their parts; pairs cover every run with its last character."""
    terms = index_terms("開發者需要AI平台。")
    assert {"开发", "开发者", "需要", "ai", "平台"} <= set(terms.words.split())
    assert "。" not in terms.words.split()
    assert terms.grams.split()[:3] == ["开发", "发者", "者需"]
    assert list(grams("开源 社区")) == ["开源", "源", "社区", "区"]


@given(st.text(max_size=60))
def test_terms_hold_no_blanks(text: str) -> None:
    """Whatever the text, its terms can be joined by blanks and split again; none is empty."""
    terms = index_terms(text)
    assert terms.grams.split() == list(grams(fold_text(text)))
    assert all(term for term in terms.words.split(" ") if terms.words)


@pytest.mark.parametrize(
    ("written", "words", "phrases"),
    [
        ("开源", ("开源",), ("开源",)),
        ("開源 社區", ("开源", "社区"), ("开源", "社区")),
        ("开源社区生态", ("开源", "社区", "生态"), ("开源社区生态",)),
        ("开源？", ("开源",), ("开源",)),
        ("AI开源", ("ai", "开源"), ("ai开源",)),
        ("C++", ("c++",), ("c++",)),
        ("%", ("%",), ("%",)),
        ("?", ("?",), ("?",)),
        ("开源 开源", ("开源",), ("开源",)),
        ("", (), ()),
        (" \x00\u200b", (), ()),
    ],
)
def test_queries_are_cut_like_texts(written: str, words: tuple[str, ...], phrases: tuple[str, ...]) -> None:
    """The words of a query are those of the index; the runs as they were written are kept beside them."""
    terms = query_terms(written)
    assert (terms.words, terms.phrases) == (words, phrases)


def test_a_query_without_end_has_an_end() -> None:
    """Ten thousand characters ask for no more than a screenful of terms."""
    assert len(query_terms("开 源 社 区 " * 2_500).words) <= MAX_TERMS
    assert len(query_terms("".join(chr(0x4E00 + place) for place in range(10_000))).words) <= MAX_TERMS


def test_marks_are_places_of_the_given_text() -> None:
    """Offsets count the text's own characters: full-width, traditional and invisible ones."""
    text = "２０１２年,飛槳\u200b開源社區开源"
    found = [text[start:end] for start, end in marks(text, query_terms("2012 开源"))]
    assert found == ["２０１２", "開源", "开源"]
    assert marks("开源社区", query_terms("开源社区")) == ((0, 4),)
    assert marks("别的", query_terms("开源")) == ()


def test_a_text_without_punctuation_is_cut_in_time() -> None:
    """350,000 characters in one run take seconds, not half a minute."""
    index_terms("热身")
    run = "".join(chr(0x4E00 + place * 37 % 20_000) for place in range(350_000))
    started = time.process_time()
    index_terms(run)
    assert time.process_time() - started < 15


def _run(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        env={"PATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_jieba_is_loaded_only_for_what_it_might_cut() -> None:
    """A word of two characters, Latin words and numbers need no dictionary."""
    program = (
        "import sys; from content.tokens import query_terms;"
        "[query_terms(words) for words in ('开源', '桨', 'Gartner 2020', '开源 社区')];"
        "assert 'jieba' not in sys.modules; query_terms('开源社区'); assert 'jieba' in sys.modules"
    )
    finished = _run(program)
    assert finished.returncode == 0, finished.stderr


def test_jieba_is_quiet_and_needs_no_temporary_folder(tmp_path: Path) -> None:
    """It logs nothing, warns of nothing, and writes nothing where the temporary folder cannot be written."""
    program = (
        "import logging, tempfile; logging.basicConfig(level=logging.DEBUG);"
        "tempfile.gettempdir = lambda: 1 / 0;"
        "from content.tokens import index_terms; print(index_terms('开源社区').words)"
    )
    finished = _run(program, TMPDIR=str(tmp_path))
    assert (finished.stdout, finished.stderr, finished.returncode) == ("开源 社区\n", "", 0)
    assert list(tmp_path.iterdir()) == []
