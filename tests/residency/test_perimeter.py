"""Perimeters: what is inside which, on which day, and what somebody accepted until when."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from residency.model import Location, Outcome
from residency.perimeter import BUILT_IN, load
from tests.residency.samples import AMERICA, BUCKET, IRELAND, ON, resource, verdicts

BASE = '[perimeter]\nname = "acme"\ngroups = ["EEA"]\n'
EXEMPTION = (
    '[[exemption]]\nrule = "{rule}"\nresource = "{resource}"\nowner = "o"\nreason = "r"\napprover = "a"\n'
    "expires = {expires}\n"
)
TRANSFER = (
    '[[transfer]]\nname = "desk"\nresource = "copy"\nto = ["{to}"]\nlegal_basis = "l"\npurpose = "p"\nowner = "o"\n'
    'approver = "a"\nexpires = 2026-12-31\n'
)


@pytest.mark.parametrize(
    ("name", "location", "outcome"),
    [
        ("ireland-norway", Location("aws", "eu-west-1"), Outcome.INSIDE),
        ("ireland-norway", Location("azure", "norwayeast"), Outcome.INSIDE),
        ("ireland-norway", Location("azure", "North Europe"), Outcome.INSIDE),
        ("ireland-norway", Location("azure", "westeurope"), Outcome.OUTSIDE),
        ("ireland-norway", Location("gcp", "EU", "storage"), Outcome.OUTSIDE),
        ("ireland-norway", Location("aws", "eu-north-1"), Outcome.OUTSIDE),
        ("ireland-norway", Location("gcp", "europe-north3"), Outcome.UNDETERMINED),
        ("eea", Location("aws", "eusc-de-east-1"), Outcome.INSIDE),
        ("eea", Location("gcp", "EU", "storage"), Outcome.INSIDE),
        ("eea", Location("gcp", "EUR5", "storage"), Outcome.OUTSIDE),
        ("eea", Location("aws", "eu-west-2"), Outcome.OUTSIDE),
        ("eea", Location("aws", "eu-central-2"), Outcome.OUTSIDE),
        ("eea", Location("aws", "eu-central-1-ist-1a"), Outcome.OUTSIDE),
        ("eea", Location("gcp", "europe-west15"), Outcome.UNDETERMINED),
        ("eea", Location("gcp", "global"), Outcome.OUTSIDE),
        ("eea", Location("aws", "aws-global"), Outcome.OUTSIDE),
        ("eea", Location("aws", "mars-1"), Outcome.UNDETERMINED),
        ("europe", Location("aws", "eu-west-2"), Outcome.INSIDE),
        ("europe", Location("aws", "eu-central-2"), Outcome.INSIDE),
        ("europe", Location("aws", "eu-central-1-ist-1a"), Outcome.OUTSIDE),
        ("europe", Location("aws", "us-east-1"), Outcome.OUTSIDE),
    ],
)
def test_a_built_in_perimeter_judges_countries_not_prefixes(name: str, location: Location, outcome: Outcome) -> None:
    """Norway is in the EEA and not in the EU; London, Zurich and Istanbul are in neither."""
    assert load(name, ON).locate(location).outcome is outcome


def test_an_adequacy_decision_counts_only_until_its_last_day() -> None:
    """The United Kingdom's decision has an end."""
    assert "GB" in load("europe", ON).countries
    assert "GB" not in load("europe", datetime.date(2032, 1, 1)).countries


def test_every_perimeter_has_ireland_and_norway() -> None:
    """The promise itself."""
    assert all({"IE", "NO"} <= load(name, ON).countries for name in BUILT_IN)


def accepted(tmp_path: Path, text: str) -> tuple[Outcome, str, bool, str]:
    """The verdict on one bucket in the United States, under a perimeter file with ``text``."""
    path = tmp_path / "residency.toml"
    path.write_text(BASE + text, "utf-8")
    perimeter = load(str(path), ON)
    records = IRELAND, AMERICA, resource(BUCKET, "data", {}, by="eu"), resource(BUCKET, "copy", {}, by="us")
    [found] = [each for each in verdicts(*records, perimeter=perimeter) if each.placement.resource.name == "copy"]
    return found.outcome, found.exempt, found.blocks, found.why


@pytest.mark.parametrize("rule", ["RES001", "residence-outside-perimeter"])
def test_an_exemption_accepts_a_finding_and_is_named(tmp_path: Path, rule: str) -> None:
    """Still outside, no longer blocking."""
    outcome, exempt, blocks, _ = accepted(tmp_path, EXEMPTION.format(rule=rule, resource="copy", expires="2026-11-23"))
    assert (outcome, blocks) == (Outcome.OUTSIDE, False)
    assert exempt == f"exemption `{rule} for copy` until 2026-11-23, owner o"


@pytest.mark.parametrize(
    ("rule", "resource_", "expires"),
    [("RES001", "copy", "2026-11-22"), ("RES101", "copy", "2026-12-31"), ("RES001", "other-*", "2026-12-31")],
)
def test_an_exemption_that_is_past_or_for_something_else_accepts_nothing(
    tmp_path: Path, rule: str, resource_: str, expires: str
) -> None:
    """And a past one is said to be past."""
    outcome, exempt, blocks, why = accepted(tmp_path, EXEMPTION.format(rule=rule, resource=resource_, expires=expires))
    assert (outcome, exempt, blocks) == (Outcome.OUTSIDE, "", True)
    assert ("ended on 2026-11-22" in why) is (expires == "2026-11-22")


def test_a_transfer_accepts_only_the_countries_that_it_names(tmp_path: Path) -> None:
    """A transfer to Switzerland is none to the United States."""
    assert accepted(tmp_path, TRANSFER.format(to="US"))[2] is False
    assert accepted(tmp_path, TRANSFER.format(to="CH"))[2] is True


def test_an_external_resource_is_where_somebody_says_that_it_is(tmp_path: Path) -> None:
    """Declared with a reason, it settles a reference that no stack has."""
    path = tmp_path / "residency.toml"
    external = '[[external]]\nname = "arn:aws:s3:::archive"\nprovider = "aws"\nlocation = "us-east-1"\nreason = "r"\n'
    rules = [{"status": "Enabled", "destination": {"bucket": "arn:aws:s3:::archive"}}]
    token = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"  # noqa: S105 - a type token
    records = IRELAND, resource(token, "r", {"bucket": "data", "rules": rules}, by="eu")
    path.write_text(BASE, "utf-8")
    assert [each.outcome for each in verdicts(*records, perimeter=load(str(path), ON))] == [Outcome.UNDETERMINED]
    path.write_text(BASE + external, "utf-8")
    assert [each.outcome for each in verdicts(*records, perimeter=load(str(path), ON))] == [Outcome.OUTSIDE]
