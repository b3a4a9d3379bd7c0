"""What holds for any graph: one place outside flips the verdict, order never does, unknown is never inside."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from residency.catalogue import places, resources
from residency.catalogue.resources import DATA
from residency.errors import InputError
from residency.ingest import deployment, files
from residency.judge import judge
from residency.model import Outcome, Verdict
from tests.residency.samples import (
    BUCKET,
    REPLICATION,
    SECRET,
    UNKNOWN,
    eea,
    graph_of,
    provider,
    resource,
    urn,
    verdicts,
)

INSIDE = sorted(places.regions_in("aws", eea().countries))
OUTSIDE = sorted(
    place.code
    for place in places.places("aws")
    if place.kind is places.PlaceKind.REGION and place.countries and not eea().countries.issuperset(place.countries)
)
TABLE = "aws:dynamodb/table:Table"

inside_regions = st.sampled_from(INSIDE)
outside_regions = st.sampled_from(OUTSIDE)


@st.composite
def stacks(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Buckets in regions inside, replications among them by known and unknown ARNs, and tables with replicas."""
    regions = draw(st.lists(inside_regions, min_size=2, max_size=5))
    records = [provider(f"p{number}", region=region) for number, region in enumerate(regions)]
    records.extend(resource(BUCKET, f"b{n}", {"bucket": f"b{n}"}, by=f"p{n}") for n in range(len(regions)))
    for number in range(draw(st.integers(0, 3))):
        to = draw(st.integers(0, len(regions) - 1))
        arn = draw(st.sampled_from([UNKNOWN, f"arn:aws:s3:::b{to}"]))
        rules = [{"status": "Enabled", "destination": {"bucket": arn}}]
        records.append(
            resource(
                REPLICATION,
                f"r{number}",
                {"bucket": "b0", "rules": rules},
                by="p0",
                depends_on={"rules": [urn(BUCKET, f"b{to}")]},
            )
        )
    replicas = [{"regionName": region} for region in draw(st.lists(inside_regions, max_size=3))]
    records.append(resource(TABLE, "t", {"name": "t", "replicas": replicas}, by="p0"))
    return records


def keys(found: tuple[Verdict, ...]) -> list[tuple[str, str, str]]:
    """What identifies verdicts."""
    return [(each.placement.resource.id, each.outcome.value, each.fingerprint) for each in found]


@given(stacks())
def test_a_stack_with_every_place_inside_is_inside(records: list[dict[str, Any]]) -> None:
    """The allowed twin has no finding at all."""
    assert {each.outcome for each in verdicts(*records)} == {Outcome.INSIDE}


@given(stacks(), st.data())
def test_moving_any_one_provider_outside_flips_the_verdict(records: list[dict[str, Any]], data: st.DataObject) -> None:
    """A leak is found wherever it is."""
    number = data.draw(st.integers(0, sum(each["type"].startswith("pulumi:providers") for each in records) - 1))
    records[number]["inputs"]["region"] = data.draw(outside_regions)
    found = verdicts(*records)
    moved = [each for each in found if each.placement.resource.name == f"b{number}"]
    assert [each.outcome for each in moved] == [Outcome.OUTSIDE]
    replicating = [each for each in records if each["type"] == REPLICATION]
    for replication in replicating:
        if replication["propertyDependencies"]["rules"] == [urn(BUCKET, f"b{number}")]:
            copies = [each for each in found if each.placement.resource.id == replication["urn"]]
            assert Outcome.OUTSIDE in {each.outcome for each in copies}


@given(stacks(), st.data(), outside_regions)
def test_moving_any_one_replica_outside_flips_the_verdict(
    records: list[dict[str, Any]], data: st.DataObject, region: str
) -> None:
    """Every element of a list counts, not the first."""
    table = records[-1]
    replicas: list[dict[str, str]] = table["inputs"]["replicas"]
    replicas.insert(data.draw(st.integers(0, len(replicas))), {"regionName": region})
    outside = [each for each in verdicts(*records) if each.outcome is Outcome.OUTSIDE]
    position = replicas.index({"regionName": region})
    assert [each.placement.property for each in outside] == [f"replicas[{position}].regionName"]


