"""What is read of azurerm's and azapi's resources: where each is, what a copy, a key or a part of another comes to."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from residency.errors import InputError
from residency.ingest import terraform
from residency.ingest.terraform.names import azurerm
from residency.judge import judge
from residency.model import Outcome, ResourceGraph, Unknown, Verdict
from residency.perimeter import load
from tests.residency.ingest.terraform.plans import EEA, block, change, constant, graph, plan, refers
from tests.residency.samples import ON

AZURERM, AZAPI = "registry.terraform.io/hashicorp/azurerm", "registry.terraform.io/azure/azapi"
PROVIDERS = {
    "azurerm": {"name": "azurerm", "full_name": AZURERM},
    "azapi": {"name": "azapi", "full_name": AZAPI},
}
HERE = {"resource_group_name": "rg", "location": "norwayeast"}
GROUP = "azurerm_resource_group.main"
FIXTURE = Path(__file__).parent / "fixtures" / "azurerm"
INSIDE, OUTSIDE, UNDETERMINED = Outcome.INSIDE, Outcome.OUTSIDE, Outcome.UNDETERMINED


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
    return [each.why for key, each in sorted(found.items()) if not key[0]]


def account(sample: Sample, name: str, kind: str = "LRS", **values: Any) -> str:
    address = f"azurerm_storage_account.{name}"
    sample.add(address, {**HERE, "account_tier": "Standard", "account_replication_type": kind, **values})
    return address


def test_the_recorded_plan_names_each_leak_and_nothing_else() -> None:
    """Two stores and a group abroad, a copy of a database there, and the failover group that fails over to it."""
    for name in ("plan.json", "state.json"):
        found = judge(terraform.read(str(FIXTURE / name)), EEA)
        outside = {(each.rule, each.placement.resource.id) for each in found if each.outcome is OUTSIDE}
        assert outside == {
            ("RES001", "azurerm_mssql_server.partner"),
            ("RES001", "azurerm_resource_group.abroad"),
            ("RES101", "azurerm_cosmosdb_account.journal"),
            ("RES101", "azurerm_mssql_failover_group.patients"),
        }
        assert [each.what for each in found if each.outcome is UNDETERMINED] == []


def test_the_copies_of_the_recorded_plan_are_in_the_paired_region() -> None:
    """Of geo-redundant storage, of a database's backups, of azapi's account."""
    found = judge(terraform.read(str(FIXTURE / "plan.json")), EEA)
    copies = {
        (each.placement.resource.id, each.placement.kind.value): each.countries
        for each in found
        if each.placement.kind.value in ("replica", "backup")
    }
    assert copies["azurerm_storage_account.letters", "replica"] == ("NO",)
    assert copies["azurerm_mssql_database.patients", "backup"] == ("NO",)
    assert copies["azurerm_postgresql_flexible_server.appointments", "backup"] == ("NO",)
    assert copies["azapi_resource.archive", "replica"] == ("SE",)


@pytest.mark.parametrize(
    ("values", "unknown", "refer", "outcome"),
    [
        ({"location": "northeurope"}, {}, {}, INSIDE),
        ({"location": "North Europe"}, {}, {}, INSIDE),
        ({"location": "eastus"}, {}, {}, OUTSIDE),
        ({"location": "atlantis"}, {}, {}, UNDETERMINED),
        ({}, {"location": True}, {"location": refers("local.place")}, UNDETERMINED),
    ],
    ids=["inside", "by-display-name", "outside", "no-such-place", "local"],
)
def test_a_resource_is_where_its_location_says(
    values: dict[str, Any], unknown: dict[str, Any], refer: dict[str, Any], outcome: Outcome, tmp_path: Path
) -> None:
    """No provider block gives a default place: the resource says it."""
    sample = Sample().add("azurerm_key_vault.x", {"resource_group_name": "rg", **values}, unknown=unknown, refer=refer)
    found = sample.verdicts(tmp_path)["azurerm_key_vault.x", "residence"]
    assert (found.outcome, found.rule) == (outcome, "RES001")
    if unknown:
        assert "`local.place`" in found.why


@pytest.mark.parametrize(
    ("kind", "outcome"), [("GRS", OUTSIDE), ("RAGZRS", OUTSIDE), ("LRS", None), ("ZRS", None), ("XRS", UNDETERMINED)]
)
def test_the_redundancy_of_storage_is_read_out_of_two_attributes(
    kind: str, outcome: Outcome | None, tmp_path: Path
) -> None:
    """The pair of Ireland is in the Netherlands."""
    sample = Sample()
    address = account(sample, "x", kind, location="northeurope")
    found = sample.verdicts(tmp_path, "ireland-norway").get((address, "replica"))
    assert (found.outcome if found else None) is outcome
    if outcome is OUTSIDE:
        assert found is not None
        assert (found.rule, found.countries, found.placement.property) == ("RES101", ("NL",), "sku.name")


def test_a_text_with_an_unknown_part_is_unknown(tmp_path: Path) -> None:
    """A tier alone does not say whether there is a copy."""
    values = {**HERE, "account_tier": "Standard"}
    refer = {"account_replication_type": refers("random_shuffle.kind.result", "random_shuffle.kind")}
    sample = Sample().add("azurerm_storage_account.x", values, unknown={"account_replication_type": True}, refer=refer)
    found = sample.verdicts(tmp_path)["azurerm_storage_account.x", "replica"]
    assert found.outcome is UNDETERMINED
    assert "`random_shuffle.kind`" in found.why


def test_a_child_is_where_what_its_expression_refers_to_is(tmp_path: Path) -> None:
    """A container of an account that does not exist yet."""
    sample = Sample()
    there = account(sample, "there", location="eastus")
    refer = {"storage_account_id": refers(f"{there}.id", there)}
    sample.add("azurerm_storage_container.x", {}, unknown={"storage_account_id": True}, refer=refer)
    found = sample.verdicts(tmp_path)["azurerm_storage_container.x", "residence"]
    assert (found.outcome, found.placement.property) == (OUTSIDE, "accountName")
    assert f"it names `{there}`" in found.why


def test_a_child_is_not_where_another_of_the_same_name_is(tmp_path: Path) -> None:
    """An id says the resource group as well: clusters of one name may be in several."""
    ours = "/subscriptions/s/resourceGroups/{}/providers/Microsoft.ContainerService/managedClusters/main"
    sample = Sample().add("azurerm_kubernetes_cluster.main", {**HERE, "name": "main"})
    for name, group in (("here", "rg"), ("there", "other")):
        address = f"azurerm_kubernetes_cluster_node_pool.{name}"
        sample.add(address, {"vm_size": "x", "kubernetes_cluster_id": ours.format(group)})
    found = sample.verdicts(tmp_path)
    assert found["azurerm_kubernetes_cluster_node_pool.here", "residence"].outcome is INSIDE
    assert found["azurerm_kubernetes_cluster_node_pool.there", "residence"].outcome is UNDETERMINED


def test_a_database_is_where_its_server_is_not_where_its_group_is(tmp_path: Path) -> None:
    """A group may be anywhere; a database is in the region of its server."""
    sample = Sample().add(GROUP, {"location": "norwayeast", "name": "rg"})
    sample.add("azurerm_mssql_server.far", {**HERE, "location": "eastus"})
    refer = {"server_id": refers("azurerm_mssql_server.far.id", "azurerm_mssql_server.far", GROUP)}
    values = {"storage_account_type": "Local"}
    sample.add("azurerm_mssql_database.x", values, unknown={"server_id": True}, refer=refer)
    elsewhere = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Sql/servers/other"
    sample.add("azurerm_mssql_database.lost", {**values, "server_id": elsewhere})
    found = sample.verdicts(tmp_path)
    assert found["azurerm_mssql_database.x", "residence"].countries == ("US",)
    assert found["azurerm_mssql_database.lost", "residence"].outcome is UNDETERMINED
    assert "not in this plan" in found["azurerm_mssql_database.lost", "residence"].why


def test_a_child_of_a_child_is_where_the_outermost_is(tmp_path: Path) -> None:
    """An environment in a subnet, a subnet in a network."""
    network = "azurerm_virtual_network.far"
    sample = Sample().add(network, {**HERE, "location": "eastus"})
    refer = {"virtual_network_name": refers(f"{network}.name", network)}
    sample.add("azurerm_subnet.s", {"virtual_network_name": "far", "resource_group_name": "rg"}, refer=refer)
    refer = {"subnet_id": refers("azurerm_subnet.s.id", "azurerm_subnet.s")}
    values = {"resource_group_name": "rg"}
    sample.add("azurerm_app_service_environment_v3.x", values, unknown={"subnet_id": True}, refer=refer)
    assert sample.verdicts(tmp_path)["azurerm_app_service_environment_v3.x", "residence"].countries == ("US",)


def test_a_block_that_is_a_resource_of_its_own_is_judged_as_one(tmp_path: Path) -> None:
    """The copies of a registry are blocks in azurerm."""
    address = "azurerm_container_registry.x"
    copies = [{"location": "westeurope"}, {"location": "eastus"}]
    sample = Sample().add(address, {**HERE, "sku": "Premium", "georeplications": copies})
    found = sample.verdicts(tmp_path)
    assert found[f"{address}.georeplications[0]", "residence"].outcome is INSIDE
    assert found[f"{address}.georeplications[1]", "residence"].countries == ("US",)
    made = sample.graph(tmp_path).resources[f"{address}.georeplications[1]"]
    assert (made.type, made.inputs["registryName"]) == ("azure-native:containerregistry:Replication", "x")


@pytest.mark.parametrize(
    ("address", "attribute", "key"),
    [
        (
            "azurerm_container_registry.x",
            "georeplications",
            ("azurerm_container_registry.x.georeplications", "residence"),
        ),
        ("azurerm_cosmosdb_account.x", "geo_location", ("azurerm_cosmosdb_account.x", "replica")),
    ],
)
def test_blocks_of_an_unknown_number_are_not_taken_for_none(
    address: str, attribute: str, key: tuple[str, str], tmp_path: Path
) -> None:
    """A dynamic block is not among the expressions, so nothing else says that there may be copies."""
    sample = Sample().add(address, HERE, unknown={attribute: True})
    assert sample.verdicts(tmp_path)[key].outcome is UNDETERMINED


def test_a_block_that_the_provider_fills_in_is_not_asked_for(tmp_path: Path) -> None:
    """A cache without a block of settings keeps no backups; what else there will be in it is no place."""
    sample = Sample().add("azurerm_redis_cache.x", HERE, unknown={"redis_configuration": True})
    sample.add("azurerm_container_registry.x", HERE, unknown={"encryption": True})
    assert {each.outcome for each in sample.verdicts(tmp_path).values()} == {INSIDE}


def test_what_a_written_block_leaves_to_the_provider_is_not_asked_for(tmp_path: Path) -> None:
    """Periodic backups are geo-redundant unless something else is asked for."""
    sample = Sample().add(
        "azurerm_cosmosdb_account.x",
        {**HERE, "geo_location": [{"location": "norwayeast"}], "backup": [{"type": "Periodic"}]},
        unknown={"backup": [{"storage_redundancy": True}]},
    )
    found = sample.verdicts(tmp_path)["azurerm_cosmosdb_account.x", "backup"]
    assert (found.outcome, found.countries) == (INSIDE, ("NO",))


def test_a_known_dynamic_block_is_read_as_any_other(tmp_path: Path) -> None:
    """Its values are there, though no expression is."""
    places = [{"location": "norwayeast", "failover_priority": 0}, {"location": "eastus", "failover_priority": 1}]
    sample = Sample().add("azurerm_cosmosdb_account.x", {**HERE, "geo_location": places}, hidden={"geo_location": True})
    found = sample.verdicts(tmp_path)["azurerm_cosmosdb_account.x", "replica"]
    assert (found.countries, found.placement.property) == (("US",), "locations[1].locationName")


def test_what_a_plan_without_configuration_does_not_know_is_not_taken_for_unset(tmp_path: Path) -> None:
    """Its group would else answer for an unknown location."""
    entry = change("azurerm_key_vault.x", {"resource_group_name": "rg"}, provider_name=AZURERM)
    entry["change"]["after_unknown"] = {"location": True}
    group = change(GROUP, {"name": "rg", "location": "norwayeast"}, provider_name=AZURERM)
    found = judge(graph(plan([entry, group], [], providers={}), tmp_path), EEA)
    outcomes = {each.placement.resource.id: each.outcome for each in found if each.placement.kind.value == "residence"}
    assert outcomes == {"azurerm_key_vault.x": UNDETERMINED, GROUP: INSIDE}


def test_a_second_element_where_one_is_read_leaves_a_doubt(tmp_path: Path) -> None:
    """The catalogue's type has one key, azurerm's list may have two."""
    keys = [{"key_vault_key_id": f"https://v{number}.vault.azure.net/keys/k", "key_source": "x"} for number in (1, 2)]
    sample = Sample().add("azurerm_automation_account.x", {**HERE, "sku_name": "Basic", "encryption": keys})
    assert "`encryption` of `azurerm_automation_account.x`" in doubts(sample.verdicts(tmp_path))[0]


def test_an_attribute_that_nothing_answers_for_leaves_a_doubt(tmp_path: Path) -> None:
    """If its name may carry a place, and the configuration sets it; one with a reason leaves none."""
    values = {**HERE, "storage_account_name": "acct", "service_plan_id": "p", "client_certificate_mode": "Optional"}
    for unknown in ({}, {"storage_key_vault_secret_id": True}):
        refer = {name: refers("azurerm_key_vault_secret.s.id", "azurerm_key_vault_secret.s") for name in unknown}
        sample = Sample().add(
            "azurerm_linux_function_app.x", {**values, "site_config": [{}]}, unknown=unknown, refer=refer
        )
        found = doubts(sample.verdicts(tmp_path))
        assert [("storage_key_vault_secret_id" in each) for each in found] == [True] * len(unknown)


def test_what_only_the_provider_says_of_a_block_leaves_no_doubt(tmp_path: Path) -> None:
    """`id` of a location of a database account."""
    sample = Sample().add(
        "azurerm_cosmosdb_account.x",
        {**HERE, "geo_location": [{"location": "norwayeast", "failover_priority": 0}]},
        unknown={"geo_location": [{"id": True}]},
    )
    assert doubts(sample.verdicts(tmp_path)) == []


def keyed(sample: Sample, place: str) -> dict[str, Any]:
    """A vault, a key in it, and an expression that refers to the key."""
    sample.add("azurerm_key_vault.v", {**HERE, "location": place})
    refer = {"key_vault_id": refers("azurerm_key_vault.v.id", "azurerm_key_vault.v")}
    sample.add("azurerm_key_vault_key.k", {"key_type": "RSA"}, unknown={"key_vault_id": True}, refer=refer)
    return refers("azurerm_key_vault_key.k.id", "azurerm_key_vault_key.k")


@pytest.mark.parametrize(("place", "outcome"), [("norwayeast", INSIDE), ("eastus", OUTSIDE)])
def test_a_part_of_another_resource_is_added_to_it(place: str, outcome: Outcome, tmp_path: Path) -> None:
    """The key of an account is a resource of its own in azurerm."""
    sample = Sample()
    address = account(sample, "x")
    key = keyed(sample, place)
    part = "azurerm_storage_account_customer_managed_key.x"
    unknown = {"storage_account_id": True, "key_vault_id": True}
    refer = {
        "storage_account_id": refers(f"{address}.id", address),
        "key_vault_id": refers("azurerm_key_vault.v.id", "azurerm_key_vault.v"),
    }
    sample.add(part, {"key_name": "k"}, unknown=unknown, refer=refer)
    found = sample.verdicts(tmp_path)
    assert key
    assert found[address, "key"].outcome is outcome
    assert part not in sample.graph(tmp_path).resources


def test_a_part_of_what_is_not_in_the_plan_is_undetermined(tmp_path: Path) -> None:
    """Nothing says where the account is."""
    owner = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/other"
    part = "azurerm_storage_account_customer_managed_key.x"
    sample = Sample().add(part, {"key_name": "k", "storage_account_id": owner})
    found = sample.verdicts(tmp_path)[part, "residence"]
    assert (found.outcome, "not in this plan" in found.why) == (UNDETERMINED, True)


@pytest.mark.parametrize(("place", "outcome"), [("norwayeast", INSIDE), ("eastus", OUTSIDE)])
def test_a_key_is_where_its_vault_is(place: str, outcome: Outcome, tmp_path: Path) -> None:
    """The key is named in azurerm, the vault in azure-native."""
    sample = Sample()
    key = keyed(sample, place)
    values = {**HERE, "account_tier": "Standard", "account_replication_type": "LRS"}
    sample.add(
        "azurerm_storage_account.x",
        {**values, "customer_managed_key": [{}]},
        unknown={"customer_managed_key": [{"key_vault_key_id": True}]},
        refer={"customer_managed_key": [{"key_vault_key_id": key}]},
    )
    found = sample.verdicts(tmp_path)["azurerm_storage_account.x", "key"]
    assert (found.outcome, found.placement.property) == (outcome, "encryption.keyVaultProperties.keyVaultUri")


def test_the_actions_of_a_workflow_are_all_read(tmp_path: Path) -> None:
    """Each is a resource of its own, and none takes the place of another."""
    flow = "azurerm_logic_app_workflow.x"
    sample = Sample().add(flow, HERE)
    refer = {"logic_app_id": refers(f"{flow}.id", flow)}
    for number in (1, 2, 3):
        values = {"method": "POST", "uri": f"https://{number}.example.com/in"}
        sample.add(f"azurerm_logic_app_action_http.a{number}", values, unknown={"logic_app_id": True}, refer=refer)
    made = sample.graph(tmp_path).resources[flow].inputs["definition"]
    uris = [f"https://{number}.example.com/in" for number in (1, 2, 3)]
    assert made == {"actions": {"http": {"inputs": {"uri": uris}}}}
    found = [each.outcome for each in judge(sample.graph(tmp_path), EEA) if each.placement.kind.value == "export"]
    assert found == [UNDETERMINED] * 3


def test_a_backup_of_an_app_is_judged(tmp_path: Path) -> None:
    """It goes to an account that need not be beside the app."""
    sample = Sample()
    account(sample, "far", location="eastus")
    backup = {"enabled": True, "name": "b", "storage_account_url": "https://far.blob.core.windows.net/b?sv=1"}
    sample.add("azurerm_linux_web_app.x", {**HERE, "service_plan_id": "p", "backup": [backup]})
    found = sample.verdicts(tmp_path)["azurerm_linux_web_app.x.backup", "backup"]
    assert (found.outcome, found.countries) == (OUTSIDE, ("US",))


def test_a_machine_that_is_copied_elsewhere_is_judged_by_its_target(tmp_path: Path) -> None:
    """By the target fabric's region, by the network there, and undetermined for the disks."""
    vault, network = "azurerm_recovery_services_vault.v", "azurerm_virtual_network.far"
    sample = Sample().add(vault, {**HERE, "sku": "Standard", "storage_mode_type": "LocallyRedundant"})
    sample.add(network, {**HERE, "location": "eastus"})
    recovery = {"recovery_vault_name": "v", "resource_group_name": "rg"}
    sample.add("azurerm_site_recovery_fabric.far", {**recovery, "location": "eastus"})
    refer = {"target_network_id": refers(f"{network}.id", network)}
    sample.add("azurerm_site_recovery_replicated_vm.x", recovery, unknown={"target_network_id": True}, refer=refer)
    found = judge(sample.graph(tmp_path), EEA)
    said = {(each.placement.resource.id.partition(".")[0], each.placement.kind.value, each.outcome) for each in found}
    assert {
        ("azurerm_site_recovery_fabric", "replica", OUTSIDE),
        ("azurerm_site_recovery_replicated_vm", "replica", OUTSIDE),
        ("azurerm_site_recovery_replicated_vm", "replica", UNDETERMINED),
    } <= said


