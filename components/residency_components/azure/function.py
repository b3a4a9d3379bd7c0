"""A function in Azure Functions, from a container image, on an Elastic Premium plan.

Facts, checked 2026-11-24: a function keeps its state in the storage account that `AzureWebJobsStorage` names, and
reaches it as an identity by `__accountName`, `__credential` and `__clientId`
(https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
(unread)); the time that a call may take is the setting `AzureFunctionsJobHost__functionTimeout` (the same,
functions-host-json#override); a plan joins the part of a network that is delegated to `Microsoft.Web/serverFarms`.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.accounts import BLOB_OWNER, own_account
from residency_components.azure.groups import Spot, allow, own_group
from residency_components.azure.keys import own_identity, own_lock, refuse_vault_outside
from residency_components.azure.logs import log_everything, own_workspace
from residency_components.azure.networks import FUNCTIONS, own_endpoint, part_of
from residency_components.capabilities.function import Function

QUEUE_CONTRIBUTOR = "974c5e8b-45b9-4653-ba55-5f855dd0fb88"
"""Storage Queue Data Contributor. Source: as for `accounts.BLOB_OWNER`."""
SIZES = {"small": "EP1", "medium": "EP2", "large": "EP3"}
"""1, 2 and 4 processors with 3.5, 7 and 14 GiB."""


class AzureFunction(Function):
    """A function app on an Elastic Premium plan in several zones, in the third part of the network.

    It is called inside the network only. Its state is in a storage account under a key of a vault of the region, its
    logs in a workspace there. Images come from a registry that lets `identityId` pull from it.
    """

    _cloud = "azure"
    _cost = "three instances of the plan an hour, what is logged and kept, the endpoints, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        lock = own_lock(name, spot)
        account = own_account(name, spot, lock)
        for part in ("blob", "queue"):
            own_endpoint(f"{name}{part}", spot, account.id, part)
        identity = own_identity(f"{name}run", spot)
        rights = [
            allow(f"{name}blobs", account.id, identity, BLOB_OWNER, spot),
            allow(f"{name}queues", account.id, identity, QUEUE_CONTRIBUTOR, spot),
        ]
        plan = azure.web.AppServicePlan(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            kind="elastic",
            reserved=True,
            zone_redundant=True,
            sku={"name": SIZES[asked["size"]], "tier": "ElasticPremium", "capacity": 3},
            maximum_elastic_worker_count=6,
            tags=asked.tags,
            opts=self._child,
        )
        function = azure.web.WebApp(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            kind="functionapp,linux,container",
            server_farm_id=plan.id,
            https_only=True,
            public_network_access="Disabled",
            virtual_network_subnet_id=part_of(asked, FUNCTIONS),
            outbound_vnet_routing={"all_traffic": True},
            client_affinity_enabled=False,
            identity=identity.id.apply(_acting_as),
            site_config=self._settings(spot, account, identity),
            tags=asked.tags,
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=rights)),
        )
        workspace = own_workspace(name, spot)
        log_everything(name, function.id, workspace, spot)
        return {
            "function_id": function.id,
            "identity_id": identity.id,
            "log_id": workspace.id,
            "key_id": lock.key.id,
        }

    def _settings(
        self,
        spot: Spot,
        account: azure.storage.StorageAccount,
        identity: azure.managedidentity.UserAssignedIdentity,
    ) -> Any:  # noqa: ANN401 - the SDK's own dictionary, checked where it is used
        asked = spot.asked
        minutes, seconds = divmod(asked["seconds"], 60)
        image: pulumi.Output[str] = pulumi.Output.from_input(asked["image"])
        own: dict[str, Any] = {
            "AzureFunctionsJobHost__functionTimeout": f"00:{minutes:02}:{seconds:02}",
            "AzureWebJobsStorage__accountName": account.name,
            "AzureWebJobsStorage__clientId": identity.client_id,
            "AzureWebJobsStorage__credential": "managedidentity",
            "FUNCTIONS_EXTENSION_VERSION": "~4",
            "WEBSITES_ENABLE_APP_SERVICE_STORAGE": "false",
        }
        settings = {**asked.environment, **own}
        return {
            "linux_fx_version": image.apply(lambda known: f"DOCKER|{known}"),
            "acr_use_managed_identity_creds": True,
            "acr_user_managed_identity_id": identity.client_id,
            "always_on": False,
            "ftps_state": azure.web.FtpsState.DISABLED,
            "min_tls_version": azure.web.SupportedTlsVersions.SUPPORTED_TLS_VERSIONS_1_2,
            "app_settings": [{"name": key, "value": each} for key, each in sorted(settings.items())],
        }


def _acting_as(identity: str) -> azure.web.ManagedServiceIdentityArgs:
    """Unknown as a whole until it exists: see `accounts`."""
    return azure.web.ManagedServiceIdentityArgs(
        type=azure.web.ManagedServiceIdentityType.USER_ASSIGNED, user_assigned_identities=[identity]
    )
