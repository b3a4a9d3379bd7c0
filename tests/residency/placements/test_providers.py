"""What a provider instance says of a place: its default, and whether it is the cloud at all."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from residency.model import Outcome, Site
from residency.perimeter import Perimeter
from tests.residency.samples import BUCKET, UNKNOWN, eea, provider, resource, verdicts

TABLE = "aws:dynamodb/table:Table"
DISK = "gcp:compute/disk:Disk"
OSLO = Site(name="dc-oslo", country="NO", provider="aws", endpoints=("s3.dc.example.no",))
AUSTIN = Site(name="dc-austin", country="US", provider="aws", endpoints=("*.austin.example.com",))
CLUSTER = Site(name="k8s-oslo", country="NO", provider="kubernetes", inputs={"context": "oslo"})


def perimeter(*sites: Site) -> Perimeter:
    """The default perimeter with declared sites."""
    return msgspec.structs.replace(eea(), sites=sites)


def outcomes(*records: dict[str, Any], sites: tuple[Site, ...] = ()) -> dict[str, tuple[str, str]]:
    """Outcome and reason by resource."""
    found = verdicts(*records, perimeter=perimeter(*sites))
    return {each.placement.resource.name: (each.outcome.value, each.why) for each in found}


def test_a_zonal_resource_follows_the_providers_zone_not_its_region() -> None:
    """A zone of another region wins for what lives in a zone."""
    found = outcomes(provider("p", "gcp", region="europe-west1", zone="us-east1-b"), resource(DISK, "d", {}, by="p"))
    assert found["d"] == ("outside", "provider `p` has zone `us-east1-b`")


def test_the_resources_own_region_wins_over_its_providers() -> None:
    """Both ways."""
    found = outcomes(
        provider("eu", region="eu-west-1"),
        provider("us", region="us-east-1"),
        resource(BUCKET, "leaves", {"region": "us-east-1"}, by="eu"),
        resource(BUCKET, "stays", {"region": "eu-west-1"}, by="us"),
    )
    assert found == {
        "leaves": ("outside", "`region` is `us-east-1`"),
        "stays": ("inside", "`region` is `eu-west-1`"),
    }


def test_a_region_that_only_the_environment_knows_is_undetermined_with_the_way_to_say_it() -> None:
    """The provider would read it by itself; the program does not show it."""
    [verdict] = verdicts(provider("p"), resource(BUCKET, "b", {}, by="p"))
    assert verdict.outcome is Outcome.UNDETERMINED
    assert "AWS_REGION" in verdict.why
    assert "pulumi config set aws:region" in verdict.fix


def test_what_the_provider_reports_settles_a_region_from_the_environment() -> None:
    """In a state, the resource itself says where it is."""
    records = provider("p"), resource(BUCKET, "b", {}, by="p", outputs={"region": "us-east-1", "bucket": "b"})
    [verdict] = verdicts(*records)
    assert (verdict.outcome, verdict.placement.property) == (Outcome.OUTSIDE, None)


def test_a_report_that_differs_from_the_request_is_judged_too() -> None:
    """Data is where it is, not where the program wants it."""
    records = provider("p"), resource(BUCKET, "b", {"region": "eu-west-1"}, by="p", outputs={"region": "us-east-1"})
    assert {each.outcome for each in verdicts(*records)} == {Outcome.INSIDE, Outcome.OUTSIDE}


@pytest.mark.parametrize(
    "endpoints", [[{"s3": "https://minio.example.com"}], json.dumps([{"s3": "https://minio.example.com"}])]
)
def test_endpoints_of_its_own_make_the_region_worthless(endpoints: Any) -> None:
    """`eu-west-1` on an S3-compatible server in an unknown place proves nothing."""
    found = outcomes(provider("p", region="eu-west-1", endpoints=endpoints), resource(BUCKET, "b", {}, by="p"))
    assert found["b"][0] == "undetermined"
    assert "endpoints of its own" in found["b"][1]


def test_an_endpoint_that_is_not_known_yet_is_not_the_clouds_own() -> None:
    """Unknown is never inside."""
    found = outcomes(provider("p", region="eu-west-1", endpoints=UNKNOWN), resource(BUCKET, "b", {}, by="p"))
    assert found["b"][0] == "undetermined"


def test_the_clouds_own_endpoints_change_nothing() -> None:
    """A regional or dual-stack endpoint of AWS is AWS."""
    endpoints = [{"s3": "https://s3.dualstack.eu-west-1.amazonaws.com"}]
    found = outcomes(provider("p", region="eu-west-1", endpoints=endpoints), resource(BUCKET, "b", {}, by="p"))
    assert found["b"][0] == "inside"


def test_a_declared_site_is_judged_by_its_country() -> None:
    """Whatever the region says."""
    oslo = provider("no", region="us-east-1", endpoints=[{"s3": "https://s3.dc.example.no:9000"}])
    austin = provider("tx", region="eu-west-1", endpoints=[{"s3": "https://store.austin.example.com"}])
    records = oslo, austin, resource(BUCKET, "a", {}, by="no"), resource(BUCKET, "b", {}, by="tx")
    found = verdicts(*records, perimeter=perimeter(OSLO, AUSTIN))
    by_name = {each.placement.resource.name: each for each in found}
    assert (by_name["a"].outcome, by_name["a"].countries) == (Outcome.INSIDE, ("NO",))
    assert (by_name["b"].outcome, by_name["b"].countries) == (Outcome.OUTSIDE, ("US",))


def test_replacing_one_services_endpoint_leaves_the_others_in_the_cloud() -> None:
    """Tables of an instance whose buckets are on a site are still in its region."""
    instance = provider("p", region="us-east-1", endpoints=[{"s3": "https://s3.dc.example.no"}])
    found = outcomes(instance, resource(BUCKET, "b", {}, by="p"), resource(TABLE, "t", {}, by="p"), sites=(OSLO,))
    assert (found["b"][0], found["t"][0]) == ("inside", "outside")


def test_a_cluster_is_recognised_by_its_providers_inputs() -> None:
    """Kubernetes has no regions; a site says where its context leads."""
    claim = "kubernetes:core/v1:PersistentVolumeClaim"
    oslo, other = provider("oslo", "kubernetes", context="oslo"), provider("other", "kubernetes", context="minikube")
    records = oslo, other, resource(claim, "a", {}, by="oslo"), resource(claim, "b", {}, by="other")
    found = outcomes(*records, sites=(CLUSTER,))
    assert (found["a"][0], found["b"][0]) == ("inside", "undetermined")


def test_a_resource_whose_provider_is_not_in_the_source_is_undetermined() -> None:
    """No provider, no region."""
    found = outcomes(resource(BUCKET, "b", {}))
    assert found["b"][0] == "undetermined"
    assert "its provider is not in the source" in found["b"][1]
