"""The arguments of the commands about changes and records; read at each start, so that nothing heavy is imported."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def add_keeping(check: argparse.ArgumentParser) -> None:
    """What ``residency check`` may keep."""
    check.add_argument(
        "--baseline", metavar="FILE", help="JSON report of an earlier check; what it has is shown and does not block"
    )
    check.add_argument(
        "--record", metavar="FILE", help="write there what was judged, by what, and the outcome, for verify-record"
    )


def add_verify_record(verify: argparse.ArgumentParser, add_judging: Callable[[argparse.ArgumentParser], None]) -> None:
    """The arguments of ``residency verify-record``."""
    verify.description = (
        "Ends with 0 only if the record is of exactly these targets, under this perimeter, catalogue and version, and"
        " its outcome is acceptable; with 1 if it is missing, altered, of something else or was not inside. With"
        " --deployed: if every resource of the state has a record."
    )
    verify.add_argument("record", metavar="FILE", help="the record, or a folder of records, of which one must fit")
    verify.add_argument("targets", metavar="TARGET", nargs="*", help="what is to be deployed, as for check")
    verify.add_argument(
        "--deployed", metavar="STATE", action="append", default=[], help="exported state whose resources need a record"
    )
    verify.add_argument("--baseline", metavar="FILE", help="the baseline that the check may have had")
    verify.add_argument("--pack", metavar="FOLDER", help="the policy pack that must have made the record")
    verify.add_argument(
        "--max-outside", metavar="NUMBER", type=int, default=0, help="placements outside to accept (default: 0)"
    )
    verify.add_argument("--again", action="store_true", help="judge the targets again, and compare the verdicts too")
    add_judging(verify)


def add_diff(diff: argparse.ArgumentParser, add_judging: Callable[[argparse.ArgumentParser], None]) -> None:
    """The arguments of ``residency diff``."""
    diff.description = (
        "Compares two paths, or two git revisions of a project: `residency diff origin/main HEAD`. Ends with 1 if the"
        " change adds or moves something outside, 3 if it only adds what is undetermined, else 0; what was there"
        " before is listed and does not block."
    )
    diff.add_argument("base", metavar="BASE", help="what it was: a target as for check, or a git revision")
    diff.add_argument(
        "head",
        metavar="HEAD",
        nargs="?",
        help="what it would be: the same kind as BASE; without it, the files as they are",
    )
    diff.add_argument("--revisions", action="store_true", help="BASE and HEAD are git revisions, whatever paths exist")
    diff.add_argument(
        "--project",
        metavar="PATH",
        help="what is compared in two revisions (default: this folder); implies --revisions",
    )
    diff.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="of the report (default: text)"
    )
    add_judging(diff)
