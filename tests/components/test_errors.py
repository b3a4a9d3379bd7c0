"""The faults of a caller: each has a name, says what and how to mend it, and nothing is registered."""

from __future__ import annotations

from typing import Any, cast

import pulumi
import pytest
from residency_components import (
    ArgumentFaultError,
    CloudWithoutCountryError,
    ComponentError,
    NotACountryError,
    ObjectStore,
    ObjectStoreArgs,
    OutsidePerimeterError,
    RegionForCountryError,
    SelfReplicationError,
)
from residency_components.aws.object_store import AwsObjectStore
from residency_components.azure.object_store import AzureObjectStore

from tests.components.recording import record

GOOD = {"country": "IE", "owner": "records-office", "data_class": "personal"}


def fault(name: Any = "documents", cloud: str | None = None, **changed: Any) -> ComponentError:
    """The error of a store asked for with some arguments changed; None leaves an argument out."""
    args = {key: value for key, value in {**GOOD, **changed}.items() if value is not None}
    registered: list[Any] = []
    with pytest.raises(ComponentError) as caught:
        registered += record(lambda: ObjectStore.build(name, cast("ObjectStoreArgs", args), cloud=cloud))
    assert registered == []
    return caught.value


@pytest.mark.parametrize("cloud", ["aws", "azure"])
def test_a_fault_registers_nothing_not_even_the_component(cloud: str) -> None:
    components = {"aws": AwsObjectStore, "azure": AzureObjectStore}
    seen: list[ComponentError] = []

    def program() -> None:
        try:
            components[cloud]("documents", cast("ObjectStoreArgs", {**GOOD, "country": "US"}))
        except ComponentError as error:
            seen.append(error)

    assert record(program) == []
    assert [type(error) for error in seen] == [OutsidePerimeterError]


@pytest.mark.parametrize(
    ("region", "country"),
    [("eu-west-1", "IE"), ("norwayeast", "NO"), ("Norway East", "NO"), ("norway", "NO"), ("us-east-1", "US")],
)
def test_a_region_is_refused_and_its_country_suggested(region: str, country: str) -> None:
    error = fault(country=region)

    assert type(error) is RegionForCountryError
    assert (
        error.what
        == f"`{region}` is a region, and a component is asked for by country; did you mean country `{country}`?"
    )
    assert (error.where, error.help) == ("country", f"pass `{country}`: the component chooses the region")


def test_a_region_of_several_countries_suggests_none() -> None:
    error = fault(country="EUR5")

    assert type(error) is RegionForCountryError
    assert "did you mean" not in error.what
    assert error.help == "pass a country: the component chooses the region"


@pytest.mark.parametrize(("text", "meant"), [("ie", "IE"), (" NO", "NO"), ("Ireland", "IE"), ("iceland", "IS")])
def test_a_misspelt_country_is_refused_and_the_code_suggested(text: str, meant: str) -> None:
    error = fault(country=text)

    assert type(error) is NotACountryError
    assert (error.what, error.help) == (f"`{text}` is not a country", f"did you mean `{meant}`?")


@pytest.mark.parametrize("text", ["", "XX", "EU", "europe", "IE,NO"])
def test_what_is_no_country_is_refused(text: str) -> None:
    error = fault(country=text)

    assert isinstance(error, NotACountryError)
    assert text in error.what


@pytest.mark.parametrize("value", [pulumi.Output.from_input("IE"), 1, ["IE"], False, None])
def test_a_country_must_be_known_when_the_program_is_written(value: Any) -> None:
    """An output would be known too late to check it."""
    error = fault(country=value)

    assert type(error) is NotACountryError
    assert error.what == "a country must be a text that is known when the program is written"


@pytest.mark.parametrize(("country", "named"), [("DE", "Germany"), ("US", "United States"), ("GB", "United Kingdom")])
def test_a_country_outside_the_perimeter_is_refused(country: str, named: str) -> None:
    error = fault(country=country)

    assert type(error) is OutsidePerimeterError
    assert error.what.startswith(named)
    assert error.what.endswith(f"(`{country}`) is outside the perimeter")
    assert error.help == "choose one of `IE`, `NO`, or widen `perimeter` if that was approved"


def test_a_cloud_without_the_country_is_refused_and_those_with_it_are_named() -> None:
    error = fault(country="NO", cloud="aws")

    assert type(error) is CloudWithoutCountryError
    assert error.what == "`aws` has no reviewed region in Norway (`NO`)"
    assert error.help == "`azure` (`norwayeast`) can: choose that cloud, or a country of this one"


