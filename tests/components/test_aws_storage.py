"""What the AWS components tell their children."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest
from residency_components import ComponentError, Queue
from residency_components.aws.document_table import AwsDocumentTable
from residency_components.aws.encryption_key import AwsEncryptionKey
from residency_components.aws.queue import AwsQueue
from residency_components.aws.secret import AwsSecret

from tests.components.recording import Registered, record

SECRET = "correct horse"  # noqa: S105 - a test's own


def ask(**more: Any) -> Any:
    """Good arguments in Ireland, with some more or others."""
    return {"country": "IE", "owner": "office", "data_class": "personal", "perimeter": ["IE", "DE"], **more}


def one(made: list[Registered], type_: str, name: str) -> Registered:
    return next(child for child in made if (child.type, child.name) == (type_, name))


def test_a_queue_keeps_messages_as_long_as_it_can_and_failures_apart() -> None:
    made = record(lambda: AwsQueue("jobs", ask()))

    queue = one(made, "aws:sqs/queue:Queue", "jobs").inputs
    assert queue["messageRetentionSeconds"] == 14 * 24 * 3600
    assert json.loads(queue["redrivePolicy"]) == {
        "deadLetterTargetArn": "arn:aws:sqs:eu-west-1:123456789012:jobsfailed",
        "maxReceiveCount": 5,
    }
    assert "redrivePolicy" not in one(made, "aws:sqs/queue:Queue", "jobsfailed").inputs


def test_a_queue_refuses_plain_http() -> None:
    made = record(lambda: AwsQueue("jobs", ask()))

    policy = json.loads(one(made, "aws:sqs/queuePolicy:QueuePolicy", "jobs").inputs["policy"])
    assert [(each["Effect"], each["Condition"]) for each in policy["Statement"]] == [
        ("Deny", {"Bool": {"aws:SecureTransport": "false"}})
    ]


@pytest.mark.parametrize("days", [0, 15, "7", True, 2.5])
def test_days_that_no_queue_can_keep_are_refused(days: Any) -> None:
    with pytest.raises(ComponentError) as caught:
        record(lambda: AwsQueue("jobs", ask(keep_days=days)))

    assert (caught.value.where, caught.value.help) == ("keep_days", "pass one from 1 to 14")


def test_days_sent_by_another_language_as_a_float_are_whole() -> None:
    made = record(lambda: AwsQueue("jobs", ask(keep_days=7.0)))

    assert one(made, "aws:sqs/queue:Queue", "jobs").inputs["messageRetentionSeconds"] == 7 * 24 * 3600


def test_a_table_without_a_copy_has_no_stream_and_with_one_a_key_in_each_region() -> None:
    alone = one(
        record(lambda: AwsDocumentTable("people", ask(partition_key="id"))),
        "aws:dynamodb/table:Table",
        "people",
    ).inputs
    assert (alone["streamEnabled"], "replicas" in alone, alone["hashKey"]) == (False, False, "id")
    assert alone["pointInTimeRecovery"] == {"enabled": True}
    assert alone["deletionProtectionEnabled"] is True

    made = record(lambda: AwsDocumentTable("people", ask(partition_key="id", replicate_to="DE")))
    (replica,) = one(made, "aws:dynamodb/table:Table", "people").inputs["replicas"]
    assert replica["regionName"] == "eu-central-1"
    assert replica["kmsKeyArn"] == one(made, "aws:kms/key:Key", "peoplecopy").inputs.get(
        "arn", "arn:aws:kms:eu-central-1:123456789012:peoplecopy"
    )
    assert one(made, "aws:kms/key:Key", "peoplecopy").place == "eu-central-1"


def test_a_key_stays_in_its_region_and_is_renewed() -> None:
    key = one(record(lambda: AwsEncryptionKey("own", ask())), "aws:kms/key:Key", "own").inputs

    assert (key["multiRegion"], key["enableKeyRotation"], key["region"]) == (False, True, "eu-west-1")


def test_a_secret_is_secret_wherever_it_is_sent() -> None:
    seen: list[bool] = []

    def program() -> Any:
        made = AwsSecret("password", ask(value=SECRET))
        hidden = made.arguments()["value"].check(SECRET, "value")
        return pulumi.Output.from_input(hidden.is_secret()).apply(seen.append)

    record(program)

    assert seen == [True]


def test_a_fault_beside_a_secret_does_not_show_it() -> None:
    with pytest.raises(ComponentError) as caught:
        record(lambda: AwsSecret("password", ask(value=SECRET, country=SECRET)))
    assert "value" not in str(caught.value)

    with pytest.raises(ComponentError) as wrong:
        record(lambda: AwsSecret("password", ask(value=7)))
    assert (wrong.value.where, "7" in str(wrong.value)) == ("value", False)


def test_a_cloud_that_has_no_such_component_is_named() -> None:
    with pytest.raises(ComponentError) as caught:
        record(lambda: Queue.build("jobs", ask(country="NO"), cloud="site"))
    assert str(caught.value.what) == "Queue is not built for `site`"

    assert record(lambda: Queue.build("jobs", ask()))
