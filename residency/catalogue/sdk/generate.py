"""The generated layer, made from an installed SDK; and what a newer SDK would change in it.

In:  the folder of an SDK package.
Out: an inventory, and differences between two of them. Nothing is written here.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import msgspec

from residency.catalogue import resources
from residency.catalogue.generated import Inventory, ListedPath, ListedType, Why
from residency.catalogue.sdk import source, words
from residency.catalogue.sdk.paths import leaves
from residency.catalogue.sdk.source import Sdk, SdkType
from residency.errors import InputError

PACKAGES = {"aws": "pulumi_aws", "azure-native": "pulumi_azure_native", "gcp": "pulumi_gcp"}
"""Provider to the Python package of its SDK."""


class Change(msgspec.Struct, frozen=True):
    """What differs: types and paths that are new or gone; a path is written ``type: path``."""

    new_types: tuple[str, ...]
    gone_types: tuple[str, ...]
    new_paths: tuple[str, ...]
    gone_paths: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return any((self.new_types, self.gone_types, self.new_paths, self.gone_paths))


def installed(provider: str) -> Path:
    """The folder of a provider's SDK in this environment; it is looked up, not imported.

    Raises:
        InputError: it is not installed here.
    """
    spec = importlib.util.find_spec(PACKAGES[provider])
    if spec is None or spec.origin is None:
        name = PACKAGES[provider].replace("_", "-")
        raise InputError(f"{name} is not installed here", help="install it, or name its folder with --sdk")
    return Path(spec.origin).parent


def inventory(provider: str, folder: Path) -> Inventory:
    """Read an SDK and list its types and paths.

    Raises:
        InputError: the folder is not that provider's SDK.
    """
    sdk = source.read(folder)
    foreign = [each.token for each in sdk.types if resources.split(each.token)[0] != provider]
    if foreign:
        raise InputError(f"`{folder}` is not the SDK of {provider}: it has `{foreign[0]}`")
    return listed(provider, sdk)


def listed(provider: str, sdk: Sdk) -> Inventory:
    """What of an SDK is listed."""
    return Inventory(provider, sdk.name, sdk.version, tuple(_listed(sdk, each) for each in sdk.types))


def change(old: Inventory, new: Inventory) -> Change:
    """What the newer of two inventories has, and what it has no more."""
    before, after = _paths(old), _paths(new)
    types_before, types_after = ({each.token for each in listed.types} for listed in (old, new))
    return Change(
        new_types=tuple(sorted(types_after - types_before)),
        gone_types=tuple(sorted(types_before - types_after)),
        new_paths=tuple(sorted(after - before)),
        gone_paths=tuple(sorted(before - after)),
    )


def _paths(listed: Inventory) -> set[str]:
    return {f"{each.token}: {path.path}" for each in listed.types for path in each.paths}


def _listed(sdk: Sdk, owner: SdkType) -> ListedType:
    found = ((leaf.path, words.why(leaf)) for leaf in leaves(sdk, owner))
    paths = tuple(ListedPath(path, _in_id(owner, path, why)) for path, why in found if why is not None)
    # An API version is taken off before any look-up, so only other names are worth a line.
    aliases = {resources.normalised(alias) for alias in owner.aliases} - {owner.token}
    return ListedType(owner.token, tuple(sorted(aliases)), paths)


def _in_id(owner: SdkType, path: str, why: Why) -> Why:
    """A part of the own id says what the resource is in, unless it says the place itself."""
    return Why.ID if path in owner.segments and why is not Why.PLACE else why
