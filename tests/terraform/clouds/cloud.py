"""What the stand-in asks of a cloud. Every answer is the same on every run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from tests.terraform.shape import Attribute, Block, Nested

Values = dict[str, Any]
"""The attributes of a resource or a data source."""


class Cloud(msgspec.Struct, frozen=True):
    """One provider's decisions.

    Attributes:
        settings: what a provider block may hold.
        defaults: sets, in what is planned, what the provider says without asking the cloud: type, planned values, what
            the configuration says (None where it says nothing), the provider's settings.
        made: what the cloud says of a resource once it is there: type, planned values, the provider's settings.
        read: what a data source answers: type, its arguments, the provider's settings.
        replacing: a type's attributes that cannot change without a new resource.
        refreshed: the state of a resource as the cloud has it today: somebody may have changed it by hand.
    """

    settings: Block
    defaults: Callable[[str, Values, Values, Mapping[str, Any]], None]
    made: Callable[[str, Values, Mapping[str, Any]], Values]
    read: Callable[[str, Values, Mapping[str, Any]], Values]
    replacing: Callable[[str], frozenset[str]]
    refreshed: Callable[[str, Values], Values] = lambda _kind, state: state


def optional(*names: str, kind: Any = "string") -> dict[str, Attribute]:
    """Attributes that may be set."""
    return {name: Attribute(kind, optional=True) for name in names}


def listed(block: Block, *, most: int = 1) -> Nested:
    """A block that may be written, once by default."""
    return Nested("list", block, 0, most)


def token(*parts: str, length: int = 12) -> str:
    """Letters and digits that look chosen at random, and are the same on every run."""
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:length]
