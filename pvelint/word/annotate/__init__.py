"""Findings as comments and tracked changes in a copy of a Word document."""

from pvelint.word.annotate.annotating import annotate
from pvelint.word.annotate.earlier import standing, without_marks
from pvelint.word.annotate.model import (
    Annotated,
    AnnotateError,
    AnnotateOptions,
    How,
    PlacedFinding,
    Suggest,
)

__all__ = [
    "AnnotateError",
    "AnnotateOptions",
    "Annotated",
    "How",
    "PlacedFinding",
    "Suggest",
    "annotate",
    "standing",
    "without_marks",
]
