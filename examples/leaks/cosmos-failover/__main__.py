"""The orders' database, with a second region to fail over to."""

from __future__ import annotations

import pulumi
import pulumi_azure_native as azure

group = azure.resources.ResourceGroup("orders", location="norwayeast")
account = azure.cosmosdb.DatabaseAccount(
    "orders",
    resource_group_name=group.name,
    location="norwayeast",
    database_account_offer_type=azure.cosmosdb.DatabaseAccountOfferType.STANDARD,
    enable_automatic_failover=True,
    locations=[
        {"location_name": "Norway East", "failover_priority": 0, "is_zone_redundant": True},
        {"location_name": "East US", "failover_priority": 1},
    ],
)

pulumi.export("endpoint", account.document_endpoint)
