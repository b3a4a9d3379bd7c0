"""Ways in which a leak could look inside."""

from __future__ import annotations

from residency.model import Outcome
from tests.residency.samples import BUCKET, IRELAND, REPLICATION, UNKNOWN, resource, urn, verdicts


def test_a_destination_made_out_of_the_origins_name_is_not_the_origin() -> None:
    """`concat("arn:aws:s3:::", source.bucket, "-copy")` depends on the source in Ireland, and may be anywhere."""
    rules = [{"status": "Enabled", "destination": {"bucket": UNKNOWN}}]
    source = [urn(BUCKET, "data")]
    found = verdicts(
        IRELAND,
        resource(BUCKET, "data", {"bucket": "data"}, by="eu"),
        resource(
            REPLICATION,
            "r",
            {"bucket": UNKNOWN, "rules": rules},
            by="eu",
            depends_on={"bucket": source, "rules": source},
        ),
    )
    assert {each.placement.resource.name: each.outcome for each in found} == {
        "data": Outcome.INSIDE,
        "r": Outcome.UNDETERMINED,
    }