def test_a_secret_is_never_read(tmp_path: Path) -> None:
    """Nor shown: the place that it names stays undetermined."""
    sample = Sample()
    values = {
        **HERE,
        "sku_name": "Basic",
        "redis_configuration": [{"rdb_backup_enabled": True, "rdb_storage_connection_string": "hush"}],
    }
    sensitive = {"redis_configuration": [{"rdb_storage_connection_string": True}]}
    sample.add("azurerm_redis_cache.x", values, sensitive=sensitive)
    found = sample.verdicts(tmp_path)["azurerm_redis_cache.x", "backup"]
    assert found.outcome is UNDETERMINED
    assert "hush" not in found.why


def test_a_type_that_no_table_has_is_undetermined(tmp_path: Path) -> None:
    """And one that is no resource of its own is not there at all."""
    sample = Sample().add("azurerm_hpc_cache.x", HERE).add("azurerm_subnet_route_table_association.x", {})
    sample.add("azurerm_role_assignment.x", {"scope": "/subscriptions/s"})
    found = sample.verdicts(tmp_path)
    assert found["azurerm_hpc_cache.x", "residence"].outcome is UNDETERMINED
    assert "`azurerm_hpc_cache` is not mapped" in found["azurerm_hpc_cache.x", "residence"].why
    assert {key[0] for key in found} == {"azurerm_hpc_cache.x"}


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


