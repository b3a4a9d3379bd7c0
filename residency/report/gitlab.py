"""GitLab's code quality report, which a merge request shows beside the line.

In:  a CheckResult.
Out: a JSON list with the fields that GitLab reads: description, check_name, fingerprint, severity, location.
     Source: https://docs.gitlab.com/ci/testing/code_quality/, code quality report format.
"""

from __future__ import annotations

import msgspec

from residency.check import CheckResult
from residency.model import Outcome, Verdict
from residency.report.escape import shown
from residency.report.position import position

_SEVERITY = {Outcome.OUTSIDE: "blocker", Outcome.UNDETERMINED: "major"}


def render(result: CheckResult) -> str:
    """The findings that block; an empty list where there is none."""
    found = [_entry(verdict) for verdict in result.verdicts if verdict.blocks]
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"


def _entry(verdict: Verdict) -> dict[str, object]:
    file, line = position(verdict)
    return {
        "description": shown(f"{verdict.what}; {verdict.fix}" if verdict.fix else verdict.what),
        "check_name": verdict.rule,
        "fingerprint": verdict.fingerprint,
        "severity": _SEVERITY[verdict.outcome],
        "location": {"path": shown(file), "lines": {"begin": line}},
    }
