"""The component package as other languages see it: the schema that Pulumi derives."""

from __future__ import annotations

from pathlib import Path

import pytest
from pulumi.provider.experimental.analyzer import Analyzer, ComponentDefinition
from residency_components.aws import AwsObjectStore
from residency_components.azure import AzureObjectStore
from residency_components.store import PACKAGE

COMPONENTS = Path(__file__).resolve().parents[2] / "components"


@pytest.fixture(name="definitions", scope="module")
def _definitions() -> dict[str, ComponentDefinition]:
    return Analyzer(PACKAGE).analyze([AwsObjectStore, AzureObjectStore])["component_definitions"]


def test_both_stores_have_one_interface(definitions: dict[str, ComponentDefinition]) -> None:
    first, second = definitions["AwsObjectStore"], definitions["AzureObjectStore"]

    assert sorted(definitions) == ["AwsObjectStore", "AzureObjectStore"]
    assert (first.inputs, first.outputs) == (second.inputs, second.outputs)


def test_a_store_is_asked_for_by_country_and_has_no_region_input(
    definitions: dict[str, ComponentDefinition],
) -> None:
    inputs = definitions["AwsObjectStore"].inputs

    assert {name: given.optional for name, given in inputs.items()} == {
        "country": False,
        "owner": False,
        "dataClass": False,
        "replicateTo": True,
        "perimeter": True,
    }


def test_every_input_is_plain_so_that_it_is_known_before_any_child(
    definitions: dict[str, ComponentDefinition],
) -> None:
    assert [name for name, given in definitions["AwsObjectStore"].inputs.items() if not given.plain] == []


def test_every_input_and_output_is_described(definitions: dict[str, ComponentDefinition]) -> None:
    store = definitions["AwsObjectStore"]

    assert store.description
    assert [name for name, given in {**store.inputs}.items() if not given.description] == []


def test_the_plugin_file_names_the_runtime() -> None:
    assert (COMPONENTS / "PulumiPlugin.yaml").read_text(encoding="utf-8") == "runtime: python\n"
