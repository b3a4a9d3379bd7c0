"""The table of names: Terraform's types and attributes to the catalogue's tokens and inputs.

In:  ``<provider>.txt`` in this folder, made by ``residency catalogue terraform``; never edited.
Out: TypeNames by Terraform type. A line at the margin is a type and its token; below it, an attribute's path with its
     name in the catalogue where the rule of :func:`camel` does not say it, ``1`` where a block of one element is no
     list there, ``*`` where it is a table whose keys are nobody's names, ``#`` where blocks stand in a plan as they
     are written, ``%`` where they are a set and do not, and ``-`` where the catalogue's type has no such input.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent
_UPPER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Attributes(msgspec.Struct, frozen=True):
    """An attribute: its name in the catalogue, "" where it has none.

    ``flat``: a list of one that is no list there. ``table``: its keys are data, not names of attributes. ``ordered``:
    its blocks stand in a plan in the order in which they are written. ``unordered``: they are a set, and do not.
    """

    name: str
    flat: bool = False
    table: bool = False
    ordered: bool = False
    unordered: bool = False

    @property
    def is_block(self) -> bool:
        """Whether blocks stand there."""
        return self.flat or self.ordered or self.unordered


class TypeNames(msgspec.Struct, frozen=True):
    """A type: its token, and by dotted path the attributes whose names need saying."""

    token: str
    attributes: Mapping[str, Attributes]


@functools.cache
def camel(name: str) -> str:
    """``kms_key_id`` is ``kmsKeyId``."""
    first, *rest = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


@functools.cache
def snake(name: str) -> str:
    """``kmsKeyId`` is ``kms_key_id``; the names for which this is not so are in the table."""
    return _UPPER.sub("_", name).lower()


def render(head: str, types: Mapping[str, TypeNames]) -> str:
    """The file's text: the same names give the same bytes."""
    lines = [f"# {head}"]
    for name, each in sorted(types.items()):
        lines.append(f"{name} {each.token}")
        for path, attribute in sorted(each.attributes.items()):
            marks = {
                " 1": attribute.flat,
                " *": attribute.table,
                " #": attribute.ordered,
                " %": attribute.unordered,
            }
            lines.append(f" {path} {attribute.name or '-'}{next((mark for mark in marks if marks[mark]), '')}")
    return "\n".join(lines) + "\n"


@functools.cache
def _text(provider: str) -> str:
    path = FOLDER / f"{provider}.txt"
    return path.read_text("utf-8") if path.is_file() else ""


@functools.cache
def find(name: str) -> TypeNames | None:
    """The names of one Terraform type; None where the table does not have it."""
    text = _text(name.partition("_")[0])
    start = text.find(f"\n{name} ") + 1
    if not start:
        return None
    end = text.find("\n", start)
    token = text[start + len(name) + 1 : end]
    found: dict[str, Attributes] = {}
    while text.startswith(" ", end + 1):
        start, end = end + 2, text.find("\n", end + 1)
        path, own, *mark = text[start:end].split(" ")
        found[path] = Attributes("" if own == "-" else own, *(mark == [sign] for sign in "1*#%"))
    return TypeNames(token, found)


@functools.cache
def names_of(token: str) -> tuple[tuple[str, TypeNames], ...]:
    """The Terraform types that have a token, with their names; the same token may have several."""
    provider = {"gcp": "google"}.get(token.partition(":")[0], token.partition(":")[0])
    pattern = re.compile(rf"^(\w+) {re.escape(token)}$", re.MULTILINE)
    found = ((name, find(name)) for name in pattern.findall(_text(provider)))
    return tuple((name, each) for name, each in found if each is not None)
