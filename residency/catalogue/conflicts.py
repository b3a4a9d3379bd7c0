"""Checks of other tools that contradict data residency: they ask for a copy elsewhere, and never where to.

In:  ``data/conflicts/<tool>.toml``, one file a tool, read when it is asked for; a check never reads them. A row that
     names no source, twice the same id, or rows out of order are errors; all rows at fault are named.
Out: ``Tool`` values; and for a row and the countries of a perimeter, whether what the check asks for can be had inside,
     and why: counted from the places catalogue, never written down.
"""

from __future__ import annotations

import enum
import functools
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from residency.catalogue import places
from residency.catalogue.places_file import PROVIDERS, Source
from residency.errors import CatalogueError

DATA = Path(__file__).parent / "data" / "conflicts"
TOOLS = ("checkov", "prowler", "pulumi", "trivy")
_SHOWN = 3
_CLOUDS = {"aws": "AWS", "azure": "Azure", "gcp": "Google Cloud", "alicloud": "Alibaba Cloud"}


class Needs(enum.Enum):
    """What must be had for a check to pass."""

    ONE_REGION = "one-region"
    """Any region will do as the destination, so one inside does."""
    SECOND_REGION = "second-region"
    """Another region of the same cloud, which the author chooses."""
    PAIRED_REGION = "paired-region"
    """The region that Azure pairs with the resource's own; the author cannot choose."""
    LISTED_REGION = "listed-region"
    """A region of a list that the cloud or the check prescribes."""
    EVERY_REGION = "every-region"
    """Something in each region of the cloud."""
    EDGE = "edge"
    """The cloud's edge network, which is everywhere."""


class Disposition(enum.Enum):
    """What to do with a check under a perimeter."""

    SKIP = "skip"
    """What it asks for cannot be had inside."""
    SATISFY_INSIDE = "satisfy-inside"
    """Keep it, and satisfy it with a destination inside."""
    UNDETERMINED = "undetermined"
    """The catalogue does not know the cloud's regions."""


class _Closed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a file; a misspelled key is an error."""


class Conflict(_Closed, frozen=True, kw_only=True):
    """One check that asks for a copy, a log or a service elsewhere.

    Attributes:
        id: the check's own.
        title: exactly as the tool prints it.
        provider: the cloud whose resources it looks at.
        types: the resources it looks at, in the tool's words.
        asks: what makes it pass.
        why: how that can lead user data out.
        needs: what must be had for that.
        regions: those that the cloud or the check prescribes, for a listed region; else empty.
        instead: what to do inside a perimeter.
        rule: id of our rule that judges the destination.
        files: where the check is, within its source.
        source: key in ``[sources]`` of the check itself.
        facts: keys in ``[sources]`` of what else the row says.
    """

    id: str
    title: str
    provider: str
    types: tuple[str, ...]
    asks: str
    why: str
    needs: Needs
    instead: str
    rule: str
    files: tuple[str, ...]
    source: str
    regions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


class Considered(_Closed, frozen=True, kw_only=True):
    """A check that sounds like one, was read, and asks for nothing elsewhere.

    Attributes:
        id, title: as the tool has them.
        reason: why it is no conflict.
    """

    id: str
    title: str
    reason: str


class Tool(_Closed, frozen=True, kw_only=True):
    """The rows of one tool.

    Attributes:
        tool: its name on our command line.
        name: its own name.
        version: the one that was read, with the package's name.
        sources: by key.
        conflict: sorted by id.
        considered: sorted by id.
    """

    tool: str
    name: str
    version: str
    sources: dict[str, Source]
    conflict: tuple[Conflict, ...]
    considered: tuple[Considered, ...]


class Decision(msgspec.Struct, frozen=True):
    """What to do with a check, and why."""

    disposition: Disposition
    reason: str


@functools.cache
def tool(name: str) -> Tool:
    """The rows of one of ``TOOLS``.

    Raises:
        CatalogueError: its file is not valid.
    """
    return read(DATA / f"{name}.toml")


def read(path: Path) -> Tool:
    """Read one file.

    Raises:
        CatalogueError: not TOML, not of the form, or rows at fault; all of them are named.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        file = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Tool)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(f"a file of conflicts that cannot be read: {error}", where=where) from error
    faults = [*_faults(file)]
    if faults:
        raise CatalogueError(f"rows that are not valid: {'; '.join(faults)}", where=where)
    return file


def key(identity: str) -> tuple[tuple[int, str], ...]:
    """What ids are sorted by: their numbers as numbers."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", identity))


def cloud(provider: str) -> str:
    """A provider's name in sentences."""
    return _CLOUDS.get(provider, provider)


def _faults(file: Tool) -> Iterable[str]:
    rows = [*file.conflict, *file.considered]
    ids = [row.id for row in rows]
    yield from (f"`{one}` is there twice" for one in sorted({one for one in ids if ids.count(one) > 1}))
    for part in (file.conflict, file.considered):
        listed = [row.id for row in part]
        if listed != sorted(listed, key=key):
            yield f"`{next(a for a, b in zip(listed, sorted(listed, key=key), strict=True) if a != b)}` is out of order"
    for row in file.conflict:
        yield from (
            f"`{row.id}` has an unknown source `{one}`" for one in (row.source, *row.facts) if one not in file.sources
        )
        if bool(row.regions) != (row.needs is Needs.LISTED_REGION):
            yield f"`{row.id}` needs {row.needs.value}, and its regions are `{', '.join(row.regions)}`"
        yield from (
            f"`{row.id}` lists an unknown region `{one}`" for one in row.regions if not places.find(row.provider, one)
        )
        if not (row.types and row.files):
            yield f"`{row.id}` names no types or no files"
    for name, source in sorted(file.sources.items()):
        if not (source.url or source.package):
            yield f"source `{name}` has neither url nor package"


