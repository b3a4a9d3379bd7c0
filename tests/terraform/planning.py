"""How a provider plans and applies what no cloud decides: the part that is alike in aws, google and azurerm.

In:  the configuration, the state before and what Terraform proposes, as plain values.
Out: what is planned: an attribute that the provider computes and nobody set is known after apply when its resource, or
     the block around it, is new, and keeps its value when it is not. Nothing here knows a cloud.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from tests.terraform.shape import Block, Nested
from tests.terraform.values import UNKNOWN, nothing, unknown

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def planned(block: Block, prior: Mapping[str, Any] | None, proposed: Mapping[str, Any]) -> dict[str, Any]:
    """A block's planned value. ``prior`` is None where the block is new."""
    found = dict(proposed)
    for name, attribute in block.attributes.items():
        if attribute.computed and proposed.get(name) is None and prior is None:
            found[name] = UNKNOWN
    for name, nested in block.blocks.items():
        found[name] = _nested(nested, None if prior is None else prior.get(name), proposed.get(name))
    return found


def applied(block: Block, value: Mapping[str, Any], computed: Mapping[str, Any]) -> dict[str, Any]:
    """A block's value after apply: what was not known is in ``computed``, or empty.

    ``computed`` may hold a list of the same for a block that may be written more than once.
    """
    found = dict(value)
    for name, attribute in block.attributes.items():
        if unknown(found.get(name)):
            found[name] = computed[name] if name in computed else nothing(attribute.type)
    for name, nested in block.blocks.items():
        inner: Any = found.get(name)
        if nested.nesting == "single":
            found[name] = inner and applied(nested.block, inner, {})
        elif inner and not unknown(inner):
            told: Sequence[Mapping[str, Any]] = computed.get(name, ())
            pairs = zip_longest(inner, told, fillvalue=_NOTHING)
            found[name] = [applied(nested.block, each, more) for each, more in pairs]
    return found


def _nested(nested: Nested, prior: Any, proposed: Any) -> Any:
    if proposed is None or unknown(proposed):
        return proposed
    if nested.nesting == "single":
        return planned(nested.block, prior, proposed)
    return [planned(nested.block, _before(nested, prior, at, each), each) for at, each in enumerate(proposed)]


def _before(nested: Nested, prior: Sequence[Mapping[str, Any]] | None, at: int, element: Mapping[str, Any]) -> Any:
    """The block that was there before: at the same place in a list, with the same settings in a set."""
    if nested.nesting == "list":
        return prior[at] if prior and at < len(prior) else None
    settings = [name for name, attribute in nested.block.attributes.items() if not attribute.computed]
    alike = (each for each in prior or () if all(each.get(name) == element.get(name) for name in settings))
    return next(alike, None)
