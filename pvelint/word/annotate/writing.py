"""Writing a copy of a package: every part that is not concerned byte for byte as it was."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from typing import Final

from lxml import etree

from pvelint.word.annotate.model import AnnotateError
from pvelint.word.gate import part_key
from pvelint.word.names import CT_NS, REL_NS, STRICT_NAMESPACES, Element
from pvelint.word.package import Package

CONTENT_TYPES: Final = "[content_types].xml"
COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_USUAL_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_KIND: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NUMBERED: Final = re.compile(r"rId(\d{1,9})")


def comments_part(package: Package) -> tuple[str, bool]:
    """Name of the comments part, as the zip has or gets it, and whether the main part points to it."""
    links = [x for x in package.relationships(package.main) if x.kind == "comments" and not x.external]
    for link in links:
        if link.target in package.names:
            return package.names[link.target], True
    folder = posixpath.dirname(package.names[package.main].replace("\\", "/").lstrip("/"))
    if links and links[0].target:
        return links[0].target, True
    name = posixpath.join(folder, "comments.xml")
    number = 1
    while part_key(name) in package.names:
        number += 1
        name = posixpath.join(folder, f"comments{number}.xml")
    return name, False


def rels_name(package: Package) -> str:
    """Compared name of the main part's list of relationships."""
    folder, base = posixpath.split(package.main)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def link_comments(package: Package, name: str, *, linked: bool, created: bool) -> dict[str, bytes]:
    """The lists that have to know of a new comments part: compared name -> new bytes.

    name: of the comments part. linked: the main part points to it already. created: it is new.
    Raises AnnotateError when the package has no list of content types.
    """
    changed: dict[str, bytes] = {}
    types = package.tree(CONTENT_TYPES)
    if created and not has_type(types, name):
        _add(types, f"{{{CT_NS}}}Override", PartName=f"/{name}", ContentType=COMMENTS_TYPE)
    rels = rels_name(package)
    if not linked:
        new = rels not in package.names
        root = etree.fromstring(f'<Relationships xmlns="{REL_NS}"/>') if new else package.tree(rels)
        base = posixpath.dirname(package.main)
        target = posixpath.relpath(part_key(name), base or ".") if base else part_key(name)
        kind = _STRICT_KIND if package.strict else _USUAL_KIND
        used = {entry.get("Id", "") for entry in root}
        numbers = [int(match[1]) for match in map(_NUMBERED.fullmatch, used) if match]
        _add(
            root,
            f"{{{REL_NS}}}Relationship",
            Id=f"rId{max(numbers, default=0) + 1}",
            Type=kind,
            Target=_spelled(target, name),
        )
        changed[rels] = serialised(root, package, rels)
        if new and package.content_type(rels) != _RELS_TYPE:
            _add(types, f"{{{CT_NS}}}Override", PartName=f"/{rels}", ContentType=_RELS_TYPE)
    changed[CONTENT_TYPES] = serialised(types, package, CONTENT_TYPES)
    return changed


def has_type(types: Element, name: str) -> bool:
    """Whether a list of content types names a part."""
    names = (entry.get("PartName", "") for entry in types if entry.tag == f"{{{CT_NS}}}Override")
    return any(part_key(other) == part_key(name) for other in names)


def _spelled(target: str, name: str) -> str:
    """A relative target with the capitals that the name has in the zip."""
    return name[len(name) - len(target) :] if name.casefold().endswith(target) else target


def _add(root: Element, tag: str, **attributes: str) -> None:
    entry = root.makeelement(tag)
    for key, value in attributes.items():
        entry.set(key, value)
    root.append(entry)


def serialised(root: Element, package: Package, name: str) -> bytes:
    """An XML part as bytes, in the encoding and with the namespaces that it had.

    Raises AnnotateError ``mixed-namespaces`` when a Strict part also uses the usual namespaces.
    """
    info = root.getroottree().docinfo
    new = name not in package
    tree, encoding = root.getroottree(), info.encoding or "UTF-8"
    if new or info.standalone is not None:
        standalone = new or bool(info.standalone)
        text = etree.tostring(tree, encoding=encoding, xml_declaration=True, standalone=standalone)
    else:
        text = etree.tostring(tree, encoding=encoding, xml_declaration=True)
    xml = text.encode(encoding) if isinstance(text, str) else text
    if (package.strict and _is_word(root)) if new else package.is_strict(name):
        if not new:
            original = package.read(name)
            if any(f'"{usual}"'.encode() in original for usual in STRICT_NAMESPACES.values()):
                message = "The document mixes two kinds of Word markup (Strict and usual), so no copy is made."
                cure = "Save it in Word as a Word document (.docx) and use that."
                raise AnnotateError("mixed-namespaces", message, cure=cure, path=package.path)
        for strict, usual in STRICT_NAMESPACES.items():
            xml = xml.replace(f'"{usual}"'.encode(), f'"{strict}"'.encode())
    return xml


def _is_word(root: Element) -> bool:
    return etree.QName(root).namespace in STRICT_NAMESPACES.values()


def copy_of(data: bytes, changed: Mapping[str, bytes], added: Mapping[str, bytes], *, path: str) -> bytes:
    """The package with some parts replaced and some added at the end.

    changed: compared name -> bytes. added: name -> bytes.
    Raises AnnotateError ``outward-names`` for a package whose part names lead out of a folder.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        target.comment = source.comment
        for entry in source.infolist():
            name = entry.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
                message = f"A part of the file has a name that leads out of it ({entry.filename})."
                cure = "Open it in Word, save it as a new .docx and use that."
                raise AnnotateError("outward-names", message, cure=cure, path=path)
            copied = zipfile.ZipInfo(entry.filename, entry.date_time)
            copied.compress_type = entry.compress_type
            copied.external_attr = entry.external_attr
            copied.create_system = entry.create_system
            content = b"" if entry.is_dir() else changed.get(part_key(entry.filename))
            target.writestr(copied, source.read(entry) if content is None else content)
        for name, content in added.items():
            new = zipfile.ZipInfo(name, _EPOCH)
            new.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(new, content)
    return out.getvalue()
