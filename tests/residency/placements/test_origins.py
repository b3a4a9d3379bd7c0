"""What is copied is never taken for where the copy goes, in any kind of copy, while it is not known yet."""

from __future__ import annotations

from typing import Any

import pytest

from residency.model import Outcome
from tests.residency.samples import BUCKET, IRELAND, REPLICATION, UNKNOWN, resource, urn, verdicts

_TABLE = "aws:dynamodb/table:Table"
_EXPORT = "aws:dynamodb/tableExport:TableExport"
_ACCOUNT = "azure-native:storage:StorageAccount"
_POLICY = "azure-native:storage:ObjectReplicationPolicy"


def _outcomes(*records: dict[str, Any]) -> dict[str, tuple[Outcome, str]]:
    return {
        each.placement.resource.name: (each.outcome, each.why)
        for each in verdicts(IRELAND, *records)
        if each.placement.kind.value != "residence"
    }


@pytest.mark.parametrize(
    ("type_", "origin", "destination", "inputs"),
    [
        (REPLICATION, "bucket", "rules", {"rules": [{"status": "Enabled", "destination": {"bucket": UNKNOWN}}]}),
        ("aws:s3/bucketLogging:BucketLogging", "bucket", "targetBucket", {"targetBucket": UNKNOWN}),
        ("aws:s3/inventory:Inventory", "bucket", "destination", {"destination": {"bucket": {"bucketArn": UNKNOWN}}}),
    ],
)
def test_a_destination_made_out_of_the_origins_name_is_undetermined(
    type_: str, origin: str, destination: str, inputs: dict[str, Any]
) -> None:
    of_data = [urn(BUCKET, "data")]
    found = _outcomes(
        resource(BUCKET, "data", {"bucket": "data"}, by="eu"),
        resource(
            type_, "copy", {origin: UNKNOWN, **inputs}, by="eu", depends_on={origin: of_data, destination: of_data}
        ),
    )
    assert found["copy"][0] is Outcome.UNDETERMINED
    assert "it may be made out of the name of `data`, which is what is copied" in found["copy"][1]


def test_an_export_to_a_bucket_made_out_of_the_tables_name_and_a_bucket_is_judged_by_the_bucket() -> None:
    found = _outcomes(
        resource(_TABLE, "table", {"name": "t"}, by="eu"),
        resource(BUCKET, "exports", {"bucket": "exports"}, by="eu"),
        resource(
            _EXPORT,
            "copy",
            {"tableArn": UNKNOWN, "s3Bucket": UNKNOWN},
            by="eu",
            depends_on={"tableArn": [urn(_TABLE, "table")], "s3Bucket": [urn(_TABLE, "table"), urn(BUCKET, "exports")]},
        ),
    )
    assert found["copy"][0] is Outcome.INSIDE


def test_a_property_that_is_no_text_is_no_origin() -> None:
    """Tags and environments often name the destination as well."""
    exports = [urn(BUCKET, "exports")]
    found = _outcomes(
        resource(BUCKET, "exports", {"bucket": "exports"}, by="eu"),
        resource(
            _EXPORT,
            "copy",
            {"tableArn": "arn:aws:dynamodb:eu-west-1:1:table/t", "s3Bucket": UNKNOWN, "tags": {"to": UNKNOWN}},
            by="eu",
            depends_on={"s3Bucket": exports, "tags": exports},
        ),
    )
    assert found["copy"][0] is Outcome.INSIDE


def test_the_account_that_keeps_a_replication_rule_is_no_origin() -> None:
    """Azure's rule is written to the destination's account first, so the account names the destination itself."""
    copy = [urn(_ACCOUNT, "copy")]
    found = verdicts(
        resource(_ACCOUNT, "copy", {"accountName": "copy", "location": "northeurope", "sku": {"name": "Standard_LRS"}}),
        resource(
            _POLICY,
            "rule",
            {"accountName": UNKNOWN, "destinationAccount": UNKNOWN, "sourceAccount": "data"},
            depends_on={"accountName": copy, "destinationAccount": copy},
        ),
    )
    assert {each.outcome for each in found} == {Outcome.INSIDE}
