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
    ``id``: the path is a part of the own id, and the type's place is known otherwise: by its row, or by an input of it.
    """

    CLAIMED = "claimed"
    ROW = "dismissed by its row"
    ID = "part of its id"
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
    known = _Known(provider, listed.token, row, frozenset(_claimed(provider, row)), _is_placed(provider, row, listed))
    paths = tuple((path, _answer(known, path)) for path in listed.paths)
    return AnsweredType(listed.token, _type_answer(row), paths)


def unanswered(found: Iterable[AnsweredType]) -> tuple[str, ...]:
    """``type: path`` for each unanswered path, sorted."""
    return tuple(sorted(f"{each.token}: {path}" for each in found for path in each.unanswered))


def _type_answer(row: ResourceRow | None) -> TypeAnswer:
    if row is None:
        return TypeAnswer.GENERAL
    return TypeAnswer.NO_DATA if row.data is Data.NONE else TypeAnswer.OWN


class _Known(msgspec.Struct, frozen=True):
    """What decides about a type's paths: its row, what placements read, and whether something says where it is."""

    provider: str
    token: str
    row: ResourceRow | None
    claims: frozenset[str]
    placed: bool


def _answer(known: _Known, listed: ListedPath) -> PathAnswer:
    if listed.plain in known.claims:
        return PathAnswer.CLAIMED
    if known.row is not None and _dismissed(known.row, listed):
        return PathAnswer.ROW
    if listed.why is Why.ID and known.placed:
        return PathAnswer.ID
    if dismissed.entry(known.provider, known.token, listed.path) is not None:
        return PathAnswer.NAME
    silent = known.row is not None and known.row.data is Data.NONE and not known.row.placement
    return PathAnswer.TYPE if silent and listed.why in (Why.NAME, Why.TEXT) else PathAnswer.UNANSWERED


def _is_placed(provider: str, row: ResourceRow | None, listed: ListedType) -> bool:
    """Whether somebody has read where the type is, or an input says it, or it is known to be where its owner is."""
    owner = resources.package(provider)
    general = {each.path for each in owner.file.general} if owner is not None else set[str]()
    said = any(each.path in general for each in listed.paths)
    return row is not None or said or listed.token in resources.unplaced(provider)


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
    """Whether the row dismisses the path itself, or its block: for a place within it only if it says so."""
    for each in row.dismissed:
        path = plain(each.path)
        within = listed.plain.startswith(f"{path}.") and (each.whole or listed.why is not Why.PLACE)
        if path == listed.plain or within:
            return True
    return False
