"""A record, held against what is to be deployed, or against what is deployed.

In:  a record with its bytes, and the options of the check that it should be of.
Out: what does not fit, one line each; nothing where the record is of exactly this input and its outcome is acceptable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from residency import __version__
from residency.check import CheckOptions, read_targets, result
from residency.perimeter import Perimeter
from residency.record import digests, inputs, make
from residency.record.values import Covered, Input, Record, encode

_MOST_NAMED = 5


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What a record should be of.

    Attributes:
        options: of the check: targets, stack, perimeter, states of other stacks, a template's settings.
        baseline: its file, where one is allowed.
        pack: the folder of the policy pack that must have judged; None if any may, or none.
        max_outside: how many placements outside are acceptable.
        without: files that are no part of any input.
    """

    options: CheckOptions
    baseline: Path | None = None
    pack: Path | None = None
    max_outside: int = 0
    without: tuple[Path, ...] = ()


def mismatches(record: Record, data: bytes, expected: Expected) -> Iterator[str]:
    """What of a record does not fit.

    Raises:
        InputError: an input cannot be read.
    """
    options = expected.options
    yield from _broken(record, data)
    yield from _judged_otherwise(record, options.perimeter)
    if record.settings != digests.of_value(make.settings(options)) and record.pack is None:
        yield "`--region`, a `--parameter` or `--configuration` is not the one that was judged"
    yield from _baseline(record, expected.baseline)
    if expected.pack and record.pack is None:
        yield "it was not made by a policy pack"
    elif expected.pack and record.pack and record.pack.digest != inputs.of_pack(expected.pack):
        yield f"it was made by another policy pack, `{record.pack.name}`, than the one in `{expected.pack}`"
    if record.pack is None:
        yield from _inputs(record.inputs, options.targets, options.stack, expected.without)
        states = tuple(str(each) for each in options.with_state)
        yield from _inputs(record.context, states, None, expected.without, "`--with-state` ")
    else:
        yield from _resources(record, options)
    yield from unacceptable(record, options.perimeter, expected.max_outside)


def unfit(record: Record, data: bytes, perimeter: Perimeter, max_outside: int) -> Iterator[str]:
    """Why a record covers nothing, whatever it is of."""
    yield from _broken(record, data)
    yield from unacceptable(record, perimeter, max_outside)


def _broken(record: Record, data: bytes) -> Iterator[str]:
    if record.sealed() != record or encode(record) != data:
        yield "the record was altered after it was made: its seal does not fit"


def _judged_otherwise(record: Record, perimeter: Perimeter) -> Iterator[str]:
    if record.tool.name != __version__:
        yield f"it was made by residency {record.tool.name}, and this is {__version__}"
    elif record.tool.digest != digests.of_tool():
        yield f"it was made by another build of residency {__version__}"
    if record.catalogue != digests.of_catalogue():
        yield "it was judged with another catalogue"
    if record.perimeter.digest != digests.of_perimeter(perimeter):
        same = " of the same name" if record.perimeter.name == perimeter.name else f" `{record.perimeter.name}`"
        yield f"it was judged by another perimeter{same}, not by `{perimeter.name}` as it is"


def _baseline(record: Record, baseline: Path | None) -> Iterator[str]:
    digest = inputs.of_file(baseline) if baseline else None
    if record.baseline and digest is None:
        yield "findings were carried over by a baseline; name it with `--baseline` if that is right"
    elif record.baseline != digest:
        yield f"it was judged {'with another' if record.baseline else 'without a'} baseline"


