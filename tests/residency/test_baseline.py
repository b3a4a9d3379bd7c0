"""A baseline covers what was there before, and nothing that is worse or elsewhere."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from residency import baseline
from residency.baseline import Baseline
from residency.check import CheckResult
from residency.cli.main import main
from residency.errors import InputError
from residency.model import Outcome
from residency.report import json as report
from residency.report.text import render
from tests.residency.changing import OUTSIDE, accepting, any_region, bucket, judged, stacks
from tests.residency.samples import eea, replicated, state


def made(found: CheckResult, folder: Path) -> Baseline:
    """The baseline of a result, through its file."""
    path = folder / "baseline.json"
    path.write_text(report.render(found), "utf-8")
    return baseline.read(path)


def of(found: CheckResult) -> Baseline:
    """The same without a file."""
    with tempfile.TemporaryDirectory() as folder:
        return made(found, Path(folder))


def test_a_finding_that_was_there_before_does_not_block_and_stays_in_the_report(tmp_path: Path) -> None:
    found = judged(bucket("a", "us-east-1"))
    after = baseline.apply(made(found, tmp_path), found)
    assert (after.exit_code, after.summary.outside, after.summary.exempt) == (0, 0, 1)
    [verdict] = after.verdicts
    assert verdict.outcome is Outcome.OUTSIDE
    assert f"  by:    was there before: baseline `{tmp_path / 'baseline.json'}`" in render(after)


def test_a_finding_at_another_location_is_not_covered(tmp_path: Path) -> None:
    known = made(judged(bucket("a", "us-east-1")), tmp_path)
    assert baseline.apply(known, judged(bucket("a", "us-west-2"))).exit_code == 1


def test_what_was_inside_is_not_covered_once_it_is_outside(tmp_path: Path) -> None:
    """A report lists inside verdicts too, with the same fingerprint."""
    known = made(judged(bucket("a", "eu-west-1")), tmp_path)
    narrow = msgspec.structs.replace(eea(), countries=frozenset({"NO"}))
    assert baseline.apply(known, judged(bucket("a", "eu-west-1"), perimeter=narrow)).exit_code == 1


def test_what_was_accepted_is_not_covered_once_the_acceptance_has_ended(tmp_path: Path) -> None:
    known = made(judged(bucket("old", "us-east-1"), perimeter=accepting()), tmp_path)
    assert baseline.apply(known, judged(bucket("old", "us-east-1"))).exit_code == 1


def test_an_undetermined_entry_does_not_cover_what_turns_out_to_be_outside(tmp_path: Path) -> None:
    """Even under the same fingerprint."""
    found = judged(bucket("a", "us-east-1"))
    text = report.render(found).replace('"outcome": "outside"', '"outcome": "undetermined"')
    (tmp_path / "b.json").write_text(text, "utf-8")
    assert baseline.apply(baseline.read(tmp_path / "b.json"), found).exit_code == 1


def test_an_entry_that_was_inside_does_not_cover_what_cannot_be_told_any_more(tmp_path: Path) -> None:
    """Even under the same fingerprint."""
    found = judged(bucket("a", "moon-1"))
    text = report.render(found).replace('"outcome": "undetermined"', '"outcome": "inside"')
    (tmp_path / "b.json").write_text(text, "utf-8")
    assert baseline.apply(baseline.read(tmp_path / "b.json"), found).exit_code == 3


def test_an_unknown_place_is_covered_only_for_the_same_reason(tmp_path: Path) -> None:
    one = judged(*replicated(destination="arn:aws:s3:::one", to="eu"))
    two = judged(*replicated(destination="arn:aws:s3:::two", to="eu"))
    assert one.exit_code == two.exit_code == 3
    known = made(one, tmp_path)
    assert baseline.apply(known, one).exit_code == 0
    assert baseline.apply(known, two).exit_code == 3


def test_an_entry_that_no_longer_occurs_is_noted(tmp_path: Path) -> None:
    known = made(judged(bucket("a", "us-east-1"), bucket("b", "us-east-1")), tmp_path)
    after = baseline.apply(known, judged(bucket("a", "eu-west-1"), bucket("b", "us-east-1")))
    [note] = after.notes
    assert "Bucket::a` (RES001), which is no longer found" in note.what
    assert "make the baseline again" in note.settle


def test_a_baseline_made_again_under_a_baseline_keeps_what_it_covers(tmp_path: Path) -> None:
    found = judged(bucket("a", "us-east-1"))
    again = made(baseline.apply(made(found, tmp_path), found), tmp_path)
    assert baseline.apply(again, found).exit_code == 0


def test_a_check_with_a_baseline_blocks_only_what_is_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a person calls it; a bad baseline is bad input."""
    target, known = tmp_path / "state.json", tmp_path / "baseline.json"
    target.write_text(state(bucket("a", "us-east-1")), "utf-8")
    assert main(["check", str(target), "--format", "json", "--output", str(known)]) == 1
    assert main(["check", str(target), "--baseline", str(known)]) == 0
    assert "accepted[RES001]" in capsys.readouterr().out
    target.write_text(state(bucket("a", "us-east-1"), bucket("b", "us-east-1")), "utf-8")
    assert main(["check", str(target), "--baseline", str(known)]) == 1
    assert main(["check", str(target), "--baseline", str(target)]) == 2
    assert "is no report of a check" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[]", "is no report of a check"),
        (b'{"version": 1}', "missing required field `verdicts`"),
        (b'{"version": 2, "verdicts": []}', "is a report of version 2"),
        (b'{"version": 1, "verdicts": [{"fingerprint": "x"}]}', "is no report of a check"),
    ],
)
def test_a_bad_baseline_is_refused_with_what_is_wrong(content: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=problem):
        baseline.read(path)


def test_a_missing_baseline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the baseline"):
        baseline.read(tmp_path / "none.json")


@settings(deadline=None)
@given(stacks())
def test_a_baseline_of_a_result_lets_exactly_that_result_pass(records: list[dict[str, Any]]) -> None:
    """No finding is left that blocks, and no verdict is inside that was not."""
    found = judged(*records)
    after = baseline.apply(of(found), found)
    assert after.exit_code == 0
    assert sorted((each.fingerprint, each.outcome.value) for each in after.verdicts) == sorted(
        (each.fingerprint, each.outcome.value) for each in found.verdicts
    )
    assert json.loads(report.render(after))["summary"]["inside"] == found.summary.inside


@settings(deadline=None)
@given(stacks(), stacks(), any_region.filter(lambda code: code in OUTSIDE))
def test_a_baseline_never_hides_a_new_leak(old: list[dict[str, Any]], new: list[dict[str, Any]], region: str) -> None:
    """Whatever it was made from."""
    after = baseline.apply(of(judged(*old)), judged(*new, bucket("leak", region)))
    assert after.exit_code == 1
    assert "leak" in {each.placement.resource.name for each in after.verdicts if each.blocks}
