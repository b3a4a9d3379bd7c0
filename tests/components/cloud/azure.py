"""What Azure answers in the tests of the components, and which of its types have no place of their own."""

from __future__ import annotations

from typing import Any

UNPLACED: frozenset[str] = frozenset(
    {
        "azure-native:authorization:RoleAssignment",
        "azure-native:keyvault:Key",
        "azure-native:keyvault:Secret",
        "azure-native:storage:BlobContainer",
        "azure-native:storage:BlobServiceProperties",
        "azure-native:storage:ObjectReplicationPolicy",
    }
)
"""Types that are part of a placed resource, or hold no data."""

CALLS: dict[str, dict[str, Any]] = {}
"""What a function that only reads answers, by its token."""


def outputs(type_: str, name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """The outputs of a created resource that components read, besides its inputs."""
    if type_ == "azure-native:keyvault:Vault":
        return {"properties": {**inputs["properties"], "vaultUri": f"https://{name}.vault.azure.net/"}}
    if type_ == "azure-native:managedidentity:UserAssignedIdentity":
        return {"tenantId": "tenant", "principalId": f"{name}-principal"}
    if type_ == "azure-native:storage:StorageAccount":
        # A list going in, a map coming out: the SDK does not read its own input back.
        return {"identity": {"type": "UserAssigned", "userAssignedIdentities": {}}}
    if type_ == "azure-native:storage:ObjectReplicationPolicy":
        return {"policyId": f"{name}-policy", "rules": [{**rule, "ruleId": "rule"} for rule in inputs["rules"]]}
    return {}