def _inputs(
    recorded: Sequence[Input], targets: Sequence[str], stack: str | None, without: Iterable[Path], what: str = ""
) -> Iterator[str]:
    """Each target against the input that it is; by content first, since a name may be another elsewhere."""
    left = list(recorded)
    strange: list[str] = []
    for target in targets:
        same = next((each for each in left if not any(_differences(each, target, stack, without))), None)
        if same is None:
            strange.append(target)
        else:
            left.remove(same)
    for target in strange:
        near = next((each for each in left if each.target == target), left[0] if left else None)
        if near is None:
            yield f"{what}`{target}` was not judged: the record has no such input"
        else:
            left.remove(near)
            yield from (
                f"{what}`{target}` is another input: {each}" for each in _differences(near, target, stack, without)
            )
    yield from (f"{what}`{each.target}` was judged, and is not given here" for each in left)


def _differences(recorded: Input, target: str, stack: str | None, without: Iterable[Path]) -> Iterator[str]:
    now = inputs.of_target(target, stack, () if recorded.form == "folder" else recorded.files, without)
    if now.form != recorded.form:
        yield f"it is a {now.form}, and `{recorded.target}`, which was judged, a {recorded.form}"
        return
    if now.stack != recorded.stack:
        yield f"its stack is `{now.stack}`, and `{recorded.stack}` was judged"
    yield from _files(recorded.files, now.files)


def _files(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    told = {
        name: "differs" if name in before and name in now else "is new" if name in now else "is missing"
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    }
    for name, how in list(told.items())[:_MOST_NAMED]:
        yield f"`{name}` {how}" if name else "its bytes differ"
    if len(told) > _MOST_NAMED:
        yield f"and {len(told) - _MOST_NAMED} more files differ"


def _resources(record: Record, options: CheckOptions) -> Iterator[str]:
    """A pack's record names no file: what is given must have the same resources at the same places."""
    graphs = read_targets(options)
    now = make.covered(graphs, result(graphs, options.perimeter).verdicts)
    yield from uncovered(now, (record,))
    gone = len({each.id for each in record.resources} - {each.id for each in now})
    if gone:
        yield f"{gone} of the resources that were judged are not in it"


def judged_again(record: Record, expected: Expected) -> Iterator[str]:
    """Judge anew, on the record's own day: a record whose outcome was made up shows.

    Raises:
        InputError: an input cannot be read or evaluated.
    """
    options = expected.options
    graphs = read_targets(options)
    found = result(graphs, options.perimeter)
    if expected.baseline:
        from residency import baseline  # noqa: PLC0415 - seldom

        found = baseline.apply(baseline.read(expected.baseline), found)
    if digests.of_verdicts(found.verdicts) != record.verdicts or found.summary != record.summary:
        yield "judged again, it has other verdicts than its record says"
    if make.covered(graphs, found.verdicts) != record.resources:
        yield "judged again, it has other resources or placements than its record says"


def unacceptable(record: Record, perimeter: Perimeter, max_outside: int = 0) -> Iterator[str]:
    """What of an outcome is not acceptable; also an acceptance that has ended since."""
    found = record.summary
    if found.outside > max_outside:
        yield f"its outcome was not inside: {found.outside} outside (exit code {record.exit_code})"
    if found.undetermined and (record.exit_code != 0 and perimeter.undetermined_blocks):
        yield f"its outcome was not inside: {found.undetermined} undetermined (exit code {record.exit_code})"
    if record.exit_code not in (0, 1, 3) or (record.exit_code and not (found.outside or found.undetermined)):
        yield f"its exit code is {record.exit_code}"
    if found.exempt:
        for each in (*perimeter.exemptions, *perimeter.transfers):
            if record.date <= each.expires < perimeter.on:
                yield f"the acceptance of `{each.resource}` ended on {each.expires}, after it was judged"


def uncovered(resources: Iterable[Covered], records: Sequence[Record]) -> Iterator[str]:
    """Each resource that no record covers, or covers elsewhere."""
    known: dict[str, set[str]] = {}
    for record in records:
        for each in record.resources:
            known.setdefault(each.id, set()).add(each.placements)
    for each in resources:
        if each.id not in known:
            yield f"`{each.id}` has no record"
        elif each.placements not in known[each.id]:
            yield f"`{each.id}` is not placed as its record says"
