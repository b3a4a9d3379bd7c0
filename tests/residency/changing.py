"""Stacks and what a change does to them, for several tests."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import msgspec
from hypothesis import strategies as st

from residency.catalogue import places
from residency.change import DiffResult, compare
from residency.check import CheckResult, result
from residency.perimeter import Exemption, Perimeter
from tests.residency.samples import BUCKET, UNKNOWN, eea, graph_of, resource

INSIDE = sorted(places.regions_in("aws", eea().countries))
OUTSIDE = sorted(
    place.code
    for place in places.places("aws")
    if place.kind is places.PlaceKind.REGION and place.countries and not eea().countries.issuperset(place.countries)
)
TABLE = "aws:dynamodb/table:Table"
ACCEPTED = Exemption(
    rule="RES001",
    resource="old*",
    owner="platform",
    reason="moves soon",
    approver="security",
    expires=datetime.date(2026, 12, 31),
)


def bucket(name: str, region: Any) -> dict[str, Any]:
    """A bucket that names its region itself."""
    return resource(BUCKET, name, {"bucket": name, "region": region})


def table(name: str, *replicas: str) -> dict[str, Any]:
    """A table in Ireland with replicas."""
    inputs = {"name": name, "region": "eu-west-1", "replicas": [{"regionName": each} for each in replicas]}
    return resource(TABLE, name, inputs)


def judged(*records: Mapping[str, Any], perimeter: Perimeter | None = None, target: str = "sample") -> CheckResult:
    """The result of some records."""
    return result([graph_of(*records, target=target)], perimeter or eea())


def accepting() -> Perimeter:
    """A perimeter that accepts whatever is called ``old``."""
    return msgspec.structs.replace(eea(), exemptions=(ACCEPTED,))


def change(before: CheckResult | None, after: CheckResult | None) -> DiffResult:
    """What a change does."""
    return compare(before, after, ("base", "head"))


def told(found: DiffResult) -> list[tuple[str, str, str, str]]:
    """Kind, name, and the outcome before and after of each change."""
    return [
        (
            each.kind.value,
            each.shown.placement.resource.name,
            each.before.outcome.value if each.before else "",
            each.after.outcome.value if each.after else "",
        )
        for each in found.changes
    ]


any_region = st.sampled_from([*INSIDE, *OUTSIDE, UNKNOWN, "moon-1"])


@st.composite
def stacks(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few buckets, some of which are accepted, and a table with replicas, wherever they are."""
    names = draw(st.lists(st.sampled_from(["data", "copy", "old", "older"]), unique=True, max_size=4))
    records = [bucket(name, draw(any_region)) for name in names]
    return [*records, table("table", *draw(st.lists(st.sampled_from([*INSIDE, *OUTSIDE]), max_size=3)))]
