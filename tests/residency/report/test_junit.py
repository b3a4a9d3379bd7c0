"""JUnit: valid by the schema of Jenkins' plugin, one case a verdict, and its words where services show them."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest
import xmlschema

from residency.check import CheckResult
from residency.report.junit import render
from tests.residency.report.sample import PROGRAM, STATE, TEMPLATE, empty_result, sample_result

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).with_name("fixtures") / "junit-10.xsd"))


def suites(result: CheckResult) -> ET.Element:
    """The document, after the schema was asked."""
    text = render(result)
    SCHEMA.validate(text)  # pyright: ignore[reportUnknownMemberType]
    return ET.fromstring(text)  # noqa: S314 - our own text


def case(name: str) -> ET.Element:
    """The case of a resource of the sample."""
    return next(each for each in suites(sample_result()).iter("testcase") if name in (each.get("name") or ""))


def test_the_schema_refuses_a_suite_without_counts() -> None:
    """The schema can fail."""
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        SCHEMA.validate(  # pyright: ignore[reportUnknownMemberType]
            render(sample_result()).replace(' tests="', ' numbers="')
        )


def test_each_target_is_a_suite_that_counts_its_cases() -> None:
    found = [(each.get("name"), each.get("tests"), each.get("failures")) for each in suites(sample_result())]
    assert found == [(STATE, "1", "1"), (PROGRAM, "9", "2"), (TEMPLATE, "1", "1")]
    program = suites(sample_result())[1]
    assert (program.get("errors"), program.get("skipped")) == ("5", "1")
    top = suites(sample_result())
    assert (top.get("tests"), top.get("failures"), top.get("errors")) == ("11", "4", "5")


def test_outside_is_a_failure_that_says_everything() -> None:
    """GitLab shows the text of a failure, others its message."""
    failure = case("replication").find("failure")
    assert failure is not None
    assert failure.get("type") == "RES101"
    assert "replica made by `replication`" in (failure.get("message") or "")
    assert "where: shop, __main__.py:12" in (failure.text or "")
    assert "why:   `rules[0].destination.bucket`" in (failure.text or "")
    assert "help:  replicate to a bucket inside" in (failure.text or "")


def test_undetermined_is_an_error_accepted_is_skipped_and_inside_passes() -> None:
    assert case("later").find("error") is not None
    skipped = case(" old ").find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "exemption `RES001 for old` until 2026-12-31, owner platform"
    assert len(case(" data ")) == 0


def test_undetermined_passes_with_a_word_where_the_perimeter_only_warns() -> None:
    sample = sample_result()
    warned = msgspec.structs.replace(sample, perimeter=sample.perimeter.with_undetermined(blocks=False))
    later = next(each for each in suites(warned).iter("testcase") if "later" in (each.get("name") or ""))
    assert [each.tag for each in later] == ["system-out"]
    assert "not proven inside `sample`" in (later[0].text or "")


def test_two_verdicts_of_one_name_are_two_cases() -> None:
    """GitLab shows one case a name."""
    cases = [(each.get("classname"), each.get("name")) for each in suites(sample_result()).iter("testcase")]
    assert len(cases) == len(set(cases)) == 11
    assert (PROGRAM, "RES902 shop residence (2)") in cases


def test_a_check_without_a_placement_is_a_case_that_passes() -> None:
    """Services take a report without cases for a broken one."""
    nothing = msgspec.structs.replace(empty_result(), verdicts=())
    [only] = suites(nothing).iter("testcase")
    assert only.get("name") == "nothing places user data"
    assert len(only) == 0


def test_the_encoding_is_said_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard library would write the locale's into a text."""
    monkeypatch.setattr("locale.getencoding", lambda: "latin-1")
    assert render(empty_result()).startswith("<?xml version='1.0' encoding='utf-8'?>\n")
