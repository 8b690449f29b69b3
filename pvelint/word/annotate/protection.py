"""Documents that are protected, signed or final: what may be done with a copy of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pvelint.errors import ReadError
from pvelint.word.annotate.model import AnnotateError
from pvelint.word.names import is_on, w
from pvelint.word.package import Package

_MAY_COMMENT: Final = frozenset({"comments", "trackedChanges", "none"})
_MAY_CHANGE: Final = frozenset({"trackedChanges", "none"})
_FORCE: Final = "Use --force to make a copy all the same."


@dataclass(frozen=True, slots=True)
class Permission:
    """What the document allows.

    changes: whether tracked changes may be added.
    notes:   what the person should know, in whole sentences.
    """

    changes: bool
    notes: tuple[str, ...]


def permission(package: Package, *, force: bool) -> Permission:
    """What may be added to a copy.

    Raises AnnotateError ``protected`` or ``signed`` when the document allows no comments, unless ``force``.
    """
    notes: list[str] = []
    changes = True
    kind = _protected_as(package)
    if kind not in _MAY_COMMENT:
        what = {"readOnly": "read only", "forms": "forms only"}.get(kind, "editing restricted")
        if not force:
            message = f"The document is protected ({what}), so comments may not be added."
            raise AnnotateError("protected", message, cure=_FORCE, path=package.path)
        notes.append(f"The document is protected ({what}); the copy has comments all the same.")
        changes = False
    elif kind not in _MAY_CHANGE:
        notes.append("The document is protected: only comments may be added, so no change is marked.")
        changes = False
    if any("_xmlsignatures/" in name for name in package):
        if not force:
            message = "The document is signed, and a copy with comments would break the signature."
            raise AnnotateError("signed", message, cure=_FORCE, path=package.path)
        notes.append("The document was signed; the signature does not hold for the copy.")
    if _has_setting(package, "writeProtection"):
        notes.append("The document asks to be opened read-only.")
    if _is_final(package):
        notes.append("The document is marked as final.")
    return Permission(changes, tuple(notes))


def _protected_as(package: Package) -> str:
    """The kind of an enforced protection, ``none`` without one, empty when the kind is left out."""
    for part in package.related(package.main, "settings"):
        protection = package.tree(part).find(w("documentProtection"))
        if protection is None or protection.get(w("enforcement")) is None:
            continue
        if is_on(protection, attribute=w("enforcement")):
            return protection.get(w("edit"), "")
    return "none"


def _has_setting(package: Package, name: str) -> bool:
    parts = package.related(package.main, "settings")
    return any(package.tree(part).find(w(name)) is not None for part in parts)


def _is_final(package: Package) -> bool:
    for part in package.related("", "custom-properties"):
        try:
            entries = list(package.tree(part))
        except ReadError:
            continue
        for entry in entries:
            if entry.get("name") == "_MarkAsFinal":
                value = "".join(str(text) for text in entry.itertext()).strip().lower()
                return value in ("true", "1")
    return False
