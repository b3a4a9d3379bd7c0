"""Packages without a catalogue of their own: what they hold, and what their provider instances reach.

In:  a type token.
Out: the row of its package, or None where nobody has reviewed the package.
"""

from __future__ import annotations

import functools
import tomllib

import msgspec

from residency.catalogue.resources import DATA, normalised
from residency.catalogue.rows import Data, Source
from residency.errors import CatalogueError

_FILE = DATA / "_others.toml"


class OtherProvider(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One or more packages that are alike.

    Attributes:
        packages: their names, as in type tokens.
        data: ``none`` if nothing of them holds user data.
        types_without_data: of packages that do, the types that do not.
        through: inputs of the provider instance that name the resource in which everything of the package is.
        targets: the types of such a resource.
        reason, fix: for people.
        source: the name of a source of the file.
    """

    packages: tuple[str, ...]
    data: Data
    reason: str
    source: str
    types_without_data: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    fix: str = ""

    def holds_data(self, token: str) -> bool:
        """Whether a type of these packages can hold user data."""
        return self.data is Data.USER and normalised(token) not in self.types_without_data


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sources: dict[str, Source]
    provider: tuple[OtherProvider, ...]


@functools.cache
def providers() -> dict[str, OtherProvider]:
    """Every reviewed package, by name.

    Raises:
        CatalogueError: the file is not valid, a row names no source, or a package has two rows.
    """
    try:
        file = msgspec.convert(tomllib.loads(_FILE.read_text("utf-8")), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise CatalogueError(f"the catalogue file is not valid: {error}", where=_FILE.name) from None
    found: dict[str, OtherProvider] = {}
    for each in file.provider:
        if each.source not in file.sources:
            raise CatalogueError(f"source `{each.source}` is not in the file's [sources]", where=_FILE.name)
        for package in each.packages:
            if package in found:
                raise CatalogueError(f"`{package}` has two rows", where=_FILE.name, help="merge them")
            found[package] = each
    return found


def find(token: str) -> OtherProvider | None:
    """The row of a type's package; None where there is none."""
    return providers().get(token.partition(":")[0])
