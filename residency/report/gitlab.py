"""GitLab's code quality report, which a merge request shows beside the line.

In:  a CheckResult.
Out: a JSON list with the fields that GitLab reads: description, check_name, fingerprint, severity, location.
     Sources: https://docs.gitlab.com/ci/testing/code_quality/, code quality report format; the severities also in
     gitlab-org/gitlab-ee, issue 2529; both read 2026-11-26.
"""

from __future__ import annotations

import msgspec

from residency.check import CheckResult
from residency.model import Outcome, Verdict
from residency.report import limits, remarks
from residency.report.escape import cut, shown
from residency.report.findings import identities
from residency.report.position import Position, Positions

_SEVERITY = {Outcome.OUTSIDE: "blocker", Outcome.UNDETERMINED: "major"}


def render(result: CheckResult) -> str:
    """The findings that block; an empty list where there is none."""
    positions = Positions(result)
    found = [verdict for verdict in result.verdicts if verdict.blocks]
    named = zip(found, identities(found), strict=True)
    entries = [_entry(verdict, identity, positions.of(verdict)) for verdict, identity in named]
    entries.extend(dict(entry) for entry in remarks.quality(result))
    return msgspec.json.format(msgspec.json.encode(entries), indent=2).decode() + "\n"


def _entry(verdict: Verdict, identity: str, place: Position) -> dict[str, object]:
    parts = (verdict.what, verdict.why, verdict.fix)
    return {
        "description": "; ".join(cut(shown(part), limits.TEXT) for part in parts if part),
        "check_name": verdict.rule,
        "fingerprint": identity,
        "severity": _SEVERITY[verdict.outcome],
        "location": {"path": shown(place.file), "lines": {"begin": place.line}},
    }
