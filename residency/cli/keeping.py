"""``residency check`` with what it may keep, a baseline and a record, and with what Checkov says beside."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from residency import check as checking
from residency.check import CheckResult
from residency.cli import checkov, judging, reports


@judging.no_garbage_collection()
def check(options: argparse.Namespace) -> CheckResult:
    """Judge the targets, apply the baseline, write the record.

    Raises:
        UsageError: the record cannot be written.
        InputError: a target or the baseline cannot be read, or Checkov is not there or fails.
    """
    asked = checkov.command(options)
    with judging.progress() as progress:
        given = judging.check_options(options, options.targets, progress)
        given = msgspec.structs.replace(given, reads=bool(options.record))
        graphs = checking.read_targets(given)
        result = checking.result(graphs, given.perimeter)
    if options.baseline:
        from residency import baseline  # noqa: PLC0415 - most checks have none

        result = baseline.apply(baseline.read(Path(options.baseline)), result)
    if options.record:
        from residency.record import make, values  # noqa: PLC0415 - most checks write none

        named = Path(options.baseline) if options.baseline else None
        written = (file for _, file in reports.further(options.report, options.output))
        without = [*(Path(each) for each in (options.record, options.output) if each), *written]
        record = make.of_check(given, graphs, result, baseline=named, without=without)
        reports.write(values.encode(record).decode(), options.record, option="--record")
    if asked is not None:
        with judging.progress() as progress:
            result = checkov.added(result, graphs, asked, fails=options.checkov_fail, progress=progress)
    return result
