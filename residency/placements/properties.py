"""What was asked for and what the provider reports: which of the two a path is read from.

In:  a resource with inputs and outputs.
Out: leaves, each marked as asked for or only reported. What was asked for comes first, with its paths. The provider's
     report fills in what was left to it, and adds what differs from the request: the data is where it really is.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from residency.model import Resource, Secret, Unknown, Value
from residency.placements.paths import Getter, Leaf, leaves, parse


class Reading(msgspec.Struct, frozen=True):
    """A leaf, and how to read its siblings.

    Attributes:
        leaf: the value at the path.
        asked: True if the program asked for it, False if only the provider reports it.
        get: reads other properties of the same resource, in the same view.
    """

    leaf: Leaf
    asked: bool
    get: Getter


def asked_first(resource: Resource) -> Getter:
    """Read a property as asked for, else as reported; an unknown report counts as none."""

    def get(name: str) -> Value:
        value = resource.inputs.get(name)
        return _known(resource.outputs.get(name)) if value is None else value

    return get


def _reported_first(resource: Resource) -> Getter:
    def get(name: str) -> Value:
        value = _known(resource.outputs.get(name))
        return resource.inputs.get(name) if value is None else value

    return get


def readings(resource: Resource, path: str) -> Iterator[Reading]:
    """Every leaf of ``path``; at least one, whose value is None where nothing is asked for or reported."""
    top = parse(path)[0]
    asked = resource.inputs.get(top) if isinstance(top, str) else None
    reported = _known(resource.outputs.get(top)) if isinstance(top, str) else None
    get = asked_first(resource)
    if asked is not None and (reported is None or reported == asked):
        yield from (Reading(leaf, asked=True, get=get) for leaf in leaves(resource.inputs.get, path))
        return
    own = list(leaves(resource.inputs.get, path))
    told = [] if reported is None else [leaf for leaf in leaves(resource.outputs.get, path) if _plain(leaf.value)]
    if not told or any(leaf.value is not None for leaf in own):
        yield from (Reading(leaf, asked=True, get=get) for leaf in own)
    yield from (Reading(leaf, asked=False, get=_reported_first(resource)) for leaf in told)


def _known(value: Value) -> Value:
    return None if isinstance(value, Unknown) else value


def _plain(value: Value) -> bool:
    return value is not None and not isinstance(value, (Unknown, Secret))
