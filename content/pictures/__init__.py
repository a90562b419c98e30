"""Records → what a picture shows, in no language's wording."""

from content.pictures.model import (
    Bar,
    Card,
    Chart,
    Chronicle,
    Dated,
    Drawable,
    Member,
    Network,
    Panel,
    Picture,
    Tallies,
)

__all__ = [
    "Bar",
    "Card",
    "Chart",
    "Chronicle",
    "Dated",
    "Drawable",
    "Member",
    "Network",
    "Panel",
    "Picture",
    "Tallies",
]
