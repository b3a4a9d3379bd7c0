"""Every case of ``cases/<provider>/*.toml`` gives exactly the verdicts that it lists, and everything else is inside."""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from residency.ingest.deployment import Record, graph
from residency.ingest.values import SIGNATURE, UNKNOWN_SENTINELS
from residency.judge import code_of, judge
from residency.model import Outcome, ResourceGraph, Verdict
from residency.perimeter import load

CASES = Path(__file__).parent / "cases"
ON = datetime.date(2026, 11, 23)
_REFERENCE = re.compile(r"\$\{([\w-]+)\.[\w.\[\]]+\}")
_UNKNOWN = UNKNOWN_SENTINELS[2]


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One verdict that is not inside."""

    resource: str
    kind: str
    outcome: str
    property: str | None = None
    location: str | None = None


class CaseResource(msgspec.Struct, forbid_unknown_fields=True):
    """One resource in the plain form."""

    name: str
    type: str
    provider: str = ""
    inputs: dict[str, Any] = {}


class Case(msgspec.Struct, forbid_unknown_fields=True):
    """A list of resources and what is to be found about them."""

    name: str
    source: str
    providers: dict[str, dict[str, Any]]
    resource: list[CaseResource]
    expect: list[Expected] = []
    note: str = ""


class CaseFile(msgspec.Struct, forbid_unknown_fields=True):
    """A file of cases."""

    case: list[Case]


def _cases() -> list[Any]:
    found: list[Any] = []
    for path in sorted(CASES.rglob("*.toml")):
        file = msgspec.convert(tomllib.loads(path.read_text("utf-8")), CaseFile)
        found.extend(pytest.param(case, id=f"{path.parent.name}/{path.stem}: {case.name}") for case in file.case)
    return found


def urn(type_: str, name: str) -> str:
    """A URN of the case's stack."""
    return f"urn:pulumi:dev::case::{type_}::{name}"


def case_graph(case: Case) -> ResourceGraph:
    """The case as Pulumi would write it, read back by our own ingest."""
    urns = {each.name: urn(each.type, each.name) for each in case.resource}
    default = next(iter(case.providers), "")
    records: list[dict[str, Any]] = []
    for name, inputs in case.providers.items():
        package = next(
            (each.type.partition(":")[0] for each in case.resource if (each.provider or default) == name), name
        )
        records.append(_record(urn(f"pulumi:providers:{package}", name), f"pulumi:providers:{package}", inputs))
    for each in case.resource:
        provider = each.provider or default
        package = each.type.partition(":")[0]
        depends_on: dict[str, list[str]] = {}
        inputs = {key: _encoded(value, urns, depends_on.setdefault(key, [])) for key, value in each.inputs.items()}
        record = _record(urns[each.name], each.type, inputs)
        if provider in case.providers:
            record["provider"] = f"{urn(f'pulumi:providers:{package}', provider)}::id"
        record["propertyDependencies"] = depends_on
        records.append(record)
    return graph(case.name, msgspec.json.decode(msgspec.json.encode(records), type=list[Record]))


def _record(urn_: str, type_: str, inputs: dict[str, Any]) -> dict[str, Any]:
    return {"urn": urn_, "type": type_, "custom": True, "inputs": inputs}


def _encoded(value: Any, urns: dict[str, str], depends_on: list[str]) -> Any:
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value)
        return {key: _encoded(item, urns, depends_on) for key, item in items.items()}
    if isinstance(value, list):
        return [_encoded(item, urns, depends_on) for item in cast("list[Any]", value)]
    if isinstance(value, str) and (found := _REFERENCE.search(value)):
        assert found.group(1) in urns, f"the case has no resource `{found.group(1)}`"
        depends_on.append(urns[found.group(1)])
        return _UNKNOWN
    return value


def _found(verdict: Verdict) -> Expected:
    placement = verdict.placement
    return Expected(
        resource=placement.resource.name,
        kind=placement.kind.value,
        outcome=verdict.outcome.value,
        property=placement.property,
        location=code_of(placement),
    )


@pytest.mark.parametrize("case", _cases())
def test_case_gives_exactly_its_verdicts(case: Case) -> None:
    """Violations are found with kind, property and place; nothing else is anything but inside."""
    verdicts = judge(case_graph(case), load("eea", ON))
    assert verdicts or not case.expect, "nothing was judged"
    findings = [_found(each) for each in verdicts if each.outcome is not Outcome.INSIDE]
    wrong = sorted((msgspec.structs.astuple(each) for each in findings), key=str)
    expected = sorted((msgspec.structs.astuple(each) for each in case.expect), key=str)
    assert wrong == expected, "\n".join(f"{each.what} | {each.why}" for each in verdicts)


def test_the_wire_signature_is_not_a_case_key() -> None:
    """Cases are plain; Pulumi's own signatures stay inside ingest."""
    assert not any(SIGNATURE in path.read_text("utf-8") for path in CASES.rglob("*.toml"))
