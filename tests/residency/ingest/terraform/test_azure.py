"""What is read of azurerm's resources: where each is, and what a copy or a block of it comes to."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from residency.errors import InputError
from residency.ingest import terraform
from residency.ingest.terraform.names import azurerm
from residency.judge import judge
from residency.model import Outcome, Unknown
from tests.residency.ingest.terraform.azure_plans import (
    AZURERM,
    GROUP,
    HERE,
    PROVIDERS,
    Sample,
    account,
    doubts,
)
from tests.residency.ingest.terraform.plans import EEA, block, change, constant, graph, plan, refers

INSIDE, OUTSIDE, UNDETERMINED = Outcome.INSIDE, Outcome.OUTSIDE, Outcome.UNDETERMINED

FIXTURE = Path(__file__).parent / "fixtures" / "azurerm"


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


def test_what_the_provider_said_of_a_block_leaves_no_doubt(tmp_path: Path) -> None:
    """Of one that is written, and of a dynamic one, whose expressions a plan does not show."""
    for hidden in ({}, {"geo_location": True}):
        places = [{"location": "norwayeast", "failover_priority": 0, "id": "x"}]
        sample = Sample().add("azurerm_cosmosdb_account.x", {**HERE, "geo_location": places}, hidden=hidden)
        assert doubts(sample.verdicts(tmp_path)) == []
    keys = {**HERE, "kube_config": [{"host": "https://x", "cluster_ca_certificate": "y"}]}
    sample = Sample().add("azurerm_kubernetes_cluster.x", keys, hidden={"kube_config": True})
    assert doubts(sample.verdicts(tmp_path)) == []


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
