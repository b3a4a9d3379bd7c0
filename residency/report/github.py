"""Annotations of GitHub Actions: workflow commands that a step writes to its log.

In:  a CheckResult.
Out: a command for each finding, the worst first, as far as GitHub shows them (``limits.ANNOTATIONS`` a level); the
     others as lines of the log; last a notice with the counts.
     Sources: https://docs.github.com/actions/reference/workflow-commands-for-github-actions; how the runner reads a
     command and what it unescapes: actions/runner, src/Runner.Common/ActionCommand.cs, read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator

from residency.check import CheckResult
from residency.model import Outcome, Verdict
from residency.report import limits, remarks
from residency.report.escape import cut, shown
from residency.report.findings import shown_counts
from residency.report.position import Position, Positions

_COMMAND = {Outcome.OUTSIDE: "error", Outcome.UNDETERMINED: "warning"}


def render(result: CheckResult) -> str:
    """The commands; a single notice where everything is inside or accepted."""
    return "\n".join([*_findings(result), _notice(result)]) + "\n"


def _findings(result: CheckResult) -> Iterator[str]:
    positions = Positions(result)
    made = dict.fromkeys(_COMMAND, 0)
    for verdict in result.verdicts:
        if not verdict.blocks:
            continue
        place = positions.of(verdict)
        made[verdict.outcome] += 1
        if made[verdict.outcome] <= limits.ANNOTATIONS:
            yield _annotation(verdict, place)
        else:
            what = cut(shown(verdict.what), limits.TEXT)
            yield f"{verdict.outcome.value}[{verdict.rule}]: {what}: {shown(place.file)}:{place.line}"
    room = limits.ANNOTATIONS - made[Outcome.UNDETERMINED]
    for number, (title, place, message) in enumerate(remarks.located(result, positions)):
        if number < room:
            yield f"::warning {_place(place, shown(title))}::{_data(message)}"
        else:
            yield f"{shown(title)}: {message}: {shown(place.file)}:{place.line}"


def _annotation(verdict: Verdict, place: Position) -> str:
    parts = (verdict.what, verdict.why, f"help: {verdict.fix}" if verdict.fix else "")
    message = "\n".join(cut(shown(part), limits.TEXT) for part in parts if part)
    title = f"{verdict.rule} {verdict.outcome.value}"
    return f"::{_COMMAND[verdict.outcome]} {_place(place, title)}::{_data(message)}"


def _place(place: Position, title: str) -> str:
    return f"file={_property(shown(place.file))},line={place.line},title={_property(title)}"


def _notice(result: CheckResult) -> str:
    summary = result.summary
    counts = shown_counts(summary.outside, summary.undetermined, summary.inside, summary.exempt)
    most = max(summary.outside, summary.undetermined)
    more = f"; of each kind {limits.ANNOTATIONS} are shown here, the log lists all" if most > limits.ANNOTATIONS else ""
    others = f"; {shown(remarks.counts(result.remarks))}" if result.remarks else ""
    text = f"{counts} against `{cut(shown(result.perimeter.name), limits.TEXT)}`{more}{others}"
    return f"::notice title=residency::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
