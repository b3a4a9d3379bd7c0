"""A type without a row is never passed over: what its inputs name outside of the perimeter is undetermined."""

from __future__ import annotations

from typing import Any

import pytest

from residency.model import Outcome
from tests.residency.samples import AMERICA, BUCKET, IRELAND, UNKNOWN, provider, resource, urn, verdicts

# No row of the catalogue knows this type, and none will: there is no such service.
_TYPE = "aws:nosuchservice/thing:Thing"


def _found(*records: dict[str, Any]) -> list[tuple[str, Outcome, str | None]]:
    return sorted(
        (each.placement.kind.value, each.outcome, each.placement.property)
        for each in verdicts(IRELAND, AMERICA, *records)
        if each.placement.resource.name == "thing" and each.outcome is not Outcome.INSIDE
    )


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"copies": [{"place": "eu-north-1"}, {"place": "us-east-1"}]}, "copies[1].place"),
        ({"targetArn": "arn:aws:kinesis:us-east-1:123456789012:stream/x"}, "targetArn"),
        ({"body": "sink:\n  - s3:\n      aws:\n        region: us-west-2\n"}, "body"),
        ({"endpoint": "https://sqs.us-east-1.amazonaws.com/1/q"}, "endpoint"),
        ({"output": {"uri": "s3://elsewhere/x"}}, "output.uri"),
        ({"state": '{"Rules": [{"Destination": {"Bucket": "arn:aws:s3:::elsewhere"}}]}'}, "state"),
        ({"report": {"s3BucketName": "elsewhere"}}, "report.s3BucketName"),
        ({"zone": "eu-central-1-ist-1a"}, "zone"),
    ],
)
def test_a_place_or_bucket_that_its_inputs_name_is_undetermined(inputs: dict[str, Any], path: str) -> None:
    found = _found(resource(_TYPE, "thing", inputs, by="eu"))
    assert found == [("export", Outcome.UNDETERMINED, path)]


@pytest.mark.parametrize(
    "inputs",
    [
        {"copies": ["eu-north-1", "eu-west-1"]},
        {"tags": {"made-for": "us-east-1"}},
        {"imageUri": "123456789012.dkr.ecr.us-east-1.amazonaws.com/x"},
        {"sourceConfig": {"bucketName": "elsewhere"}},
        {"name": "us-east-1-backups-go-elsewhere", "count": 3, "on": True, "none": None},
    ],
)
def test_places_inside_labels_names_and_origins_are_no_finding(inputs: dict[str, Any]) -> None:
    assert _found(resource(_TYPE, "thing", inputs, by="eu")) == []


def test_a_bucket_that_the_program_makes_elsewhere_is_undetermined_by_name_and_by_output() -> None:
    bucket = resource(BUCKET, "far", {"bucket": "far"}, by="us")
    by_name = resource(_TYPE, "thing", {"bucketName": "far"}, by="eu")
    by_output = resource(_TYPE, "thing", {"where": UNKNOWN}, by="eu", depends_on={"where": [urn(BUCKET, "far")]})
    assert _found(bucket, by_name) == [("export", Outcome.UNDETERMINED, "bucketName")]
    assert _found(bucket, by_output) == [("export", Outcome.UNDETERMINED, "where")]


def test_its_reason_says_that_there_is_no_row() -> None:
    (told,) = [
        each.why
        for each in verdicts(IRELAND, resource(_TYPE, "thing", {"to": "us-east-1"}, by="eu"))
        if each.outcome is Outcome.UNDETERMINED
    ]
    assert "`to` names it" in told
    assert "the catalogue has no row for this type, so it cannot say what is sent there" in told


_GCP, _AZURE = "gcp:nosuchservice/thing:Thing", "azure-native:nosuchservice:Thing"
_BELGIUM, _DUBLIN = (
    provider("be", "gcp", project="p", region="europe-west1"),
    provider("ie", "azure-native", location="northeurope"),
)


def _elsewhere(*records: dict[str, Any]) -> list[tuple[str, Outcome, str | None]]:
    return sorted(
        (each.placement.kind.value, each.outcome, each.placement.property)
        for each in verdicts(_BELGIUM, _DUBLIN, *records)
        if each.placement.resource.name == "thing" and each.outcome is not Outcome.INSIDE
    )


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"agent": {"location": "us"}}, "agent.location"),
        ({"audio": {"gcsBucket": "elsewhere"}}, "audio.gcsBucket"),
        ({"export": {"table": "bq://q.d.t"}}, "export.table"),
        ({"export": "//bigquery.googleapis.com/projects/q/datasets/d/tables/t"}, "export"),
        ({"notify": {"pubsubTopic": "elsewhere"}}, "notify.pubsubTopic"),
        ({"zones": ["projects/p/zones/us-east1-b"]}, "zones[0]"),
    ],
)
def test_a_place_or_store_of_google_cloud_that_its_inputs_name_is_undetermined(
    inputs: dict[str, Any], path: str
) -> None:
    thing = resource(_GCP, "thing", {"location": "europe-west1", **inputs}, by="be")
    assert _elsewhere(thing) == [("export", Outcome.UNDETERMINED, path)]


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"account": "https://elsewhere.blob.core.windows.net/c"}, "account"),
        (
            {"to": {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/elsewhere"}},
            "to.id",
        ),
        (
            {"to": "/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/elsewhere"},
            "to",
        ),
        ({"pairs": [{"location": "northeurope"}, {"location": "East US"}]}, "pairs[1].location"),
        ({"storageAccountName": "elsewhere"}, "storageAccountName"),
    ],
)
def test_a_place_or_store_of_azure_that_its_inputs_name_is_undetermined(inputs: dict[str, Any], path: str) -> None:
    assert _elsewhere(resource(_AZURE, "thing", inputs, by="ie")) == [("export", Outcome.UNDETERMINED, path)]


def test_the_group_and_the_network_that_it_is_in_are_no_destination() -> None:
    group = resource("azure-native:resources:ResourceGroup", "group", {"location": "eastus"}, by="ie")
    network = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n"
    inputs = {"location": "northeurope", "resourceGroupName": UNKNOWN, "subnetId": network}
    made = resource(_AZURE, "thing", inputs, by="ie", depends_on={"resourceGroupName": [group["urn"]]})
    assert _elsewhere(group, made) == []
