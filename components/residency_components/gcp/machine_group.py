"""A group of machines in Compute Engine.

Facts, from pulumi-gcp 10.2.0, compute.RegionInstanceTemplate and compute.RegionInstanceGroupManager, checked
2026-11-24: a machine has a public address only where its interface has an `access_configs`; a group spreads over its
region's zones.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi
import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.machine_group import MachineGroup
from residency_components.gcp.keys import lend, own_key
from residency_components.gcp.labels import labels, refuse_labels
from residency_components.gcp.logs import own_logs
from residency_components.gcp.networks import first_part
from residency_components.spots import Spot

SIZES = {"small": "n2-standard-2", "medium": "n2-standard-4", "large": "n2-standard-8"}
"""2, 4 and 8 processors with 8, 16 and 32 GiB."""
ADMINISTRATOR = "administrate"


class GcpMachineGroup(MachineGroup):
    """A regional group of shielded machines in the network's part; disks and logs are under a key of the same region.

    Logs that the machines' agent writes go to a bucket of the region, and are kept from the global one. Their service
    account may write logs, and nothing else.
    """

    _cloud = "gcp"
    _cost = "the machines and their disks, what is logged, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        permission = lend(name, key, "compute", spot)
        logs = own_logs(
            name,
            spot,
            key,
            f'resource.type="gce_instance" AND labels."compute.googleapis.com/resource_name"=~"^{name}-"',
        )
        account = gcp.serviceaccount.Account(
            name, account_id=f"{name}-run", display_name=f"Machines of {name}", opts=self._child
        )
        template = self._template(name, spot, key, account)
        machines = gcp.compute.RegionInstanceGroupManager(
            name,
            name=name,
            region=asked.region,
            base_instance_name=name,
            target_size=asked["count"],
            versions=[{"instance_template": template.self_link}],
            update_policy={
                "type": "PROACTIVE",
                "minimal_action": "REPLACE",
                "max_surge_fixed": 3,
                "max_unavailable_fixed": 0,
            },
            opts=pulumi.ResourceOptions.merge(self._kept, pulumi.ResourceOptions(depends_on=[permission, logs])),
        )
        return {
            "group_id": machines.id,
            "identity_id": account.id,
            "log_id": logs.id,
            "key_id": key.id,
        }

    def _template(
        self, name: str, spot: Spot, key: gcp.kms.CryptoKey, account: gcp.serviceaccount.Account
    ) -> gcp.compute.RegionInstanceTemplate:
        asked = spot.asked
        return gcp.compute.RegionInstanceTemplate(
            name,
            region=spot.region,
            machine_type=SIZES[asked["size"]],
            can_ip_forward=False,
            disks=[
                {
                    "source_image": asked["image"],
                    "boot": True,
                    "auto_delete": True,
                    "disk_size_gb": asked["disk_gib"],
                    "disk_type": "pd-balanced",
                    "disk_encryption_key": {"kms_key_self_link": key.id},
                    "labels": labels(asked),
                }
            ],
            network_interfaces=[{"subnetwork": first_part(asked)}],
            metadata={
                "block-project-ssh-keys": "true",
                "enable-oslogin": "false",
                "serial-port-enable": "false",
                "ssh-keys": f"{ADMINISTRATOR}:{asked['administrator_key']}",
            },
            service_account={
                "email": account.email,
                "scopes": ["https://www.googleapis.com/auth/logging.write"],
            },
            shielded_instance_config={
                "enable_secure_boot": True,
                "enable_vtpm": True,
                "enable_integrity_monitoring": True,
            },
            labels=labels(asked),
            opts=spot.child,
        )
