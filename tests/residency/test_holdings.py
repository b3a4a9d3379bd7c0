"""Data classes: what a resource holds decides where it may be, and a copy is held to what it copies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from residency.errors import PerimeterError
from residency.model import Outcome
from residency.perimeter import Perimeter, load
from tests.residency.samples import (
    AMERICA,
    BUCKET,
    IRELAND,
    ON,
    REPLICATION,
    UNKNOWN,
    provider,
    resource,
    urn,
    verdicts,
)

PERIMETER = """
[perimeter]
name = "acme"
groups = ["EEA"]

[data]
tag = "data-class"

[[class]]
name = "health"
countries = ["IE"]

[[class]]
name = "telemetry"
countries = ["CH"]
groups = ["EEA"]

[[class]]
name = "public"
user_data = false
reason = "the web site itself"
owner = "press office"
"""
STOCKHOLM, ZURICH = provider("se", region="eu-north-1"), provider("ch", region="eu-central-2")
PROVIDERS = {"eu": IRELAND, "us": AMERICA, "se": STOCKHOLM, "ch": ZURICH}


@pytest.fixture
def perimeter(tmp_path: Path) -> Perimeter:
    return written(tmp_path, PERIMETER)


def written(folder: Path, text: str) -> Perimeter:
    path = folder / "residency.toml"
    path.write_text(text, encoding="utf-8")
    return load(str(path), ON)


def bucket(name: str, by: str, **tags: Any) -> dict[str, Any]:
    return resource(BUCKET, name, {"bucket": name, **({"tags": tags} if tags else {})}, by=by)


def judged(perimeter: Perimeter, *records: dict[str, Any]) -> dict[str, tuple[Outcome, bool, str]]:
    """By resource: outcome, whether it blocks, and why."""
    found = verdicts(*PROVIDERS.values(), *records, perimeter=perimeter)
    return {each.placement.resource.name: (each.outcome, each.blocks, f"{each.what}: {each.why}") for each in found}


@pytest.mark.parametrize(
    ("by", "tag", "outcome"),
    [
        ("eu", "health", Outcome.INSIDE),
        ("se", "health", Outcome.OUTSIDE),
        ("se", "telemetry", Outcome.INSIDE),
        ("ch", "telemetry", Outcome.INSIDE),
        ("us", "telemetry", Outcome.OUTSIDE),
    ],
)
def test_a_class_has_a_perimeter_of_its_own(perimeter: Perimeter, by: str, tag: str, outcome: Outcome) -> None:
    found = judged(perimeter, bucket("data", by, **{"data-class": tag}))
    assert found["data"][0] is outcome
    assert f"`acme/{tag}`" in found["data"][2]
    assert "its tag `data-class` says so" in found["data"][2]


def test_without_a_class_it_is_user_data(perimeter: Perimeter) -> None:
    found = judged(perimeter, bucket("data", "ch"), bucket("other", "se", colour="blue"))
    assert (found["data"][0], found["other"][0]) == (Outcome.OUTSIDE, Outcome.INSIDE)


def test_what_is_no_user_data_is_shown_and_does_not_block(perimeter: Perimeter) -> None:
    [found] = verdicts(*PROVIDERS.values(), bucket("site", "us", **{"data-class": "public"}), perimeter=perimeter)
    assert (found.outcome, found.blocks) == (Outcome.OUTSIDE, False)
    assert found.exempt == "class `public` is no user data: the web site itself, owner press office"


def test_a_misspelled_class_is_undetermined(perimeter: Perimeter) -> None:
    [found] = verdicts(*PROVIDERS.values(), bucket("data", "se", **{"data-class": "helth"}), perimeter=perimeter)
    assert found.outcome is Outcome.UNDETERMINED
    assert "`helth` is no data class of `acme`" in found.why
    assert "did you mean `health`?" in found.fix


def test_a_class_that_is_not_known_yet_is_undetermined(perimeter: Perimeter) -> None:
    found = judged(perimeter, bucket("data", "se", **{"data-class": UNKNOWN}))
    assert found["data"][0] is Outcome.UNDETERMINED


def test_a_class_never_brings_inside_what_is_not_known(perimeter: Perimeter) -> None:
    tagged = {"bucket": "b", "region": UNKNOWN, "tags": {"data-class": "telemetry"}}
    assert judged(perimeter, resource(BUCKET, "data", tagged, by="eu"))["data"][0] is Outcome.UNDETERMINED


def test_the_default_tags_of_a_provider_count(perimeter: Perimeter) -> None:
    tagging = provider("tagging", region="eu-north-1", defaultTags={"tags": {"data-class": "health"}})
    found = judged(perimeter, tagging, bucket("data", "tagging"))
    assert found["data"][0] is Outcome.OUTSIDE


def test_labels_count_as_tags(perimeter: Perimeter) -> None:
    labelled = {"name": "b", "location": "europe-north1", "labels": {"data-class": "health"}}
    found = judged(perimeter, resource("gcp:storage/bucket:Bucket", "data", labelled))
    assert found["data"][0] is Outcome.OUTSIDE


@pytest.mark.parametrize("by_name", [False, True])
def test_a_copy_is_held_to_the_class_of_what_it_copies(perimeter: Perimeter, by_name: bool) -> None:
    """The replication itself has no tag; its origin may be in Ireland only, and its destination is in Sweden."""
    origin = "patients" if by_name else UNKNOWN
    rules = [{"status": "Enabled", "destination": {"bucket": "arn:aws:s3:::copy"}}]
    depends_on = {} if by_name else {"bucket": [urn(BUCKET, "patients")]}
    found = judged(
        perimeter,
        bucket("patients", "eu", **{"data-class": "health"}),
        bucket("copy", "se", **{"data-class": "telemetry"}),
        resource(REPLICATION, "replication", {"bucket": origin, "rules": rules}, by="eu", depends_on=depends_on),
    )
    assert found["copy"][0] is Outcome.INSIDE
    assert found["replication"][0] is Outcome.OUTSIDE
    assert "it refers to `patients`, which holds class `health`" in found["replication"][2]


def test_a_class_that_loosens_is_not_handed_on(perimeter: Perimeter) -> None:
    """A copy of a public bucket could copy more; only a word on the copy itself lets it out."""
    rules = [{"status": "Enabled", "destination": {"bucket": "arn:aws:s3:::copy"}}]
    found = judged(
        perimeter,
        bucket("site", "eu", **{"data-class": "public"}),
        bucket("copy", "us", **{"data-class": "public"}),
        resource(REPLICATION, "replication", {"bucket": "site", "rules": rules}, by="eu"),
    )
    assert found["replication"][:2] == (Outcome.OUTSIDE, True)


def test_the_perimeter_file_says_what_an_untagged_resource_holds(tmp_path: Path) -> None:
    perimeter = written(tmp_path, PERIMETER + '[[holds]]\nresource = "ward-*"\nclass = "health"\n')
    found = judged(perimeter, bucket("ward-7", "se", **{"data-class": "telemetry"}), bucket("hall", "se"))
    assert found["ward-7"][0] is Outcome.OUTSIDE
    assert found["hall"][0] is Outcome.INSIDE


def test_resources_that_refer_to_each_other_end(perimeter: Perimeter) -> None:
    one, two = urn(BUCKET, "one"), urn(BUCKET, "two")
    first = resource(BUCKET, "one", {"bucket": UNKNOWN}, by="eu", depends_on={"bucket": [two]})
    second = resource(BUCKET, "two", {"bucket": UNKNOWN}, by="eu", depends_on={"bucket": [one]})
    assert {each[0] for each in judged(perimeter, first, second).values()} == {Outcome.INSIDE}


@pytest.mark.parametrize(
    ("text", "problem", "help_"),
    [
        ('[[holds]]\nresource = "a"\nclass = "helth"\n', "unknown class `helth`", "did you mean `health`?"),
        ('[[class]]\nname = "health"\n', "two classes have the same name", "merge them"),
        ('[[class]]\nname = "x"\nuser_data = false\n', "needs a reason and an owner", "reason ="),
        ('[[class]]\nname = "x"\ncountries = ["XX"]\n', "`XX` is not an ISO", "two capital letters"),
        ('[[class]]\nname = "x"\ngroups = ["EUU"]\n', "unknown group `EUU`", "did you mean `EU`?"),
        ('[[class]]\nname = "x"\ncountrys = []\n', "unknown key `countrys`", "did you mean `countries`?"),
    ],
)
def test_a_fault_in_the_classes_is_named(tmp_path: Path, text: str, problem: str, help_: str) -> None:
    with pytest.raises(PerimeterError) as raised:
        written(tmp_path, PERIMETER + text)
    assert problem in str(raised.value)
    assert help_ in str(raised.value)


def test_classes_that_nothing_names_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(PerimeterError, match="nothing says which resource holds which class"):
        written(tmp_path, '[perimeter]\ncountries = ["IE"]\n[[class]]\nname = "x"\ncountries = ["IE"]\n')
