"""One call from targets to a result; what every gate and the command line share.

In:  targets as a user names them (files or project folders), a perimeter.
Out: a CheckResult with all verdicts and the exit code. Pure but for reading the targets: no printing, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from residency.catalogue import resources as catalogue
from residency.catalogue.resources import normalised
from residency.errors import InputError, UsageError
from residency.ingest import targets
from residency.ingest.targets import Template
from residency.judge import judge, order
from residency.model import Note, Outcome, Remarks, Resource, ResourceGraph, Verdict
from residency.perimeter import Perimeter

OK, OUTSIDE, BAD_INPUT, UNDETERMINED = 0, 1, 2, 3


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over all targets. Exempt verdicts are counted as exempt only."""

    resources: int
    placements: int
    inside: int
    outside: int
    undetermined: int
    exempt: int


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found.

    Attributes:
        perimeter: the one that judged.
        verdicts: sorted, the worst first; inside ones too.
        notes: what was assumed while reading the targets.
        summary: the counts.
        exit_code: 0 all inside, 1 something outside, 3 nothing outside but something undetermined.
        cited: by target and id, the resources that the evidence of a finding names.
        remarks: what another tool says of the same targets; None where none was asked.
    """

    perimeter: Perimeter
    verdicts: tuple[Verdict, ...]
    notes: tuple[Note, ...]
    summary: Summary
    exit_code: int
    cited: Mapping[tuple[str, str], Resource] = {}
    remarks: Remarks | None = None


class CheckOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What to check, and how.

    Attributes:
        targets: files or project folders.
        perimeter: judges.
        stack: which stack of a project folder; None if it has only one.
        with_state: exported states of other stacks, to resolve references.
        timeout: seconds that a program may take.
        template: for CloudFormation, the Regions and the parameters of the deployment.
        progress: told the name of each target when its reading begins.
        reads: whether to find out which files a program is made of.
    """

    targets: tuple[str, ...]
    perimeter: Perimeter
    stack: str | None = None
    with_state: tuple[Path, ...] = ()
    timeout: float = 120.0
    template: Template | None = None
    progress: Callable[[str], None] | None = None
    reads: bool = False


def run_check(options: CheckOptions) -> CheckResult:
    """Read every target and judge it.

    Raises:
        UsageError: no target.
        InputError: a target cannot be read, or has no resources.
    """
    return result(read_targets(options), options.perimeter)


def read_targets(options: CheckOptions, *, may_be_empty: bool = False) -> list[ResourceGraph]:
    """Read every target; errors as in ``run_check``, but for a target without resources if that may be."""
    if not options.targets:
        raise UsageError("nothing to check", help="name a project folder, a state, or a preview")
    others = targets.read_states(options.with_state)
    graphs: list[ResourceGraph] = []
    for target in options.targets:
        if options.progress:
            options.progress(target)
        graph = targets.read(
            target,
            stack=options.stack,
            others=others,
            timeout=options.timeout,
            template=_beside(options, target),
            reads=options.reads,
        )
        if not may_be_empty:
            require_resources(graph)
        graphs.append(graph)
    return graphs


def _beside(options: CheckOptions, target: str) -> Template:
    """What is said of the targets, with the other targets, to which a template may refer."""
    others = tuple(each for each in options.targets if each != target)
    rows = [row for file in options.perimeter.own_rows for row in file.resource]
    own = frozenset(catalogue.canonical(token) for row in rows for token in row.tokens)
    return msgspec.structs.replace(options.template or Template(), beside=others, own_types=own)


def require_resources(graph: ResourceGraph) -> None:
    """Refuse a target in which there is nothing to judge.

    Raises:
        InputError: there is no resource, so that "all inside" would say nothing.
    """
    if not any(is_judged(resource) for resource in graph.resources.values()):
        raise InputError(
            f"`{graph.target}` has no resources, so there is nothing to judge",
            help="is it the right stack? a check of nothing proves nothing",
        )


def is_judged(resource: Resource) -> bool:
    """Whether a resource is one to judge: no component, and not another stack's."""
    return not (resource.is_context or resource.is_component)


def result(graphs: Sequence[ResourceGraph], perimeter: Perimeter) -> CheckResult:
    """Judge graphs that are read already."""
    verdicts = [verdict for graph in graphs for verdict in judge(graph, perimeter)]
    if len(graphs) > 1:
        verdicts.sort(key=order)
    return result_of(graphs, verdicts, perimeter)


def result_of(graphs: Sequence[ResourceGraph], verdicts: Sequence[Verdict], perimeter: Perimeter) -> CheckResult:
    """The result of graphs that are judged already; the verdicts are sorted."""
    count = sum(is_judged(resource) for graph in graphs for resource in graph.resources.values())
    summary = summarise(verdicts, count)
    return CheckResult(
        perimeter=perimeter,
        verdicts=tuple(verdicts),
        notes=tuple(sorted({note for graph in graphs for note in (*graph.notes, *_own_rows(graph, perimeter))})),
        summary=summary,
        exit_code=_exit_code(summary, perimeter),
        cited=dict(_cited(graphs, verdicts)),
    )


def _cited(graphs: Sequence[ResourceGraph], verdicts: Sequence[Verdict]) -> Iterator[tuple[tuple[str, str], Resource]]:
    """The resources on the way to each finding. Another stack's are left out: their lines are another project's."""
    by_target = {graph.target: graph for graph in graphs}
    for verdict in verdicts:
        if verdict.outcome is Outcome.INSIDE:
            continue
        graph = by_target[verdict.target]
        for step in verdict.placement.evidence:
            resource = graph.resources.get(step.resource) or graph.providers.get(step.resource)
            if resource is not None and not resource.is_context:
                yield (verdict.target, resource.id), resource


def rejudged(found: CheckResult, verdicts: Sequence[Verdict], notes: Sequence[Note]) -> CheckResult:
    """The same result with other verdicts on the same placements, and further notes."""
    summary = summarise(verdicts, found.summary.resources)
    return msgspec.structs.replace(
        found,
        verdicts=tuple(sorted(verdicts, key=order)),
        notes=tuple(sorted({*found.notes, *notes})),
        summary=summary,
        exit_code=_exit_code(summary, found.perimeter),
    )


def _own_rows(graph: ResourceGraph, perimeter: Perimeter) -> Iterator[Note]:
    """Which types of a graph are judged by rows of the project, not by the catalogue's."""
    types = {normalised(resource.type) for resource in graph.resources.values() if is_judged(resource)}
    for file in perimeter.own_rows:
        for token in sorted(types & {normalised(token) for row in file.resource for token in row.tokens}):
            instead = " instead of the catalogue's" if catalogue.row(token) else ""
            yield Note(f"`{token}` is judged by a row of this project{instead}", file.name)


def summarise(verdicts: Sequence[Verdict], resources: int) -> Summary:
    """Count verdicts by outcome."""
    counts = dict.fromkeys(Outcome, 0)
    exempt = 0
    for verdict in verdicts:
        if verdict.exempt:
            exempt += 1
        else:
            counts[verdict.outcome] += 1
    return Summary(
        resources=resources,
        placements=len(verdicts),
        inside=counts[Outcome.INSIDE],
        outside=counts[Outcome.OUTSIDE],
        undetermined=counts[Outcome.UNDETERMINED],
        exempt=exempt,
    )


def _exit_code(summary: Summary, perimeter: Perimeter) -> int:
    if summary.outside:
        return OUTSIDE
    return UNDETERMINED if summary.undetermined and perimeter.undetermined_blocks else OK
