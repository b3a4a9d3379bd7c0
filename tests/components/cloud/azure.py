"""What Azure answers in the tests of the components, and which of its types have no place of their own."""

from __future__ import annotations

from typing import Any

UNPLACED: frozenset[str] = frozenset(
    {
        "azure-native:authorization:RoleAssignment",
        "azure-native:dataprotection:BackupInstance",
        "azure-native:dataprotection:BackupPolicy",
        "azure-native:dbforpostgresql:Administrator",
        "azure-native:dbforpostgresql:Configuration",
        "azure-native:keyvault:Key",
        "azure-native:keyvault:Secret",
        "azure-native:monitor:DiagnosticSetting",
        "azure-native:network:PrivateDnsZoneGroup",
        "azure-native:network:Subnet",
        "azure-native:operationalinsights:DataExport",
        "azure-native:privatedns:PrivateZone",
        "azure-native:privatedns:VirtualNetworkLink",
        "azure-native:servicebus:Queue",
        "azure-native:storage:BlobContainer",
        "azure-native:storage:BlobServiceProperties",
        "azure-native:storage:FileShare",
        "azure-native:storage:ObjectReplicationPolicy",
    }
)
"""Types that are part of a placed resource, or hold no data."""

CALLS: dict[str, dict[str, Any]] = {}
"""What a function that only reads answers, by its token."""


def outputs(type_: str, name: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """The outputs of a created resource that components read, besides its inputs."""
    made: dict[str, dict[str, Any]] = {
        "azure-native:app:ContainerApp": {"identity": {"type": "UserAssigned"}},
        "azure-native:compute:DiskEncryptionSet": {"identity": {"type": "UserAssigned"}},
        "azure-native:compute:VirtualMachineScaleSet": {"identity": {"type": "UserAssigned"}},
        "azure-native:containerregistry:Registry": {"loginServer": f"{name}.azurecr.io"},
        "azure-native:containerservice:ManagedCluster": {
            "identity": {"type": "UserAssigned"},
            "privateFQDN": f"{name}.privatelink.norwayeast.azmk8s.io",
        },
        "azure-native:cosmosdb:DatabaseAccount": {"identity": {"type": "UserAssigned"}},
        "azure-native:dataprotection:BackupVault": {"identity": {"type": "UserAssigned"}},
        "azure-native:dbforpostgresql:Server": {
            "fullyQualifiedDomainName": f"{name}.postgres.database.azure.com",
        },
        "azure-native:keyvault:Key": {
            "keyUri": f"https://{name}.vault.azure.net/keys/{name}",
            "keyUriWithVersion": f"https://{name}.vault.azure.net/keys/{name}/1",
        },
        "azure-native:managedidentity:UserAssignedIdentity": {
            "clientId": f"{name}-client",
            "principalId": f"{name}-principal",
            "tenantId": "tenant",
        },
        "azure-native:recoveryservices:Vault": {"identity": {"type": "UserAssigned"}},
        "azure-native:servicebus:Namespace": {"identity": {"type": "UserAssigned"}},
        # A list going in, a map coming out: the SDK does not read its own input back.
        "azure-native:storage:StorageAccount": {
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {}},
        },
        "azure-native:web:WebApp": {"identity": {"type": "UserAssigned"}},
    }
    if type_ == "azure-native:keyvault:Vault":
        return {"properties": {**inputs["properties"], "vaultUri": f"https://{name}.vault.azure.net/"}}
    if type_ == "azure-native:storage:ObjectReplicationPolicy":
        return {"policyId": f"{name}-policy", "rules": [{**rule, "ruleId": "rule"} for rule in inputs["rules"]]}
    return made.get(type_, {})
