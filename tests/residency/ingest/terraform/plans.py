"""Small plans in the form of `terraform show -json`, for one behaviour each; whole recorded ones are in `fixtures/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from residency.ingest import terraform
from residency.judge import judge
from residency.model import ResourceGraph, Verdict
from tests.residency.samples import eea

AWS = "registry.terraform.io/hashicorp/aws"
EEA = eea()


def change(address: str, after: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """An entry of `resource_changes`; the address may begin with modules and end with a key."""
    module, _, own = address.rpartition("]." if "]." in address else "\0")
    parts = own.split(".") if module else address.split(".")
    index = None
    if parts[-1].endswith("]"):
        parts[-1], _, key = parts[-1].partition("[")
        index = json.loads(key[:-1])
    type_, name = parts[-2:]
    module = f"{module}]" if module else ".".join(parts[:-2])
    before, actions = more.pop("before", None), more.pop("actions", ["create"])
    found: dict[str, Any] = {
        "address": address,
        "module_address": module.removesuffix(".data"),
        "mode": "managed",
        "type": type_,
        "name": name,
        "provider_name": more.pop("provider_name", AWS),
        "change": {"actions": actions, "before": before, "after": after, **more.pop("change", {})},
        **more,
    }
    return found if index is None else {**found, "index": index}


def block(address: str, expressions: dict[str, Any], provider: str = "aws", **more: Any) -> dict[str, Any]:
    """An entry of a module's `resources`."""
    mode = "data" if address.startswith("data.") else "managed"
    type_, name = address.removeprefix("data.").split(".")
    return {
        "address": address,
        "mode": mode,
        "type": type_,
        "name": name,
        "provider_config_key": provider,
        "expressions": expressions,
        **more,
    }


def constant(value: Any) -> dict[str, Any]:
    """An expression that is plain."""
    return {"constant_value": value}


def refers(*references: str) -> dict[str, Any]:
    """An expression that refers to something."""
    return {"references": list(references)}


def provider(region: dict[str, Any] | None, alias: str = "") -> dict[str, Any]:
    """An entry of `provider_config`."""
    expressions = {} if region is None else {"region": region}
    return {"name": "aws", "full_name": AWS, "alias": alias, "expressions": expressions}


IRELAND = {"aws": provider(constant("eu-west-1")), "aws.us": provider(constant("us-east-1"), "us")}


def plan(
    changes: list[dict[str, Any]],
    resources: list[dict[str, Any]] | None = None,
    *,
    providers: dict[str, Any] | None = None,
    modules: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A whole plan."""
    root: dict[str, Any] = {"resources": resources or [], "module_calls": modules or {}}
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "resource_changes": changes,
        "configuration": {"provider_config": IRELAND if providers is None else providers, "root_module": root},
        **more,
    }


def graph(document: dict[str, Any], folder: Path) -> ResourceGraph:
    """The graph that is read from a plan."""
    path = folder / "plan.json"
    path.write_text(json.dumps(document))
    return terraform.read(str(path))


def verdicts(document: dict[str, Any], folder: Path) -> dict[tuple[str, str], Verdict]:
    """What is judged of a plan against the EEA, by resource and kind."""
    found = judge(graph(document, folder), EEA)
    return {(each.placement.resource.id, each.placement.kind.value): each for each in found}
