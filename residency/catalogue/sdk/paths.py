"""Every input of a type as a path: nested blocks followed, lists and tables marked as catalogue rows mark them.

In:  a type and its package, as ``source`` read them.
Out: leaves with path, declared form, the words of the SDK and its listed choices. A block that contains itself is
     followed once; where it is cut, the leaf says so.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator

import msgspec

from residency.catalogue.sdk.source import Field, Sdk, SdkType

_LISTS = ("Sequence", "List")
_TABLES = ("Mapping", "Dict")
_WRAPPERS = ("Input", "Optional", "Union", "Output")
_PLAIN = {"str": "text", "bool": "flag", "int": "number", "float": "number", "Any": "any"}
_NAMED = re.compile(r"(?:_?(\w+)\.)?(\w+)")


class Leaf(msgspec.Struct, frozen=True):
    """An input that holds a value itself.

    Attributes:
        path: ``rules[*].destination.bucket``.
        forms: what a value may be: text, flag, number, any, and ``block`` where a block was cut that contains itself.
        doc: the SDK's words on it.
        choices: the literals that the SDK lists.
    """

    path: str
    forms: frozenset[str]
    doc: str
    choices: tuple[str, ...]


class _Block(msgspec.Struct, frozen=True):
    """A nested block: the folder that its names are looked up in, and its inputs."""

    folder: str
    fields: tuple[Field, ...]


class _Shape(msgspec.Struct, frozen=True):
    """A declared type: what follows the name in a path, and what is there."""

    marks: str
    forms: frozenset[str]
    names: frozenset[str]


def leaves(sdk: Sdk, owner: SdkType) -> tuple[Leaf, ...]:
    """Every leaf of a type, sorted by path; a path that several alternatives have is listed once."""
    found: dict[str, Leaf] = {}
    for leaf in _walk(sdk, _Block(owner.folder, owner.fields), "", ()):
        known = found.get(leaf.path)
        found[leaf.path] = leaf if known is None else _both(known, leaf)
    return tuple(found[path] for path in sorted(found))


def _both(one: Leaf, other: Leaf) -> Leaf:
    doc = one.doc if other.doc in one.doc else f"{one.doc} {other.doc}".strip()
    return Leaf(one.path, one.forms | other.forms, doc, tuple(dict.fromkeys((*one.choices, *other.choices))))


def _walk(sdk: Sdk, block: _Block, prefix: str, inside: tuple[frozenset[str], ...]) -> Iterator[Leaf]:
    for field in block.fields:
        for shape in _shapes(field.annotation):
            path = f"{prefix}{field.wire}{shape.marks}"
            blocks = {name: inner for name in sorted(shape.names) if (inner := _block(sdk, block.folder, name))}
            again = bool(blocks) and frozenset(blocks) in inside
            forms = shape.forms | {"block"} if again else shape.forms
            if forms:
                yield Leaf(path, forms, field.doc, _choices(sdk, block.folder, shape.names))
            if not again:
                for inner in blocks.values():
                    yield from _walk(sdk, inner, f"{path}.", (*inside, frozenset(blocks)))


def _block(sdk: Sdk, folder: str, name: str) -> _Block | None:
    home, _, plain = name.rpartition(".")
    home = home or folder
    if home not in sdk.folders or plain not in sdk.folders[home].blocks:
        return None
    return _Block(home, sdk.folders[home].blocks[plain])


def _choices(sdk: Sdk, folder: str, names: frozenset[str]) -> tuple[str, ...]:
    known = sdk.folders[folder].choices
    return tuple(value for name in sorted(names) for value in known.get(name.rpartition(".")[2], ()))


@functools.cache
def _shapes(annotation: str) -> tuple[_Shape, ...]:
    """The alternatives of a declared type, one for each way of writing the path: a text or a list of texts."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for marks, form, name in _alternatives(ast.parse(annotation, mode="eval").body, ""):
        forms, names = found.setdefault(marks, (set(), set()))
        forms.update([form] if form else [])
        names.update([name] if name else [])
    return tuple(_Shape(marks, frozenset(found[marks][0]), frozenset(found[marks][1])) for marks in sorted(found))


def _alternatives(node: ast.expr, marks: str) -> Iterator[tuple[str, str, str]]:
    """Marks, form and class name of each alternative."""
    if isinstance(node, ast.Subscript):
        outer = ast.unparse(node.value).rpartition(".")[2]
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if outer in _TABLES:
            yield from _alternatives(inner[-1], f"{marks}.*")
        elif outer in _LISTS:
            yield from _alternatives(inner[0], f"{marks}[*]")
        elif outer in _WRAPPERS:
            for each in inner:
                yield from _alternatives(each, marks)
        else:
            yield marks, "any", ""
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        named = _NAMED.fullmatch(node.value)
        name = ".".join(filter(None, named.groups())) if named else node.value
        yield marks, "" if name.endswith("Args") else "text", name
    else:
        yield marks, _PLAIN.get(ast.unparse(node).rpartition(".")[2], "any"), ""