def test_a_copy_to_a_country_that_the_cloud_lacks_is_refused_and_names_who_has_it() -> None:
    error = fault(country="IE", replicate_to="NO")

    assert type(error) is CloudWithoutCountryError
    assert error.what == "no copy can go there: `aws` has no reviewed region in Norway (`NO`)"
    assert error.help == "`azure` (`norwayeast`) can: choose that cloud, or a country of this one"
    assert error.where == "replicate_to"


def test_a_country_that_has_no_reviewed_region_is_refused_and_who_has_others_is_named() -> None:
    error = fault(country="CH", perimeter=["CH"])

    assert type(error) is CloudWithoutCountryError
    assert error.help == (
        "`aws` (eu-central-2) and `azure` (switzerlandnorth, switzerlandwest) and `gcp` (europe-west6) has regions "
        "there, but none is reviewed for these components"
    )


def test_a_country_that_no_cloud_has_is_refused() -> None:
    error = fault(country="LI", perimeter=["LI"])

    assert type(error) is CloudWithoutCountryError
    assert error.help == "no cloud of the catalogue has a region there"


def test_a_country_without_a_reviewed_region_is_refused_even_inside_the_perimeter() -> None:
    """The perimeter is the caller's; what may be chosen is not."""
    error = fault(country="US", perimeter=["US"])

    assert type(error) is CloudWithoutCountryError
    assert "none is reviewed" in error.help


def test_a_store_whose_vault_would_be_copied_out_of_the_perimeter_is_refused() -> None:
    """Key Vault copies every vault to the region's pair, and Ireland's is in the Netherlands."""
    error = fault(country="IE", cloud="azure")

    assert type(error) is OutsidePerimeterError
    assert error.what == (
        "the key vault in `northeurope` would be copied to `westeurope` (Netherlands), outside the perimeter"
    )
    assert error.help == "choose the cloud `aws`, or add `NL` to `perimeter` if that was approved"


def test_a_vault_copied_out_of_the_perimeter_is_refused_and_the_other_cloud_of_the_country_named() -> None:
    error = fault(country="NL", perimeter=["NL"])

    assert type(error) is OutsidePerimeterError
    assert error.help == "choose the cloud `gcp`, or add `IE` to `perimeter` if that was approved"


def test_a_copy_to_the_same_country_is_refused() -> None:
    error = fault(replicate_to="IE")

    assert type(error) is SelfReplicationError
    assert error.what == "the copy would go to `IE`, where the data already is"
    assert error.where == "replicate_to"


def test_a_copy_outside_the_perimeter_is_refused() -> None:
    error = fault(replicate_to="DE")

    assert (type(error), error.where) == (OutsidePerimeterError, "replicate_to")


def test_a_copy_asked_for_by_region_is_refused() -> None:
    error = fault(replicate_to="us-east-1")

    assert (type(error), error.where) == (RegionForCountryError, "replicate_to")


@pytest.mark.parametrize("perimeter", ["IE", [], {"IE": True}, 3])
def test_a_perimeter_that_is_no_list_of_countries_is_refused(perimeter: Any) -> None:
    error = fault(perimeter=perimeter)

    assert (type(error), error.where) == (ArgumentFaultError, "perimeter")


def test_a_region_in_the_perimeter_is_refused() -> None:
    error = fault(perimeter=["IE", "eu-central-1"])

    assert (type(error), error.where) == (RegionForCountryError, "perimeter[1]")


@pytest.mark.parametrize("key", ["owner", "data_class"])
@pytest.mark.parametrize("value", [None, "", " ", "a<b", "x" * 129, 3])
def test_owner_and_data_class_must_be_said_and_fit_a_tag(key: str, value: Any) -> None:
    error = fault(**{key: value})

    assert (type(error), error.where) == (ArgumentFaultError, key)
    assert error.what == f"`{key}` is missing or cannot be a tag"


@pytest.mark.parametrize("key", ["region", "location", "force_destroy", "dataClass"])
def test_an_unknown_argument_is_refused(key: str) -> None:
    error = fault(**{key: "us-east-1"})

    assert (type(error), error.where) == (ArgumentFaultError, key)
    assert error.what == f"unknown argument `{key}`"


@pytest.mark.parametrize("name", ["", "do", "Documents", "a-store", "averylongname", "1st", "døcs", 3])
def test_a_name_that_storage_accounts_cannot_have_is_refused(name: Any) -> None:
    error = fault(name=name)

    assert (type(error), error.where) == (ArgumentFaultError, "name")


def test_an_unknown_cloud_is_refused() -> None:
    error = fault(cloud="oci")

    assert (type(error), error.help) == (ArgumentFaultError, "one of aws, azure, gcp, site")
