"""What holds for any result: no format fails on it, each can be read back, and order is no part of it."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from residency.check import CheckResult, result, summarise
from residency.model import (
    Choice,
    Evidence,
    Location,
    Note,
    Outcome,
    Placement,
    PlacementKind,
    Resource,
    SourcePosition,
    Unknown,
    Verdict,
)
from residency.report import FORMATS
from residency.rules import rules
from tests.residency.report.hostile import HOSTILE
from tests.residency.report.sample import judged, sample_graphs, sample_perimeter, sample_result
from tests.residency.report.test_hostile import FORMS
from tests.residency.samples import AMERICA, BUCKET, IRELAND, SECRET, eea, graph_of, replicated, resource

texts = st.text(st.characters(exclude_categories=()), max_size=20) | st.sampled_from(
    [text for text in HOSTILE.values() if len(text) < 1_000]
)
locations = st.builds(Location, st.sampled_from(["aws", "azure", "gcp", "site"]), texts)
positions = st.none() | st.builds(SourcePosition, texts, st.integers(-1, 10**9))
resources = st.builds(Resource, id=texts, type=texts, name=texts, inputs=st.just({}), where=positions)
placements = st.builds(
    Placement,
    resource=resources,
    kind=st.sampled_from(PlacementKind),
    property=st.none() | texts,
    location=locations
    | st.builds(Choice, st.lists(locations, max_size=3).map(tuple), texts)
    | st.builds(Unknown, texts, texts),
    evidence=st.lists(st.builds(Evidence, texts, texts, texts, texts), max_size=4).map(tuple),
)
made = st.builds(
    Verdict,
    target=texts,
    placement=placements,
    outcome=st.sampled_from(Outcome),
    rule=st.sampled_from(list(rules())),
    countries=st.sets(st.sampled_from(["IE", "US", "NO", "XX", "GB", "JP", "CA", "IN"])).map(
        lambda found: tuple(sorted(found))
    ),
    what=texts,
    why=texts,
    fix=texts,
    fingerprint=st.sampled_from([f"{number:032x}" for number in range(3)]),
    exempt=st.just("") | texts,
)


@st.composite
def any_result(draw: st.DrawFn) -> CheckResult:
    """A result that the judge need not be able to give."""
    verdicts = tuple(draw(st.lists(made, max_size=6)))
    cited = {
        (each.target, step.resource): draw(resources)
        for each in verdicts
        for step in each.placement.evidence
        if draw(st.booleans())
    }
    summary = msgspec.structs.replace(summarise(verdicts, len(verdicts)), resources=1 + len(verdicts))
    return CheckResult(
        perimeter=msgspec.structs.replace(
            sample_perimeter(), name=draw(texts), undetermined_blocks=draw(st.booleans())
        ),
        verdicts=verdicts,
        notes=tuple(draw(st.lists(st.builds(Note, texts, texts, st.booleans(), texts), max_size=3))),
        summary=summary,
        exit_code=0,
        cited=cited,
    )


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_result())
def test_no_result_breaks_a_format(name: str, of: CheckResult) -> None:
    report = FORMATS[name](of)
    report.encode()
    assert report.endswith("\n")
    FORMS[name](report)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=False))
def test_the_order_of_resources_and_targets_changes_no_byte(name: str, random: Any) -> None:
    """As declared, and as named on the command line."""
    graphs = sample_graphs()
    for number, graph in enumerate(graphs):
        ids = list(graph.resources)
        random.shuffle(ids)
        graphs[number] = msgspec.structs.replace(graph, resources={each: graph.resources[each] for each in ids})
    random.shuffle(graphs)
    assert FORMATS[name](judged(graphs)) == FORMATS[name](sample_result())


def secret(**plain: str) -> dict[str, Any]:
    """A secret as an engine writes it: encrypted, or in plain text after `pulumi stack export --show-secrets`."""
    return {**{key: value for key, value in SECRET.items() if key != "ciphertext" or not plain}, **plain}


@pytest.mark.parametrize("form", [secret(), secret(plaintext=json.dumps("hush")), secret(value="hush")])
@pytest.mark.parametrize("name", FORMATS)
def test_no_secret_is_in_a_report(name: str, form: dict[str, Any]) -> None:
    """As a place, in a list, as a name that a copy goes to, in a tag, of a provider, and of an output."""
    far = {"region": "us-east-1"}
    records = [
        {**IRELAND, "inputs": {"region": form}},
        {**AMERICA, "inputs": {"region": "us-east-1", "endpoints": [{"s3": form}], "accessKey": form}},
        *replicated(destination=form)[2:],  # pyright: ignore[reportArgumentType]
        resource(BUCKET, "place", {"region": form}, by="us"),
        resource(BUCKET, "name", {"bucket": form, **far}, by="us"),
        resource(BUCKET, "tagged", {"tags": {"data-class": form}, **far}, by="us", outputs={"arn": form}),
        resource("aws:dynamodb/table:Table", "list", {"replicas": [{"regionName": form}], **far}, by="us"),
        resource("acme:index:Store", "foreign", {"place": form}),
    ]
    perimeter = msgspec.structs.replace(eea(), class_tag="data-class")
    report = FORMATS[name](result([graph_of(*records)], perimeter))
    assert "hush" not in report
    assert "place" in report
