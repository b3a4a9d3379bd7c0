"""Machines of Compute Engine: their sizes, metadata and logs, whoever starts them.

Facts, each checked 2026-11-24: E2 is in every region of these components, N2 is not: Stockholm opened with E2, N4, C3D
and C4 (Compute Engine release notes, 2025-03-04, https://docs.cloud.google.com/compute/docs/release-notes); what a
machine writes into Cloud Logging by itself are the logs of its guest agents, of its serial port, where that is asked
for, and reports on its boot, which Google's own queries find by the machine's number only
(https://cloud.google.com/compute/shielded-vm/docs/integrity-monitoring).
"""

from __future__ import annotations

from typing import Any

SIZES = {"small": "e2-standard-2", "medium": "e2-standard-4", "large": "e2-standard-8"}
"""2, 4 and 8 processors with 8, 16 and 32 GiB."""
SHIELDED: Any = {"enable_secure_boot": True, "enable_integrity_monitoring": True}
"""A machine that starts signed programs only, and reports on how it started."""
SILENT = {"serial-port-enable": "false", "serial-port-logging-enable": "false"}
"""Metadata of a machine whose serial port nobody reads and nothing logs, whatever the project's metadata say."""
_NAMED = ('labels."compute.googleapis.com/resource_name"', "labels.instance_name")
"""How agents tell the machine's name: Google's agent for logs, and the guest's own."""


def logs_of_machines(region: str, names: str) -> str:
    """The filter of what machines log, and of the reports on boots in their region, which do not tell a name.

    Args:
        region: where they are.
        names: a regular expression that their names match.
    """
    told = " OR ".join(f'{label}=~"{names}"' for label in _NAMED)
    boots = 'log_id("compute.googleapis.com/shielded_vm_integrity")'
    return f'(resource.type="gce_instance" AND resource.labels.zone=~"^{region}-" AND ({told} OR {boots}))'
