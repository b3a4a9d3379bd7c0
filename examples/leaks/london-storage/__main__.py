"""The archive of a Norwegian municipality, in the region of an older template."""

from __future__ import annotations

import pulumi
import pulumi_azure_native as azure

group = azure.resources.ResourceGroup("archive", location="norwayeast")
account = azure.storage.StorageAccount(
    "archive",
    resource_group_name=group.name,
    location="uksouth",
    kind="StorageV2",
    sku={"name": "Standard_ZRS"},
    minimum_tls_version="TLS1_2",
    enable_https_traffic_only=True,
    allow_blob_public_access=False,
)
azure.storage.BlobContainer("letters", resource_group_name=group.name, account_name=account.name)

pulumi.export("archive", account.name)
