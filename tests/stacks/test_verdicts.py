"""The whole way, from the programs to the verdicts: the root stacks and the twins are inside, every leak is found."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from residency.check import OK, OUTSIDE, CheckOptions, CheckResult, run_check
from residency.model import Verdict
from residency.perimeter import load
from tests.stacks.running import ROOT
from tests.stacks.test_examples import EXAMPLES, FOLDERS, LEAKS

DAY = dt.date(2026, 11, 23)


def checked(target: str, perimeter: str, stack: str | None = None) -> CheckResult:
    return run_check(CheckOptions(targets=(target,), perimeter=load(perimeter, DAY), stack=stack))


def told(verdicts: tuple[Verdict, ...]) -> list[str]:
    """What is not inside, in words, so that a failing test says it."""
    return [f"{verdict.what}: {verdict.why}" for verdict in verdicts if verdict.outcome.value != "inside"]


@pytest.mark.parametrize("perimeter", ["ireland-norway", "eea"])
@pytest.mark.parametrize(("stack", "countries"), [("ireland", {"IE"}), ("norway", {"NO"}), ("europe", {"IE", "NO"})])
def test_the_root_stacks_are_inside(stack: str, countries: set[str], perimeter: str) -> None:
    found = checked(str(ROOT), perimeter, stack)

    assert told(found.verdicts) == []
    assert found.exit_code == OK
    assert {country for verdict in found.verdicts for country in verdict.countries} == countries


@pytest.mark.parametrize(
    ("folder", "perimeter"), [(leak["folder"], perimeter) for leak in LEAKS for perimeter in leak["twin"]]
)
def test_a_twin_is_inside_the_perimeters_that_it_names(folder: str, perimeter: str) -> None:
    found = checked(str(EXAMPLES / "inside" / folder), perimeter)

    assert told(found.verdicts) == []
    assert found.exit_code == OK


@pytest.mark.parametrize("leak", LEAKS, ids=FOLDERS)
def test_a_leak_is_found_at_the_resource_to_blame(leak: dict[str, Any]) -> None:
    found = checked(str(EXAMPLES / "leaks" / leak["folder"]), "eea")

    type_, name = leak["resource"].split(" ")
    blamed = [
        verdict
        for verdict in found.verdicts
        if (verdict.placement.resource.type, verdict.placement.resource.name) == (type_, name)
        and verdict.placement.kind.value == leak["kind"]
        and verdict.outcome.value == "outside"
    ]
    assert found.exit_code == OUTSIDE
    assert len(blamed) == 1, told(found.verdicts)
    assert (blamed[0].placement.property or leak["property"]) == leak["property"]
    assert leak["place"] in blamed[0].what
