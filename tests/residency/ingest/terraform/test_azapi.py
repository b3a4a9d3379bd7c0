"""What is read of azapi's resources, which are written in Azure's own terms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from residency.judge import judge
from residency.model import Outcome
from residency.perimeter import load
from tests.residency.ingest.terraform.azure_plans import (
    GROUP,
    HERE,
    PROVIDERS,
    Sample,
    account,
    doubts,
)
from tests.residency.ingest.terraform.plans import constant, refers
from tests.residency.samples import ON

INSIDE, OUTSIDE, UNDETERMINED = Outcome.INSIDE, Outcome.OUTSIDE, Outcome.UNDETERMINED


BODY = {"kind": "StorageV2", "sku": {"name": "Standard_GRS"}, "properties": {"minimumTlsVersion": "TLS1_2"}}
ARCHIVE = "azapi_resource.x"
ARM = {
    "type": "Microsoft.Storage/storageAccounts@2023-05-01",
    "parent_id": "/subscriptions/s/resourceGroups/rg",
    "location": "northeurope",
}


@pytest.mark.parametrize("body", [BODY, json.dumps(BODY)], ids=["object", "text"])
def test_azapi_is_read_in_both_forms_of_its_body(body: object, tmp_path: Path) -> None:
    """JSON text in azapi 1, an object since; the type is found whatever its letters' case."""
    sample = Sample().add(ARCHIVE, {**ARM, "type": "microsoft.storage/StorageAccounts@2021-01-01", "body": body})
    found = sample.verdicts(tmp_path, "ireland-norway")
    assert found[ARCHIVE, "residence"].outcome is INSIDE
    assert (found[ARCHIVE, "replica"].outcome, found[ARCHIVE, "replica"].countries) == (OUTSIDE, ("NL",))
    assert sample.graph(tmp_path).resources[ARCHIVE].inputs["resourceGroupName"] == "rg"


@pytest.mark.parametrize("body", [None, "{", "[]"])
def test_a_body_that_is_not_known_or_no_body_leaves_its_places_undetermined(body: str | None, tmp_path: Path) -> None:
    """The redundancy of an account may be in it."""
    given = {} if body is None else {"body": body}
    unknown = {"body": True} if body is None else {}
    refer = {"body": refers("local.body")} if body is None else {}
    found = Sample().add(ARCHIVE, {**ARM, **given}, unknown=unknown, refer=refer).verdicts(tmp_path)
    assert (found[ARCHIVE, "residence"].outcome, found[ARCHIVE, "replica"].outcome) == (INSIDE, UNDETERMINED)


def test_unknown_properties_hide_nothing_beside_them(tmp_path: Path) -> None:
    """The redundancy is known, and what else there may be is not."""
    body = {"sku": {"name": "Standard_GRS"}}
    refer = {"body": refers("local.settings")}
    sample = Sample().add(ARCHIVE, {**ARM, "body": body}, unknown={"body": {"properties": True}}, refer=refer)
    found = judge(sample.graph(tmp_path), load("ireland-norway", ON))
    outcomes = {(each.placement.kind.value, each.outcome) for each in found}
    assert {("replica", OUTSIDE), ("key", UNDETERMINED), ("residence", INSIDE)} <= outcomes


def test_properties_of_a_block_are_in_the_block(tmp_path: Path) -> None:
    """As the SDK has them: where a hub is captured to."""
    sample = Sample()
    account(sample, "far", location="eastus")
    far = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/far"
    capture = {"enabled": True, "destination": {"name": "x", "properties": {"storageAccountResourceId": far}}}
    sample.add(
        "azapi_resource.h",
        {
            "type": "Microsoft.EventHub/namespaces/eventhubs@2024-01-01",
            "parent_id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.EventHub/namespaces/n",
            "body": {"properties": {"captureDescription": capture}},
        },
    )
    found = sample.verdicts(tmp_path)["azapi_resource.h", "export"]
    assert (found.outcome, found.countries) == (OUTSIDE, ("US",))


def test_an_unknown_part_of_a_body_is_decided_by_what_the_body_refers_to(tmp_path: Path) -> None:
    """A workspace abroad, named in the settings of a component."""
    far = "azurerm_log_analytics_workspace.far"
    sample = Sample().add(far, {**HERE, "location": "eastus"})
    sample.add(
        "azapi_resource.c",
        {**ARM, "type": "Microsoft.Insights/components@2020-02-02", "body": {"kind": "web", "properties": {}}},
        unknown={"body": {"properties": {"WorkspaceResourceId": True}}},
        refer={"body": refers(f"{far}.id", far)},
    )
    found = sample.verdicts(tmp_path)["azapi_resource.c", "log"]
    assert (found.outcome, found.placement.property) == (OUTSIDE, "workspaceResourceId")


