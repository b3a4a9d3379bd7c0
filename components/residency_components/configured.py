"""Stores as a stack's configuration lists them.

In:  the decoded value of `residency:stores`.
Out: names, arguments and clouds for ``ObjectStore.build``, which checks the values; here only the form is checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import msgspec

from residency_components.capabilities.object_store import ObjectStoreArgs
from residency_components.errors import ArgumentFaultError

_KEYS = {
    "country": "country",
    "owner": "owner",
    "dataClass": "data_class",
    "replicateTo": "replicate_to",
    "perimeter": "perimeter",
}


class Store(msgspec.Struct, frozen=True):
    """One store of a stack: its name, its arguments, and its cloud if the stack names one."""

    name: str
    args: ObjectStoreArgs
    cloud: str | None = None


def stores(listed: object) -> tuple[Store, ...]:
    """The stores that a stack lists, in its order.

    Raises:
        ArgumentFaultError: not a list, an empty one, an entry that is no mapping or has an unknown key, or two
            entries of one name.
    """
    if not isinstance(listed, list) or not listed:
        raise ArgumentFaultError("`stores` is not a list of at least one store", where="residency:stores")
    entries = cast("Sequence[object]", listed)
    found = tuple(_store(entry, f"residency:stores[{at}]") for at, entry in enumerate(entries))
    names = [store.name for store in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ArgumentFaultError(f"two stores are named `{twice[0]}`", where="residency:stores")
    return found


def _store(entry: object, where: str) -> Store:
    if not isinstance(entry, Mapping):
        raise ArgumentFaultError(
            "a store is not a mapping", where=where, help="write name: and country: below the dash"
        )
    given = {str(key): value for key, value in cast("Mapping[object, Any]", entry).items()}
    unknown = sorted(set(given) - {"name", "cloud", *_KEYS})
    if unknown:
        raise ArgumentFaultError(
            f"unknown key `{unknown[0]}`", where=where, help=f"one of name, cloud, {', '.join(_KEYS)}"
        )
    if given.get("country") is False:
        raise ArgumentFaultError("`country` is a truth value", where=where, help='write "NO", in quotes')
    args = cast("ObjectStoreArgs", {_KEYS[key]: value for key, value in given.items() if key in _KEYS})
    return Store(name=given.get("name", ""), args=args, cloud=given.get("cloud"))
