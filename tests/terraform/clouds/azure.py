"""Stand-in for what hashicorp/azurerm 4, Azure/azapi 2 and Azure decide.

What it is taken for granted that the providers do (nobody looked it up): a location is planned in small letters
without spaces; a SQL database keeps its backups geo-redundant unless ``storage_account_type`` says otherwise; the forms
of ids are Azure's.
The real azapi speaks version 6 of the protocol; what Terraform writes into a plan is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from tests.terraform.clouds.cloud import Cloud, Values, listed, optional, token
from tests.terraform.shape import Attribute, Block, Declared, Nested
from tests.terraform.values import unknown

SUBSCRIPTION = "00000000-0000-0000-0000-000000000001"

_SETTINGS = Block(
    optional("subscription_id", "tenant_id", "client_id", "client_secret", "environment", "storage_use_azuread")
    | optional("resource_provider_registrations"),
    {
        "features": Nested(
            "list",
            Block({}, {"key_vault": listed(Block(optional("purge_soft_delete_on_destroy", kind="bool")))}),
            1,
            1,
        )
    },
)

_KINDS: Mapping[str, str] = {
    "azurerm_cosmosdb_account": "Microsoft.DocumentDB/databaseAccounts",
    "azurerm_key_vault": "Microsoft.KeyVault/vaults",
    "azurerm_mssql_server": "Microsoft.Sql/servers",
    "azurerm_postgresql_flexible_server": "Microsoft.DBforPostgreSQL/flexibleServers",
    "azurerm_storage_account": "Microsoft.Storage/storageAccounts",
}
_CHILDREN: Mapping[str, str] = {
    "azurerm_mssql_database": "{server_id}/databases/{name}",
    "azurerm_mssql_failover_group": "{server_id}/failoverGroups/{name}",
    "azurerm_storage_container": "{storage_account_id}/blobServices/default/containers/{name}",
}
_FIXED: Mapping[str, Values] = {
    "azurerm_storage_account": {
        "account_kind": "StorageV2",
        "https_traffic_only_enabled": True,
        "min_tls_version": "TLS1_2",
        "public_network_access_enabled": True,
        "shared_access_key_enabled": True,
    },
    "azurerm_mssql_database": {"geo_backup_enabled": True, "storage_account_type": "Geo"},
    "azurerm_postgresql_flexible_server": {"geo_redundant_backup_enabled": False},
}

AZAPI = Declared(
    "written by hand from the documentation of Azure/azapi",
    "2.7.0",
    {
        "azapi_resource": Block(
            {
                "type": Attribute("string", required=True),
                "name": Attribute("string", optional=True, computed=True),
                "parent_id": Attribute("string", optional=True, computed=True),
                "location": Attribute("string", optional=True, computed=True),
                "body": Attribute("dynamic", optional=True, computed=True),
                "tags": Attribute(["map", "string"], optional=True, computed=True),
                "response_export_values": Attribute("dynamic", optional=True),
                "schema_validation_enabled": Attribute("bool", optional=True, computed=True),
                "ignore_casing": Attribute("bool", optional=True, computed=True),
                "ignore_missing_property": Attribute("bool", optional=True, computed=True),
                "locks": Attribute(["list", "string"], optional=True),
                "id": Attribute("string", computed=True),
                "output": Attribute("dynamic", computed=True),
            },
            {
                "identity": Nested(
                    "list",
                    Block(
                        {
                            "type": Attribute("string", required=True),
                            "identity_ids": Attribute(["list", "string"], optional=True),
                            "principal_id": Attribute("string", computed=True),
                            "tenant_id": Attribute("string", computed=True),
                        }
                    ),
                ),
                "timeouts": Nested("single", Block(optional("create", "read", "update", "delete"))),
            },
        )
    },
    {},
)
"""The one type of azapi that the fixtures use."""


def _defaults(kind: str, planned: Values, asked: Values, _settings: Mapping[str, Any]) -> None:
    fixed = dict(_FIXED.get(kind, {}))
    if kind == "azapi_resource":
        fixed |= {"schema_validation_enabled": True, "ignore_casing": False, "ignore_missing_property": True}
    for name, value in fixed.items():
        if asked.get(name) is None and (planned.get(name) is None or unknown(planned[name])):
            planned[name] = value
    _normalise(planned)


def _normalise(block: Values) -> None:
    for name, value in block.items():
        if name == "location" and isinstance(value, str):
            block[name] = value.replace(" ", "").lower()
        elif isinstance(value, list):
            for each in cast("list[Any]", value):
                if isinstance(each, dict):
                    _normalise(cast("Values", each))


def _made(kind: str, planned: Values, settings: Mapping[str, Any]) -> Values:
    known = {name: value for name, value in planned.items() if not unknown(value) and not isinstance(value, list)}
    group = f"/subscriptions/{settings.get('subscription_id') or SUBSCRIPTION}/resourceGroups"
    if kind == "azapi_resource":
        known["id"] = f"{known['parent_id']}/providers/{known['type'].partition('@')[0]}/{known['name']}"
    elif kind == "azurerm_resource_group":
        known["id"] = f"{group}/{known['name']}"
    elif kind in _KINDS:
        known["id"] = f"{group}/{known['resource_group_name']}/providers/{_KINDS[kind]}/{known['name']}"
    else:
        known["id"] = _CHILDREN[kind].format_map(known)
    secret = token(kind, known["id"])
    asked = (name for name, value in planned.items() if unknown(value))
    known |= {name: f"hunter2-secret-{secret}" for name in asked if name.endswith(("_key", "_connection_string"))}
    return known | {"primary_location": known.get("location")}


def _read(kind: str, _asked: Values, settings: Mapping[str, Any]) -> Values:
    if kind == "azurerm_client_config":
        subscription = settings.get("subscription_id") or SUBSCRIPTION
        return {"subscription_id": subscription, "tenant_id": settings.get("tenant_id"), "id": token(kind)}
    raise LookupError(f"the stand-in for Azure has no answer for data.{kind}")


def _replacing(_kind: str) -> frozenset[str]:
    return frozenset({"name", "location", "resource_group_name", "parent_id", "type"})


CLOUD = Cloud(_SETTINGS, _defaults, _made, _read, _replacing)
AZAPI_CLOUD = Cloud(
    Block(optional("subscription_id", "tenant_id", "default_location")), _defaults, _made, _read, _replacing
)