@pytest.mark.parametrize(
    ("host", "outcome"),
    [("management.azure.com", INSIDE), ("management.local.stack.example", UNDETERMINED)],
)
def test_a_cloud_of_ones_own_is_not_azure(host: str, outcome: Outcome, tmp_path: Path) -> None:
    """Its locations may have Azure's names; a declared site says where it is."""
    block_of = {**PROVIDERS["azurerm"], "expressions": {"metadata_host": constant(host)}}
    sample = Sample().add("azurerm_key_vault.x", HERE)
    found = sample.verdicts(tmp_path, providers={**PROVIDERS, "azurerm": block_of})
    assert found["azurerm_key_vault.x", "residence"].outcome is outcome


def test_another_cloud_of_microsofts_is_named_as_azure_native_names_it(tmp_path: Path) -> None:
    """Its regions have names of their own."""
    block_of = {**PROVIDERS["azurerm"], "expressions": {"environment": constant("usgovernment")}}
    sample = Sample().add("azurerm_key_vault.x", {**HERE, "location": "usgovvirginia"})
    made = sample.graph(tmp_path, providers={**PROVIDERS, "azurerm": block_of})
    assert [each.inputs["environment"] for each in made.providers.values()] == ["usgovernment"]
    assert judge(made, EEA)[0].countries == ("US",)


