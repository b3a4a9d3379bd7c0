"""A record of one check.

In:  the graphs that were judged, the result, and what was given beside them.
Out: a sealed Record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from residency import __version__
from residency.check import CheckOptions, CheckResult, is_judged
from residency.ingest.targets import Template
from residency.model import ResourceGraph, Verdict
from residency.record import digests, inputs
from residency.record.values import VERSION, Covered, Input, Named, Record


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What a check rests on beside its perimeter, the catalogue and the tool.

    Attributes:
        inputs, context, baseline, settings, pack: as in a Record; ``settings`` as a value.
    """

    settings: object
    inputs: tuple[Input, ...] = ()
    context: tuple[Input, ...] = ()
    baseline: str | None = None
    pack: Named | None = None


def of_check(
    options: CheckOptions,
    graphs: Sequence[ResourceGraph],
    result: CheckResult,
    *,
    baseline: Path | None,
    without: Iterable[Path],
) -> Record:
    """The record of a check of targets.

    Args:
        options: of the check.
        graphs: what was read, in the order of the targets.
        result: what came of it.
        baseline: its file, where there was one.
        without: files that are no part of any input: the record itself.

    Raises:
        InputError: an input cannot be read again.
    """
    left_out = tuple(without)
    pairs = zip(options.targets, graphs, strict=True)
    beside = Beside(
        inputs=tuple(inputs.of_target(target, options.stack, graph.reads, left_out) for target, graph in pairs),
        context=tuple(inputs.of_target(str(each), None, (), left_out) for each in options.with_state),
        baseline=inputs.of_file(baseline) if baseline else None,
        settings=settings(options),
    )
    return of_result(graphs, result, beside)


def of_result(graphs: Iterable[ResourceGraph], result: CheckResult, beside: Beside) -> Record:
    """The record of a result."""
    perimeter = result.perimeter
    return Record(
        version=VERSION,
        date=perimeter.on,
        tool=Named(name=__version__, digest=digests.of_tool()),
        catalogue=digests.of_catalogue(),
        perimeter=Named(name=perimeter.name, digest=digests.of_perimeter(perimeter)),
        baseline=beside.baseline,
        settings=digests.of_value(beside.settings),
        pack=beside.pack,
        inputs=beside.inputs,
        context=beside.context,
        resources=covered(graphs, result.verdicts),
        summary=result.summary,
        exit_code=result.exit_code,
        verdicts=digests.of_verdicts(result.verdicts),
    ).sealed()


def settings(options: CheckOptions) -> Mapping[str, object]:
    """What was given for templates and plans; nothing of it is kept but a digest."""
    template = options.template or Template()
    return {
        "region": template.region,
        "regions": dict(template.regions),
        "parameters": dict(template.parameters),
        "configuration": template.configuration and template.configuration.as_posix(),
    }


def covered(graphs: Iterable[ResourceGraph], verdicts: Iterable[Verdict]) -> tuple[Covered, ...]:
    """Every judged resource with the digest of its placements, sorted."""
    by_id: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_id[verdict.placement.resource.id].append(verdict)
    ids = {each.id for graph in graphs for each in graph.resources.values() if is_judged(each)}
    return tuple(Covered(id=_text(each), placements=digests.of_placements(by_id.get(each, ()))) for each in sorted(ids))


def _text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
