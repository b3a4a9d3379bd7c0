"""Codes to countries: the names that mislead, the spellings that a cloud takes, and what a broken file is told."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residency.catalogue.countries import countries
from residency.catalogue.places import (
    Place,
    PlaceKind,
    PlaceStatus,
    country_name,
    find,
    places,
    regions_in,
    suggest,
)
from residency.catalogue.places_file import PROVIDERS, key, read
from residency.errors import CatalogueError

IRELAND_NORWAY = frozenset({"IE", "NO"})

VALID = """
provider = "azure"
[sources.list]
title = "A list"
url = "https://example.org"
checked = 2026-11-23
[[place]]
code = "north"
countries = ["IE"]
paired = "west"
source = "list"
[[place]]
code = "west"
countries = ["NL"]
paired = "north"
source = "list"
"""


def found(provider: str, code: str, service: str | None = None) -> Place:
    place = find(provider, code, service)
    assert place is not None, f"{provider} {code} is not known"
    return place


def where(provider: str, code: str, service: str | None = None) -> tuple[str, ...]:
    return found(provider, code, service).countries


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "azure.toml"
    path.write_text(text, encoding="utf-8")
    return path


# Names that mislead


def test_eu_west_2_is_london() -> None:
    assert where("aws", "eu-west-2") == ("GB",)


def test_eu_central_2_is_zurich() -> None:
    assert where("aws", "eu-central-2") == ("CH",)


def test_eu_north_1_is_stockholm_not_norway() -> None:
    assert where("aws", "eu-north-1") == ("SE",)


def test_eu_isoe_west_1_is_a_british_partition_outside_the_public_list() -> None:
    place = found("aws", "eu-isoe-west-1")
    assert (place.countries, place.partition, place.status) == (("GB",), "aws-iso-e", PlaceStatus.UNLISTED)


def test_eusc_de_east_1_is_germany_in_a_partition_of_its_own() -> None:
    place = found("aws", "eusc-de-east-1")
    assert (place.countries, place.partition) == (("DE",), "aws-eusc")


def test_a_local_zone_of_frankfurt_is_in_turkey() -> None:
    place = found("aws", "eu-central-1-ist-1a")
    assert (place.countries, place.kind, place.parent) == (("TR",), PlaceKind.LOCAL_ZONE, "eu-central-1")


def test_a_wavelength_zone_of_paris_is_in_morocco() -> None:
    place = found("aws", "eu-west-3-cmn-wlz-1a")
    assert (place.countries, place.kind, place.parent) == (("MA",), PlaceKind.WAVELENGTH_ZONE, "eu-west-3")


def test_local_zones_of_virginia_reach_into_south_america() -> None:
    assert where("aws", "us-east-1-bue-1a") == ("AR",)


def test_a_local_zone_without_a_row_is_unknown_though_its_region_is_known() -> None:
    assert find("aws", "eu-central-1-xyz-1a") is None


def test_the_planned_oslo_zone_is_not_released() -> None:
    place = found("aws", "eu-north-1-osl-1a")
    assert (place.countries, place.status) == (("NO",), PlaceStatus.ANNOUNCED)


def test_eur5_of_cloud_storage_has_london() -> None:
    place = found("gcp", "EUR5")
    assert (place.countries, place.kind) == (("BE", "GB"), PlaceKind.DUAL_REGION)


def test_eur7_of_cloud_storage_has_london() -> None:
    assert where("gcp", "EUR7") == ("DE", "GB")


def test_eur8_of_cloud_storage_has_zurich() -> None:
    assert where("gcp", "EUR8") == ("CH", "DE")


def test_eur4_is_within_the_eu() -> None:
    assert where("gcp", "EUR4") == ("FI", "NL")


def test_eur5_in_lower_case_may_also_be_spanners() -> None:
    assert where("gcp", "eur5") == ("BE", "GB", "NL")
    assert where("gcp", "eur5", "spanner") == ("BE", "GB", "NL")
    assert where("gcp", "eur5", "storage") == ("BE", "GB")


def test_eur6_of_spanner_has_its_witness_in_zurich() -> None:
    assert where("gcp", "eur6", "spanner") == ("CH", "DE", "NL")


def test_eur7_of_spanner_is_not_eur7_of_cloud_storage() -> None:
    assert where("gcp", "eur7", "spanner") == ()
    assert where("gcp", "eur7") == ()


def test_one_meaning_without_countries_leaves_all_without() -> None:
    place = found("gcp", "eur7")
    assert (place.countries, place.kind) == ((), PlaceKind.MULTI_REGION)
    assert "storage" in place.note


def test_eur3_is_within_the_eu() -> None:
    for service in (None, "firestore", "spanner"):
        assert where("gcp", "eur3", service) == ("BE", "FI", "NL")


def test_a_spanner_configuration_of_one_region_is_that_region() -> None:
    assert found("gcp", "regional-europe-west2", "spanner").code == "europe-west2"
    assert find("gcp", "regional-EU") is None
    assert find("aws", "regional-eu-west-1") is None


def test_a_service_whose_meaning_of_a_code_was_not_read_has_no_countries() -> None:
    place = found("gcp", "EUR8", "kms")
    assert place.countries == ()
    assert place.note == "what kms means by it was not read"


def test_europe_north3_is_oslo_and_not_released() -> None:
    place = found("gcp", "europe-north3")
    assert (place.countries, place.status) == (("NO",), PlaceStatus.ANNOUNCED)


def test_europe_west15_has_no_known_country() -> None:
    place = found("gcp", "europe-west15")
    assert (place.countries, place.status) == ((), PlaceStatus.UNLISTED)
    assert not place.unrestricted


def test_europe_west6_is_zurich_and_europe_west2_london() -> None:
    assert (where("gcp", "europe-west6"), where("gcp", "europe-west2")) == (("CH",), ("GB",))


def test_the_eu_multi_region_is_every_member_state() -> None:
    assert len(where("gcp", "EU")) == 27
    assert "NO" not in where("gcp", "EU")


def test_the_eu_multi_region_of_bigquery_is_belgium_or_the_netherlands() -> None:
    place = found("gcp", "EU", "bigquery")
    assert (place.countries, place.members) == (("BE", "NL"), ("europe-west1", "europe-west4"))


def test_europe_is_the_eu_only_for_the_services_that_say_so() -> None:
    assert len(where("gcp", "europe", "kms")) == 27
    assert where("gcp", "europe", "artifactregistry") == ()
    assert where("gcp", "europe") == ()


def test_norwaywest_is_released_but_restricted() -> None:
    place = found("azure", "norwaywest")
    assert (place.countries, place.status, place.restricted) == (("NO",), PlaceStatus.RELEASED, True)


def test_global_is_unrestricted_everywhere() -> None:
    for provider, code in (("aws", "aws-global"), ("azure", "global"), ("gcp", "global")):
        place = found(provider, code)
        assert (place.kind, place.unrestricted, place.countries) == (PlaceKind.GLOBAL, True, ())


def test_the_europe_geography_of_azure_names_no_country() -> None:
    assert where("azure", "Europe") == ()
    assert where("azure", "Norway") == ("NO",)


# Azure pairs


def test_the_copy_of_ireland_lands_in_the_netherlands() -> None:
    assert found("azure", "northeurope").paired == "westeurope"
    assert where("azure", "westeurope") == ("NL",)


def test_the_copy_of_norway_stays_in_norway() -> None:
    paired = found("azure", "norwayeast").paired
    assert paired == "norwaywest"
    assert where("azure", paired) == ("NO",)


def test_the_copy_of_brazil_leaves_the_continent() -> None:
    place = found("azure", "brazilsouth")
    assert place.paired == "southcentralus"
    assert place.note


# Spellings


@pytest.mark.parametrize("code", ["northeurope", "North Europe", "NorthEurope", "NORTH EUROPE"])
def test_azure_takes_display_names(code: str) -> None:
    assert found("azure", code).code == "northeurope"


@pytest.mark.parametrize("code", ["europe-west1", "EUROPE-WEST1", "Europe-West1"])
def test_google_cloud_takes_any_case(code: str) -> None:
    assert found("gcp", code).code == "europe-west1"


def test_eu_in_lower_case_is_the_same_multi_region() -> None:
    assert find("gcp", "eu") == find("gcp", "EU")


def test_aws_takes_its_own_case_only() -> None:
    assert find("aws", "EU-WEST-1") is None


def test_a_zone_lies_where_its_region_lies() -> None:
    for provider, code, region, country in (
        ("aws", "eu-west-1a", "eu-west-1", "IE"),
        ("aws", "euw2-az3", "eu-west-2", "GB"),
        ("aws", "apne1-az4", "ap-northeast-1", "JP"),
        ("gcp", "europe-west2-b", "europe-west2", "GB"),
        ("gcp", "EUROPE-WEST6-A", "europe-west6", "CH"),
    ):
        place = found(provider, code)
        assert (place.kind, place.parent, place.countries) == (PlaceKind.ZONE, region, (country,))


def test_a_zone_says_where_the_form_of_its_name_was_read() -> None:
    assert "aws-availability-zones" in found("aws", "eu-west-1a").source


def test_a_zone_of_an_announced_region_is_announced() -> None:
    assert found("gcp", "europe-north3-a").status is PlaceStatus.ANNOUNCED


@pytest.mark.parametrize(
    ("provider", "code"),
    [
        ("aws", ""),
        ("aws", "eu-west-9"),
        ("aws", "eu-west-1ab"),
        ("aws", "eu-west-1A"),
        ("aws", "eu-west-9a"),
        ("aws", "aws-globala"),
        ("aws", "euw9-az1"),
        ("aws", " eu-west-1"),
        ("azure", "1"),
        ("azure", "northeurope-1"),
        ("gcp", "europe-west99"),
        ("gcp", "europe-west1-bb"),
        ("gcp", "eu-a"),
        ("gcp", "eur5-a"),
        ("oracle", "eu-frankfurt-1"),
    ],
)
def test_an_unknown_code_is_none_and_never_guessed(provider: str, code: str) -> None:
    assert find(provider, code) is None


# Lists, suggestions, names


def test_released_regions_of_ireland_and_norway() -> None:
    assert regions_in("aws", IRELAND_NORWAY) == ("eu-west-1",)
    assert regions_in("azure", IRELAND_NORWAY) == ("northeurope", "norwayeast", "norwaywest")
    assert regions_in("gcp", IRELAND_NORWAY) == ()


def test_no_region_lies_in_no_country() -> None:
    assert regions_in("gcp", frozenset()) == ()


@pytest.mark.parametrize(
    ("provider", "typo", "meant"),
    [
        ("aws", "eu-wset-1", "eu-west-1"),
        ("azure", "Norway Eaast", "norwayeast"),
        ("gcp", "europe-wst1", "europe-west1"),
    ],
)
def test_a_typo_gets_a_suggestion(provider: str, typo: str, meant: str) -> None:
    assert suggest(provider, typo) == meant


def test_nonsense_gets_no_suggestion() -> None:
    assert suggest("aws", "§§§") is None
    assert suggest("oracle", "eu-west-1") is None


def test_a_country_has_its_english_name() -> None:
    assert (country_name("NO"), country_name("GB")) == ("Norway", "United Kingdom")


def test_a_country_that_iso_does_not_have_is_shown_as_written() -> None:
    assert country_name("XX") == "XX"


def test_places_are_sorted_and_each_provider_has_its_own() -> None:
    assert {place.provider for place in places("gcp")} == {"gcp"}
    assert places() == tuple(place for name in PROVIDERS for place in places(name))
    for provider in PROVIDERS:
        codes = [(place.code, place.service or "") for place in places(provider)]
        assert codes == sorted(codes)
    assert places("oracle") == ()


# The data as a whole; each test lists every offender at once


def test_every_place_has_a_source_and_a_day() -> None:
    assert [place.code for place in places() if not (place.source and place.checked)] == []


def test_every_country_of_a_place_is_an_iso_country() -> None:
    used = {(place.code, country) for place in places() for country in place.countries}
    assert sorted(item for item in used if item[1] not in countries()) == []


def test_a_place_without_country_says_why() -> None:
    silent = [place.code for place in places() if not (place.countries or place.unrestricted or place.note)]
    assert silent == []


def test_members_lie_in_the_countries_of_the_whole() -> None:
    offenders = [
        (place.code, member)
        for place in places()
        for member in place.members
        if not set(where(place.provider, member)) <= set(place.countries)
    ]
    assert offenders == []


def test_a_note_tells_why_a_pair_is_one_way() -> None:
    offenders = [
        place.code
        for place in places("azure")
        if place.paired and found("azure", place.paired).paired != place.code and not place.note
    ]
    assert offenders == []


def test_no_european_pair_leaves_its_country_but_the_irish_and_dutch_one() -> None:
    crossing = {
        (place.code, place.paired)
        for place in places("azure")
        if place.paired and not set(where("azure", place.paired)) <= set(place.countries)
    }
    assert crossing == {
        ("northeurope", "westeurope"),
        ("westeurope", "northeurope"),
        ("eastasia", "southeastasia"),
        ("southeastasia", "eastasia"),
        ("brazilsouth", "southcentralus"),
    }


def test_every_row_is_found_by_its_code() -> None:
    missing = [(place.provider, place.code) for place in places() if find(place.provider, place.code) is None]
    assert missing == []


def test_every_region_that_pulumi_aws_names_is_known() -> None:
    aws = pytest.importorskip("pulumi_aws")
    unknown = [region.value for region in aws.Region if find("aws", region.value) is None]
    assert unknown == []


def test_every_region_that_botocore_lists_is_known() -> None:
    session = pytest.importorskip("botocore.session").get_session()
    listed: Iterable[str] = (
        region
        for partition in session.get_available_partitions()
        for region in session.get_available_regions("ec2", partition)
    )
    assert sorted(region for region in listed if find("aws", region) is None) == []


@given(provider=st.sampled_from(PROVIDERS), code=st.text(max_size=40))
def test_any_text_is_none_unless_it_is_a_known_spelling(provider: str, code: str) -> None:
    place = find(provider, code)
    if place is not None:
        assert key(provider, place.code) == key(provider, code) or code.casefold() in {"uk", "uae"}


# A broken file


def test_a_valid_file_is_read(tmp_path: Path) -> None:
    assert [place.code for place in read(write(tmp_path, VALID)).places] == ["north", "west"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('source = "list"\n[[place]]', "[[place]]"), "`north`: no source"),
        (('source = "list"\n[[place]]', 'source = "lst"\n[[place]]'), "`north`: source `lst` is not in [sources]"),
        (("checked = 2026-11-23\n", ""), "missing required field `checked`"),
        (('url = "https://example.org"\n', ""), "source `list` has neither url nor package"),
        (('["IE"]', '["XX"]'), "`north`: unknown country `XX`"),
        (('code = "west"', 'code = "North"'), "spelling `north` also in `north`"),
        (('code = "west"', 'spellings = ["North"]\ncode = "west"'), "`west`: spelling `north` also in `north`"),
        (('paired = "west"', 'paired = "south"'), "`north`: `south` has no row"),
        (('paired = "north"\n', ""), "`north`: paired with `west`, which is paired with no region"),
        (('paired = "west"', 'parent = "south"'), "`north`: `south` has no row"),
        (('paired = "west"', 'members = ["south"]'), "`north`: `south` has no row"),
        (
            ('countries = ["IE"]', 'countries = ["IE"]\nunrestricted = true'),
            "`north`: unrestricted, yet with countries",
        ),
        (('countries = ["IE"]', 'kind = "global"'), "`north`: global, yet not unrestricted"),
        (('countries = ["IE"]', 'kind = "local-zone"'), "`north`: a zone without parent"),
        (('code = "north"', 'cod = "north"'), "cannot be read"),
        (
            ("[[place]]", '[sources.other]\ntitle = "B"\nurl = "u"\nchecked = 2026-11-23\n[[place]]'),
            "`other` is used by no",
        ),
        (('provider = "azure"', 'provider = "oracle"'), "unknown provider `oracle`"),
        (('provider = "azure"', 'provider = "azure"\nzone_ids = "x"'), "source `x` is not in [sources]"),
        (("[sources.list]", "[sources.list"), "cannot be read"),
    ],
)
def test_a_broken_file_is_refused_with_its_row(tmp_path: Path, change: tuple[str, str], fault: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        read(write(tmp_path, VALID.replace(*change, 1)))
    assert fault in caught.value.what
    assert caught.value.where.endswith("azure.toml")


def test_all_rows_at_fault_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        read(write(tmp_path, VALID.replace('["IE"]', '["XX"]').replace('["NL"]', '["YY"]')))
    assert "`north`: unknown country `XX`" in caught.value.what
    assert "`west`: unknown country `YY`" in caught.value.what


def test_a_one_way_pair_is_accepted_with_its_reason(tmp_path: Path) -> None:
    text = VALID.replace('paired = "north"\n', "").replace(
        'paired = "west"', 'paired = "west"\none_way_pair = "west copies nowhere"'
    )
    assert read(write(tmp_path, text)).places[0].note == "west copies nowhere"


# Start-up


def test_one_provider_loads_quickly_and_alone() -> None:
    program = (
        "import residency.catalogue.places as p, time, residency.catalogue.places_file as f\n"
        "start = time.perf_counter(); p.find('azure', 'northeurope'); print(time.perf_counter() - start)\n"
        "assert p._book.cache_info().currsize == 1\n"
    )
    best = min(
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout)
        for _ in range(3)
    )
    assert best < 0.05, f"{best:.3f} s"


def test_a_second_look_up_costs_nothing() -> None:
    find("gcp", "EU")
    start = time.perf_counter()
    for _ in range(1000):
        find("gcp", "EU")
    assert time.perf_counter() - start < 0.1