def test_what_is_left_unset_is_not_taken_for_asked(tmp_path: Path) -> None:
    """The provider decides it, and says so later."""
    sample = Sample().add("azurerm_redis_cache.x", HERE, unknown={"zones": True, "subnet_id": True})
    made = sample.graph(tmp_path).resources["azurerm_redis_cache.x"]
    assert "subnetId" not in made.inputs
    assert isinstance(made.outputs["subnetId"], Unknown)


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def trees(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """A type, and values at the paths that its pairs name, of any form."""
    kind = draw(st.sampled_from([*sorted(azurerm.readable()), "azapi_resource", "azapi_update_resource"]))
    row = azurerm.readable().get(kind)
    pairs = [pair for each in (row, *row.beside) for pair in each.pairs] if row else []
    names = {path.partition(".")[0].removesuffix("[*]") for pair in pairs for path in pair.azurerm_paths}
    keys = st.sampled_from(sorted(names | {"type", "body", "parent_id", "name"}))
    below = st.dictionaries(
        st.sampled_from(sorted({step for p in pairs for step in p.azurerm.replace("[*]", "").split(".")} | {"id"})),
        JSON,
    )
    value = JSON | below | st.lists(below, max_size=3)
    arm = draw(st.sampled_from(["Microsoft.Storage/storageAccounts@1", "Microsoft.KeyVault/vaults@1", ""]))
    values = {**draw(st.dictionaries(keys, value)), **({"type": arm} if kind.startswith("azapi") else {})}
    return kind, values, draw(st.dictionaries(keys, value))


@settings(max_examples=150)
@given(tree=trees(), sensitive=JSON, is_configured=st.booleans())
def test_no_values_crash_the_reader(
    tree: tuple[str, dict[str, Any], dict[str, Any]],
    sensitive: Any,
    is_configured: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Whatever the trees of known, unknown and sensitive values are."""
    kind, values, unknown = tree
    path = tmp_path_factory.getbasetemp() / "azure.json"
    entry = change(f"{kind}.x", values, provider_name=AZURERM)
    entry["change"].update(after_unknown=unknown, after_sensitive=sensitive)
    blocks = [block(f"{kind}.x", {name: constant(None) for name in values}, "azurerm")] if is_configured else []
    path.write_text(json.dumps(plan([entry], blocks, providers=PROVIDERS)))
    with contextlib.suppress(InputError):
        judge(terraform.read(str(path)), EEA)
