"""A PostgreSQL database in Cloud SQL.

Facts, from pulumi-gcp 10.2.0, sql.DatabaseInstance, checked 2026-11-24: backups are kept in the nearest multi-region
unless `backup_configuration.location` names another place; transaction logs are kept for up to 7 days; a replica in
another region needs a key of that region.
"""
# Annotations are values here, not text: see `component`.

from typing import Any, Optional

import pulumi_gcp as gcp

from residency_components.ask import Asked
from residency_components.capabilities.relational_database import RelationalDatabase
from residency_components.gcp.keys import lend, own_key, waiting
from residency_components.gcp.labels import labels, refuse_labels
from residency_components.spots import Spot

LOG_DAYS = 7
"""How far back every second can be restored; the longest that Cloud SQL allows."""
SIZES = {"small": "db-custom-2-8192", "medium": "db-custom-4-16384", "large": "db-custom-8-32768"}
"""2, 4 and 8 processors with 8, 16 and 32 GiB."""
VERSION = "POSTGRES_17"
_FLAGS = {"cloudsql.iam_authentication": "on", "log_connections": "on", "log_disconnections": "on"}


class GcpRelationalDatabase(RelationalDatabase):
    """An instance of Cloud SQL with a standby in another zone, under a key of the same region; backups stay there.

    It has an address in the network only, by private services access, as a PrivateNetwork has it. `loginId` is a
    service account that signs in without a password. It can be restored to any second of 7 days, Google's longest,
    and to any day of `keepDays`. A copy is a replica in the other country, under a key there.
    """

    _cloud = "gcp"
    _cost = "two instances of the size, a third for a copy, the storage of each, backups, and one key a region"

    def _refuse(self, asked: Asked) -> None:
        refuse_labels(asked)

    def _children(self, name: str, asked: Asked) -> dict[str, Any]:
        spot = self._spot(asked)
        key = own_key(name, spot)
        server = self._server(name, spot, key, None)
        if asked.copy_region:
            there = self._spot(asked, asked.copy_region)
            self._server(f"{name}copy", there, own_key(f"{name}copy", there), server)
        login = gcp.serviceaccount.Account(
            name, account_id=f"{name}-login", display_name=f"Administers {name}", opts=self._child
        )
        gcp.sql.User(
            name,
            name=login.email.apply(lambda email: email.removesuffix(".gserviceaccount.com")),
            instance=server.name,
            type="CLOUD_IAM_SERVICE_ACCOUNT",
            opts=self._child,
        )
        return {
            "database_id": server.id,
            "address": server.private_ip_address,
            "login_id": login.id,
            "key_id": key.id,
            "copy_region": asked.copy_region,
        }

    def _server(
        self,
        name: str,
        spot: Spot,
        key: gcp.kms.CryptoKey,
        primary: Optional[gcp.sql.DatabaseInstance],
    ) -> gcp.sql.DatabaseInstance:
        return gcp.sql.DatabaseInstance(
            name,
            name=name,
            region=spot.region,
            database_version=VERSION,
            encryption_key_name=key.id,
            master_instance_name=primary.name if primary else None,
            deletion_protection=True,
            settings=_settings(spot, replica=primary is not None),
            opts=waiting(spot, lend(name, key, "sqladmin", spot)),
        )


def _settings(spot: Spot, *, replica: bool) -> Any:  # noqa: ANN401 - the SDK's own dictionary, checked where it is used
    asked = spot.asked
    backups = {
        "enabled": True,
        "location": spot.region,
        "point_in_time_recovery_enabled": True,
        "start_time": "02:00",
        "transaction_log_retention_days": LOG_DAYS,
        "backup_retention_settings": {"retained_backups": asked["keep_days"], "retention_unit": "COUNT"},
    }
    return {
        "tier": SIZES[asked["size"]],
        "edition": "ENTERPRISE",
        "availability_type": "ZONAL" if replica else "REGIONAL",
        "disk_size": asked["storage_gib"],
        "disk_type": "PD_SSD",
        "disk_autoresize": True,
        "deletion_protection_enabled": True,
        "backup_configuration": None if replica else backups,
        "ip_configuration": {
            "ipv4_enabled": False,
            "private_network": asked["network_id"],
            "ssl_mode": "ENCRYPTED_ONLY",
        },
        "database_flags": [{"name": flag, "value": value} for flag, value in sorted(_FLAGS.items())],
        "insights_config": {"query_insights_enabled": True},
        "user_labels": labels(asked),
    }
