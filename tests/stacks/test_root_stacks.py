"""The stacks at the root: built from their configuration alone, and inside the countries that it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from configured import services
from residency_components.errors import ArgumentFaultError, ComponentError

from residency.catalogue import places
from tests.components.asking import UNPLACED, children
from tests.stacks.running import ROOT, read, run

STACKS = ROOT / "stacks"
FILES = sorted(STACKS.glob("Pulumi.*.yaml"))


def test_the_project_runs_the_program_of_the_stacks_folder() -> None:
    project = read(ROOT / "Pulumi.yaml")

    assert (project["main"], project["stackConfigDir"], project["runtime"]) == ("stacks/", "stacks", "python")
    assert (STACKS / "__main__.py").is_file()


def test_the_stacks_are_ireland_norway_and_both() -> None:
    assert [file.name for file in FILES] == ["Pulumi.europe.yaml", "Pulumi.ireland.yaml", "Pulumi.norway.yaml"]


@pytest.mark.parametrize("preview", [False, True], ids=["created", "previewed"])
@pytest.mark.parametrize(
    ("stack", "expected"),
    [
        ("ireland", {"eu-west-1"}),
        ("norway", {"norwayeast"}),
        ("europe", {"eu-west-1", "northeurope", "norwayeast"}),
    ],
)
def test_a_stack_places_data_only_where_its_configuration_says(stack: str, expected: set[str], preview: bool) -> None:
    resources = children(
        run(STACKS / "__main__.py", STACKS / f"Pulumi.{stack}.yaml", project="residency", preview=preview)
    )

    assert {each.place for each in resources if each.place and each.type not in UNPLACED} == expected
    assert all(
        place and set(place.countries) <= {"IE", "NO"}
        for place in (places.find("aws", code) or places.find("azure", code) for code in sorted(expected))
    )


def test_the_program_names_no_country_and_no_region() -> None:
    """Nothing is hard-wired: every place comes from the stack's configuration."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(STACKS.glob("*.py")))

    codes = {place.code for provider in ("aws", "azure", "gcp") for place in places.places(provider)}
    assert [word for word in text.replace('"', " ").split() if word in codes | {"IE", "NO"}] == []


OTHER = """config:
  residency:services:
    - name: fra
      country: FR
      cloud: azure
      perimeter: [FR]
      owner: post
      dataClass: personal
      network: {block: 10.40.0.0/16}
      profiles: {storageGib: 32}
      web: {version: "2", port: 8080, count: 1}
      logs: {archiveDays: 30}
"""


def test_another_configuration_builds_another_service(tmp_path: Path) -> None:
    stack = tmp_path / "Pulumi.paris.yaml"
    stack.write_text(OTHER, encoding="utf-8")

    resources = children(run(STACKS / "__main__.py", stack, project="residency"))

    assert {each.place for each in resources if each.place and each.type not in UNPLACED} == {"francecentral"}
    assert {each.name[:3] for each in resources} == {"fra"}


def test_the_parts_of_a_service_are_all_built_and_know_of_one_another() -> None:
    resources = run(STACKS / "__main__.py", STACKS / "Pulumi.ireland.yaml", project="residency")

    assert [each.type.rpartition(":")[2] for each in resources if not each.custom] == [
        "AwsBackupVault",
        "AwsContainerRegistry",
        "AwsContainerService",
        "AwsDocumentTable",
        "AwsLogArchive",
        "AwsObjectStore",
        "AwsPrivateNetwork",
        "AwsRelationalDatabase",
    ]
    (task,) = [each for each in resources if each.type == "aws:ecs/taskDefinition:TaskDefinition"]
    (container,) = json.loads(task.inputs["containerDefinitions"])
    assert container["image"] == "123456789012.dkr.ecr.eu-west-1.amazonaws.com/irlimages:1.0.0"
    assert {each["name"]: each["value"] for each in container["environment"]} == {
        "PROFILES": "irlpeople.c0123456789.eu-west-1.rds.amazonaws.com",
        "SESSIONS": "irlvisits",
        "UPLOADS": "irlfiles-1a2b3c4",
    }


GOOD = {"name": "irl", "country": "IE", "owner": "office", "dataClass": "personal"}


@pytest.mark.parametrize(
    ("listed", "what", "where"),
    [
        ({}, "`services` is not a list of at least one service", "residency:services"),
        ([], "`services` is not a list of at least one service", "residency:services"),
        (["irl"], "a service is not a mapping", "residency:services[0]"),
        ([GOOD, {**GOOD, "region": "us-east-1"}], "unknown key `region`", "residency:services[1]"),
        ([{**GOOD, "name": 3}], "`name` is missing", "residency:services[0]"),
        ([{**GOOD, "country": False}], "a country is a truth value", "residency:services[0].country"),
        (
            [{**GOOD, "uploads": {"replicateTo": False}}],
            "a country is a truth value",
            "residency:services[0].uploads.replicateTo",
        ),
        ([{**GOOD, "web": "1.0.0"}], "a part is not a mapping", "residency:services[0].web"),
        ([GOOD, GOOD], "two services are named `irl`", "residency:services"),
    ],
)
def test_a_configuration_of_another_form_is_refused(listed: Any, what: str, where: str) -> None:
    with pytest.raises(ArgumentFaultError) as caught:
        services(listed)

    assert (caught.value.what, caught.value.where) == (what, where)


@pytest.mark.parametrize(
    ("change", "what", "where"),
    [
        ("country: US", "United States (`US`) is outside the perimeter", "network: country"),
        (
            "country: francecentral",
            "`francecentral` is a region, and a component is asked for by country",
            "network: country",
        ),
        ("perimeter: [FR, DE], uploads: {replicateTo: FR}", "the copy would go to `FR`", "uploads: replicate_to"),
        ("web: {port: 8080, count: 1}", "`version` is missing or no text", "web.version"),
        ("backups: {region: eastus}", "unknown argument `region`", "backups: region"),
        ("profiles: {}", "`storage_gib` is missing", "profiles: storage_gib"),
    ],
)
def test_what_a_component_refuses_is_said_with_its_place_in_the_configuration(
    change: str, what: str, where: str, tmp_path: Path
) -> None:
    listed = yaml.safe_load(OTHER)
    listed["config"]["residency:services"][0].update(yaml.safe_load(f"{{{change}}}"))
    stack = tmp_path / "Pulumi.paris.yaml"
    stack.write_text(yaml.safe_dump(listed), encoding="utf-8")

    with pytest.raises(ComponentError) as caught:
        run(STACKS / "__main__.py", stack, project="residency")

    assert caught.value.what.startswith(what)
    assert caught.value.where == f"residency:services[0].{where}"


def test_a_listed_part_becomes_the_arguments_of_a_component() -> None:
    (service,) = services([{**GOOD, "cloud": "aws", "uploads": {"replicateTo": "NO", "cloud": "azure"}}])

    uploads = service.parts["uploads"]
    assert (uploads.cloud, service.parts["logs"].cloud) == ("azure", "aws")
    assert uploads.args == {
        "country": "IE",
        "owner": "office",
        "data_class": "personal",
        "replicate_to": "NO",
    }
