"""Second names in brackets."""

from __future__ import annotations

import pytest

from content.aliases import aliases


@pytest.mark.parametrize(
    ("name", "text", "person", "found"),
    [
        ("Firmament", "Firmament(苍穹)研究咨询", False, {"苍穹"}),
        ("飞舟", "飞舟（PaddleBoat）平台", False, {"PaddleBoat"}),
        ("马琳·肯加", "马琳·肯加（Malin Kenga）", True, {"Malin Kenga"}),
        ("北方量子研究院", "北方量子研究院（以下简称“量研院”）", False, {"量研院"}),
        ("Firmament(苍穹)研究咨询", "", False, {"苍穹", "Firmament", "Firmament研究咨询"}),
        ("陆海峰", "陆海峰（CTO）", True, set()),
        ("陆海峰", "陆海峰（左二）", True, set()),
        ("Viktor Schön", "Viktor Schön（德国）", True, set()),
        ("华川", "华川（纳斯达克：HUAC）", False, set()),
        ("华川", "华川（2020）", False, set()),
        ("华川大学（深圳）", "", False, set()),
        (
            "华川",
            "华川（Huachuan Group Ltd. 是一家很长很长的说明文字一直写到四十个字以上都没有停下来的括号）",
            False,
            set(),
        ),
        ("C++(", "C++((x)", False, set()),
    ],
)
def test_brackets_that_name_and_brackets_that_explain(
    name: str, text: str, person: bool, found: set[str]
) -> None:
    """The other script or a short form names; posts, places, numbers and codes explain."""
    assert set(aliases(name, text, person=person)) == found
