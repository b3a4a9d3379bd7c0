"""A group of machines in Azure: a scale set.

Facts, from pulumi-azure-native 3.29.0, compute.VirtualMachineScaleSetArgs, checked 2026-11-24: disks are under the
key of their disk encryption set, and caches and temporary disks only with `encryption_at_host`; boot diagnostics
without a storage account of one's own go to one of Azure's, hence they are off.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_azure_native as azure

from residency_components.ask import Asked
from residency_components.azure.disks import own_disk_key
from residency_components.azure.groups import Spot, own_group
from residency_components.azure.keys import own_identity, own_lock, refuse_vault_outside
from residency_components.azure.logs import own_workspace
from residency_components.azure.networks import MACHINES, part_of
from residency_components.capabilities.machine_group import MachineGroup

ADMINISTRATOR = "administrate"
SIZES = {"small": "Standard_D2s_v5", "medium": "Standard_D4s_v5", "large": "Standard_D8s_v5"}
"""2, 4 and 8 processors with 8, 16 and 32 GiB."""
ZONES = ("1", "2", "3")


class AzureMachineGroup(MachineGroup):
    """A scale set over three zones in the first part of the network; its disks are under a key of the same region.

    `logId` is a workspace of the same region, which the image's own agent writes to.
    """

    _cloud = "azure"
    _cost = "the machines and their disks, what is logged, and operations of the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_vault_outside(asked.region, asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = own_group(name, self._spot(asked))
        lock = own_lock(name, spot)
        locked = own_disk_key(name, spot, lock)
        identity = own_identity(f"{name}run", spot)
        machines = azure.compute.VirtualMachineScaleSet(
            name,
            resource_group_name=spot.group.name,
            location=asked.region,
            zones=[*ZONES],
            orchestration_mode=azure.compute.OrchestrationMode.UNIFORM,
            sku={"name": SIZES[asked["size"]], "tier": "Standard", "capacity": asked["count"]},
            overprovision=False,
            upgrade_policy={"mode": azure.compute.UpgradeMode.AUTOMATIC},
            identity=identity.id.apply(_acting_as),
            virtual_machine_profile=self._machine(name, spot, locked),
            tags=asked.tags,
            opts=self._kept,
        )
        return {
            "group_id": machines.id,
            "identity_id": identity.id,
            "log_id": own_workspace(name, spot).id,
            "key_id": lock.key.id,
        }

    def _machine(self, name: str, spot: Spot, locked: azure.compute.DiskEncryptionSet) -> Any:  # noqa: ANN401
        """What every machine of the set is: the SDK's own dictionary, checked where it is used."""
        asked = spot.asked
        key = {"path": f"/home/{ADMINISTRATOR}/.ssh/authorized_keys", "key_data": asked["administrator_key"]}
        return {
            "os_profile": {
                "computer_name_prefix": name,
                "admin_username": ADMINISTRATOR,
                "linux_configuration": {
                    "disable_password_authentication": True,
                    "provision_vm_agent": True,
                    "ssh": {"public_keys": [key]},
                },
            },
            "storage_profile": {
                "image_reference": {"id": asked["image"]},
                "os_disk": {
                    "create_option": azure.compute.DiskCreateOptionTypes.FROM_IMAGE,
                    "caching": azure.compute.CachingTypes.READ_WRITE,
                    "disk_size_gb": asked["disk_gib"],
                    "managed_disk": {
                        "storage_account_type": azure.compute.StorageAccountTypes.PREMIUM_LRS,
                        "disk_encryption_set": {"id": locked.id},
                    },
                },
            },
            "network_profile": {
                "network_interface_configurations": [
                    {
                        "name": name,
                        "primary": True,
                        "ip_configurations": [{"name": name, "subnet": {"id": part_of(asked, MACHINES)}}],
                    }
                ]
            },
            "security_profile": {
                "encryption_at_host": True,
                "security_type": azure.compute.SecurityTypes.TRUSTED_LAUNCH,
                "uefi_settings": {"secure_boot_enabled": True, "v_tpm_enabled": True},
            },
            "diagnostics_profile": {"boot_diagnostics": {"enabled": False}},
        }


def _acting_as(identity: str) -> azure.compute.VirtualMachineScaleSetIdentityArgs:
    """Unknown as a whole until it exists: see `accounts`."""
    return azure.compute.VirtualMachineScaleSetIdentityArgs(
        type=azure.compute.ResourceIdentityType.USER_ASSIGNED, user_assigned_identities=[identity]
    )
