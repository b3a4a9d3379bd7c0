"""A project's own rows before the catalogue's: for types and packages that only its users know.

In:  files that ``residency.toml`` names, in the form of the catalogue's own (docs/catalogue.md).
Out: a Catalogue that answers for a type or a package with the project's row, else with the catalogue's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from residency.catalogue import resources, rows
from residency.catalogue.places_file import PROVIDERS
from residency.catalogue.resources import Package
from residency.catalogue.rows import ProviderFile, ProviderRow, ResourceRow, Source
from residency.errors import CatalogueError


class OwnFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of a project's own rows.

    Attributes:
        provider: packages that the catalogue does not have, each as the table ``[provider]`` of a package's file.
        resource: rows; one for a type that the catalogue has replaces its row.
        sources: where their facts were read.
        name: the file's path as ``residency.toml`` names it.
    """

    sources: dict[str, Source] = {}
    provider: tuple[ProviderRow, ...] = ()
    resource: tuple[ResourceRow, ...] = ()
    name: str = ""


class Catalogue:
    """Rows and packages by token and name; the catalogue's own unless a project has others."""

    def __init__(self, own: Sequence[OwnFile] = ()) -> None:
        self._rows: Mapping[str, ResourceRow] = {
            resources.normalised(token): row for file in own for row in file.resource for token in row.tokens
        }
        self._packages: Mapping[str, Package] = {
            each.package: Package(ProviderFile(provider=each, sources=file.sources), {})
            for file in own
            for each in file.provider
        }
        self._accepted: dict[tuple[str, ...], frozenset[str]] = {}

    def row(self, token: str) -> ResourceRow | None:
        """The row that answers for a type; None where only its package's general rows do, or none."""
        if self._rows:
            own = self._rows.get(resources.normalised(token)) or self._rows.get(resources.canonical(token))
            if own is not None:
                return own
        return resources.row(token)

    def package(self, name: str) -> Package | None:
        """The facts of a package; None where there are none."""
        return self._packages.get(name) or resources.package(name)

    def accepted(self, target: tuple[str, ...]) -> frozenset[str]:
        """Types with their aliases, so that an older token of the same type is found too."""
        found = self._accepted.get(target)
        if found is None:
            answering = [(token, self.row(token)) for token in target]
            tokens = {each for token, row in answering for each in (token, *(row.tokens if row else ()))}
            found = self._accepted[target] = frozenset(resources.canonical(each) for each in tokens)
        return found


def load(path: Path, name: str) -> OwnFile:
    """Read and check one file.

    Args:
        path: of the file.
        name: how ``residency.toml`` names it; for messages.

    Raises:
        CatalogueError: it cannot be read, or a row in it is not valid.
    """
    try:
        file = msgspec.convert(tomllib.loads(path.read_text("utf-8")), OwnFile)
    except OSError as error:
        raise CatalogueError(f"cannot read the project's rows: {error.strerror}", where=name) from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"the project's rows are not valid: {error}", where=name, help="docs/catalogue.md shows the form"
        ) from None
    rows.check(file.resource, file.sources, name)
    _check_packages(file, name)
    return msgspec.structs.replace(file, name=name)


def _check_packages(file: OwnFile, name: str) -> None:
    own = {each.package for each in file.provider}
    for each in file.provider:
        where = f"{name}, [[provider]] `{each.package}`"
        if resources.package(each.package) is not None:
            raise CatalogueError("the catalogue has this package", where=where, help="remove the table")
        if each.places not in PROVIDERS:
            known = ", ".join(f"`{one}`" for one in PROVIDERS)
            raise CatalogueError(f"nothing is known of places of `{each.places}`", where=where, help=f"one of {known}")
        if each.source not in file.sources:
            raise CatalogueError(f"source `{each.source}` is not in the file's [sources]", where=where)
    for row in file.resource:
        for token in row.tokens:
            package = token.partition(":")[0]
            if package not in own and resources.package(package) is None:
                raise CatalogueError(
                    f"the catalogue has no package `{package}`",
                    where=f"{name}, `{token}`",
                    help="add a [[provider]] that says whose places it uses",
                )