@given(stacks(), st.randoms(use_true_random=False))
def test_the_order_of_resources_changes_nothing(records: list[dict[str, Any]], random: Any) -> None:
    """Neither verdicts nor their order."""
    before = keys(verdicts(*records))
    random.shuffle(records)
    assert keys(verdicts(*records)) == before


@given(stacks(), inside_regions)
def test_unrelated_resources_change_nothing(records: list[dict[str, Any]], region: str) -> None:
    """What is there keeps its verdicts."""
    before = keys(verdicts(*records))
    more = [provider("other", region=region), resource(BUCKET, "zz-other", {"bucket": "zz"}, by="other")]
    after = keys(verdicts(*records, *more))
    assert [each for each in after if not each[0].endswith("zz-other")] == before


@given(stacks(), outside_regions)
def test_renaming_changes_no_outcome(records: list[dict[str, Any]], region: str) -> None:
    """Names are no evidence."""
    records[0]["inputs"]["region"] = region
    before = sorted(each.outcome.value for each in verdicts(*records))
    renamed = json.loads(json.dumps(records).replace("Bucket::b", "Bucket::eu-").replace("Config::r", "Config::us-"))
    assert sorted(each.outcome.value for each in verdicts(*renamed)) == before


@given(stacks(), st.data(), st.sampled_from([UNKNOWN, SECRET, "eu-wrst-1", "", 7, ["eu-west-1", "moon-1"]]))
def test_a_provider_whose_region_is_not_known_is_never_inside(
    records: list[dict[str, Any]], data: st.DataObject, region: Any
) -> None:
    """Unknown, secret, misspelled, empty: not proven."""
    number = data.draw(st.integers(0, sum(each["type"].startswith("pulumi:providers") for each in records) - 1))
    records[number]["inputs"]["region"] = region
    moved = [each for each in verdicts(*records) if each.placement.resource.name == f"b{number}"]
    assert [each.outcome for each in moved] == [Outcome.UNDETERMINED]
    assert moved[0].fix


TYPES = sorted(
    token
    for path in DATA.glob("*/*.toml")
    if not path.name.startswith("_")
    for token in resources.module_rows(path.parent.name, path.stem)
)
PATHS = sorted(
    {
        each.path.partition("[")[0].partition(".")[0]
        for path in DATA.glob("*/*.toml")
        if not path.name.startswith("_")
        for row in resources.module_rows(path.parent.name, path.stem).values()
        for each in row.placement
        if each.path
    }
)
places_and_not = st.sampled_from([UNKNOWN, "us-east-1", "eu-west-1"])
names = st.sampled_from([*PATHS[:20], "name", "bucket"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | places_and_not,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300)
@given(st.sampled_from(TYPES), st.dictionaries(st.sampled_from(PATHS), json_values, max_size=6))
def test_no_properties_crash_the_judge(type_: str, inputs: dict[str, Any]) -> None:
    """Whatever a resource says, it gets a verdict of its own rules, never a rule's error."""
    package = type_.partition(":")[0]
    records = [provider("p", package, region="eu-west-1", location="northeurope"), resource(type_, "x", inputs, by="p")]
    assert "RES901" not in {each.rule for each in judge(graph_of(*records), eea())}


@given(st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_no_file_crashes_the_reader(data: bytes) -> None:
    """A file is read, or refused with a named error."""
    with contextlib.suppress(InputError):
        deployment.graph("file", files.decode(data, "file").records)


@pytest.mark.parametrize("version", [0, 1, 2, 5, 99])
def test_a_deployment_of_another_version_is_refused(version: int) -> None:
    """A form that nobody has read is not judged."""
    data = json.dumps({"version": version, "deployment": {"resources": []}}).encode()
    with pytest.raises(InputError, match=f"version {version}"):
        files.decode(data, "file")
