"""A resource is where the ARN that the provider reports says, whatever its provider instance says now."""

from __future__ import annotations

import pytest

from residency.model import Outcome
from tests.residency.samples import AMERICA, IRELAND, provider, resource, verdicts

_QUEUE, _BUCKET, _TARGET = "aws:sqs/queue:Queue", "aws:s3/bucket:Bucket", "aws:cloudwatch/eventTarget:EventTarget"


def _arn(region: str) -> str:
    return f"arn:aws:sqs:{region}:123456789012:q"


@pytest.mark.parametrize(
    ("by", "arn", "outcome"),
    [
        ("eu", _arn("us-east-1"), Outcome.OUTSIDE),
        ("us", _arn("eu-west-1"), Outcome.INSIDE),
        ("env", _arn("us-east-1"), Outcome.OUTSIDE),
        ("env", _arn("eu-north-1"), Outcome.INSIDE),
        ("env", "arn:aws:sqs", Outcome.UNDETERMINED),
        ("us", "not an arn", Outcome.OUTSIDE),
    ],
)
def test_the_region_of_a_reported_arn_comes_before_the_providers(by: str, arn: str, outcome: Outcome) -> None:
    queue = resource(_QUEUE, "q", {}, by=by, id="q", outputs={"arn": arn})
    (told,) = verdicts(IRELAND, AMERICA, provider("env"), queue)
    assert told.outcome is outcome


def test_an_arn_without_a_region_says_nothing() -> None:
    (told,) = verdicts(IRELAND, resource(_BUCKET, "b", {}, by="eu", id="b", outputs={"arn": "arn:aws:s3:::b"}))
    assert told.outcome is Outcome.INSIDE
    assert "provider `eu` has region `eu-west-1`" in told.why


def test_a_region_that_is_asked_for_is_read_as_before() -> None:
    far = resource(_QUEUE, "q", {"region": "us-west-2"}, by="eu", id="q", outputs={"arn": _arn("us-west-2")})
    (told,) = verdicts(IRELAND, far)
    assert told.outcome is Outcome.OUTSIDE
    assert told.placement.property == "region"


def test_an_arn_that_is_an_input_names_something_else() -> None:
    target = resource(_TARGET, "t", {"arn": _arn("eu-west-1")}, by="us", id="t", outputs={"arn": _arn("eu-west-1")})
    assert [each.outcome for each in verdicts(AMERICA, target)] == [Outcome.INSIDE]
