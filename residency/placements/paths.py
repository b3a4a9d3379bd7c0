"""Property paths: ``rules[*].destination.bucket`` over the properties of a resource.

In:  a path of the catalogue and a function that gives a top-level property.
Out: the leaves it reaches, each with its concrete path (``rules[0].destination.bucket``) and the list indexes chosen.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeGuard

import msgspec

from residency.model import Secret, Unknown, Value

_OPENS = ("[", "{")
_PART = re.compile(r"([^.\[\]*]+)|\[(\*|\d+)\]|(\*)")


class Each(enum.Enum):
    """A wildcard: ``[*]`` takes the elements of a list, ``.*`` the values of a map."""

    ELEMENT = "[*]"
    VALUE = ".*"


Segment: TypeAlias = "str | int | Each"

Getter: TypeAlias = Callable[[str], Value]


class Leaf(msgspec.Struct, frozen=True):
    """One place in the properties that a path reaches.

    Attributes:
        path: concrete, for people: ``rules[0].destination.bucket``; up to where the value stopped.
        value: None if absent.
        indexes: the element chosen at each ``[*]`` or ``.*``, in order.
    """

    path: str
    value: Value
    indexes: tuple[str | int, ...] = ()


@functools.cache
def parse(path: str) -> tuple[Segment, ...]:
    """Split a path of the catalogue into its segments."""
    segments: list[Segment] = []
    for key, index, each in _PART.findall(path):
        if each or index == "*":
            segments.append(Each.VALUE if each else Each.ELEMENT)
        else:
            segments.append(int(index) if index else key)
    return tuple(segments)


def leaves(get: Getter, path: str, indexes: tuple[str | int, ...] = ()) -> Iterator[Leaf]:
    """Walk ``path``; at each "each element" take all, or the one that ``indexes`` already binds.

    An absent, null or empty container on the way gives one leaf with value None; an Unknown or Secret one gives a leaf
    with that value, because any element could be there. A text of JSON on the way is read into.
    """
    segments = parse(path)
    first = segments[0]
    if not isinstance(first, str):
        return
    if len(segments) == 1:
        yield Leaf(first, get(first))
    else:
        yield from _walk(get(first), segments[1:], first, (), indexes)


def _walk(
    value: Value,
    rest: tuple[Segment, ...],
    path: str,
    chosen: tuple[str | int, ...],
    bound: tuple[str | int, ...],
) -> Iterator[Leaf]:
    if not rest or value is None or isinstance(value, (Unknown, Secret)):
        yield Leaf(path, value, chosen)
        return
    segment, following = rest[0], rest[1:]
    if isinstance(value, str) and value[:1] in _OPENS:
        value = json_of(value)
    if isinstance(segment, Each):
        yield from _each(_elements(value, segment), following, path, chosen, bound)
    elif isinstance(segment, str) and isinstance(value, Mapping):
        yield from _walk(value.get(segment), following, f"{path}.{segment}", chosen, bound)
    elif isinstance(segment, str) and _is_list(value) and len(value) == 1:
        # Some sources write a single nested block as a list of one.
        yield from _walk(value[0], rest, f"{path}[0]", chosen, bound)
    elif isinstance(segment, int) and _is_list(value) and segment < len(value):
        yield from _walk(value[segment], following, f"{path}[{segment}]", chosen, bound)
    elif isinstance(value, Mapping) or _is_list(value):
        yield Leaf(path, None, chosen)
    else:
        yield Leaf(path, value, chosen)


def _each(
    elements: list[tuple[str | int, Value]],
    following: tuple[Segment, ...],
    path: str,
    chosen: tuple[str | int, ...],
    bound: tuple[str | int, ...],
) -> Iterator[Leaf]:
    depth = len(chosen)
    if depth < len(bound):
        elements = [(key, item) for key, item in elements if key == bound[depth]]
    if not elements:
        yield Leaf(path, None, chosen)
    for key, item in elements:
        step = f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}" if key else path
        yield from _walk(item, following, step, (*chosen, key), bound)


def _elements(value: Value, each: Each) -> list[tuple[str | int, Value]]:
    if isinstance(value, Mapping) and each is Each.VALUE:
        return [(key, value[key]) for key in sorted(value)]
    if _is_list(value):
        return list(enumerate(value))
    # A lone value where a list is expected counts as its only element.
    return [("", value)]


@functools.cache
def json_of(text: str) -> Value:
    """What a text of JSON says; the text itself where it is none."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return text


def _is_list(value: Value) -> TypeGuard[Sequence[Value]]:
    return isinstance(value, Sequence) and not isinstance(value, str)
