"""An origin is certain or it is none."""

from __future__ import annotations

import msgspec

from residency.model import PlacementKind, Unknown, Verdict
from residency.report.html.origins import Origins
from tests.residency.samples import sample_result


def changed(inputs: dict[str, object], depends_on: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    """The names of the origins of the sample's replica, if its rule had these inputs."""
    result = sample_result()
    (replica,) = [each for each in result.verdicts if each.placement.kind is PlacementKind.REPLICA]
    rule = msgspec.structs.replace(replica.placement.resource, inputs=inputs, depends_on=depends_on or {})
    placement = msgspec.structs.replace(replica.placement, resource=rule, property="destination.bucket", evidence=())
    made: Verdict = msgspec.structs.replace(replica, placement=placement)
    return [each.placement.resource.name for each in Origins(result).of(made)]


def urn(name: str) -> str:
    """The id of a bucket of the sample."""
    found = {each.placement.resource.name: each.placement.resource.id for each in sample_result().verdicts}
    return found[name]


def test_another_property_that_names_one_resource_with_data_names_the_origin() -> None:
    assert changed({"bucket": "data", "destination": "copy"}) == ["data"]
    assert changed({"bucket": Unknown("later", depends_on=(urn("data"),))}) == ["data"]
    assert changed({"bucket": Unknown("later")}, {"bucket": (urn("data"),)}) == ["data"]


def test_the_property_that_leads_to_the_copy_names_no_origin() -> None:
    assert changed({"destination": "data"}) == []
    assert changed({"destination": Unknown("later", depends_on=(urn("data"),))}) == []


def test_two_names_or_a_part_of_a_value_name_no_origin() -> None:
    assert changed({"bucket": "data", "other": "copy"}) == []
    assert changed({"rules": [{"bucket": "data"}]}) == []
    assert changed({"bucket": "no such bucket"}) == []