def decide(row: Conflict, countries: frozenset[str]) -> Decision:
    """Whether what a check asks for can be had inside some countries.

    Args:
        row: the check.
        countries: the perimeter's own, ISO 3166-1 alpha-2.
    """
    if row.needs is Needs.EDGE:
        return Decision(Disposition.SKIP, "the edge network is in every country, and no perimeter holds it")
    if row.provider not in PROVIDERS:
        return Decision(Disposition.UNDETERMINED, f"the catalogue does not know the regions of {cloud(row.provider)}")
    return _DECIDED[row.needs](row, countries)


def _one(row: Conflict, countries: frozenset[str]) -> Decision:
    inside = _inside(row.provider, countries)
    if inside:
        return Decision(Disposition.SATISFY_INSIDE, f"with a destination in {_listed(inside)}")
    return Decision(Disposition.SKIP, f"{cloud(row.provider)} has no region inside")


def _second(row: Conflict, countries: frozenset[str]) -> Decision:
    inside = _inside(row.provider, countries)
    # A copy does not cross from one partition into another, such as from the public cloud into a sovereign one.
    together = [each for each in inside if sum(other.partition == each.partition for other in inside) > 1]
    if together:
        return Decision(Disposition.SATISFY_INSIDE, f"between {_listed(together)}")
    if not inside:
        return Decision(Disposition.SKIP, f"{cloud(row.provider)} has no region inside")
    if len(inside) == 1:
        one = f"{cloud(row.provider)} has one region inside, {inside[0].code}"
        return Decision(Disposition.SKIP, f"{one}: a copy in another region must leave")
    return Decision(
        Disposition.SKIP, f"{_listed(inside)} are of different partitions, which do not copy to one another"
    )


def _paired(row: Conflict, countries: frozenset[str]) -> Decision:
    inside = _inside(row.provider, countries)
    pairs = [
        each for each in inside if (pair := _pair(each)) and pair.countries and countries.issuperset(pair.countries)
    ]
    if pairs:
        shown = ", ".join(f"{each.code} (paired with {each.paired})" for each in pairs)
        only = "" if len(pairs) == len(inside) else "only "
        return Decision(Disposition.SATISFY_INSIDE, f"{only}from {shown}")
    if not inside:
        return Decision(Disposition.SKIP, f"{cloud(row.provider)} has no region inside")
    shown = ", ".join(f"{each.code} ({f'paired with {each.paired}' if each.paired else 'no pair'})" for each in inside)
    return Decision(Disposition.SKIP, f"no region inside has its pair inside: {shown}")


def _pair(place: places.Place) -> places.Place | None:
    return places.find(place.provider, place.paired) if place.paired else None


def _of_a_list(row: Conflict, countries: frozenset[str]) -> Decision:
    inside = [each for each in _inside(row.provider, countries) if each.code in row.regions]
    if inside:
        return Decision(Disposition.SATISFY_INSIDE, f"in {_listed(inside)}")
    known = [place for code in row.regions if (place := places.find(row.provider, code))]
    shown = [f"{each.code} ({', '.join(places.country_name(code) for code in each.countries)})" for each in known]
    if len(shown) > 1:
        return Decision(Disposition.SKIP, f"none of the {len(shown)} regions that it takes is inside")
    return Decision(Disposition.SKIP, f"{cloud(row.provider)} takes only {', '.join(shown)} for it")


def _every(row: Conflict, countries: frozenset[str]) -> Decision:
    outside = [
        each for each in _released(row.provider) if not (each.countries and countries.issuperset(each.countries))
    ]
    if outside:
        first = f"{outside[0].code} ({', '.join(places.country_name(code) for code in outside[0].countries)})"
        return Decision(Disposition.SKIP, f"{cloud(row.provider)} has regions outside, such as {first}")
    return Decision(Disposition.SATISFY_INSIDE, "every region is inside")


_DECIDED = {
    Needs.ONE_REGION: _one,
    Needs.SECOND_REGION: _second,
    Needs.PAIRED_REGION: _paired,
    Needs.LISTED_REGION: _of_a_list,
    Needs.EVERY_REGION: _every,
}


def _released(provider: str) -> list[places.Place]:
    """A provider's released regions, without those that are open only to approved customers."""
    return [
        each
        for each in places.places(provider)
        if each.kind is places.PlaceKind.REGION
        and each.status is places.PlaceStatus.RELEASED
        and not each.restricted
        and each.service is None
    ]


def _inside(provider: str, countries: frozenset[str]) -> list[places.Place]:
    codes = set(places.regions_in(provider, countries))
    return [each for each in _released(provider) if each.code in codes]


def _listed(found: list[places.Place]) -> str:
    shown = ", ".join(each.code for each in found[:_SHOWN])
    return f"{shown} and {len(found) - _SHOWN} more" if len(found) > _SHOWN else shown
