"""Runs Checkov on plans, and reads what it says.

In:  graphs, and the path of the command ``checkov`` or None.
Out: Remarks. Checkov runs without its platform: nothing of a plan leaves this machine, and its settings that would send
     something are not handed on. A plan lies in a folder that only this user can read, until Checkov has ended.

Source of its options and of its JSON: ``checkov --help`` and reports of Checkov 3.3.30.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from residency.checkov import plan
from residency.checkov.plan import Plan
from residency.errors import InputError, UsageError
from residency.model import Remark, Remarks, Resource, ResourceGraph, Unread

VARIABLE = "RESIDENCY_CHECKOV"
SECONDS = 900
_INSTALL = (
    "install it apart from Pulumi: `uv tool install checkov`, or `pipx install checkov`; or name it with "
    f"--checkov-command FILE or {VARIABLE}"
)
_OPTIONS = ("--framework", "terraform_plan", "--output", "json", "--compact", "--quiet", "--skip-download")
_NOT_HANDED_ON = ("BC_API_KEY", "PRISMA_API_URL", "CKV_REPO_ID", "CKV_CHECK", "LOG_LEVEL")
_SETTINGS = {"CHECKOV_MAX_FILE_SIZE": "1000000000", "CHECKOV_MAX_IAC_FILE_SIZE": "1000000000", "PYTHONUTF8": "1"}
_FAILED_CHECKS = (0, 1)


class _Checked(msgspec.Struct):
    result: str = ""
    suppress_comment: str | None = None


class _Record(msgspec.Struct):
    check_id: str
    check_name: str | None = None
    check_result: _Checked = msgspec.field(default_factory=_Checked)
    resource: str = ""
    file_path: str = ""
    guideline: str | None = None
    severity: str | None = None


class _Results(msgspec.Struct):
    failed_checks: list[_Record] = []
    skipped_checks: list[_Record] = []
    parsing_errors: list[str] = []


class _Summary(msgspec.Struct):
    passed: int = 0
    checkov_version: str = ""


class _Report(msgspec.Struct):
    results: _Results = msgspec.field(default_factory=_Results)
    summary: _Summary = msgspec.field(default_factory=_Summary)


def command(given: str | None, environment: Mapping[str, str]) -> str:
    """The path of the command.

    Args:
        given: what the user named, or None.
        environment: may name it in RESIDENCY_CHECKOV; its PATH is searched else.

    Raises:
        InputError: it is not there.
    """
    named = given or environment.get(VARIABLE)
    found = shutil.which(named or "checkov", path=environment.get("PATH"))
    if found is None:
        raise InputError(f"there is no command `{named or 'checkov'}`, so Checkov cannot be asked", help=_INSTALL)
    return found


def remarks(graphs: Sequence[ResourceGraph], checkov: str) -> Remarks:
    """What Checkov says of graphs.

    Args:
        graphs: of all targets.
        checkov: the path of its command.

    Raises:
        InputError: it ends with an error, or says something that is no report.
    """
    plans = [plan.of(graph) for graph in graphs]
    version = _version(checkov)
    report = _asked(plans, checkov) if any(each.resources for each in plans) else _Report()
    found = [
        _remark(record, graph.target, each.resources)
        for graph, each, name in zip(graphs, plans, _names(plans), strict=True)
        for record in (*report.results.failed_checks, *report.results.skipped_checks)
        if Path(record.file_path).name == name and record.resource in each.resources
    ]
    by_key = {(each.target, each.resource.id, each.check): each for each in found}
    return Remarks(
        tool="Checkov",
        version=version,
        remarks=tuple(by_key[key] for key in sorted(by_key)),
        passed=report.summary.passed,
        resources=sum(len({one.id for one in each.resources.values()}) for each in plans),
        unread=_unread(plans),
    )


def _names(plans: Sequence[Plan]) -> list[str]:
    return [f"plan-{number}.json" for number in range(len(plans))]


def _unread(plans: Iterable[Plan]) -> tuple[Unread, ...]:
    counts: dict[tuple[str, str], int] = {}
    for each in (one for made in plans for one in made.unread):
        counts[each.type, each.reason] = counts.get((each.type, each.reason), 0) + each.count
    return tuple(sorted(Unread(type_, count, reason) for (type_, reason), count in counts.items()))


def _remark(record: _Record, target: str, resources: Mapping[str, Resource]) -> Remark:
    skipped = record.check_result.suppress_comment or "skipped" if record.check_result.result == "SKIPPED" else ""
    return Remark(
        target=target,
        resource=resources[record.resource],
        check=record.check_id,
        what=record.check_name or record.check_id,
        guideline=record.guideline or "",
        severity=record.severity or "",
        skipped=skipped,
    )


def _version(checkov: str) -> str:
    done = _run([checkov, "--version"])
    if done.returncode or not done.stdout.strip():
        raise InputError(f"`{checkov}` does not run: {_last(done.stderr)}", help=_INSTALL)
    return done.stdout.decode("utf-8", "replace").strip().splitlines()[-1]


def _asked(plans: Sequence[Plan], checkov: str) -> _Report:
    with tempfile.TemporaryDirectory(prefix="residency-") as folder:
        files: list[str] = []
        for each, name in zip(plans, _names(plans), strict=True):
            path = Path(folder, name)
            path.write_bytes(each.text)
            files += ["--file", str(path)]
        done = _run([checkov, *files, *_OPTIONS])
    if done.returncode not in _FAILED_CHECKS:
        raise InputError(f"`{checkov}` ended with {done.returncode}: {_last(done.stderr)}", help=_INSTALL)
    report = _decoded(done.stdout, checkov)
    if report.results.parsing_errors:
        raise InputError(f"`{checkov}` could not read the plan that was written for it", help="report it to us")
    return report


def _decoded(text: bytes, checkov: str) -> _Report:
    try:
        decoded: Any = msgspec.json.decode(text)
        # Without a single check that applies, it prints a bare summary.
        return (
            _Report(summary=msgspec.convert(decoded, _Summary))
            if "passed" in decoded
            else msgspec.convert(decoded, _Report)
        )
    except (msgspec.DecodeError, TypeError) as error:
        said = f"`{checkov}` printed no report: {error}"
        raise InputError(
            said, help="does its configuration file redirect the output? Checkov 3 is known to work"
        ) from None


def _run(arguments: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    settings = {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON}
    try:
        return subprocess.run(  # noqa: S603 - the command is the user's own
            arguments, env={**settings, **_SETTINGS}, check=False, capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"`{arguments[0]}` did not end within {SECONDS} seconds") from None
    except OSError as error:
        raise UsageError(f"cannot run `{arguments[0]}`: {error.strerror}", help=_INSTALL) from None


def _last(text: bytes) -> str:
    lines = text.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip() if lines else "it said nothing"
