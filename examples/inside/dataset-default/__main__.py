"""A dataset for analysts that says where it is."""

from __future__ import annotations

import pulumi
import pulumi_gcp as gcp

visits = gcp.bigquery.Dataset(
    "visits",
    dataset_id="visits",
    description="Visits by patient",
    location="europe-north1",
    delete_contents_on_destroy=False,
)
table = gcp.bigquery.Table(
    "by-day",
    dataset_id=visits.dataset_id,
    table_id="by_day",
    schema='[{"name": "patient", "type": "STRING"}, {"name": "day", "type": "DATE"}]',
    deletion_protection=True,
)

pulumi.export("table", table.table_id)
