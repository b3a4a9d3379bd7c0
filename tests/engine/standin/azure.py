"""Stand-in for the Azure Native provider: locations, ARM ids and names in the real one's form.

Sources, checked 2026-11-23: pulumi-azure-native 3.29.0, docstring of
`azure_native.Provider.location`; pulumi/pulumi-azure-native, `provider/pkg/provider/provider.go`, `getDefaultLocation`.
"""

# `Cloud` describes these methods and gives them their arguments.
# ruff: noqa: D102, ARG002

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, cast

from tests.engine.standin.servicer import Subject
from tests.engine.standin.wire import UNKNOWN, Properties, always_set, snake_free, text

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
GROUP = "azure-native:resources:ResourceGroup"
OWN_NAMES: Mapping[str, str] = {
    "ResourceGroup": "resourceGroupName",
    "StorageAccount": "accountName",
    "DatabaseAccount": "accountName",
    "Server": "serverName",
    "Vault": "vaultName",
    "Namespace": "namespaceName",
    "Registry": "registryName",
    "Workspace": "workspaceName",
}
ADDRESSES: Mapping[str, Mapping[str, str]] = {
    "containerregistry:Registry": {"loginServer": "{name}.azurecr.io"},
    "dbforpostgresql:Server": {"fullyQualifiedDomainName": "{name}.postgres.database.azure.com"},
    "keyvault:Key": {
        "keyUri": "https://{vault}.vault.azure.net/keys/{name}",
        "keyUriWithVersion": "https://{vault}.vault.azure.net/keys/{name}/1",
    },
    "managedidentity:UserAssignedIdentity": {
        "clientId": "{name}-client",
        "principalId": "{name}-principal",
        "tenantId": "{name}-tenant",
    },
}
"""Where services answer and what identities are called, in the forms of the SDK's own examples."""
NAMESPACES: Mapping[str, str] = {
    "documentdb": "Microsoft.DocumentDB",
    "cosmosdb": "Microsoft.DocumentDB",
    "keyvault": "Microsoft.KeyVault",
    "sql": "Microsoft.Sql",
    "dbforpostgresql": "Microsoft.DBforPostgreSQL",
}


class AzureCloud:
    """Takes the location from a resource, else its provider's configuration, else its resource group's.

    Attributes:
        groups: locations of the resource groups that were made, by name.
    """

    package = "azure-native"
    version = "3.29.0"
    replaces = frozenset({"location", "resourceGroupName", "accountName"})

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.groups: dict[str, str] = {}

    def place(self, provider: Properties, inputs: Properties) -> str:
        group = self.groups.get(text(inputs.get("resourceGroupName")), "")
        return text(inputs.get("location")) or text(provider.get("location")) or group

    def check(self, subject: Subject, inputs: Properties, provider: Properties) -> Properties:
        """Automatic names, and the location from the provider or the resource group."""
        filled, defaults = dict(inputs), list[str]()
        own = _name_input(subject.type)
        if own not in filled:
            filled[own] = f"{subject.name}{hashlib.sha256(subject.urn.encode()).hexdigest()[:8]}"
            defaults.append(own)
        if "location" in always_set(subject.type) and "location" not in filled:
            # The real provider, too, makes the location unknown while its resource group's name is unknown.
            unknown = UNKNOWN if filled.get("resourceGroupName") == UNKNOWN else ""
            place = text(provider.get("location")) or unknown or self.place(provider, filled)
            filled |= {"location": place} if place else {}
            defaults += ["location"] if place else []
        return {**filled, "__defaults": defaults}

    def planned(self, subject: Subject, inputs: Properties, provider: Properties) -> Properties:
        """Nothing beyond the inputs is known before creation."""
        location = {"location": UNKNOWN} if inputs.get("location") == UNKNOWN else {}
        return {**location, **_identities(inputs)}

    def created(self, subject: Subject, inputs: Properties, provider: Properties) -> tuple[str, Properties]:
        name = text(inputs.get(_name_input(subject.type))) or subject.name
        place = self.place(provider, inputs)
        if subject.type == GROUP:
            self.groups[name] = place
        cloud_id = _arm_id(subject.type, text(inputs.get("resourceGroupName")) or name, name)
        known = {"name": name, "location": place, "type": _arm_type(subject.type), "provisioningState": "Succeeded"}
        forms = ADDRESSES.get(subject.type.removeprefix("azure-native:"), {})
        names = {"name": name, "vault": text(inputs.get("vaultName"))}
        answers: Properties = {key: form.format(**names) for key, form in forms.items()}
        if subject.type == "azure-native:keyvault:Vault":
            asked = cast("Properties", inputs["properties"])
            answers = {"properties": {**asked, "vaultUri": f"https://{name}.vault.azure.net/"}}
        outputs = {key: value for key, value in known.items() if key in always_set(subject.type)} | answers
        return cloud_id, {**outputs, **_identities(inputs)}

    def read(self, subject: Subject, cloud_id: str, provider: Properties) -> Properties:
        """Name from the ARM id, location of its resource group where that is known, else the provider's."""
        parts = cloud_id.split("/")
        group = parts[4] if "resourceGroups" in parts else ""
        place = self.place(provider, {"resourceGroupName": group})
        known = {"name": parts[-1], "location": place, "type": _arm_type(subject.type)}
        return {key: value for key, value in known.items() if key in always_set(subject.type) and value}

    def invoke(self, token: str, arguments: Properties, provider: Properties) -> Properties:
        if token.endswith(":getClientConfig"):
            return {"subscriptionId": SUBSCRIPTION, "tenantId": SUBSCRIPTION, "clientId": "", "objectId": ""}
        if token.endswith(":getResourceGroup"):
            name = text(arguments.get("resourceGroupName"))
            return {"name": name, "location": self.groups.get(name, ""), "id": _arm_id(GROUP, name, name)}
        return dict(arguments)


def _identities(inputs: Properties) -> Properties:
    """User-assigned identities are asked for as a list of ids and reported as a map."""
    given: Any = inputs.get("identity")
    identity = cast("Properties", given) if isinstance(given, dict) else {}
    asked: Any = identity.get("userAssignedIdentities")
    if not isinstance(asked, list):
        return {}
    reported: Properties = {text(each): {} for each in cast("list[Any]", asked) if text(each)}
    return {"identity": {**identity, "userAssignedIdentities": reported}}


def _class_name(token: str) -> str:
    return token.rsplit(":", 1)[-1]


def _name_input(token: str) -> str:
    name = _class_name(token)
    return OWN_NAMES.get(name, f"{snake_free(name)}Name")


def _arm_type(token: str) -> str:
    module = token.split(":")[1].partition("/")[0]
    namespace = NAMESPACES.get(module, f"Microsoft.{module[:1].upper()}{module[1:]}")
    return f"{namespace}/{snake_free(_class_name(token))}s"


def _arm_id(token: str, group: str, name: str) -> str:
    base = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}"
    return base if token == GROUP else f"{base}/providers/{_arm_type(token)}/{name}"
