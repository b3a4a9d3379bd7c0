"""Which countries are in the EU, in the EEA, and under the Commission's adequacy decisions, and since when.

In:  ``data/membership.toml``.
Out: for a group and a day, the set of its countries; and each membership with its dates, decision and source.

``adequacy`` holds the decisions that cover a country as such. A decision that covers only some recipients
(Canada: those under its commercial privacy act; United States: certified organisations) is in
``adequacy-partial``: a place in that country proves nothing about the recipient. ``europe`` is the EEA and
the European countries and territories under an adequacy decision.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from residency.catalogue.countries import countries
from residency.errors import CatalogueError

FILE = Path(__file__).parent / "data" / "membership.toml"


class UnknownGroupError(CatalogueError, KeyError):
    """A group that the catalogue does not have."""


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """One country's time in one group.

    Attributes:
        group: ``EU``, ``EEA``, ``adequacy`` and so on.
        country: ISO 3166-1 alpha-2 code.
        since: first day.
        until: last day, or None where no end is fixed.
        decision: number of the decision it rests on; empty for a treaty's members.
        scope: what the decision covers, where that is less than every transfer; may be empty.
        source: title and address of where it was read.
        checked: ISO date of that reading.
    """

    group: str
    country: str
    since: dt.date
    until: dt.date | None = None
    decision: str = ""
    scope: str = ""
    source: str
    checked: str

    def holds(self, on: dt.date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


class _Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    url: str
    checked: dt.date


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[member]]``: countries that joined on one day, or one decision's country."""

    group: str
    countries: tuple[str, ...]
    since: dt.date
    source: str
    until: dt.date | None = None
    decision: str = ""
    scope: str = ""
    also: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: dict[str, _Source]
    unions: dict[str, tuple[str, ...]]
    member: tuple[_Row, ...]


def members(group: str, on: dt.date) -> frozenset[str]:
    """The countries of a group on a day.

    Raises:
        UnknownGroupError: no such group.
        CatalogueError: the data file is not valid.
    """
    return frozenset(entry.country for entry in memberships(group) if entry.holds(on))


def memberships(group: str) -> tuple[Membership, ...]:
    """Every membership of a group, past ones too, sorted by country, beginning and group.

    Raises:
        UnknownGroupError: no such group.
        CatalogueError: the data file is not valid.
    """
    book = _book(FILE)
    if group not in book:
        raise UnknownGroupError(f"unknown group `{group}`", help=f"one of {', '.join(sorted(book))}")
    return book[group]


def groups() -> tuple[str, ...]:
    """The names of all groups, sorted."""
    return tuple(sorted(_book(FILE)))


@functools.cache
def _book(path: Path) -> Mapping[str, tuple[Membership, ...]]:
    return load(path)


def load(path: Path) -> Mapping[str, tuple[Membership, ...]]:
    """Read a membership file: group to memberships.

    Raises:
        CatalogueError: not TOML, not of the format, or rows that contradict one another; all rows at fault
        are named.
    """
    try:
        file = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise CatalogueError(f"a membership file that cannot be read: {error}", where=path.name) from error
    faults = sorted(_faults(file))
    if faults:
        raise CatalogueError(f"rows that are not valid: {'; '.join(faults)}", where=path.name)
    found: dict[str, list[Membership]] = defaultdict(list)
    for row in file.member:
        for entry in _entries(file, row):
            found[entry.group].append(entry)
    book = {name: _sorted(entries) for name, entries in found.items()}
    for name, parts in file.unions.items():
        book[name] = _sorted(entry for part in parts for entry in book[part])
    return book


def _sorted(entries: Iterable[Membership]) -> tuple[Membership, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.country, entry.since, entry.group)))


def _entries(file: _File, row: _Row) -> Iterable[Membership]:
    source = file.sources[row.source]
    for group in (row.group, *row.also):
        for country in row.countries:
            yield Membership(
                group=group,
                country=country,
                since=row.since,
                until=row.until,
                decision=row.decision,
                scope=row.scope,
                source=f"{source.title} ({source.url})",
                checked=source.checked.isoformat(),
            )


def _faults(file: _File) -> Iterable[str]:
    names = {group for row in file.member for group in (row.group, *row.also)}
    seen: list[tuple[str, str, _Row]] = []
    for row in file.member:
        at = f"{row.group} {' '.join(row.countries)} since {row.since}"
        if row.source not in file.sources:
            yield f"{at}: source `{row.source}` is not in [sources]"
        yield from (f"{at}: unknown country `{country}`" for country in row.countries if country not in countries())
        if row.until is not None and row.until < row.since:
            yield f"{at}: ends before it begins"
        for group, country in ((group, country) for group in (row.group, *row.also) for country in row.countries):
            if any(_overlap(row, other) for name, code, other in seen if (name, code) == (group, country)):
                yield f"{at}: `{country}` is in `{group}` twice"
            seen.append((group, country, row))
    unused = file.sources.keys() - {row.source for row in file.member}
    yield from (f"source `{name}` is used by no row" for name in unused)
    for name, parts in file.unions.items():
        yield from (f"union {name}: no group `{part}`" for part in parts if part not in names)
        if name in names:
            yield f"union {name}: also a group"


def _overlap(row: _Row, other: _Row) -> bool:
    end = dt.date.max
    return row.since <= (other.until or end) and other.since <= (row.until or end)
