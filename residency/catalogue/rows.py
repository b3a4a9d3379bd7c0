"""The rows of the resource catalogue: what each type's properties say about where its data goes.

In:  TOML files under ``data/resources/<package>/<module>.toml``; their form is described in docs/catalogue.md.
Out: frozen rows, checked for a source, a date, and words that the placements stage understands.
"""

from __future__ import annotations

import datetime
import enum

import msgspec

from residency.errors import CatalogueError
from residency.model import PlacementKind


class ValueForm(enum.Enum):
    """What a property's value is."""

    REGION = "region"
    ZONE = "zone"
    LOCATION = "location"
    ARN = "arn"
    REFERENCE = "reference"
    MAP = "map"
    FIXED = "fixed"


class Data(enum.Enum):
    """Whether a type can hold user data."""

    USER = "user"
    NONE = "none"


EFFECTS = frozenset(
    {"none", "own", "provider", "parent", "paired", "paired-if-any", "data-zone", "unrestricted", "unknown"}
)
_PLACE = "place:"


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row is closed: a misspelled key is an error, not an ignored one."""


class Source(_Row, frozen=True, kw_only=True):
    """Where a fact was read, and when."""

    title: str
    checked: datetime.date
    url: str = ""
    package: str = ""
    item: str = ""
    quote: str = ""


class Condition(_Row, frozen=True, kw_only=True):
    """A condition on a sibling value. ``omitted`` says whether it holds when the property is absent."""

    path: str
    in_: tuple[str | bool | int | float, ...] | None = msgspec.field(default=None, name="in")
    not_in: tuple[str | bool | int | float, ...] | None = None
    present: bool = False
    absent: bool = False
    omitted: bool = False


class PlacementRow(_Row, frozen=True, kw_only=True):
    """One way in which a resource's data, or a copy of it, gets to a place. See docs/catalogue.md for each key."""

    kind: PlacementKind
    value: ValueForm
    source: str
    path: str = ""
    target: tuple[str, ...] = ()
    omitted: str | tuple[str, ...] | None = None
    values: dict[str, str] = {}
    place: str = ""
    inherit: str = ""
    strip_prefix: str = ""
    service: str = ""
    when: tuple[Condition, ...] = ()
    reason: str = ""
    fix: str = ""
    note: str = ""

    @property
    def effects_if_omitted(self) -> tuple[str, ...]:
        """What absence means, in the order to try; a residence is its provider's, a copy does not exist."""
        if self.omitted is None:
            return ("provider",) if self.kind is PlacementKind.RESIDENCE else ("none",)
        return (self.omitted,) if isinstance(self.omitted, str) else self.omitted


class Dismissal(_Row, frozen=True, kw_only=True):
    """A property that looks like a place and is none, with the reason.

    ``whole``: it is a block, and the reason holds for everything in it, for what speaks of a place as well.
    """

    path: str
    reason: str
    source: str
    origin: bool | None = None
    whole: bool = False


class ResourceRow(_Row, frozen=True, kw_only=True):
    """What the catalogue knows of one type, or of several types that are alike."""

    source: str
    type: str = ""
    types: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    data: Data = Data.USER
    identity: tuple[str, ...] = ("id", "arn", "name", "selfLink")
    placement: tuple[PlacementRow, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()
    reason: str = ""
    note: str = ""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Every type token that this row answers for."""
        own = (self.type,) if self.type else ()
        return own + self.types + self.aliases


class ModuleFile(_Row, frozen=True, kw_only=True):
    """One catalogue file: its sources and the rows of one module of a package."""

    sources: dict[str, Source] = {}
    resource: tuple[ResourceRow, ...] = ()


class ProviderRow(_Row, frozen=True, kw_only=True):
    """A package's own facts: whose places it uses, and which of its inputs set the default place."""

    package: str
    places: str
    source: str
    default_place: tuple[str, ...] = ()
    note: str = ""


class ProviderFile(_Row, frozen=True, kw_only=True):
    """``_provider.toml``: the package, its general placements, and types without a file of their own.

    ``modules`` maps a module's older name to the newer ones that its types are in now; ``aliases`` a type's older name,
    without an API version, to its name now, where that is not its module's doing.
    """

    provider: ProviderRow
    sources: dict[str, Source]
    general: tuple[PlacementRow, ...] = ()
    modules: dict[str, tuple[str, ...]] = {}
    aliases: dict[str, str] = {}
    omitted: tuple[str, ...] = ("provider",)
    inherit: str = ""
    target: tuple[str, ...] = ()
    resource: tuple[ResourceRow, ...] = ()


def check(rows: tuple[ResourceRow, ...], sources: dict[str, Source], where: str) -> None:
    """Refuse rows that the placements stage could not use.

    Raises:
        CatalogueError: a source that is not listed or says nothing, an unknown effect, a row without a type, a
            reference without a target, a value form without what it needs.
    """
    for key, source in sources.items():
        if not (source.url or source.package):
            raise CatalogueError(f"source `{key}` has neither url nor package", where=where)
    for row in rows:
        _check_row(row, sources, where)


def _check_row(row: ResourceRow, sources: dict[str, Source], where: str) -> None:
    place = f"{where}, `{row.type or row.types[:1]}`"
    if not row.tokens:
        raise CatalogueError("a resource row has no type", where=place)
    for used in (row, *row.placement, *row.dismissed):
        if used.source not in sources:
            raise CatalogueError(
                f"source `{used.source}` is not in the file's [sources]", where=place, help="add it, with its date"
            )
    for placement in row.placement:
        check_placement(placement, place)


def check_placement(row: PlacementRow, where: str) -> None:
    """Refuse a placement row that lacks what its value form needs."""
    place = f"{where}, placement `{row.path or row.value.value}`"
    if not row.path and row.value is not ValueForm.FIXED:
        raise CatalogueError(f"value `{row.value.value}` needs a path", where=place)
    if row.value is ValueForm.FIXED and not row.place:
        raise CatalogueError("value `fixed` needs a place", where=place)
    if row.value is ValueForm.MAP and not row.values:
        raise CatalogueError("value `map` needs a table of values", where=place)
    effects = (*row.effects_if_omitted, *row.values.values())
    for effect in effects:
        if effect not in EFFECTS and not effect.startswith(_PLACE):
            raise CatalogueError(f"unknown effect `{effect}`", where=place, help=f"one of {sorted(EFFECTS)}")
    if "parent" in effects and not row.inherit:
        raise CatalogueError("effect `parent` needs `inherit`", where=place)


def fixed_place(effect: str) -> str:
    """The code in ``place:US``, or "" for every other effect."""
    return effect.removeprefix(_PLACE) if effect.startswith(_PLACE) else ""