def test_azapi_names_its_parents_by_ids(tmp_path: Path) -> None:
    """A container of an account of this plan, and one of another group's of the same name."""
    sample = Sample()
    account(sample, "acct")
    for name, group in (("here", "rg"), ("there", "other")):
        parent = f"/subscriptions/s/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/acct"
        arm = "Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01"
        sample.add(f"azapi_resource.{name}", {"type": arm, "parent_id": f"{parent}/blobServices/default", "body": {}})
    found = sample.verdicts(tmp_path)
    assert found["azapi_resource.here", "residence"].outcome is INSIDE
    assert found["azapi_resource.there", "residence"].outcome is UNDETERMINED


def test_a_child_of_azapi_without_a_location_is_where_its_parent_is(tmp_path: Path) -> None:
    """Not where its group is."""
    server = "azurerm_mssql_server.far"
    sample = Sample().add(GROUP, {"location": "norwayeast", "name": "rg"})
    sample.add(server, {**HERE, "location": "eastus"})
    values: dict[str, Any] = {"type": "Microsoft.Sql/servers/databases@2023-08-01", "body": {"properties": {}}}
    refer = {"parent_id": refers(f"{server}.id", server)}
    sample.add("azapi_resource.d", values, unknown={"parent_id": True, "location": True}, refer=refer)
    lost = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Sql/servers/other"
    sample.add("azapi_resource.lost", {**values, "parent_id": lost}, unknown={"location": True})
    found = sample.verdicts(tmp_path)
    assert found["azapi_resource.d", "residence"].countries == ("US",)
    assert found["azapi_resource.lost", "residence"].outcome is UNDETERMINED


def test_an_arm_type_that_no_table_has_is_undetermined(tmp_path: Path) -> None:
    """Whatever its location says; its data may go anywhere."""
    sample = Sample().add(ARCHIVE, {**ARM, "type": "Microsoft.Nowhere/things@2025-01-01", "body": {}})
    found = sample.verdicts(tmp_path)[ARCHIVE, "residence"]
    assert found.outcome is UNDETERMINED
    assert "`Microsoft.Nowhere/things` is not mapped" in found.why


def test_what_a_body_has_beyond_the_catalogue_leaves_a_doubt(tmp_path: Path) -> None:
    """A property of an API version that nobody has read, or one that is hidden on purpose."""
    newer = {**BODY, "properties": {"crossCloudReplica": {"region": "eastus"}}}
    sample = Sample().add(ARCHIVE, {**ARM, "body": newer})
    assert "`body.crossCloudReplica.region`" in doubts(sample.verdicts(tmp_path))[0]
    sample = Sample().add(ARCHIVE, {**ARM, "body": BODY, "sensitive_body": {"a": 1}})
    assert "`sensitive_body`" in doubts(sample.verdicts(tmp_path))[0]


def test_an_update_of_azapi_is_added_to_what_it_updates(tmp_path: Path) -> None:
    """The redundancy of an account that azurerm declares, changed beside it."""
    sample = Sample()
    address = account(sample, "x", location="northeurope")
    sample.add(
        "azapi_update_resource.u",
        {"type": ARM["type"], "body": {"sku": {"name": "Standard_GRS"}}},
        unknown={"resource_id": True},
        refer={"resource_id": refers(f"{address}.id", address)},
    )
    found = sample.verdicts(tmp_path, "ireland-norway")
    assert found[address, "replica"].outcome is OUTSIDE
    assert all(key[0] in ("", address) for key in found)


def test_an_action_of_azapi_is_nothing_unless_it_sends_something(tmp_path: Path) -> None:
    """What it sends may say where data is to go."""
    values = {"type": ARM["type"], "action": "listKeys", "method": "POST"}
    sample = Sample().add("azapi_resource_action.a", values)
    assert sample.graph(tmp_path).resources == {}
    sample = Sample().add("azapi_resource_action.a", {**values, "action": "copy", "body": {"to": "x"}})
    assert sample.verdicts(tmp_path)["azapi_resource_action.a", "residence"].outcome is UNDETERMINED


def test_azapi_has_a_default_location(tmp_path: Path) -> None:
    """Of its provider block."""
    values = {key: value for key, value in ARM.items() if key != "location"}
    block_of = {**PROVIDERS["azapi"], "expressions": {"default_location": constant("eastus")}}
    sample = Sample().add(ARCHIVE, {**values, "body": BODY}, unknown={"location": True})
    found = sample.verdicts(tmp_path, providers={**PROVIDERS, "azapi": block_of})
    assert found[ARCHIVE, "residence"].countries == ("US",)
