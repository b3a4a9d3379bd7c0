"""What a plan says at a path of a resource: known, unknown or sensitive.

In:  the three trees that a plan has of a resource, and which resources an expression comes from.
Out: values with Unknown and Secret in them; nothing that is not known is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from residency.ingest.terraform.blocks import unordered
from residency.ingest.terraform.configuration import Sources
from residency.ingest.terraform.document import Node
from residency.ingest.values import NOT_YET_KNOWN
from residency.model import Secret, Unknown, Value

_SHOW = "refer to the resource itself there, or apply that part first and plan again"

Path = tuple[str | int, ...]
Origin = Callable[[Sequence[str | int]], Sources]
"""Which resources the expression at a path of a resource's configuration comes from."""


class Values(msgspec.Struct, frozen=True):
    """A resource's values: known, unknown and sensitive ones, in three trees of the same form."""

    known: Any
    unknown: Any = None
    sensitive: Any = None

    @property
    def is_open(self) -> bool:
        """Whether nothing of it is known, or nothing may be shown."""
        return self.unknown is True or self.sensitive is True


def at(values: Values, key: str | int) -> Values:
    """One step further down."""
    return Values(_item(values.known, key), _item(values.unknown, key), _item(values.sensitive, key))


def at_of(values: Values, number: int) -> int:
    """Where an element stands in what is written: of several blocks, nowhere that can be told."""
    return unordered(number) if has_blocks(values) and (count(values) or 0) > 1 else number


def has_blocks(values: Values) -> bool:
    """Whether it is a list of blocks."""
    trees: tuple[Node, ...] = (values.known, values.unknown)
    return any(isinstance(each, dict) for tree in trees for each in _items(tree))


def keys(values: Values) -> list[str]:
    """The names in a block, or in the resource itself."""
    return sorted({*mapped(values.known), *mapped(values.unknown)})


def count(values: Values) -> int | None:
    """How many elements a list has; None where it is no list."""
    known: Node = values.known
    unknown_tree: Node = values.unknown
    lengths = [len(tree) for tree in (known, unknown_tree) if isinstance(tree, list)]
    return max(lengths) if lengths and not isinstance(known, dict) else None


def mapped(tree: Node) -> dict[str, Node]:
    """A tree as a mapping; empty where it is none."""
    return tree if isinstance(tree, dict) else {}


def unknown(path: Sequence[str | int], origin: Origin) -> Unknown:
    """What is said of a value that is known only after the deployment."""
    return unknown_of(origin(path))


def unknown_of(sources: Sources) -> Unknown:
    """The same, of what it comes from."""
    if sources.hidden:
        return Unknown(f"it rests on {sources.hidden}, which the plan does not show", _SHOW)
    return Unknown(NOT_YET_KNOWN, "", tuple(sorted(sources.ids)))


def value(values: Values, path: Path, origin: Origin) -> Value:
    """Everything at a path, under Terraform's own names."""
    if values.sensitive is True:
        return Secret(tuple(sorted(origin(path).ids)))
    if values.unknown is True:
        return unknown(path, origin)
    length = count(values)
    if length is not None:
        places = (at_of(values, number) for number in range(length))
        return [value(at(values, number), (*path, place), origin) for number, place in enumerate(places)]
    if isinstance(values.known, dict) or isinstance(values.unknown, dict):
        return {key: value(at(values, key), (*path, key), origin) for key in keys(values)}
    return values.known


class Found(msgspec.Struct, frozen=True):
    """What stands at a path.

    Attributes:
        values: there, or at the first step on the way that is not known or is sensitive.
        path: concrete, with the indexes of lists.
        indexes: the element chosen at each ``[*]``, in order.
        more: there are further elements, of which only the first is read; the path up to them.
        cut: the path goes on from here, in what may be any number of elements or blocks.
    """

    values: Values
    path: Path
    indexes: tuple[int, ...]
    more: str = ""
    cut: bool = False


def walk(values: Values, steps: Sequence[str], found: Found | None = None) -> Iterator[Found]:
    """Everything that a path of azurerm reaches: ``[*]`` is each element, a block is a list of one."""
    here = found or Found(values, (), ())
    if not steps or values.is_open:
        yield msgspec.structs.replace(here, values=values)
        return
    name, rest = steps[0].removesuffix("[*]"), steps[1:]
    inside = at(values, name)
    cut = inside.is_open and (bool(rest) or steps[0].endswith("[*]"))
    below = msgspec.structs.replace(here, values=inside, path=(*here.path, name), cut=cut)
    length = None if inside.is_open else count(inside)
    if length is None:
        yield from walk(inside, rest, below)
    elif steps[0].endswith("[*]"):
        for number in range(length):
            place = at_of(inside, number)
            each = msgspec.structs.replace(below, path=(*below.path, place), indexes=(*below.indexes, number))
            yield from walk(at(inside, number), rest, each)
    elif not rest:
        yield below
    elif length:
        more = ".".join(str(step) for step in below.path) if length > 1 else below.more
        each = msgspec.structs.replace(below, path=(*below.path, 0), more=more)
        yield from walk(at(inside, 0), rest, each)


def _item(tree: Node, key: str | int) -> Node:
    if isinstance(tree, dict):
        return tree.get(key) if isinstance(key, str) else None
    if isinstance(tree, list) and isinstance(key, int):
        return tree[key] if key < len(tree) else None
    return None


def _items(tree: Node) -> list[Node]:
    return tree if isinstance(tree, list) else []
