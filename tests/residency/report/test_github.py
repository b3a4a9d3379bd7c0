"""Annotations: one command a finding at its line, as many as GitHub shows, the others in the log."""

from __future__ import annotations

import re

import msgspec
import pytest

from residency.report import limits
from residency.report.github import render
from tests.residency.report.sample import empty_result, sample_result
from tests.residency.report.test_sarif import many

COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands of a log, as the runner reads them."""
    found: list[tuple[str, dict[str, str], str]] = []
    for line in text.splitlines():
        read = COMMAND.fullmatch(line)
        if read:
            pairs = (each.split("=", 1) for each in read["properties"].split(","))
            found.append((read["level"], {key: unescaped(value) for key, value in pairs}, unescaped(read["message"])))
    return found


def unescaped(text: str) -> str:
    """What the runner makes of a value."""
    for code, sign in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


@pytest.mark.usefixtures("run_folder")
def test_a_finding_is_an_error_at_its_line() -> None:
    level, properties, message = next(
        each for each in commands(render(sample_result())) if "RES101" in each[1]["title"]
    )
    assert (level, properties) == (
        "error",
        {"file": "shop/__main__.py", "line": "12", "title": "RES101 outside"},
    )
    what, why, fix = message.split("\n")
    assert what.startswith("replica made by `replication` would be placed in `us-east-1`")
    assert why.endswith("provider `us` has region `us-east-1`")
    assert fix.startswith("help: replicate to a bucket inside")


def test_undetermined_is_a_warning_and_accepted_is_none() -> None:
    found = commands(render(sample_result()))
    assert [level for level, _, _ in found].count("warning") == 5
    assert not [message for _, _, message in found if "`old`" in message]


def test_without_a_finding_there_is_one_notice_with_the_counts() -> None:
    [(level, properties, message)] = commands(render(empty_result()))
    assert (level, properties) == ("notice", {"title": "residency"})
    assert message == "0 outside, 0 undetermined, 1 inside against `eea`"


def test_no_more_commands_than_github_shows_and_the_log_has_the_rest() -> None:
    """Ten of each level."""
    assert limits.ANNOTATIONS == 10
    outside = many(12)
    both = msgspec.structs.replace(outside, verdicts=(*outside.verdicts, outside_to_undetermined()[0]))
    counted = msgspec.structs.replace(both, summary=msgspec.structs.replace(both.summary, outside=12))
    text = render(counted)
    levels = [level for level, _, _ in commands(text)]
    assert (levels.count("error"), levels.count("warning")) == (10, 1)
    assert len([line for line in text.splitlines() if line.startswith("outside[RES001]: data of `exported`")]) == 2
    assert commands(text)[-1][2].endswith("of each kind 10 are shown here, the log lists all")


def outside_to_undetermined() -> list[object]:
    """The undetermined verdicts of the sample."""
    return [each for each in sample_result().verdicts if each.outcome.value == "undetermined"]
