"""The component package as other languages see it: the schema that Pulumi derives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pulumi.provider.experimental.analyzer import Analyzer, ComponentDefinition
from pulumi.provider.experimental.component import ComponentProvider
from pulumi.provider.server import ComponentInitError
from residency_components.aws.object_store import AwsObjectStore
from residency_components.azure.object_store import AzureObjectStore
from residency_components.component import PACKAGE
from residency_components.hosting import components, interfaces, provider

from tests.components.recording import record

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


@pytest.fixture(name="schema", scope="module")
def _schema() -> str:
    return provider().schema or ""


def test_every_component_argument_and_output_is_described(schema: str) -> None:
    resources = json.loads(schema)["resources"]

    assert [name for name, resource in resources.items() if not resource.get("description")] == []
    assert [
        (name, part, key)
        for name, resource in resources.items()
        for part in ("inputProperties", "properties")
        for key, given in resource[part].items()
        if not given.get("description")
    ] == []


def test_the_committed_schema_is_the_one_that_the_package_serves(
    schema: str, same_as_file: Callable[[Path, str], None]
) -> None:
    same_as_file(COMPONENTS / "schema.json", schema)


def test_every_class_of_every_cloud_is_served(schema: str) -> None:
    served = {token.rpartition(":")[2] for token in json.loads(schema)["resources"]}

    assert served == {component.__name__ for component in components()}


def test_every_interface_is_built_for_a_cloud() -> None:
    built = {base for component in components() for base in component.__mro__}

    assert [interface.__name__ for interface in interfaces() if interface not in built] == []


def test_a_program_in_another_language_gets_the_same_store() -> None:
    """What the plugin does when it is asked to construct, with the inputs' names as other languages send them."""
    provider = ComponentProvider([AwsObjectStore, AzureObjectStore], PACKAGE)
    inputs = {"country": "IE", "owner": "office", "dataClass": "personal"}

    def construct() -> Any:
        built = provider.construct("documents", f"{PACKAGE}:index:AwsObjectStore", inputs)
        return sorted(built.state)

    resources = record(construct)

    assert {resource.place for resource in resources if resource.custom} == {"eu-west-1"}


def test_a_program_in_another_language_gets_the_same_refusal() -> None:
    provider = ComponentProvider([AwsObjectStore, AzureObjectStore], PACKAGE)
    inputs = {"country": "eu-west-1", "owner": "office", "dataClass": "personal"}

    with pytest.raises(ComponentInitError) as caught:
        record(lambda: provider.construct("documents", f"{PACKAGE}:index:AwsObjectStore", inputs).state)

    assert "`eu-west-1` is a region, and a component is asked for by country" in str(caught.value.inner)


def test_the_plugin_file_names_the_runtime() -> None:
    assert (COMPONENTS / "PulumiPlugin.yaml").read_text(encoding="utf-8") == "runtime: python\n"
