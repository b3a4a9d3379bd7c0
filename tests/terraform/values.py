"""Values as Terraform sends them: MessagePack with an extension for what is not yet known.

In:  the bytes of a ``DynamicValue``.
Out: Python's own values; an object is a dict with all attributes, null is None, and what is not known stays the
     extension that Terraform sent (0, or 12 where it knows something of it), so that it goes back as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from tests.terraform.shape import Block

UNKNOWN = msgspec.msgpack.Ext(0, b"\x00")
"""A value that is known after apply."""


def decode(value: Any) -> Any:
    """The value in a ``DynamicValue`` message; None where it holds none."""
    return msgspec.msgpack.decode(value.msgpack) if value.msgpack else None


def encode(value: Any) -> bytes:
    """The bytes of a value."""
    return msgspec.msgpack.encode(value)


def unknown(value: Any) -> bool:
    """Whether a value, not what is in it, is known after apply."""
    return isinstance(value, msgspec.msgpack.Ext)


def empty(block: Block) -> dict[str, Any]:
    """A block in which nothing is set."""
    nothing: dict[str, Any] = dict.fromkeys(block.attributes)
    return nothing | {name: None if nested.nesting == "single" else [] for name, nested in block.blocks.items()}


def filled(value: Any, block: Block) -> Any:
    """A block's value with every attribute there: a state written with an older schema has fewer."""
    if not isinstance(value, Mapping):
        return value
    return empty(block) | {str(key): part for key, part in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def nothing(kind: Any) -> Any:
    """What a provider that knows no better answers for a type after apply."""
    plain: Mapping[str, Any] = {"string": "", "number": 0, "bool": False}
    if isinstance(kind, str):
        return plain.get(kind)
    return {} if kind[0] == "map" else None if kind[0] == "object" else []
