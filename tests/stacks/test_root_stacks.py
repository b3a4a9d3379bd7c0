"""The stacks at the root: built from their configuration alone, and inside the countries that it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from residency_components.configured import stores
from residency_components.errors import ArgumentFaultError

from residency.catalogue import places
from tests.stacks.running import ROOT, read, run

STACKS = ROOT / "stacks"
FILES = sorted(STACKS.glob("Pulumi.*.yaml"))


def test_the_project_runs_the_program_of_the_stacks_folder() -> None:
    project = read(ROOT / "Pulumi.yaml")

    assert (project["main"], project["stackConfigDir"], project["runtime"]) == ("stacks/", "stacks", "python")
    assert (STACKS / "__main__.py").is_file()


def test_the_stacks_are_ireland_and_norway() -> None:
    assert [file.name for file in FILES] == ["Pulumi.ireland.yaml", "Pulumi.norway.yaml"]


@pytest.mark.parametrize("preview", [False, True], ids=["created", "previewed"])
@pytest.mark.parametrize(
    ("stack", "expected"),
    [("ireland", {"eu-west-1"}), ("norway", {"norwayeast", "northeurope"})],
)
def test_a_stack_places_data_only_where_its_configuration_says(stack: str, expected: set[str], preview: bool) -> None:
    resources = run(STACKS / "__main__.py", STACKS / f"Pulumi.{stack}.yaml", project="residency", preview=preview)

    assert {resource.place for resource in resources if resource.place} == expected
    assert all(
        place and set(place.countries) <= {"IE", "NO"}
        for place in (places.find("aws", code) or places.find("azure", code) for code in sorted(expected))
    )


def test_the_program_names_no_country_and_no_region() -> None:
    """Nothing is hard-wired: every place comes from the stack's configuration."""
    text = (STACKS / "__main__.py").read_text(encoding="utf-8")

    codes = {place.code for provider in ("aws", "azure", "gcp") for place in places.places(provider)}
    assert [word for word in text.replace('"', " ").split() if word in codes | {"IE", "NO"}] == []


def test_another_configuration_builds_another_store(tmp_path: Path) -> None:
    stack = tmp_path / "Pulumi.dublin.yaml"
    stack.write_text(
        "config:\n  residency:stores:\n"
        "    - {name: letters, country: IE, owner: post, dataClass: personal, cloud: azure, perimeter: [IE, NL]}\n",
        encoding="utf-8",
    )

    resources = run(STACKS / "__main__.py", stack, project="residency")

    assert {resource.place for resource in resources if resource.place} == {"northeurope"}
    assert {resource.name for resource in resources if resource.custom} == {"letters"}


GOOD = {"name": "documents", "country": "IE", "owner": "office", "dataClass": "personal"}


@pytest.mark.parametrize(
    ("listed", "what", "where"),
    [
        ({}, "`stores` is not a list of at least one store", "residency:stores"),
        ([], "`stores` is not a list of at least one store", "residency:stores"),
        (["documents"], "a store is not a mapping", "residency:stores[0]"),
        ([GOOD, {**GOOD, "region": "us-east-1"}], "unknown key `region`", "residency:stores[1]"),
        ([{**GOOD, "country": False}], "`country` is a truth value", "residency:stores[0]"),
        ([GOOD, GOOD], "two stores are named `documents`", "residency:stores"),
    ],
)
def test_a_configuration_of_another_form_is_refused(listed: Any, what: str, where: str) -> None:
    with pytest.raises(ArgumentFaultError) as caught:
        stores(listed)

    assert (caught.value.what, caught.value.where) == (what, where)


def test_a_listed_store_becomes_the_arguments_of_a_component() -> None:
    (store,) = stores([{**GOOD, "replicateTo": "NO", "perimeter": ["IE", "NO"], "cloud": "azure"}])

    assert (store.name, store.cloud) == ("documents", "azure")
    assert store.args == {
        "country": "IE",
        "owner": "office",
        "data_class": "personal",
        "replicate_to": "NO",
        "perimeter": ["IE", "NO"],
    }
