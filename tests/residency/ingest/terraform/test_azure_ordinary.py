"""A stack as many have it: everything in one region, and nothing to find."""

from __future__ import annotations

from pathlib import Path

from residency.judge import judge
from residency.model import Outcome
from tests.residency.ingest.terraform.azure_plans import (
    GROUP,
    HERE,
    Sample,
    account,
    id_of,
)
from tests.residency.ingest.terraform.plans import EEA, constant

INSIDE, OUTSIDE, UNDETERMINED = Outcome.INSIDE, Outcome.OUTSIDE, Outcome.UNDETERMINED


def test_an_ordinary_stack_in_one_region_is_inside_without_a_doubt(tmp_path: Path) -> None:
    """A false alarm in what everybody has would make every other be passed over."""
    sample = Sample().add(GROUP, {"location": "norwayeast", "name": "rg"})
    add, here = sample.add, HERE
    later = {"subnet_id": True}
    workspace, network = "azurerm_log_analytics_workspace.w", "azurerm_virtual_network.n"
    add(workspace, {**here, "sku": "PerGB2018", "retention_in_days": 30})
    add(
        "azurerm_application_insights.i",
        {**here, "application_type": "web"},
        unknown={"workspace_id": True},
        refer={"workspace_id": id_of(workspace)},
    )
    add(network, {**here, "address_space": ["10.0.0.0/16"]}, unknown={"subnet": True, "guid": True})
    subnet = "azurerm_subnet.s"
    add(subnet, {"resource_group_name": "rg", "virtual_network_name": "n", "address_prefixes": ["10.0.0.0/24"]})
    add("azurerm_network_security_group.g", here, unknown={"security_rule": True})
    add(
        "azurerm_subnet_network_security_group_association.a",
        {},
        unknown={**later, "network_security_group_id": True},
        refer={"subnet_id": id_of(subnet), "network_security_group_id": id_of("azurerm_network_security_group.g")},
    )
    add("azurerm_public_ip.p", {**here, "allocation_method": "Static", "sku": "Standard"})
    nic = {"name": "x", "private_ip_address_allocation": "Dynamic"}
    add(
        "azurerm_network_interface.c",
        {**here, "ip_configuration": [nic]},
        unknown={"ip_configuration": [{**later, "private_ip_address": True, "primary": True}], "mac_address": True},
        refer={"ip_configuration": [{"name": constant("x"), "subnet_id": id_of(subnet)}]},
    )
    image = {"publisher": "Canonical", "offer": "ubuntu", "sku": "24_04", "version": "latest"}
    disk = {"caching": "ReadWrite", "storage_account_type": "Premium_LRS"}
    add(
        "azurerm_linux_virtual_machine.m",
        {**here, "size": "x", "os_disk": [disk], "source_image_reference": [image]},
        unknown={
            "network_interface_ids": [True],
            "os_disk": [{"name": True, "disk_size_gb": True, "id": True}],
            "termination_notification": True,
            "os_managed_disk_id": True,
            "zone": True,
        },
        refer={"network_interface_ids": id_of("azurerm_network_interface.c")},
    )
    add("azurerm_user_assigned_identity.u", here)
    add(
        "azurerm_role_assignment.r",
        {"role_definition_name": "Reader"},
        unknown={"scope": True, "principal_id": True},
        refer={"scope": id_of(GROUP), "principal_id": id_of("azurerm_user_assigned_identity.u", "principal_id")},
    )
    add(
        "azurerm_container_registry.cr",
        {**here, "sku": "Basic"},
        unknown={"encryption": True, "network_rule_set": True, "login_server": True},
    )
    pool = {"name": "default", "vm_size": "x", "node_count": 2}
    add(
        "azurerm_kubernetes_cluster.k",
        {**here, "dns_prefix": "k", "default_node_pool": [pool]},
        unknown={
            "default_node_pool": [{"vnet_subnet_id": True, "max_pods": True}],
            "network_profile": True,
            "auto_scaler_profile": True,
            "kubelet_identity": True,
            "windows_profile": True,
            "oms_agent": [{"log_analytics_workspace_id": True}],
        },
        refer={
            "default_node_pool": [{"vnet_subnet_id": id_of(subnet)}],
            "oms_agent": [{"log_analytics_workspace_id": id_of(workspace)}],
        },
    )
    add("azurerm_key_vault.kv", {**here, "sku_name": "standard", "tenant_id": "t"}, unknown={"access_policy": True})
    add(
        "azurerm_key_vault_secret.ks",
        {"value": "hush"},
        unknown={"key_vault_id": True},
        sensitive={"value": True},
        refer={"key_vault_id": id_of("azurerm_key_vault.kv")},
    )
    stored = account(sample, "st")
    add(
        "azurerm_storage_container.co",
        {},
        unknown={"storage_account_id": True},
        refer={"storage_account_id": id_of(stored)},
    )
    add("azurerm_private_dns_zone.z", {"name": "privatelink.blob.core.windows.net", "resource_group_name": "rg"})
    link = {"name": "x", "is_manual_connection": False, "subresource_names": ["blob"]}
    add(
        "azurerm_private_endpoint.pe",
        {**here, "private_service_connection": [link]},
        unknown={**later, "private_service_connection": [{"private_connection_resource_id": True}]},
        refer={
            "subnet_id": id_of(subnet),
            "private_service_connection": [{"name": constant("x"), "private_connection_resource_id": id_of(stored)}],
        },
    )
    add(
        "azurerm_monitor_diagnostic_setting.d",
        {"enabled_log": [{"category_group": "allLogs"}]},
        unknown={"target_resource_id": True, "log_analytics_workspace_id": True, "metric": True},
        refer={"target_resource_id": id_of("azurerm_key_vault.kv"), "log_analytics_workspace_id": id_of(workspace)},
    )
    add(
        "azurerm_postgresql_flexible_server.pg",
        {**here, "sku_name": "x", "version": "17", "storage_mb": 32768, "geo_redundant_backup_enabled": False},
        unknown={"private_dns_zone_id": True, "zone": True},
    )
    add(
        "azurerm_postgresql_flexible_server_database.db",
        {},
        unknown={"server_id": True},
        refer={"server_id": id_of("azurerm_postgresql_flexible_server.pg")},
    )
    add(
        "azurerm_redis_cache.rc",
        {**here, "sku_name": "Basic", "family": "C", "capacity": 0},
        unknown={"redis_configuration": True, "private_static_ip_address": True},
    )
    add("azurerm_service_plan.sp", {**here, "os_type": "Linux", "sku_name": "P1v3"})
    app = {"service_plan_id": id_of("azurerm_service_plan.sp")}
    add(
        "azurerm_linux_web_app.wa",
        {**here, "app_settings": {"A": "b"}, "site_config": [{"always_on": True}]},
        unknown={"service_plan_id": True, "site_config": [{"scm_type": True}], "auth_settings": []},
        refer=app,
    )
    add(
        "azurerm_linux_function_app.fa",
        {**here, "storage_account_name": "st", "site_config": [{}]},
        unknown={"service_plan_id": True, "storage_account_access_key": True},
        refer={
            **app,
            "storage_account_access_key": id_of(stored, "primary_access_key"),
            "storage_account_name": id_of(stored, "name"),
        },
    )
    add("azurerm_mssql_server.ms", {**here, "version": "12.0", "administrator_login": "x"})
    add(
        "azurerm_mssql_database.md",
        {"sku_name": "S1", "storage_account_type": "Local"},
        unknown={"server_id": True, "threat_detection_policy": True},
        refer={"server_id": id_of("azurerm_mssql_server.ms")},
    )
    add("azurerm_servicebus_namespace.sb", {**here, "sku": "Standard"}, unknown={"network_rule_set": True})
    add(
        "azurerm_servicebus_queue.sq",
        {},
        unknown={"namespace_id": True},
        refer={"namespace_id": id_of("azurerm_servicebus_namespace.sb")},
    )
    add("azurerm_eventhub_namespace.en", {**here, "sku": "Standard"}, unknown={"network_rulesets": True})
    add(
        "azurerm_container_app_environment.ce",
        here,
        unknown={"log_analytics_workspace_id": True},
        refer={"log_analytics_workspace_id": id_of(workspace)},
    )
    box = {"name": "x", "image": "y", "cpu": 1, "memory": "1Gi"}
    add(
        "azurerm_container_app.ca",
        {"resource_group_name": "rg", "template": [{"container": [box]}]},
        unknown={"container_app_environment_id": True},
        refer={"container_app_environment_id": id_of("azurerm_container_app_environment.ce")},
    )
    found = judge(sample.graph(tmp_path), EEA)
    assert [f"{each.what}: {each.why}" for each in found if each.outcome is not INSIDE] == []
    assert {each.placement.resource.id for each in found} >= {"azurerm_container_app.ca", "azurerm_mssql_database.md"}
