"""Templates for the tests, written to a folder and judged."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path

from residency.check import CheckResult, result
from residency.ingest.cloudformation import Deployed, read
from residency.model import Outcome, Verdict
from residency.perimeter import load

EEA = load("eea", datetime.date(2026, 11, 24))
IRELAND = "eu-west-1"


def check(folder: Path, resources: object, *, region: str | None = IRELAND, **sections: object) -> CheckResult:
    """Judge a template with these resources."""
    path = folder / "template.json"
    path.write_text(json.dumps({**sections, "Resources": resources}), encoding="utf-8")
    return result([read(Deployed(str(path), region), parameters={})], EEA)


def one(kind: str, properties: object = None) -> Mapping[str, Mapping[str, object]]:
    return {"X": {"Type": kind, "Properties": properties or {}}}


def blocking(found: CheckResult) -> list[tuple[Outcome, str, str]]:
    return [(each.outcome, each.rule, _code(each)) for each in found.verdicts if each.blocks]


def _code(verdict: Verdict) -> str:
    return str(getattr(verdict.placement.location, "code", ""))


def write(folder: Path, name: str, resources: object, **sections: object) -> Path:
    """Write a template."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**sections, "Resources": resources}), encoding="utf-8")
    return path


def assembly(folder: Path, stacks: Mapping[str, tuple[str, Mapping[str, object]]]) -> Path:
    """Write what ``cdk synth`` writes: for each stack its Region and its template."""
    artifacts: dict[str, object] = {}
    for name, (region, template) in stacks.items():
        (folder / f"{name}.template.json").write_text(json.dumps(template), encoding="utf-8")
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "environment": f"aws://123456789012/{region}",
            "properties": {"templateFile": f"{name}.template.json"},
        }
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}), encoding="utf-8")
    return folder


def judged(path: Path, region: str | None = None) -> CheckResult:
    """Judge one target."""
    return result([read(Deployed(str(path), region), parameters={})], EEA)
