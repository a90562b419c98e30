"""The quality of extraction over real articles, where they lie beside the repository, does not fall.

Their texts are other people's and are no part of the project; ``quality.json`` keeps what was last measured.
To record anew after a change for the better: ``PYTHONPATH=. python tests/content/test_quality.py``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from content.extraction import extract
from content.facts_json import facts_to_json

REPOSITORY = Path(__file__).parent.parent.parent
FACTS = REPOSITORY.parent / "shared" / "facts"
RECORDED = Path(__file__).with_name("quality.json")
FALL = 0.01
"""How far a score may fall without a failure, as a fraction of 1."""

Scores = dict[str, float]


def measured(predictions: Path) -> Scores:
    """The scores of ``score.py`` over the articles: F1, or the rate, of each kind, and what was invented."""
    with predictions.open("w", encoding="utf-8") as file:
        for path in sorted((FACTS / "articles").glob("*.txt")):
            facts = facts_to_json(extract(path.read_bytes().decode("utf-8")))
            file.write(json.dumps({"file": path.name, **facts}, ensure_ascii=False) + "\n")
    command = [
        sys.executable,
        FACTS / "score.py",
        "--json",
        "--pred",
        predictions,
        FACTS / "gold",
        FACTS / "articles",
    ]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    scores: dict[str, Any] = json.loads(printed)
    return {kind: score["f1"] if isinstance(score, dict) else score for kind, score in scores.items()}


@pytest.mark.skipif(
    not FACTS.is_dir(), reason=f"no real articles with gold facts in {FACTS.name}/ beside the repository"
)
def test_quality_is_kept(tmp_path: Path) -> None:
    """No score is more than 0.01 below the recorded one, and no more is invented."""
    recorded: Scores = json.loads(RECORDED.read_text("utf-8"))
    now = measured(tmp_path / "predictions.jsonl")
    assert now.pop("invented") <= recorded.pop("invented")
    fallen = {
        kind: (recorded[kind], now.get(kind)) for kind in recorded if now.get(kind, 0) < recorded[kind] - FALL
    }
    assert fallen == {}


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        scores = measured(Path(folder) / "predictions.jsonl")
    rounded = {kind: round(score, 4) for kind, score in scores.items() if score is not None}
    RECORDED.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")
