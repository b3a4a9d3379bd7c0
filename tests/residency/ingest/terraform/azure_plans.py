"""Plans of azurerm and azapi for one behaviour each, put together resource by resource."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from residency.judge import judge
from residency.model import ResourceGraph, Verdict
from residency.perimeter import load
from tests.residency.ingest.terraform.plans import block, change, constant, graph, plan, refers
from tests.residency.samples import ON

AZURERM, AZAPI = "registry.terraform.io/hashicorp/azurerm", "registry.terraform.io/azure/azapi"
PROVIDERS = {
    "azurerm": {"name": "azurerm", "full_name": AZURERM},
    "azapi": {"name": "azapi", "full_name": AZAPI},
}
HERE = {"resource_group_name": "rg", "location": "norwayeast"}
GROUP = "azurerm_resource_group.main"


class Sample:
    """A plan under construction: each resource with its values, what is unknown of it, and what it refers to."""

    def __init__(self) -> None:
        self.changes: list[dict[str, Any]] = []
        self.blocks: list[dict[str, Any]] = []

    def add(self, address: str, values: dict[str, Any] | None = None, **more: dict[str, Any]) -> Sample:
        """Add a resource.

        Args:
            address: of the resource; the last step is its name, too.
            values: what is known of it.
            more: ``unknown`` and ``sensitive`` trees, ``refer``: expressions that are not plain, and ``hidden``:
                attributes of dynamic blocks, which are not among the expressions.
        """
        name = "azapi" if address.startswith("azapi_") else "azurerm"
        known = {"name": address.rpartition(".")[2], **(values or {})}
        states = {
            "after_unknown": {"id": True, **more.get("unknown", {})},
            "after_sensitive": more.get("sensitive", {}),
        }
        provider_name = AZAPI if name == "azapi" else AZURERM
        self.changes.append(change(address, known, change=states, provider_name=provider_name))
        plain = {key: _expression(value) for key, value in known.items() if key not in more.get("hidden", {})}
        self.blocks.append(block(address, {**plain, **more.get("refer", {})}, name))
        return self

    def graph(self, folder: Path, **more: Any) -> ResourceGraph:
        """The graph that is read."""
        return graph(plan(self.changes, self.blocks, **{"providers": PROVIDERS, **more}), folder)

    def verdicts(self, folder: Path, perimeter: str = "eea", **more: Any) -> dict[tuple[str, str], Verdict]:
        """By resource and kind; a doubt about the whole plan is of the resource "" and the kind of its rule."""
        found = judge(self.graph(folder, **more), load(perimeter, ON))
        return {
            ("", f"doubt{number}")
            if each.rule == "RES902"
            else (each.placement.resource.id, each.placement.kind.value): each
            for number, each in enumerate(found)
        }


def _expression(value: Any) -> Any:
    if isinstance(value, list) and value:
        blocks = cast("list[Any]", value)
        if all(isinstance(each, dict) for each in blocks):
            return [{key: _expression(inner) for key, inner in each.items()} for each in blocks]
    return constant(value)


def doubts(found: dict[tuple[str, str], Verdict]) -> list[str]:
    """Why the plan as a whole is not proven."""
    return [each.why for key, each in sorted(found.items()) if not key[0]]


def account(sample: Sample, name: str, kind: str = "LRS", **values: Any) -> str:
    """Add a storage account."""
    address = f"azurerm_storage_account.{name}"
    sample.add(address, {**HERE, "account_tier": "Standard", "account_replication_type": kind, **values})
    return address


def id_of(address: str, attribute: str = "id") -> dict[str, Any]:
    """An expression that is an attribute of a resource."""
    return refers(f"{address}.{attribute}", address)
