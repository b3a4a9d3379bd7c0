"""The arguments of the commands about changes and records; read at each start, so that nothing heavy is imported."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def add_diff(diff: argparse.ArgumentParser, add_judging: Callable[[argparse.ArgumentParser], None]) -> None:
    """The arguments of ``residency diff``."""
    diff.description = (
        "Compares two paths, or two git revisions of a project: `residency diff origin/main HEAD`. Ends with 1 if the"
        " change adds or moves something outside, 3 if it only adds what is undetermined, else 0; what was there"
        " before is listed and does not block."
    )
    diff.add_argument("base", metavar="BASE", help="what it was: a target as for check, or a git revision")
    diff.add_argument("head", metavar="HEAD", help="what it would be: the same kind as BASE")
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
