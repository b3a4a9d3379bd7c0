"""What the catalogue answers: each type and path of the generated layer against the reviewed rows.

In:  an inventory of ``generated``, and the rows.
Out: frozen answers and their counts. Nothing is read but the catalogue itself.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterable, Iterator

import msgspec

from residency.catalogue import dismissed, generated, resources
from residency.catalogue.generated import Inventory, ListedPath, ListedType, Why, plain
from residency.catalogue.rows import Data, ResourceRow
from residency.model import PlacementKind


class TypeAnswer(enum.Enum):
    """Who answers for a type: its own row, one that says it holds no user data, or only its package's general rows."""

    OWN = "own row"
    NO_DATA = "no user data"
    GENERAL = "general row only"


class PathAnswer(enum.Enum):
    """Who answers for a path.

    ``claimed``: a placement reads it. ``dismissed``: the type's own row says why it is none. ``name``: a name that is
    no place in any type. ``type``: the type holds no user data and passes none on, and the path only names something.
    """

    CLAIMED = "claimed"
    ROW = "dismissed by its row"
    TYPE = "dismissed by its type"
    NAME = "dismissed by name"
    UNANSWERED = "unanswered"


class AnsweredType(msgspec.Struct, frozen=True):
    """A listed type with what the catalogue says of it."""

    token: str
    answer: TypeAnswer
    paths: tuple[tuple[ListedPath, PathAnswer], ...]

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Paths that nobody has read."""
        return tuple(each.path for each, answer in self.paths if answer is PathAnswer.UNANSWERED)


class Coverage(msgspec.Struct, frozen=True):
    """All types of one provider, by token."""

    provider: str
    package: str
    version: str
    types: tuple[AnsweredType, ...]

    def types_with(self, answer: TypeAnswer) -> int:
        """How many types are answered so."""
        return sum(each.answer is answer for each in self.types)

    def paths_with(self, answer: PathAnswer) -> int:
        """How many paths are answered so."""
        return sum(found is answer for each in self.types for _, found in each.paths)


@functools.cache
def coverage(provider: str) -> Coverage:
    """What the catalogue answers of a provider.

    Raises:
        CatalogueError: a file of the catalogue is not valid, or the provider has no generated layer.
    """
    return of(generated.inventory(provider))


def of(inventory: Inventory) -> Coverage:
    """What the catalogue answers of an inventory, which need not be the committed one."""
    types = tuple(answered(inventory.provider, each) for each in inventory.types)
    return Coverage(inventory.provider, inventory.package, inventory.version, types)


def answered(provider: str, listed: ListedType) -> AnsweredType:
    """What the catalogue answers of one type."""
    row = resources.row(listed.token)
    claims = frozenset(_claimed(provider, row))
    paths = tuple((path, _answer(provider, listed.token, row, claims, path)) for path in listed.paths)
    return AnsweredType(listed.token, _type_answer(row), paths)


def unanswered(found: Iterable[AnsweredType]) -> tuple[str, ...]:
    """``type: path`` for each unanswered path, sorted."""
    return tuple(sorted(f"{each.token}: {path}" for each in found for path in each.unanswered))


def _type_answer(row: ResourceRow | None) -> TypeAnswer:
    if row is None:
        return TypeAnswer.GENERAL
    return TypeAnswer.NO_DATA if row.data is Data.NONE else TypeAnswer.OWN


def _answer(
    provider: str, token: str, row: ResourceRow | None, claims: frozenset[str], listed: ListedPath
) -> PathAnswer:
    if listed.plain in claims:
        return PathAnswer.CLAIMED
    if row is not None and _dismissed(row, listed):
        return PathAnswer.ROW
    if dismissed.entry(provider, token, listed.path) is not None:
        return PathAnswer.NAME
    if row is not None and row.data is Data.NONE and not row.placement and listed.why in (Why.NAME, Why.TEXT):
        return PathAnswer.TYPE
    return PathAnswer.UNANSWERED


def _claimed(provider: str, row: ResourceRow | None) -> Iterator[str]:
    """The paths that placements read, without marks, and the blocks that they are in; a JSON text is such a block."""
    for path in (*_general(provider, row), *(() if row is None else _read(row))):
        segments = plain(path).split(".")
        yield from (".".join(segments[:end]) for end in range(1, len(segments) + 1))


def _general(provider: str, row: ResourceRow | None) -> Iterator[str]:
    """What the package's general rows read; a residence of the type's own stands in their place."""
    owner = resources.package(provider)
    own = row is not None and any(each.kind is PlacementKind.RESIDENCE for each in row.placement)
    if owner is not None and not own:
        yield from (each.path for each in owner.file.general if each.path)
        yield from filter(None, (owner.file.inherit,))


def _read(row: ResourceRow) -> Iterator[str]:
    for placement in row.placement:
        yield from filter(None, (placement.path, placement.inherit))
        yield from (condition.path for condition in placement.when)


def _dismissed(row: ResourceRow, listed: ListedPath) -> bool:
    """Whether the row dismisses the path itself, or its block; a block's reason answers for no place within it."""
    for each in row.dismissed:
        path = plain(each.path)
        if path == listed.plain or (listed.why is not Why.PLACE and listed.plain.startswith(f"{path}.")):
            return True
    return False
