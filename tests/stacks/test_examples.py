"""The example programs: they run with the providers' own SDKs, and each leaks what its row says."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from residency.catalogue import places
from residency.model import PlacementKind
from tests.components.recording import Registered
from tests.stacks.running import ROOT, read, run

EXAMPLES = ROOT / "examples"
LEAKS: list[dict[str, Any]] = tomllib.loads((EXAMPLES / "leaks.toml").read_text(encoding="utf-8"))["leak"]
FOLDERS = [leak["folder"] for leak in LEAKS]
EEA_AND_MORE = {"eea", "ireland-norway"}


def example(kind: str, folder: str) -> list[Registered]:
    place = EXAMPLES / kind / folder
    return run(place / "__main__.py", place / "Pulumi.dev.yaml", project=folder)


def blamed(leak: dict[str, Any], resources: list[Registered]) -> Registered:
    type_, name = leak["resource"].split(" ")
    (found,) = [resource for resource in resources if (resource.type, resource.name) == (type_, name)]
    return found


@pytest.mark.parametrize("kind", ["leaks", "inside"])
def test_every_program_has_a_row_and_every_row_a_program(kind: str) -> None:
    assert sorted(path.name for path in (EXAMPLES / kind).iterdir()) == FOLDERS


@pytest.mark.parametrize("kind", ["leaks", "inside"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_project_is_complete_and_says_what_it_shows(kind: str, folder: str) -> None:
    place = EXAMPLES / kind / folder

    assert sorted(path.name for path in place.iterdir() if path.name != "__pycache__") == [
        "Pulumi.dev.yaml",
        "Pulumi.yaml",
        "README.md",
        "__main__.py",
    ]
    assert read(place / "Pulumi.yaml")["name"] == folder
    title, _, text = (place / "README.md").read_text(encoding="utf-8").partition("\n\n")
    assert title == f"# {folder}"
    assert text.strip().endswith(".")
    assert 10 <= len((place / "__main__.py").read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_twin_says_inside_which_perimeters_it_is(folder: str) -> None:
    (row,) = [leak for leak in LEAKS if leak["folder"] == folder]
    text = (EXAMPLES / "inside" / folder / "README.md").read_text(encoding="utf-8")

    assert set(row["twin"]) <= EEA_AND_MORE
    assert f"Inside {' and '.join(f'`{name}`' for name in row['twin'])}:" in text


@pytest.mark.parametrize("leak", LEAKS, ids=FOLDERS)
def test_a_leaking_program_registers_the_resource_to_blame(leak: dict[str, Any]) -> None:
    resource = blamed(leak, example("leaks", leak["folder"]))

    assert leak["kind"] in {kind.value for kind in PlacementKind}
    assert not leak["property"] or leak["property"].split(".")[0].split("[")[0] in {*resource.inputs, "location"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_twin_runs_and_names_no_place_outside_the_eea(folder: str) -> None:
    resources = example("inside", folder)

    named = {resource.place for resource in resources if resource.place}
    found = [places.find(cloud, code) for code in sorted(named) for cloud in ("aws", "azure", "gcp")]
    assert resources
    assert {country for place in found if place for country in place.countries}.isdisjoint({"US", "GB"})


@pytest.mark.parametrize("leak", LEAKS, ids=FOLDERS)
def test_the_place_of_a_leak_is_outside_the_eea(leak: dict[str, Any]) -> None:
    """An empty place means anywhere in the world."""
    cloud = {"aws": "aws", "gcp": "gcp", "azure-native": "azure"}[leak["resource"].partition(":")[0]]
    place = places.find(cloud, leak["place"]) if leak["place"] else None

    assert not leak["place"] or (place and not {"US", "GB"}.isdisjoint(place.countries))


def test_the_flagship_copies_to_a_bucket_that_only_its_provider_places() -> None:
    resources = example("leaks", "disaster-recovery")

    copy = next(
        resource for resource in resources if resource.name == "documents-dr" and resource.type.endswith(":Bucket")
    )
    rule = blamed(LEAKS[FOLDERS.index("disaster-recovery")], resources).inputs["rules"][0]
    assert (copy.place, "far-away" in copy.provider) == (None, True)
    assert rule["destination"]["bucket"] == "arn:aws:s3:::documents-dr"
    assert 10 <= len(resources) <= 14
