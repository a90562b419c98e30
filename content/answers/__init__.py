"""Records to answers: what is said to a question, each point with its citation, in no language's wording."""

from content.answers.model import Answer, Note, Point, PointKind, Section

__all__ = ["Answer", "Note", "Point", "PointKind", "Section"]
