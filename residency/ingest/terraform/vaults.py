"""Keys that azurerm names by the key, and azure-native by the vault that holds it.

In:  the resources of a plan.
Out: the same, where an input that names a vault comes from the vault of the key that the configuration refers to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from residency.ingest.values import dependencies, is_list
from residency.model import Resource, Unknown, Value

_HELD = frozenset({"azure-native:keyvault:Key", "azure-native:keyvault:Secret"})
_NAMES = ("vaulturi", "vaultbaseurl", "vaultresourceid", "vaultid", "sourcevault")


def with_vaults(resources: Sequence[Resource]) -> Iterator[Resource]:
    """Every resource, with vaults for keys where it names a vault."""
    held = {each.id: each.inputs.get("vaultName") for each in resources if each.type in _HELD}
    for each in resources:
        azure = each.type.startswith("azure-native:")
        inputs = {name: _value(name, value, held) for name, value in each.inputs.items()} if azure else each.inputs
        if inputs == each.inputs:
            yield each
            continue
        depends_on = {name: ids for name, value in inputs.items() if (ids := dependencies(value))}
        yield msgspec.structs.replace(each, inputs=inputs, depends_on=depends_on)


def _value(name: str, value: Value, held: Mapping[str, Value]) -> Value:
    if isinstance(value, Mapping):
        below = name if name.lower().endswith(_NAMES) else ""
        return {key: _value(below or key, item, held) for key, item in value.items()}
    if is_list(value):
        return [_value(name, item, held) for item in value]
    if isinstance(value, Unknown) and name.lower().endswith(_NAMES):
        return _of_vault(value, held)
    return value


def _of_vault(value: Unknown, held: Mapping[str, Value]) -> Value:
    """What the vaults of the keys come from; a vault's own name where it is known and there is only that one."""
    vaults = [held[id_] for id_ in value.depends_on if id_ in held]
    if not vaults:
        return value
    if len(value.depends_on) == 1 and isinstance(vaults[0], str):
        return vaults[0]
    ids = {id_ for vault in vaults for id_ in dependencies(vault)}
    ids |= {id_ for id_ in value.depends_on if id_ not in held or isinstance(held[id_], str)}
    return Unknown(value.reason, value.settle, tuple(sorted(ids)))
