"""A group of machines in Compute Engine.

Facts, from pulumi-gcp 10.2.0, compute.RegionInstanceTemplate and compute.RegionInstanceGroupManager, checked
2026-11-24: a machine has a public address only where its interface has an `access_configs`; a group spreads over its
region's zones, names its machines after itself with four characters more, and makes a machine that stops or breaks
again. Sizes, logs and metadata: see `machines`.
"""
# Annotations are values here, not text: see `component`.

from typing import Any

import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.machine_group import MachineGroup
from residency_components.gcp.keys import lend, own_key, project_of, waiting
from residency_components.gcp.labels import labels, refuse_labels
from residency_components.gcp.logs import own_logs
from residency_components.gcp.machines import SHIELDED, SILENT, SIZES, logs_of_machines
from residency_components.gcp.networks import first_part
from residency_components.gcp.roles import LOG_WRITER, may, own_account
from residency_components.spots import Spot

ADMINISTRATOR = "administrate"
"""Who the administrator's key signs in as. OS Login would ask for an identity of Google, which the caller does not name."""


class GcpMachineGroup(MachineGroup):
    """A regional group of shielded machines in the network's part; disks and logs are under a key of the same region.

    The administrator signs in as `administrate`. What the machines log goes to a bucket of the region, with reports on
    the boots of all machines of the project there, and is kept from the global one. Their service account may write
    logs, and nothing else. A machine is made again when it stops or breaks; what runs on it is not watched.
    """

    _cloud = "gcp"
    _cost = "the machines and their disks, what is logged, and the key"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        permission = lend(name, key, "compute", spot)
        logs = own_logs(name, spot, key, logs_of_machines(spot.region, f"^{name}-[a-z0-9]{{4}}$"))
        account = own_account(name, "vm", f"Machines of {name}", spot)
        rights = may(name, account, project_of(key), [LOG_WRITER], spot)
        template = self._template(name, spot, key, account)
        machines = gcp.compute.RegionInstanceGroupManager(
            name,
            name=name,
            region=asked.region,
            base_instance_name=name,
            target_size=asked["count"],
            versions=[{"instance_template": template.self_link}],
            instance_lifecycle_policy={"default_action_on_failure": "REPAIR", "force_update_on_repair": "YES"},
            update_policy={
                "type": "PROACTIVE",
                "minimal_action": "REPLACE",
                "max_surge_fixed": 3,
                "max_unavailable_fixed": 0,
            },
            opts=waiting(spot, permission, *rights, *logs.ready),
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
                "ssh-keys": f"{ADMINISTRATOR}:{asked['administrator_key']}",
                **SILENT,
            },
            service_account={
                "email": account.email,
                "scopes": ["https://www.googleapis.com/auth/logging.write"],
            },
            shielded_instance_config={"enable_vtpm": True, **SHIELDED},
            labels=labels(asked),
            opts=spot.child,
        )
