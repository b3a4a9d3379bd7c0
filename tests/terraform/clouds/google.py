"""Stand-in for what hashicorp/google 7, google-beta and Google Cloud decide.

Facts, from the provider's source and documentation (read 2026-11-26): ``project`` is planned as the provider's, but not
for a bucket; a region or zone that is not set is known after apply, where it is the provider's; a bucket's location is
planned in capitals; a BigQuery dataset without a location is in the multi-region ``US``; ``terraform_labels`` are the
provider's labels under the resource's, and one that says that Terraform made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.terraform.clouds.cloud import Cloud, Values, optional, token
from tests.terraform.shape import Block
from tests.terraform.values import UNKNOWN, unknown

_SETTINGS = Block(
    optional(
        "project", "region", "zone", "credentials", "access_token", "billing_project", "impersonate_service_account"
    )
    | optional("default_labels", kind=["map", "string"])
    | optional("user_project_override", kind="bool")
)

_IDS: Mapping[str, str] = {
    "google_bigquery_dataset": "projects/{project}/datasets/{dataset_id}",
    "google_compute_disk": "projects/{project}/zones/{zone}/disks/{name}",
    "google_firestore_database": "projects/{project}/databases/{name}",
    "google_kms_crypto_key": "{key_ring}/cryptoKeys/{name}",
    "google_kms_key_ring": "projects/{project}/locations/{location}/keyRings/{name}",
    "google_secret_manager_secret": "projects/{project}/secrets/{secret_id}",
    "google_spanner_instance": "{project}/{name}",
}
_FIXED: Mapping[str, Values] = {
    "google_bigquery_dataset": {"location": "US", "delete_contents_on_destroy": False},
    "google_storage_bucket": {"force_destroy": False, "storage_class": "STANDARD"},
    "google_sql_database_instance": {"deletion_protection": True},
}
_NUMBER = "100000000001"


def _defaults(kind: str, planned: Values, asked: Values, settings: Mapping[str, Any]) -> None:
    for name, value in _FIXED.get(kind, {}).items():
        if planned.get(name) is None:
            planned[name] = value
    if asked.get("project") is None and unknown(planned.get("project")) and kind != "google_storage_bucket":
        planned["project"] = settings.get("project") or UNKNOWN
    if kind == "google_storage_bucket" and isinstance(planned["location"], str):
        planned["location"] = planned["location"].upper()
    if "terraform_labels" in planned and not unknown(planned.get("labels")):
        own = {"goog-terraform-provisioned": "true"}
        labels: Values = {**own, **(settings.get("default_labels") or {}), **(planned.get("labels") or {})}
        planned["terraform_labels"] = planned["effective_labels"] = labels


def _made(kind: str, planned: Values, settings: Mapping[str, Any]) -> Values:
    known = {name: value for name, value in planned.items() if not unknown(value) and not isinstance(value, list)}
    for name in ("project", "region", "zone"):
        known[name] = known.get(name) or settings.get(name)
    known["id"] = _IDS.get(kind, "{name}").format_map({"name": token(kind), **known})
    if kind == "google_storage_bucket":
        link = f"https://www.googleapis.com/storage/v1/b/{known['name']}"
        return known | {"self_link": link, "url": f"gs://{known['name']}"}
    if kind == "google_secret_manager_secret":
        return known | {"name": f"projects/{_NUMBER}/secrets/{known['secret_id']}"}
    if kind == "google_sql_database_instance":
        link = f"https://sqladmin.googleapis.com/sql/v1beta4/projects/{known['project']}/instances/{known['name']}"
        return known | {"self_link": link, "connection_name": f"{known['project']}:{known['region']}:{known['name']}"}
    return known


def _read(kind: str, asked: Values, settings: Mapping[str, Any]) -> Values:
    if kind == "google_storage_bucket":
        return {"id": asked["name"], "location": "EUROPE-WEST1", "project": settings.get("project")}
    raise LookupError(f"the stand-in for Google has no answer for data.{kind}")


def _replacing(_kind: str) -> frozenset[str]:
    return frozenset({"name", "location", "region", "zone", "project", "dataset_id", "secret_id"})


CLOUD = Cloud(_SETTINGS, _defaults, _made, _read, _replacing)
