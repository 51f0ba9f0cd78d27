"""What is wrong with a Word file: by Microsoft's rules for its parts, and as a package.

openxml-audit is a port of the validator in Microsoft's Open XML SDK, with its schemas. It takes
the first of two parts of one name for granted, so the package is looked at here.
"""

from __future__ import annotations

import io
import posixpath
import tempfile
import zipfile
from collections import Counter
from functools import lru_cache
from pathlib import Path

from lxml import etree
from openxml_audit import OpenXmlValidator

_CORE = "application/vnd.openxmlformats-package.core-properties+xml"


def faults(data: bytes) -> list[str]:
    """Every fault of a Word file, as a line with the part; none where it is sound."""
    return [*_of_the_package(data), *_of_the_parts(data)]


@lru_cache(maxsize=1)
def _validator() -> OpenXmlValidator:
    return OpenXmlValidator()


def _of_the_parts(data: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letter.docx"
        path.write_bytes(data)
        found = _validator().validate(path)
    return [f"{one} ({one.node})" for one in found.errors]


def _of_the_package(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        types = etree.fromstring(package.read("[Content_Types].xml"))
        relations = {
            name: etree.fromstring(package.read(name)) for name in names if name.endswith(".rels")
        }
    by_ending = {one.get("Extension", "").lower() for one in types.iter("{*}Default")}
    by_name = {one.get("PartName"): one.get("ContentType") for one in types.iter("{*}Override")}
    found = [f"{name} is there twice" for name, count in Counter(names).items() if count > 1]
    found += [f"{name} is declared and not there" for name in by_name if str(name)[1:] not in names]
    if list(by_name.values()).count(_CORE) > 1:
        found.append("two parts hold the properties")
    reached = {"[Content_Types].xml", *relations}
    for source, relation in (
        (name, one) for name, root in relations.items() for one in root.iter("{*}Relationship")
    ):
        target = _target(source, str(relation.get("Target")))
        if relation.get("TargetMode") == "External":
            found.append(f"{source} leads outside: {relation.get('Target')}")
        elif target not in names:
            found.append(f"{source} leads nowhere: {target}")
        reached.add(target)
    for name in sorted({*names} - {"[Content_Types].xml"}):
        if f"/{name}" not in by_name and name.rpartition(".")[2].lower() not in by_ending:
            found.append(f"{name} is of no type")
        if name not in reached:
            found.append(f"nothing leads to {name}")
    return found


def _target(source: str, target: str) -> str:
    """The name of the part that a relation in `word/_rels/document.xml.rels` leads to."""
    folder = posixpath.dirname(posixpath.dirname(source))
    return posixpath.normpath(posixpath.join("/", folder, target))[1:]
