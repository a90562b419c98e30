"""Organisations, people and topics of an event in three columns: no label can cover another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.pictures import Network
from content.pictures.compose import TOPICS
from handlers.i18n import Wording
from handlers.pictures import lines as setting
from handlers.pictures.fonts import drawable
from handlers.pictures.frame import Frame, footer, kicker, title
from handlers.pictures.sheet import MARGIN, WIDTH, Sheet, Style, mixed
from handlers.pictures.themes import Theme

_ROW = 100
_SIDE = 58
"""Pixels between two names of an outer column at least."""
_LEFT, _RIGHT = MARGIN + 236, WIDTH - MARGIN - 184
"""Where the outer columns face the people."""
_LINE = 26
"""Pixels that a line of a long name takes."""
_PEOPLE = 232
"""Width of the column of people."""
_CENTRE = _LEFT + 84 + _PEOPLE / 2
_STEP = 13
"""Pixels between two lines where they leave a person."""


def draw_network(network: Network, t: Wording, frame: Frame) -> Sheet:
    """Lay a network out."""
    theme = frame.theme
    sheet = Sheet(theme)
    kicker(sheet, t("picture.network"))
    title(sheet, network.event, t.date(network.date) if network.date else "")
    _heads(sheet, t)
    people = network.members
    sides = {
        "left": _weights((name, index) for index, one in enumerate(people) for name in one.organizations),
        "right": _weights((name, index) for index, one in enumerate(people) for name, _ in one.topics),
    }
    height = max(_ROW * len(people), *(_SIDE * len(side) for side in sides.values()))
    top = sheet.y
    rows = [top + height * (index + 0.5) / len(people) for index in range(len(people))]
    left = _spread(sides["left"], top, height)
    right = _spread(sides["right"], top, height)
    most = max((count for one in people for _, count in one.topics), default=1)
    for one, y in zip(people, rows, strict=True):
        edges = _CENTRE - _PEOPLE / 2, _CENTRE + _PEOPLE / 2
        for name in one.organizations:
            colour = mixed(theme.left, theme.paper, 0.55)
            sheet.curve((_LEFT + 16, left[name]), (edges[0], y), colour, 2.5)
        ordered = sorted(one.topics, key=lambda topic: right[topic[0]])
        for index, (name, count) in enumerate(ordered):
            start = y + (index - (len(ordered) - 1) / 2) * _STEP
            colour = mixed(theme.right, theme.paper, 0.6)
            sheet.curve((edges[1], start), (_RIGHT - 16, right[name]), colour, 1.5 + 4 * count / most)
    for one, y in zip(people, rows, strict=True):
        _person(sheet, one.name, t("list.separator").join(one.titles), y)
    for side, names, colour in (("left", left, theme.left), ("right", right, theme.right)):
        most = int(height / max(1, len(names)) / _LINE)
        for name, y in names.items():
            _name(sheet, name, y, colour, side, most)
    sheet.y = top + height + 26
    for note in (t("picture.network_note"), t("picture.network_top", most=t.number(TOPICS))):
        sheet.paragraph(note, Style(22, theme.faint), most=3)
    sheet.y += 18
    footer(sheet, t, frame, "", [network.citation])
    return sheet


def _heads(sheet: Sheet, t: Wording) -> None:
    theme = sheet.theme
    y = sheet.y
    sheet.text(_LEFT, y, t("picture.organizations"), Style(23, theme.left, bold=True), "right")
    sheet.text(_CENTRE, y, t("picture.people"), Style(23, theme.soft, bold=True), "middle")
    sheet.text(_RIGHT, y, t("picture.topics"), Style(23, theme.right, bold=True))
    sheet.y = y + 54


def _person(sheet: Sheet, name: str, posts: str, y: float) -> None:
    theme = sheet.theme
    room = _PEOPLE - 20
    style = next(
        (style for style in _names(theme) if style.measure(drawable(name)) <= room), _names(theme)[-1]
    )
    found = setting.clipped(drawable(name), room, style.measure, 2)
    soft = Style(20, theme.soft, leading=1.5)
    under = setting.clipped(drawable(posts), room, soft.measure, 1)
    height = len(found) * style.line + len(under) * soft.line + 14
    sheet.box(_CENTRE - _PEOPLE / 2, y - height / 2, _PEOPLE, height, mixed(theme.ink, theme.paper, 0.08), 10)
    kept, sheet.y = sheet.y, y - height / 2 + 7
    sheet.column(_CENTRE, found, style, "middle")
    sheet.column(_CENTRE, under, soft, "middle")
    sheet.y = kept


def _names(theme: Theme) -> tuple[Style, ...]:
    """Styles for a person's name, the last for one that takes two lines."""
    sizes = ((28, 1.35), (24, 1.35), (21, 1.25))
    return tuple(Style(size, theme.ink, bold=True, leading=leading) for size, leading in sizes)


def _name(sheet: Sheet, name: str, y: float, colour: str, side: str, most: int) -> None:
    theme = sheet.theme
    width = _LEFT - MARGIN if side == "left" else WIDTH - MARGIN - _RIGHT
    style = Style(25, theme.ink, leading=1.15)
    found = setting.lines(drawable(name), width, style.measure)
    if len(found) > 1:
        style = Style(21, theme.ink, leading=1.15)
        found = setting.balanced(drawable(name), width, style.measure)
    if len(found) > most:
        found = setting.clipped(drawable(name), width, style.measure, most)
    x = _LEFT if side == "left" else _RIGHT
    sheet.dot(x + (16 if side == "left" else -16), y, 5, colour)
    kept, sheet.y = sheet.y, y - len(found) * style.line / 2
    sheet.column(x, found, style, "right" if side == "left" else "left")
    sheet.y = kept


def _weights(pairs: object) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for name, row in pairs:  # type: ignore[attr-defined]  # pairs of name and row
        found.setdefault(name, []).append(row)
    return found


def _spread(rows: Mapping[str, Sequence[int]], top: float, height: float) -> dict[str, float]:
    """The names evenly over the height, each near the people it belongs to, so that few lines cross."""
    ordered = sorted(rows, key=lambda name: sum(rows[name]) / len(rows[name]))
    return {name: top + height * (index + 0.5) / len(ordered) for index, name in enumerate(ordered)}
