"""A Word file as a package of parts: names, content types, relationships, trees parsed when asked for."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from lxml import etree

from pvelint.word.gate import LIMITS, Limits, open_archive, part_key, refusal, refuse_doctype
from pvelint.word.names import CT_NS, REL_NS, Element, to_usual_namespaces, w

__all__ = ["LIMITS", "Limits", "Package", "Relationship", "open_package"]

_CONTENT_TYPES: Final = "[content_types].xml"
_OTHER_KINDS: Final = {
    "spreadsheetml": "a spreadsheet (Excel)",
    "presentationml": "a presentation (PowerPoint)",
    "visio": "a drawing (Visio)",
}


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another, or out of the package.

    kind:   last word of the relationship's type, in lower case (``header``, ``footnotes``), which is
            the same for Strict and usual files.
    target: name of a part (as `Package` compares names), or the address when ``external``.
    """

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """The parts of one Word file.

    Names are compared case-blind and with ``/`` for ``\\``, because real files spell them in every
    way. Trees are parsed once and shared: the anchors of a read document point into them.

    path:   as the user named the file.
    names:  compared name of each part -> its name in the zip, in the zip's order.
    main:   compared name of the main document part.
    strict: the main part uses the Strict namespaces (`tree` gives the usual ones).
    """

    path: str
    names: Mapping[str, str]
    limits: Limits = field(repr=False)
    _archive: zipfile.ZipFile = field(repr=False, compare=False)
    _trees: dict[str, Element] = field(default_factory=dict, repr=False, compare=False)
    _strict: set[str] = field(default_factory=set, repr=False, compare=False)
    _relationships: dict[str, tuple[Relationship, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def read(self, name: str) -> bytes:
        """A part's bytes as they stand in the zip.

        Raises KeyError when there is no such part, ReadError ``damaged`` when it cannot be unpacked.
        """
        stored = self.names[part_key(name)]
        try:
            return self._archive.read(stored)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise refusal("damaged", path=self.path, detail=f"{stored}: {error}".rstrip(".")) from None
        except (NotImplementedError, RuntimeError) as error:
            raise refusal("unsupported-compression", path=self.path, detail=str(error)) from None

    def tree(self, name: str) -> Element:
        """The root element of an XML part, with the usual namespaces; always the same object.

        Raises KeyError when there is no such part, ReadError ``dtd``, ``zip-bomb``, ``damaged`` or
        ``not-well-formed``.
        """
        key = part_key(name)
        if key not in self._trees:
            self._trees[key] = self._parse(key)
        return self._trees[key]

    def is_strict(self, name: str) -> bool:
        """Whether a part's own namespaces are the Strict ones. Raises as `tree` does."""
        self.tree(name)
        return part_key(name) in self._strict

    def content_type(self, name: str) -> str:
        """The content type of a part in lower case, or an empty string when none is declared."""
        key = part_key(name)
        overrides, defaults = self._content_types
        return overrides.get(key) or defaults.get(key.rsplit(".", 1)[-1], "")

    def relationships(self, name: str = "") -> tuple[Relationship, ...]:
        """The relationships of a part, or of the package itself for an empty name, in file order.

        Raises ReadError when the list is there and cannot be parsed.
        """
        key = part_key(name)
        if key not in self._relationships:
            self._relationships[key] = tuple(self._read_relationships(key))
        return self._relationships[key]

    def related(self, name: str, kind: str) -> tuple[str, ...]:
        """The parts inside the package that a part is related to in that way and that are there."""
        return tuple(
            link.target
            for link in self.relationships(name)
            if link.kind == kind and not link.external and link.target in self.names
        )

    def part_of(self, name: str, relationship_id: str | None) -> str | None:
        """The part that a relationship id of ``name`` stands for, or None when it is not there."""
        for link in self.relationships(name):
            if link.id == relationship_id and not link.external and link.target in self.names:
                return link.target
        return None

    @cached_property
    def main(self) -> str:
        """Compared name of the main document part. Raises ReadError ``not-word`` when there is none."""
        candidates = self.related("", "officedocument")
        if candidates:
            return candidates[0]
        for key in self.names:
            if self.content_type(key).endswith(("document.main+xml", "template.main+xml")):
                return key
        raise refusal("other-zip", path=self.path)

    @cached_property
    def strict(self) -> bool:
        """Whether the main part uses the Strict namespaces."""
        return self.is_strict(self.main)

    @cached_property
    def body(self) -> Element:
        """The ``w:body`` of the main part. Raises ReadError ``not-word`` or ``no-body``."""
        root = self.tree(self.main)
        if root.tag != w("document"):
            marks = f"{root.tag} {self.content_type(self.main)}"
            kind = next((name for mark, name in _OTHER_KINDS.items() if mark in marks), "another kind of file")
            raise refusal("not-word", path=self.path, detail=kind)
        body = root.find(w("body"))
        if body is None:
            raise refusal("no-body", path=self.path)
        return body

    @cached_property
    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        overrides: dict[str, str] = {}
        defaults: dict[str, str] = {}
        for entry in self.tree(_CONTENT_TYPES):
            content_type = entry.get("ContentType", "").lower()
            if entry.tag == f"{{{CT_NS}}}Override":
                overrides[part_key(entry.get("PartName", ""))] = content_type
            elif entry.tag == f"{{{CT_NS}}}Default":
                defaults[entry.get("Extension", "").casefold()] = content_type
        return overrides, defaults

    def _parse(self, key: str) -> Element:
        xml = self.read(key)
        name = self.names[key]
        if len(xml) > self.limits.xml_part_bytes:
            raise refusal("zip-bomb", path=self.path, detail=name)
        refuse_doctype(xml, part=name, path=self.path)
        usual, strict = to_usual_namespaces(xml)
        if strict:
            self._strict.add(key)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(usual, parser)
        except etree.XMLSyntaxError as error:
            line = (error.position or (0, 0))[0]
            reason = str(error.msg).split(", line")[0].split(", use XML_PARSE")[0]
            detail = f"{name} is not well-formed XML (line {line}: {reason})"
            raise refusal("not-well-formed", path=self.path, detail=detail) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise refusal("dtd", path=self.path, detail=name)
        return root

    def _read_relationships(self, key: str) -> Iterator[Relationship]:
        folder, base = posixpath.split(key)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self.names:
            return
        for link in self.tree(rels).iter(f"{{{REL_NS}}}Relationship"):
            external = link.get("TargetMode", "").lower() == "external"
            target = link.get("Target", "")
            yield Relationship(
                id=link.get("Id", ""),
                kind=link.get("Type", "").rsplit("/", 1)[-1].lower(),
                target=target if external else _resolved(folder, target),
                external=external,
            )


def open_package(data: bytes, *, path: str, limits: Limits = LIMITS) -> Package:
    """The package of a Word file (.docx, .docm, .dotx, .dotm), its main part parsed.

    data:   the whole file.
    path:   as the user named it, for messages.
    limits: see `Limits`; replaced only by tests.

    Raises ReadError with one code for each kind of file that is not a readable Word document; the
    codes and their sentences are in `pvelint.word.gate.REFUSALS`.
    """
    archive = open_archive(data, path=path, limits=limits)
    names = {part_key(e.filename): e.filename for e in archive.infolist() if not e.is_dir()}
    package = Package(path=path, names=MappingProxyType(names), limits=limits, _archive=archive)
    _ = package.body  # a file without a body is refused here, not in the middle of the reading
    return package


def _resolved(folder: str, target: str) -> str:
    """The compared name of a relationship's target; what points out of the package matches no part."""
    plain = unquote(target).replace("\\", "/").split("#", 1)[0]
    if not plain:
        return ""
    return part_key(posixpath.normpath(posixpath.join("/", folder, plain)))
