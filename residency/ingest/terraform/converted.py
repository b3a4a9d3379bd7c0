"""What one resource of a plan comes to in the catalogue's words.

In:  made by ``convert`` and ``azure``.
Out: read by ``read``, which makes resources of a graph of it.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from residency.model import Value


class Within(msgspec.Struct, frozen=True):
    """The resource whose place is another one's: its name or id, what that comes from, and its type."""

    named: Value
    ids: frozenset[str]
    token: str


class Converted(msgspec.Struct, frozen=True, kw_only=True):
    """A resource in the catalogue's words.

    Attributes:
        token: its type.
        inputs: what its configuration sets.
        outputs: what the provider says beside.
        left: Terraform's paths that nothing answers for although their names may carry a place.
        suffix: distinguishes what Terraform writes as a block of the main resource; "" for that.
        owner: its input with the main resource's name; "" for the main resource.
        within: the resource in whose place it is; None where it says its own place.
        part_of: it is no resource, but adds its inputs to the one that this value names; None for every other.
    """

    token: str
    inputs: Mapping[str, Value]
    outputs: Mapping[str, Value]
    left: tuple[str, ...] = ()
    suffix: str = ""
    owner: str = ""
    part_of: Value = None
    within: Within | None = None
