"""Which of the types that Checkov has checks for are reached from a Pulumi program."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from residency.ingest.terraform.names import azurerm, table
from tests.checkov import environment
from tests.checkov.environment import Checkov

LISTS = tomllib.loads(Path(__file__).with_name("not_reached.toml").read_text("utf-8"))
NO_PULUMI_TYPE, NOT_MAPPED = frozenset[str](LISTS["no_pulumi_type"]), frozenset[str](LISTS["not_mapped"])


@pytest.fixture(scope="module")
def checked_types(checkov: Checkov) -> frozenset[str]:
    script = Path(__file__).parent / "fixtures" / "registry.py"
    done = subprocess.run([checkov.python, script], check=True, capture_output=True, text=True)
    return frozenset(json.loads(done.stdout.splitlines()[-1]))


def of(types: frozenset[str], provider: str) -> frozenset[str]:
    return frozenset(each for each in types if each.startswith(f"{provider}_"))


def unreached(types: frozenset[str]) -> Iterator[str]:
    """Types of the generated tables that no token leads back to."""
    for each in sorted(types):
        names = table.find(each)
        if names is None or each not in [name for name, _ in table.names_of(names.token)][:1]:
            yield each


def azure() -> frozenset[str]:
    rows = azurerm.rows()
    return frozenset({*(row.azurerm for row in rows), *(each.azurerm for row in rows for each in row.apart)})


def test_every_type_of_aws_and_google_is_reached(checked_types: frozenset[str]) -> None:
    types = of(checked_types, "aws") | of(checked_types, "google")
    assert frozenset(unreached(types)) == NO_PULUMI_TYPE


def test_every_azure_type_is_reached_or_known_not_to_be(checked_types: frozenset[str]) -> None:
    assert of(checked_types, "azurerm") - azure() == NOT_MAPPED


def test_the_page_says_how_many_are_reached(checked_types: frozenset[str]) -> None:
    page = (environment.ROOT / "docs" / "checkov.md").read_text("utf-8")
    shown = {
        name: (int(have), int(reached)) for name, have, reached in re.findall(r"\| (\w+) \| (\d+) \| (\d+) \|", page)
    }
    counted = {
        "aws": (len(of(checked_types, "aws")), len(of(checked_types, "aws") - NO_PULUMI_TYPE)),
        "google": (len(of(checked_types, "google")), len(of(checked_types, "google") - NO_PULUMI_TYPE)),
        "azurerm": (len(of(checked_types, "azurerm")), len(of(checked_types, "azurerm") - NOT_MAPPED)),
    }
    assert shown == counted
