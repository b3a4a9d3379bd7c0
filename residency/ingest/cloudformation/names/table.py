"""The table of names: CloudFormation's types and properties to the catalogue's tokens and inputs.

In:  ``aws.txt`` in this folder, made by ``residency catalogue cloudformation``; never edited.
Out: TypeNames by CloudFormation type. A line at the margin is a type and its token; below it, a property's path with its
     name in the catalogue where the rule of :func:`camel` does not say it: ``-`` where the catalogue's type has no such
     input, ``.`` where what is in a block stands beside it there. Behind the name, ``1`` where a list is one block
     there, ``+`` where a block is a list, ``*`` where keys are data and nobody's names, ``k`` where a list of keys and
     values is a table, ``m`` where a table of blocks is a list of them, ``j`` where it is a text of JSON there.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

FILE = Path(__file__).with_name("aws.txt")
_HEAD = re.compile(r"^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]")
NONE, BESIDE = "-", "."


class Named(msgspec.Struct, frozen=True):
    """A property: its name in the catalogue (``-`` or ``.``: see above) and its mark."""

    name: str
    mark: str = ""


class TypeNames(msgspec.Struct, frozen=True):
    """A type: its token, and by dotted path the properties whose names need saying."""

    token: str
    properties: Mapping[str, Named]


@functools.cache
def camel(name: str) -> str:
    """``KMSKeyId`` is ``kmsKeyId``."""
    return _HEAD.sub(lambda match: match.group().lower(), name, count=1)


def render(head: str, types: Mapping[str, TypeNames]) -> str:
    """The file's text: the same names give the same bytes."""
    lines = [f"# {head}"]
    for name, each in sorted(types.items()):
        lines.append(f"{name} {each.token}")
        lines += [f" {path} {named.name} {named.mark}".rstrip() for path, named in sorted(each.properties.items())]
    return "\n".join(lines) + "\n"


@functools.cache
def _text() -> str:
    return FILE.read_text("utf-8")


@functools.cache
def find(name: str) -> TypeNames | None:
    """The names of one type; None where the table does not have it."""
    text = _text()
    start = text.find(f"\n{name} ") + 1
    if not start or not name.strip() or "\n" in name:
        return None
    end = text.find("\n", start)
    token = text[start + len(name) + 1 : end]
    found: dict[str, Named] = {}
    while text.startswith(" ", end + 1):
        start, end = end + 2, text.find("\n", end + 1)
        path, own, *mark = text[start:end].split(" ")
        found[path] = Named(own, mark[0] if mark else "")
    return TypeNames(token, found)


@functools.cache
def types() -> tuple[str, ...]:
    """Every type of the table, sorted."""
    return tuple(line.partition(" ")[0] for line in _text().splitlines() if line[:1] not in ("#", " "))
