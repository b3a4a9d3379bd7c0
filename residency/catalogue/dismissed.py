"""Names that are no place in any type of a provider: ``data/resources/<provider>/_dismissed.toml``.

In:  a provider and a property path.
Out: the entry that dismisses the path, or None. A name is the last segments of a path, whole and exact: no patterns,
     so that what a newer SDK brings is not dismissed before somebody has read it.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping

import msgspec

from residency.catalogue.generated import plain
from residency.catalogue.resources import DATA
from residency.catalogue.rows import Source
from residency.errors import CatalogueError

_FILE = "_dismissed.toml"


class DismissedName(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name, why it is no place, and where that was read; types in which it is one are excepted."""

    name: str
    reason: str
    source: str
    except_types: tuple[str, ...] = ()


class DismissedFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The names of one provider, with their sources."""

    sources: Mapping[str, Source]
    name: tuple[DismissedName, ...]


@functools.cache
def names(provider: str) -> Mapping[str, DismissedName]:
    """The dismissed names of a provider; empty where it has no file.

    Raises:
        CatalogueError: the file is not valid: an unlisted source, a name twice, a name with marks of lists.
    """
    path, where = DATA / provider / _FILE, f"{provider}/{_FILE}"
    if not path.is_file():
        return {}
    try:
        file = msgspec.convert(tomllib.loads(path.read_text("utf-8")), DismissedFile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise CatalogueError(f"the catalogue file is not valid: {error}", where=where) from None
    found: dict[str, DismissedName] = {}
    for entry in file.name:
        _check(entry, file, f"{where}, `{entry.name}`")
        if entry.name in found:
            raise CatalogueError(f"`{entry.name}` is there twice", where=where, help="merge the two")
        found[entry.name] = entry
    return found


def _check(entry: DismissedName, file: DismissedFile, where: str) -> None:
    if entry.source not in file.sources:
        raise CatalogueError(f"source `{entry.source}` is not in the file's [sources]", where=where)
    if not entry.reason or not entry.name or plain(entry.name) != entry.name:
        raise CatalogueError("a dismissed name needs a reason, and no [*] or .*", where=where)


def entry(provider: str, token: str, path: str) -> DismissedName | None:
    """The entry that dismisses a path of a type: the longest name that the path ends with."""
    listed = names(provider)
    segments = plain(path).split(".")
    for start in range(len(segments)):
        found = listed.get(".".join(segments[start:]))
        if found is not None and token not in found.except_types:
            return found
    return None
