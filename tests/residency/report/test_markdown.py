"""The comment: a marker, one sentence, a table, folded details; never longer than the service takes."""

from __future__ import annotations

import msgspec
import pytest

from residency.model import Note
from residency.report import Render, limits
from residency.report.markdown import MARKER, render, render_summary
from tests.residency.report.sample import empty_result, sample_result
from tests.residency.report.test_sarif import many

pytestmark = pytest.mark.usefixtures("run_folder")


def part(title: str) -> str:
    """A folded part of the sample's comment, by the beginning of its title."""
    return render(sample_result()).partition(f"<summary>{title}")[2].partition("</details>")[0]


def test_the_first_line_is_the_marker_and_the_second_the_sentence() -> None:
    """A later run finds its own comment by the marker, and readers do not see it."""
    first, second, third = render(sample_result()).split("\n")[:3]
    assert first == MARKER == "<!-- residency report -->"
    assert second.startswith("This change would put user data in the United States: ")
    assert third == ""


def test_the_table_has_every_finding_the_worst_first() -> None:
    rows = [line.split(" | ") for line in render(sample_result()).splitlines() if line.startswith("| ")][2:]
    assert [row[0].removeprefix("| ") for row in rows] == ["outside"] * 4 + ["undetermined"] * 5 + ["accepted"]
    assert rows[2][1:] == [
        "`replication`",
        "replica",
        "`us-east-1` (United States)",
        "`shop/__main__.py:12`",
        "RES101 |",
    ]


def test_details_tell_the_way_step_by_step_with_its_lines_and_how_to_mend_it() -> None:
    assert (
        "1. `rules[0].destination.bucket` is known only after the deployment\n"
        "2. it names `copy` (`aws:s3/bucket:Bucket`) (`shop/data/stores.py:7`)\n"
        "3. provider `us` has region `us-east-1` (`shop/__main__.py:5`)\n"
        "\n"
        "To mend it: replicate to a bucket inside the perimeter"
    ) in part("Why, and how to mend it (4)")


def test_undetermined_ones_say_what_would_settle_them() -> None:
    text = part("Undetermined, and what would settle it (5)")
    assert "1. the catalogue has no rows for the provider `acme`" in text
    assert "To settle it: declare the place" in text
    assert "documents" not in text


def test_accepted_ones_say_by_whom_and_until_when() -> None:
    assert "Accepted: exemption `RES001 for old` until 2026-12-31, owner platform" in part("Accepted (1)")


def test_assumptions_and_counts_are_shown() -> None:
    assert "- config `colour` has no value here; a string was assumed (`__main__.py:4`)" in part("Assumed")
    counts = "9 resources, 11 placements against `sample`: 4 outside, 5 undetermined, 1 inside, 1 accepted."
    assert f"\n\n{counts}\n\n" in render(sample_result())


def test_without_a_finding_there_is_a_sentence_and_the_counts() -> None:
    assert render(empty_result()).split("\n\n") == [
        f"{MARKER}\nThis change keeps user data inside `eea`: 1 placement of 1 resource judged.",
        "1 resource, 1 placement against `eea`: 0 outside, 0 undetermined, 1 inside.\n",
    ]


def test_the_limits_are_githubs() -> None:
    assert (limits.COMMENT_BYTES, limits.SUMMARY_BYTES) == (65_536, 1_048_576)


@pytest.mark.parametrize(("shown", "limit"), [(render, limits.COMMENT_BYTES), (render_summary, limits.SUMMARY_BYTES)])
def test_no_report_is_longer_than_its_service_takes(shown: Render, limit: int) -> None:
    """The most that fit are kept: one more would be too long."""
    text = shown(many(9_000))
    size = len(text.encode())
    assert limit * 0.98 < size <= limit
    kept = text.count("| outside | ")
    assert f"There is no room here for {9_000 - kept} more findings; the other reports have them." in text
    assert "<summary>Why, and how to mend it (9000)</summary>" in text
    assert text.count("**RES001**") == kept
    assert text.count("<details>") == text.count("</details>")


def test_many_assumptions_do_not_make_it_longer_either() -> None:
    notes = tuple(Note(f"assumed {number}") for number in range(20_000))
    text = render(msgspec.structs.replace(empty_result(), notes=notes))
    assert len(text.encode()) <= limits.COMMENT_BYTES
    assert "more notes; the other reports have them." in text


def test_the_summary_has_room_for_what_the_comment_leaves_out() -> None:
    result = many(500)
    assert render_summary(result).count("| outside | ") == 500 > render(result).count("| outside | ")
