"""``residency check --checkov``: Checkov's own checks beside the verdicts.

In:  the options, the graphs that were read, and their result.
Out: the result with Checkov's remarks. They change the exit code only where ``--checkov-fail`` asks for it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from residency.check import CheckResult
    from residency.model import ResourceGraph

_FAILED = 1


def add_arguments(check: argparse.ArgumentParser) -> None:
    """The options that ask Checkov."""
    check.add_argument(
        "--checkov", action="store_true", help="ask Checkov too: its findings are listed apart, and fail nothing"
    )
    check.add_argument(
        "--checkov-command", metavar="FILE", help="where Checkov is (default: RESIDENCY_CHECKOV, else `checkov`)"
    )
    check.add_argument("--checkov-fail", action="store_true", help="end with 1 also if a check of Checkov fails")


def command(options: argparse.Namespace) -> str | None:
    """The path of Checkov where it is to be asked, before anything that takes long; None where it is not.

    Raises:
        InputError: it is not there.
    """
    if not (options.checkov or options.checkov_command or options.checkov_fail):
        return None
    from residency.checkov import run  # noqa: PLC0415 - a check without it need not pay for it

    return run.command(options.checkov_command, os.environ)


def added(
    result: CheckResult,
    graphs: Sequence[ResourceGraph],
    checkov: str,
    *,
    fails: bool,
    progress: Callable[[str], None] | None,
) -> CheckResult:
    """The result with what Checkov says of the same graphs.

    Raises:
        InputError: Checkov ended with an error.
    """
    import msgspec  # noqa: PLC0415 - as above

    from residency.checkov import run  # noqa: PLC0415

    if progress:
        progress("Checkov's report")
    found = run.remarks(graphs, checkov)
    failed = fails and any(not each.skipped for each in found.remarks)
    code = _FAILED if failed else result.exit_code
    return msgspec.structs.replace(result, remarks=found, exit_code=code)
