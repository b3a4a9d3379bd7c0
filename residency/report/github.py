"""Annotations of GitHub Actions: workflow commands that a step writes to its log.

In:  a CheckResult.
Out: one line a finding, the worst first. GitHub shows ten errors and ten warnings of a step, so a last notice says
     where to see all. Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from __future__ import annotations

from residency.check import CheckResult
from residency.model import Outcome, Verdict
from residency.report.escape import shown
from residency.report.position import position

SHOWN = 10
_COMMAND = {Outcome.OUTSIDE: "error", Outcome.UNDETERMINED: "warning"}


def render(result: CheckResult) -> str:
    """The commands; a single notice where everything is inside or accepted."""
    found = [verdict for verdict in result.verdicts if verdict.blocks]
    lines = [_annotation(verdict) for verdict in found]
    summary = result.summary
    counts = f"{summary.outside} outside, {summary.undetermined} undetermined, {summary.inside} inside"
    more = "; the log lists all" if max(summary.outside, summary.undetermined) > SHOWN else ""
    lines.append(f"::notice title=residency::{_data(f'{counts} against `{result.perimeter.name}`{more}')}")
    return "\n".join(lines) + "\n"


def _annotation(verdict: Verdict) -> str:
    file, line = position(verdict)
    parts = (verdict.what, verdict.why, f"help: {verdict.fix}" if verdict.fix else "")
    message = "\n".join(shown(part) for part in parts if part)
    title = f"{verdict.rule} {verdict.outcome.value}"
    place = f"file={_property(shown(file))},line={line},title={_property(title)}"
    return f"::{_COMMAND[verdict.outcome]} {place}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
