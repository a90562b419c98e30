"""The drawn pictures: within Telegram's limits, complete, legible, nothing over anything else."""

from __future__ import annotations

import io
import re
from itertools import combinations
from typing import Any

import pytest
from pictures import PICTURES
from PIL import Image

from handlers.captions import caption
from handlers.i18n import LANGUAGES, wording
from handlers.pictures import draw
from handlers.pictures.drawing import sheet_of
from handlers.pictures.sheet import MARGIN, Sheet, Style
from handlers.pictures.themes import THEMES, Theme
from handlers.render import Context

Box = tuple[float, float, float, float, str]
BOT = "forum_briefing_bot"


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[Box]:
    """Where each line of text is put: left, top, right, bottom, the text."""
    found: list[Box] = []
    put = Sheet.text

    def text(self: Sheet, x: float, y: float, text: str, style: Style, align: Any = "left") -> None:
        width = style.measure(text)
        left = x - width * {"left": 0, "middle": 0.5, "right": 1}[align]
        found.append((left, y, left + width, y + style.size, text))
        put(self, x, y, text, style, align)

    monkeypatch.setattr(Sheet, "text", text)
    return found


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_one_that_telegram_takes(name: str) -> None:
    """A PNG of 1080 pixels' width, in either theme, the dark one dark."""
    light, dark = (
        Image.open(io.BytesIO(draw(PICTURES[name], "zh-hans", theme, BOT))) for theme in ("light", "dark")
    )
    assert light.size == dark.size
    assert light.width == 1080
    assert 300 < light.height < 4000
    assert light.convert("L").getpixel((2, 2)) > 200  # type: ignore[operator]  # a grey is a number
    assert dark.convert("L").getpixel((2, 2)) < 60  # type: ignore[operator]  # likewise


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_no_text_covers_another_or_leaves_the_sheet(name: str, language: str, boxes: list[Box]) -> None:
    """Whatever the length of names, numbers and quotations."""
    sheet = sheet_of(PICTURES[name], language, "light", BOT)
    for left, top, right, bottom, text in boxes:
        assert left >= MARGIN - 2, text
        assert right <= sheet.width - MARGIN + 2, text
        assert bottom <= sheet.y, text
        assert top >= 0, text
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
        assert apart or not (one[4].strip() and other[4].strip()), (one, other)


@pytest.mark.parametrize("name", [name for name in PICTURES if name not in ("rare", "unbroken")])
def test_the_caption_says_what_the_picture_says(name: str, boxes: list[Box]) -> None:
    """Every line of article text in the picture stands in its caption, but for our own labels."""
    t = wording("zh-hans")
    sheet_of(PICTURES[name], "zh-hans", "light", BOT)
    said = "".join(caption(Context(t, BOT), PICTURES[name]).text.split())
    keys = ("card", "chart", "chronicle", "network", "people", "topics", "organizations")
    ours = {t(f"picture.{key}") for key in keys}
    for *_, text in boxes:
        line = "".join(text.rstrip("…").split())
        known = text in ours or text.startswith(("t.me/", "/source", "来源", "机构与职务", "与“", "100%"))
        assert known or all(part in said for part in re.split("[–、]", line)), text


def luminance(colour: str) -> float:
    """Relative luminance by WCAG."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_stands_out_from_the_paper(theme: Theme) -> None:
    """Contrast of at least 4.5 to 1 for everything that is written."""
    for colour in (theme.ink, theme.soft, theme.faint, theme.accent, theme.bar, theme.left, theme.right):
        high, low = sorted((luminance(colour), luminance(theme.paper)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, colour
