"""What the judge says of the resources that a program registered, as it would of the state after a deployment.

In:  recorded resources, and the countries of the perimeter.
Out: what is not inside, in words.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from residency.check import CheckOptions, run_check
from residency.model import Outcome
from residency.perimeter import load
from tests.components.cloud import site
from tests.components.recording import Registered, answered, identity

DAY = dt.date(2026, 11, 24)


def state(resources: list[Registered]) -> dict[str, Any]:
    """An exported state in which everything was created as the stand-ins answer."""
    records = [_record(each) for each in resources]
    return {"version": 3, "deployment": {"manifest": {}, "resources": records}}


def not_inside(resources: list[Registered], countries: list[str], folder: Path) -> list[str]:
    """Verdicts other than inside, sorted; an empty list if all is inside."""
    perimeter = folder / "residency.toml"
    text = site.FILE.read_text(encoding="utf-8")
    perimeter.write_text(text.replace('countries = ["NO"]', f"countries = {json.dumps(sorted(countries))}"), "utf-8")
    exported = folder / "state.json"
    exported.write_text(json.dumps(state(resources)), encoding="utf-8")
    found = run_check(CheckOptions(targets=(str(exported),), perimeter=load(str(perimeter), DAY)))
    return sorted(
        f"{verdict.placement.resource.type} {verdict.placement.resource.name} "
        f"{verdict.placement.kind.value} {verdict.outcome.value}: {verdict.what}: {verdict.why}"
        for verdict in found.verdicts
        if verdict.outcome is not Outcome.INSIDE
    )


def _urn(type_: str, name: str) -> str:
    return f"urn:pulumi:test::residency::{type_}::{name}"


def _record(resource: Registered) -> dict[str, Any]:
    made: dict[str, Any] = {"urn": _urn(resource.type, resource.name), "type": resource.type, "custom": resource.custom}
    if resource.custom:
        made |= {"id": identity(resource.type, resource.name), "inputs": resource.inputs}
        made["outputs"] = answered(resource.type, resource.name, resource.inputs)
    if resource.provider:
        provider, name = f"pulumi:providers:{resource.type.partition(':')[0]}", resource.provider.split("::")[-2]
        made["provider"] = f"{_urn(provider, name)}::{identity(provider, name)}"
    return made
