"""The text report: what, where, why and help, in the order in which a person acts."""

from __future__ import annotations

from residency.report.text import render
from tests.residency.samples import sample_result


def test_a_finding_says_what_where_why_and_how_to_mend_it() -> None:
    """Four lines, each with its word."""
    expected = """\
error[RES101]: replica made by `replication` would be placed in `us-east-1` (United States), outside `sample`
  where: sample, `replication` (aws:s3/bucketReplicationConfig:BucketReplicationConfig), \
property `rules[0].destination.bucket`
  why:   `rules[0].destination.bucket` is known only after the deployment; it names `copy` (aws:s3/bucket:Bucket); \
provider `us` has region `us-east-1`
  help:  """
    assert expected in render(sample_result())


def test_terminal_escapes_in_names_are_shown_and_not_sent() -> None:
    """A name cannot colour or clear the terminal."""
    text = render(sample_result())
    assert "\x1b" not in text
    assert "mystery\\x1b[31m" in text


def test_who_accepted_a_finding_and_until_when_is_shown() -> None:
    """An exemption is never silent."""
    assert "  by:    exemption `RES001 for old` until 2026-12-31, owner platform" in render(sample_result())


def test_the_last_line_sums_up() -> None:
    """Counts of every outcome."""
    last = render(sample_result()).splitlines()[-1]
    assert last == "5 resources, 5 placements against `sample`: 2 outside, 1 undetermined, 1 inside, 1 accepted"
