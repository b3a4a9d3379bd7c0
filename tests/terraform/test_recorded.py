"""The recorded plans are what a real Terraform makes of the configurations beside them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any, cast

import pytest

from tests.terraform import shape
from tests.terraform.record import RECIPES, recorded
from tests.terraform.schemas import FIXTURES, PROVIDERS, used

_OTHER = {"terraform_version", "timestamp"}
_NOT_OPENTOFU = {"applyable", "complete"}


_OLDEST = {"terraform": (1, 11), "tofu": (1, 12)}


def tool(name: str) -> str:
    """The command's path; the test is skipped without it, in CI too: no registry offers it to a bare machine.

    An older release than the one that recorded writes other plans, and does not know ``removed`` blocks.
    """
    found = shutil.which(name)
    if not found:
        pytest.skip(f"there is no `{name}` on the PATH")
    settings = os.environ | {"TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1"}
    shown = subprocess.run([found, "version", "-json"], env=settings, capture_output=True, check=True).stdout
    said = str(json.loads(shown)["terraform_version"])
    if tuple(map(int, said.split(".")[:2])) < _OLDEST[name]:
        pytest.skip(f"the `{name}` on the PATH is {said}, older than what recorded the plans")
    return found


def differences(recorded: Any, planned: Any, ignored: set[str], at: str = "") -> Iterator[str]:
    """Where a plan is not as recorded. Another release may say more than was recorded, never less or else."""
    if isinstance(recorded, dict) and isinstance(planned, dict):
        before, now = cast("dict[str, Any]", recorded), cast("dict[str, Any]", planned)
        for key in before.keys() - ignored:
            if key in now:
                yield from differences(before[key], now[key], ignored, f"{at}/{key}")
            else:
                yield f"{at}/{key} is missing"
    elif isinstance(recorded, list) and isinstance(planned, list):
        items, others = cast("list[Any]", recorded), cast("list[Any]", planned)
        if len(items) != len(others):
            yield f"{at} has {len(others)} elements and not {len(items)}"
        for index, (item, other) in enumerate(zip(items, others, strict=False)):
            yield from differences(item, other, ignored, f"{at}/{index}")
    elif recorded != planned:
        yield f"{at} is {planned!r} and not {recorded!r}"


@pytest.mark.terraform
@pytest.mark.parametrize("name", RECIPES)
def test_terraform_plans_what_is_recorded(name: str) -> None:
    for file, text in recorded(name, tool("terraform")).items():
        committed = json.loads((FIXTURES / name / file).read_text("utf-8"))
        assert sorted(differences(committed, json.loads(text), _OTHER)) == []


@pytest.mark.terraform
@pytest.mark.parametrize("name", RECIPES)
def test_opentofu_plans_the_same_under_its_own_registry(name: str) -> None:
    for file, text in recorded(name, tool("tofu")).items():
        expected = (
            (FIXTURES / name / file).read_text("utf-8").replace("registry.terraform.io/", "registry.opentofu.org/")
        )
        committed = json.loads(expected)
        assert sorted(differences(committed, json.loads(text), _OTHER | _NOT_OPENTOFU)) == []


@pytest.mark.terraform
def test_configurations_are_written_in_terraforms_own_format() -> None:
    command = [tool("terraform"), "fmt", "-check", "-recursive", str(FIXTURES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_type_of_the_configurations_has_a_committed_schema(provider: str) -> None:
    declared = shape.load(provider)
    there = {("resource", name) for name in declared.resources} | {("data", name) for name in declared.data_sources}
    assert there == used(provider)


def test_every_fixture_is_recorded() -> None:
    folders = {folder.name for folder in FIXTURES.iterdir() if folder.is_dir()}
    assert folders == set(RECIPES)


def test_a_changed_value_is_a_difference_and_a_new_one_is_not() -> None:
    before = {"a": [{"b": 1}], "timestamp": "now"}
    assert list(differences(before, {"a": [{"b": 1, "c": 2}]}, _OTHER)) == []
    assert list(differences(before, {"a": [{"b": 2}]}, _OTHER)) == ["/a/0/b is 2 and not 1"]
    assert list(differences(before, {"a": []}, _OTHER)) == ["/a has 0 elements and not 1"]
    assert list(differences(before, {}, _OTHER)) == ["/a is missing"]
