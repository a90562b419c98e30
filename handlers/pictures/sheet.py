"""A sheet that is written from top to bottom and gets the height that its content takes.

Places and sizes are pixels of the finished picture. It is drawn at twice the size and made smaller, which
gives lines and circles the smooth edges that text has.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw

from handlers.pictures import lines as setting
from handlers.pictures.fonts import Face, advance, drawable, font
from handlers.pictures.themes import Theme

WIDTH = 1080
MARGIN = 84
COLUMN = WIDTH - 2 * MARGIN
_SCALE = 2
_ASCENT = 0.88
"""Share of the size between the top of a Chinese character and the Latin baseline."""
Align = Literal["left", "middle", "right"]
Point = tuple[float, float]


class Style(NamedTuple):
    """How text is set."""

    size: int
    colour: str
    face: Face = "sans"
    bold: bool = False
    leading: float = 1.5
    """Distance of baselines in sizes."""

    @property
    def line(self) -> float:
        """Pixels from line to line."""
        return self.size * self.leading

    def measure(self, text: str) -> float:
        """Pixels that a string takes."""
        return advance(self.face, self.size * _SCALE, text) / _SCALE


class Sheet:
    """Collects what is to be drawn; ``y`` is where the next thing goes."""

    def __init__(self, theme: Theme, width: int = WIDTH) -> None:
        """An empty sheet.

        Args:
            theme: its colours.
            width: pixels.
        """
        self.theme = theme
        self.width = width
        self.y = float(MARGIN)
        self._marks: list[Callable[[ImageDraw.ImageDraw], None]] = []

    def text(self, x: float, y: float, text: str, style: Style, align: Align = "left") -> None:
        """One line; ``y`` is the top of its characters."""
        shown = drawable(text, style.face)
        x -= style.measure(shown) * {"left": 0, "middle": 0.5, "right": 1}[align]
        place = x * _SCALE, (y + style.size * _ASCENT) * _SCALE
        self._marks.append(partial(_write, place=place, text=shown, style=style))

    def column(self, x: float, found: Sequence[str], style: Style, align: Align = "left") -> None:
        """Lines one under the other from ``y`` on."""
        for line in found:
            self.text(x, self.y + (style.line - style.size) / 2, line, style, align)
            self.y += style.line

    def paragraph(
        self, text: str, style: Style, *, x: float = MARGIN, width: float = COLUMN, most: int = 40
    ) -> None:
        """A text in a column from ``y`` on, cut with ``…`` after ``most`` lines."""
        shown = drawable(text, style.face)
        self.column(x, setting.clipped(shown, width, style.measure, most), style)

    def rule(self, x: float, y: float, width: float, colour: str, height: float = 1.5) -> None:
        """A horizontal line."""
        self.box(x, y, width, height, colour)

    def box(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0) -> None:
        """A filled box; none where it has no size."""
        if width <= 0 or height <= 0:
            return
        edges = (x * _SCALE, y * _SCALE, (x + width) * _SCALE - 1, (y + height) * _SCALE - 1)
        self._marks.append(lambda draw: draw.rounded_rectangle(edges, radius * _SCALE, fill=colour))

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle around a point."""
        edges = [(part + sign * radius) * _SCALE for sign in (-1, 1) for part in (x, y)]
        self._marks.append(lambda draw: draw.ellipse(edges, fill=colour))

    def under(self, mark: Callable[[Sheet], None]) -> None:
        """Put something under everything that is there."""
        above, self._marks = self._marks, []
        mark(self)
        self._marks += above

    def curve(self, start: Point, end: Point, colour: str, width: float) -> None:
        """A line that leaves one point and reaches another horizontally."""
        middle = (start[0] + end[0]) / 2
        corners = (start, (middle, start[1]), (middle, end[1]), end)
        path = [_bezier(corners, step / 48) for step in range(49)]
        scaled = [(x * _SCALE, y * _SCALE) for x, y in path]
        self._marks.append(
            lambda draw: draw.line(scaled, fill=colour, width=round(width * _SCALE), joint="curve")
        )

    def png(self) -> bytes:
        """The finished picture."""
        height = round(self.y)
        image = Image.new("RGB", (self.width * _SCALE, height * _SCALE), self.theme.paper)
        draw = ImageDraw.Draw(image)
        for mark in self._marks:
            mark(draw)
        target = io.BytesIO()
        image.resize((self.width, height), Image.Resampling.LANCZOS, reducing_gap=2.0).save(target, "PNG")
        return target.getvalue()


def mixed(colour: str, paper: str, share: float) -> str:
    """A colour thinned with the paper's; ``share`` 1 is the colour itself."""
    pairs = [(int(colour[at : at + 2], 16), int(paper[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(own * share + other * (1 - share)):02x}" for own, other in pairs)


def _write(draw: ImageDraw.ImageDraw, place: Point, text: str, style: Style) -> None:
    # The package has one weight; a stroke of a fortieth of the size makes it a semibold.
    draw.text(
        place,
        text,
        style.colour,
        font(style.face, style.size * _SCALE),
        anchor="ls",
        stroke_width=style.size * _SCALE / 40 if style.bold else 0,
    )


def _bezier(corners: Sequence[Point], part: float) -> Point:
    rest = 1 - part
    weights = (rest**3, 3 * rest * rest * part, 3 * rest * part * part, part**3)
    return (
        sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
        sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
    )
