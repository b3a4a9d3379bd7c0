"""``residency verify-record``: a record held against what is to be deployed, or records against what is deployed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from residency.check import OK, OUTSIDE, CheckOptions, read_targets, result
from residency.cli import judging
from residency.errors import InputError, UsageError
from residency.record import make, verify
from residency.record.values import Record, read
from residency.record.verify import Expected
from residency.report.escape import shown


def run(options: argparse.Namespace) -> int:
    """Say what does not fit; 0 only if nothing is amiss.

    Raises:
        UsageError: neither a target nor a state is given, or both are.
        InputError: a target cannot be read, or a file is no record.
    """
    if bool(options.targets) == bool(options.deployed):
        raise UsageError(
            "name either the targets that are to be deployed, or a state with `--deployed`",
            help="`residency verify-record record.json path/to/project`",
        )
    with judging.progress() as progress:
        targets: list[str] = options.targets or options.deployed
        given = judging.check_options(options, targets, progress)
        lines = list(_of_state(options, given) if options.deployed else _of_targets(options, given))
    for line in lines or ["accepted: the record is of this input, and its outcome is acceptable"]:
        sys.stdout.write(shown(line) + "\n")
    return OUTSIDE if lines else OK


def _of_targets(options: argparse.Namespace, given: CheckOptions) -> Iterator[str]:
    """What speaks against the targets; nothing if one record fits."""
    paths = _paths(Path(options.record))
    if not paths:
        yield _missing(options.record)
        return
    expected = Expected(
        options=given,
        baseline=Path(options.baseline) if options.baseline else None,
        pack=Path(options.pack) if options.pack else None,
        max_outside=options.max_outside,
        without=tuple(paths),
    )
    refused: list[str] = []
    for path in paths:
        record, data = read(path)
        amiss = list(verify.mismatches(record, data, expected))
        if not amiss and options.again:
            amiss = list(verify.judged_again(record, expected))
        if not amiss:
            return
        refused += [f"refused: `{path}`: {each}" for each in amiss]
    yield from refused


def _of_state(options: argparse.Namespace, given: CheckOptions) -> Iterator[str]:
    """Each deployed resource that no acceptable record covers."""
    records: list[Record] = []
    for path in _paths(Path(options.record)):
        record, data = read(path)
        amiss = list(verify.unfit(record, data, given.perimeter, options.max_outside))
        if amiss:
            yield from (f"refused: `{path}` covers nothing: {each}" for each in amiss)
        else:
            records.append(record)
    if not records:
        yield _missing(options.record)
    graphs = read_targets(given)
    deployed = make.covered(graphs, result(graphs, given.perimeter).verdicts)
    yield from (f"refused: {each}" for each in verify.uncovered(deployed, records))


def _missing(name: str) -> str:
    return f"refused: there is no record at `{name}`: this was not judged, or its record was not kept"


def _paths(path: Path) -> Sequence[Path]:
    """The files of a folder of records, sorted; the one file; none where there is nothing.

    Raises:
        InputError: the folder cannot be read.
    """
    try:
        if path.is_dir():
            return sorted(path.glob("*.json"))
    except OSError as error:
        raise InputError(f"cannot read `{path}`: {error.strerror}") from None
    return [path] if path.exists() else []
