"""Findings that were there before: a JSON report of an earlier check, committed so that only new ones block.

In:  the report's file, and the result of a check.
Out: the result with each finding of the report marked as carried over. It stays a finding in every report, shown as
     accepted by the baseline; nothing is turned inside. An entry covers a finding that is the same: its fingerprint,
     which has the location, and an outcome that is no worse. Where the location is not known, the reason must be the
     same too, since then the fingerprint cannot tell one place from another.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import msgspec

from residency.check import CheckResult, rejudged
from residency.errors import InputError
from residency.judge import code_of
from residency.model import Note, Outcome, Verdict

_VERSION = 1
_CARRIED = "was there before: baseline "
_HELP = "make it with `residency check --format json --output FILE`"
_LINE = re.compile(r":\d+\)$")


class _Entry(msgspec.Struct, frozen=True):
    fingerprint: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    resource: str
    rule: str
    outcome: Outcome
    location: str | None
    why: str
    exempt: str | None


class _Report(msgspec.Struct, frozen=True):
    version: int
    verdicts: tuple[_Entry, ...]


class Baseline(msgspec.Struct, frozen=True):
    """What was there before.

    Attributes:
        name: of the file, as the user gave it.
        entries: the findings that it may cover: neither inside nor accepted by anything but a baseline.
    """

    name: str
    entries: tuple[_Entry, ...]


def read(path: Path) -> Baseline:
    """Read a JSON report of ``residency check``.

    Raises:
        InputError: it cannot be read, or is not such a report.
    """
    try:
        data = path.read_bytes()
        report = msgspec.json.decode(data, type=_Report)
    except OSError as error:
        raise InputError(f"cannot read the baseline `{path}`: {error.strerror}", help=_HELP) from None
    except msgspec.ValidationError as error:
        raise InputError(f"the baseline `{path}` is no report of a check: {error}", help=_HELP) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"the baseline `{path}` is not JSON: {error}", help=_HELP) from None
    if report.version != _VERSION:
        raise InputError(f"the baseline `{path}` is a report of version {report.version}", help=_HELP)
    return Baseline(str(path), tuple(each for each in report.verdicts if _covers(each)))


def _covers(entry: _Entry) -> bool:
    """What was inside needs no cover, and what somebody accepted blocks again when that has ended."""
    return entry.outcome is not Outcome.INSIDE and (not entry.exempt or entry.exempt.startswith(_CARRIED))


def apply(baseline: Baseline, found: CheckResult) -> CheckResult:
    """Mark what was there before, and note the entries that no longer occur."""
    outcomes: dict[tuple[str, str], Outcome] = {}
    for entry in baseline.entries:
        key = _key(entry.fingerprint, entry.location, entry.rule, entry.why)
        if outcomes.get(key) is not Outcome.OUTSIDE:
            outcomes[key] = entry.outcome
    verdicts = [_marked(each, outcomes, baseline.name) for each in found.verdicts]
    occurring = {_key_of(each) for each in found.verdicts if each.outcome is not Outcome.INSIDE}
    notes = [
        Note(
            f"the baseline has `{entry.resource}` ({entry.rule}), which is no longer found",
            baseline.name,
            settle="make the baseline again, so that it shrinks",
        )
        for entry in baseline.entries
        if _key(entry.fingerprint, entry.location, entry.rule, entry.why) not in occurring
    ]
    return rejudged(found, verdicts, notes)


def _marked(verdict: Verdict, outcomes: dict[tuple[str, str], Outcome], name: str) -> Verdict:
    before = outcomes.get(_key_of(verdict))
    if not verdict.blocks or before is None:
        return verdict
    if verdict.outcome is Outcome.OUTSIDE and before is not Outcome.OUTSIDE:
        return verdict
    return msgspec.structs.replace(verdict, exempt=f"{_CARRIED}`{name}`")


def _key_of(verdict: Verdict) -> tuple[str, str]:
    why = verdict.why.encode("utf-8", "backslashreplace").decode()  # as the report has it
    return _key(verdict.fingerprint, code_of(verdict.placement), verdict.rule, why)


def _key(fingerprint: str, location: str | None, rule: str, why: str) -> tuple[str, str]:
    if location is not None:
        return fingerprint, ""
    # A doubt about a whole target ends with the line that it comes from, which moves with any edit.
    return fingerprint, _LINE.sub(")", why) if rule == "RES902" else why
