"""Whatever of a change to a perimeter could let more pass is told, and what only makes it narrower is not."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from residency.catalogue.own import OwnFile
from residency.model import External, Site
from residency.perimeter import DataClass, Exemption, Holding, Perimeter, Transfer
from residency.perimeter.difference import widened
from tests.residency.samples import ON, eea

SITE = Site(name="oslo", country="NO", provider="aws", endpoints=("s3.example.no",))
DAY = datetime.date(2027, 1, 1)
EXEMPTION = Exemption(rule="RES001", resource="x", owner="o", reason="r", approver="a", expires=DAY)
TRANSFER = Transfer(
    name="desk", resource="x", to=("CH",), legal_basis="b", purpose="p", owner="o", approver="a", expires=DAY
)
PUBLIC = DataClass(name="public", user_data=False, reason="r", owner="o")
ADDITIONS = {
    "countries": (eea().countries | {"US"}, "adds United States (US) to"),
    "sites": ((SITE,), "site `oslo`"),
    "externals": ((External(name="arn", provider="aws", location="eu-west-1", reason="r"),), "external `arn`"),
    "transfers": ((TRANSFER,), "transfer `desk`"),
    "exemptions": ((EXEMPTION,), "exemption `RES001 for x`"),
    "classes": ((PUBLIC,), "class `public`, which is no user data,"),
    "holdings": ((Holding(resource="web-*", data_class="public"),), "`web-*` as `public`"),
    "own_rows": ((OwnFile(name="rows.toml"),), "rows of its own, `rows.toml`,"),
    "undetermined_blocks": (False, "lets what is undetermined pass"),
    "class_tag": ("data-class", "the tag `data-class`"),
}
NARROWING = {"classes", "holdings", "class_tag"}
"""What may also hold data to fewer countries, so that to take it away is told as well."""
SAYS_NOTHING = {"name", "on"}


def with_(**values: Any) -> Perimeter:
    """The default perimeter with something else."""
    return msgspec.structs.replace(eea(), **values)


@pytest.mark.parametrize("field", sorted(ADDITIONS))
def test_an_addition_is_told_and_its_removal_only_where_it_may_widen(field: str) -> None:
    value, words = ADDITIONS[field]
    [told] = widened(eea(), with_(**{field: value}))
    assert words in told
    back = list(widened(with_(**{field: value}), eea()))
    assert len(back) == (field in NARROWING)


def test_every_field_of_a_perimeter_is_thought_of() -> None:
    """A new one must be told too, or be said to say nothing."""
    assert {*ADDITIONS, *SAYS_NOTHING} == set(Perimeter.__struct_fields__)


def test_an_acceptance_that_lasts_longer_is_told() -> None:
    later = msgspec.structs.replace(EXEMPTION, expires=DAY.replace(year=2030))
    assert list(widened(with_(exemptions=(EXEMPTION,)), with_(exemptions=(later,)))) != []


def test_the_same_perimeter_is_no_change() -> None:
    full = with_(**{field: value for field, (value, _) in ADDITIONS.items()})
    assert list(widened(full, msgspec.structs.replace(full, on=ON))) == []
