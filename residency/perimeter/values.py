"""What a perimeter is: countries, sites, externals, data classes, and what somebody approved or accepted.

In:  values from a file or a built-in name.
Out: a frozen Perimeter that locates a Location: inside, outside or undetermined, with the countries and the reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from residency.catalogue import places
from residency.catalogue.own import OwnFile
from residency.model import External, Location, Outcome, Site

_SHOWN_COUNTRIES = 3


class Closed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the perimeter file; a misspelled key is an error."""


class Transfer(Closed, frozen=True, kw_only=True):
    """A flow out of the perimeter that somebody approved.

    Attributes:
        name: how reports call it.
        resource: name, id or pattern (``*``) of the resource whose data flows.
        to: countries that it may flow to, ISO 3166-1 alpha-2.
        legal_basis, purpose, owner, approver: in words.
        expires: last day.
    """

    name: str
    resource: str
    to: tuple[str, ...]
    legal_basis: str
    purpose: str
    owner: str
    approver: str
    expires: datetime.date


class Exemption(Closed, frozen=True, kw_only=True):
    """A finding accepted for a time.

    Attributes:
        rule: its id or name.
        resource: name, id or pattern (``*``).
        owner, reason, approver: in words.
        expires: last day.
    """

    rule: str
    resource: str
    owner: str
    reason: str
    approver: str
    expires: datetime.date


class DataClass(msgspec.Struct, frozen=True, kw_only=True):
    """What a resource may hold, and where that may be.

    Attributes:
        name: the value of the tag or label that says so.
        user_data: False if it is no user data; what holds it is shown, and does not block.
        countries: where this class may be, instead of the perimeter's own; None if the perimeter's own hold.
        reason, owner: in words; who answers for it.
    """

    name: str
    user_data: bool = True
    countries: frozenset[str] | None = None
    reason: str = ""
    owner: str = ""


class Holding(Closed, frozen=True, kw_only=True):
    """What a resource holds, for one that has no tag.

    Attributes:
        resource: name, id or pattern (``*``).
        data_class: the class's name; the key is ``class``.
    """

    resource: str
    data_class: str = msgspec.field(name="class")


class Located(msgspec.Struct, frozen=True):
    """Where a location is against a perimeter.

    Attributes:
        outcome: inside, outside or undetermined.
        countries: ISO codes, sorted; empty if unknown or anywhere.
        place: in words: ``us-east-1 (United States)``.
        reason: why it is undetermined, or outside for more than its country; may be empty.
        settle: what would settle it; may be empty.
    """

    outcome: Outcome
    countries: tuple[str, ...]
    place: str
    reason: str = ""
    settle: str = ""


class Perimeter(msgspec.Struct, frozen=True, kw_only=True):
    """Where data may be placed, on one day.

    Attributes:
        name: how messages call it.
        countries: ISO 3166-1 alpha-2 codes; never empty.
        on: the day for which memberships and expiries hold.
        undetermined_blocks: False only if the file says ``undetermined = "warn"``.
        class_tag: tag or label whose value names the class of what a resource holds; "" if none does.
        own_rows: the project's own rows of the catalogue.
        classes: the data classes; what belongs to none is user data and stays inside ``countries``.
    """

    name: str
    countries: frozenset[str]
    on: datetime.date
    undetermined_blocks: bool = True
    sites: tuple[Site, ...] = ()
    externals: tuple[External, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    class_tag: str = ""
    classes: tuple[DataClass, ...] = ()
    holdings: tuple[Holding, ...] = ()
    own_rows: tuple[OwnFile, ...] = ()

    def narrowed(self, classes: Sequence[DataClass]) -> Perimeter:
        """The perimeter of what holds data of all these classes; its name has theirs."""
        each = [self.countries if one.countries is None else one.countries for one in classes]
        name = "/".join((self.name, *sorted(one.name for one in classes)))
        return msgspec.structs.replace(self, name=name, countries=each[0].intersection(*each[1:]))

    def with_undetermined(self, *, blocks: bool) -> Perimeter:
        """The same perimeter, in which an undetermined placement blocks or only warns."""
        return msgspec.structs.replace(self, undetermined_blocks=blocks)

    def locate(self, location: Location) -> Located:
        """Judge one location. A code that the catalogue does not know is undetermined, never guessed."""
        if location.provider == "site":
            return self._locate_site(location.code)
        place = places.find(location.provider, location.code, location.service or None)
        if place is None:
            near = places.suggest(location.provider, location.code)
            return Located(
                Outcome.UNDETERMINED,
                (),
                f"`{location.code}`",
                f"`{location.code}` is not a place of `{location.provider}` that the catalogue knows",
                f"did you mean `{near}`?" if near else "`residency places` lists the known ones",
            )
        if place.unrestricted:
            reason = "the cloud may place it in any country"
            return Located(Outcome.OUTSIDE, (), f"`{place.code}` (any country)", reason)
        if not place.countries:
            reason = f"the country of `{place.code}` is not known"
            return Located(Outcome.UNDETERMINED, (), f"`{place.code}`", reason, "choose a place whose country is known")
        return self._locate_place(place)

    def _locate_place(self, place: places.Place) -> Located:
        shown = f"`{place.code}` ({_names(place.countries)})"
        if not self.countries.issuperset(place.countries):
            return Located(Outcome.OUTSIDE, place.countries, shown)
        if place.status in (places.PlaceStatus.ANNOUNCED, places.PlaceStatus.UNLISTED):
            reason = f"`{place.code}` is {place.status.value}, not released, so its country is not proven"
            return Located(Outcome.UNDETERMINED, place.countries, shown, reason, "choose a released place")
        return Located(Outcome.INSIDE, place.countries, shown)

    def _locate_site(self, name: str) -> Located:
        country = next(site.country for site in self.sites if site.name == name)
        outcome = Outcome.INSIDE if country in self.countries else Outcome.OUTSIDE
        return Located(outcome, (country,), f"site `{name}` ({_names((country,))})")

    def example(self, provider: str) -> str:
        """A released region of the provider inside the perimeter, Ireland or Norway first; "" if it has none."""
        for preferred in (frozenset({"IE"}), frozenset({"NO"}), self.countries):
            regions = places.regions_in(provider, preferred & self.countries)
            open_regions = [each for each in regions if not _is_restricted(provider, each)]
            if open_regions:
                return open_regions[0]
        return ""


def _is_restricted(provider: str, code: str) -> bool:
    place = places.find(provider, code)
    return place is not None and place.restricted


def _names(countries: tuple[str, ...]) -> str:
    if len(countries) > _SHOWN_COUNTRIES:
        return f"{len(countries)} countries: {', '.join(countries)}"
    return ", ".join(places.country_name(code) for code in countries)
