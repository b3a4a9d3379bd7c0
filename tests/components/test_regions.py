"""The reviewed regions: one a cloud and country, each supported by a source and by the catalogue of places."""

from __future__ import annotations

import datetime as dt

import pytest
from residency_components.errors import CloudWithoutCountryError, ComponentError
from residency_components.regions import CLOUDS, Choice, Source, check, choices, clouds_in, region_for

from residency.catalogue import places

SOURCES = {"read": Source(title="a page", checked=dt.date(2026, 11, 23), url="https://example.org")}


def row(country: str, cloud: str, region: str, source: str = "read") -> Choice:
    return Choice(country=country, cloud=cloud, region=region, reason="a reason", source=source)


def test_every_choice_has_a_reason_and_a_known_cloud() -> None:
    assert [choice for choice in choices() if not choice.reason or choice.cloud not in CLOUDS] == []


def test_no_choice_is_open_to_approved_customers_only() -> None:
    restricted = [choice for choice in choices() if (p := places.find(choice.cloud, choice.region)) and p.restricted]

    assert restricted == []


def test_ireland_prefers_aws_and_norway_has_azure_only() -> None:
    assert (clouds_in("IE"), clouds_in("NO")) == (("aws", "azure"), ("azure",))
    assert (region_for("aws", "IE"), region_for("azure", "NO")) == ("eu-west-1", "norwayeast")


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((row("IE", "aws", "eu-west-2"),), "`eu-west-2` is not a region in that country"),
        ((row("NO", "aws", "eu-north-1"),), "`eu-north-1` is not a region in that country"),
        ((row("IE", "aws", "eu-west-9"),), "`eu-west-9` is not a region in that country"),
        ((row("IE", "aws", "eu-west-1", "hearsay"),), "no source `hearsay`"),
        ((row("IE", "aws", "eu-west-1"), row("IE", "aws", "eu-west-1")), "aws IE: chosen twice"),
    ],
)
def test_a_choice_that_nothing_supports_is_refused(rows: tuple[Choice, ...], fault: str) -> None:
    with pytest.raises(ComponentError) as caught:
        check(rows, SOURCES)

    assert fault in caught.value.what


def test_a_region_that_is_only_announced_is_refused_until_it_is_released() -> None:
    with pytest.raises(CloudWithoutCountryError) as caught:
        region_for("gcp", "NO")

    assert caught.value.what == "`gcp` has announced `europe-north3` in Norway (`NO`), and not released it"
    assert caught.value.help == "`azure` (`norwayeast`) can: choose that cloud, or a country of this one"


def test_a_region_works_when_the_catalogue_of_places_calls_it_released(monkeypatch: pytest.MonkeyPatch) -> None:
    def released(cloud: str, countries: frozenset[str]) -> tuple[str, ...]:
        return ("europe-north3",) if (cloud, countries) == ("gcp", frozenset({"NO"})) else ()

    monkeypatch.setattr(places, "regions_in", released)

    assert region_for("gcp", "NO") == "europe-north3"
    assert clouds_in("NO") == ("gcp",)


def test_a_supported_choice_is_accepted() -> None:
    check((row("IE", "aws", "eu-west-1"), row("NO", "azure", "norwayeast")), SOURCES)
