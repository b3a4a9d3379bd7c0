"""What a scanner asks: the verdicts of one file or configuration, by resource and rule.

In:  a CloudFormation template, a Terraform plan's JSON, or a configuration that Checkov has worked out.
Out: for a resource and a rule, an answer in words. The whole graph is judged once; the scanner then asks for each
     resource. The perimeter is what RESIDENCY_PERIMETER names, else the nearest ``residency.toml``, else ``eea``.
"""

from __future__ import annotations

import datetime
import enum
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from residency.errors import ResidencyError
from residency.ingest import cloudformation, terraform
from residency.ingest.terraform import rendered
from residency.judge import judge
from residency.model import Outcome, ResourceGraph, Verdict
from residency.perimeter import DEFAULT, FILE_NAME, Perimeter, load
from residency.rules import rules

VARIABLE, REGION = "RESIDENCY_PERIMETER", "RESIDENCY_REGION"
DOUBT = "RES902"


class Result(enum.Enum):
    """What a scanner is told."""

    PASSED = "passed"
    FAILED = "failed"
    ACCEPTED = "accepted"
    SILENT = "silent"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one resource by one rule.

    Attributes:
        result: failed if a verdict blocks; accepted if somebody answers for it, or the perimeter lets it pass.
        what: one sentence; of several verdicts, the worst.
        details: why, and how to mend it, a line each.
        properties: the paths that say so.
        fingerprints: the verdicts' own.
    """

    result: Result
    what: str = ""
    details: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()


SILENT = Answer(result=Result.SILENT)


class Scan:
    """The verdicts of one graph; or why there are none."""

    def __init__(self, graph: ResourceGraph | ResidencyError, perimeter: Perimeter | None) -> None:
        self._verdicts: dict[tuple[str, str], list[Verdict]] = {}
        self._perimeter = perimeter
        self._problem = graph if isinstance(graph, ResidencyError) else None
        self._told: set[str] = set()
        if isinstance(graph, ResourceGraph) and perimeter is not None:
            for verdict in judge(graph, perimeter):
                self._verdicts.setdefault((_key(verdict), verdict.rule), []).append(verdict)

    def answer(self, resource: str, rule: str) -> Answer:
        """What a rule says of a resource.

        Args:
            resource: Terraform's address, or the logical id.
            rule: its id.
        """
        if self._problem is not None:
            # By each rule, since a scanner may be asked to run only some; on one resource is enough.
            return self._once(rule, _failure(self._problem))
        found = self._verdicts.get((resource, rule), [])
        if rule == DOUBT:
            # It is about the whole configuration, and a scanner takes it on a resource: on the first one.
            return self._once(rule, self._of(self._verdicts.get(("", DOUBT), [])))
        return self._of(found)

    def _once(self, rule: str, answer: Answer) -> Answer:
        if rule in self._told:
            return SILENT
        self._told.add(rule)
        return answer

    def _of(self, found: list[Verdict]) -> Answer:
        if not found:
            return SILENT
        blocking = [each for each in found if self._blocks(each)]
        accepted = [each for each in found if each.outcome is not Outcome.INSIDE and each not in blocking]
        told = blocking or accepted or found
        result = Result.FAILED if blocking else Result.ACCEPTED if accepted else Result.PASSED
        more = f" (and {len(told) - 1} more)" if len(told) > 1 else ""
        return Answer(
            result=result,
            what=f"{told[0].what}{more}",
            details=() if result is Result.PASSED else tuple(_details(told)),
            properties=tuple(sorted({each.placement.property for each in told if each.placement.property})),
            fingerprints=tuple(each.fingerprint for each in told),
        )

    def _blocks(self, verdict: Verdict) -> bool:
        lets_pass = self._perimeter is not None and not self._perimeter.undetermined_blocks
        return verdict.blocks and not (lets_pass and verdict.outcome is Outcome.UNDETERMINED)


def _key(verdict: Verdict) -> str:
    """How a scanner calls the resource; "" for the whole target. A template's parts belong to their logical id."""
    resource = verdict.placement.resource
    if verdict.rule == DOUBT:
        return ""
    return resource.name.partition(".")[0] if resource.id.startswith("cloudformation::") else resource.id


def _details(told: Sequence[Verdict]) -> Iterable[str]:
    for verdict in told:
        if len(told) > 1:
            yield f"{verdict.outcome.value}: {verdict.what}"
        yield f"why: {verdict.why}"
        if verdict.exempt:
            yield f"accepted: {verdict.exempt}"
        elif verdict.fix:
            yield f"help: {verdict.fix}"
        yield f"fingerprint: {verdict.fingerprint}"


def _failure(problem: ResidencyError) -> Answer:
    details = [f"where: {problem.where}"] if problem.where else []
    details.extend([f"help: {problem.help}"] if problem.help else [])
    return Answer(result=Result.FAILED, what=f"nothing could be judged: {problem.what}", details=tuple(details))


def template(path: Path) -> Scan:
    """Judge a CloudFormation template; one of a ``cdk.out`` with what its manifest says."""
    whole = path.parent if (path.parent / "manifest.json").is_file() else path
    region = os.environ.get(REGION) or None
    return _scan(path.parent, lambda: cloudformation.read(cloudformation.Deployed(str(whole), region), parameters={}))


def plan(path: Path) -> Scan:
    """Judge a Terraform plan."""
    return _scan(path.parent, lambda: terraform.read(str(path)))


class Scanned(msgspec.Struct, frozen=True):
    """A resource of a configuration: its file, and the scan that answers for it."""

    file: str
    scan: Scan


def configuration(nodes: Iterable[Mapping[str, Any]]) -> Mapping[str, tuple[Scanned, ...]]:
    """Judge all that Checkov has in one graph, every root module and every plan by itself.

    Args:
        nodes: of the graph.

    Returns:
        By address the resources that have it; several where there are several root modules.
    """
    blocks = [made for made in map(rendered.block, nodes) if made is not None]
    plans = {each.file for each in blocks if each.file.endswith(".json")}
    scans = {file: plan(Path(file)) for file in sorted(plans)}
    graphs = rendered.graphs((each for each in blocks if each.file not in plans), os.path.relpath)
    roots = {folder: _scan(Path(folder), lambda graph=graph: graph) for folder, graph in graphs.items()}
    found: dict[str, list[Scanned]] = {}
    for each in blocks:
        if each.kind == "resource":
            scan = scans[each.file] if each.file in plans else roots[each.root]
            found.setdefault(each.address, []).append(Scanned(each.file.replace("\\", "/"), scan))
    return {address: tuple(listed) for address, listed in found.items()}


def _scan(folder: Path, read: Callable[[], ResourceGraph]) -> Scan:
    try:
        perimeter = load(perimeter_name(folder), datetime.datetime.now(tz=datetime.UTC).date())
        return Scan(read(), perimeter)
    except ResidencyError as error:
        return Scan(error, None)


def perimeter_name(folder: Path) -> str:
    """The perimeter of a folder: the variable's, the nearest file's on the way up to this folder, else the default."""
    named = os.environ.get(VARIABLE)
    if named:
        return named
    here, top = folder.resolve(), Path.cwd()
    above = [here, *here.parents]
    within = above[: above.index(top) + 1] if top in above else [here, top]
    return next((str(each / FILE_NAME) for each in within if (each / FILE_NAME).is_file()), DEFAULT)


def names() -> Mapping[str, str]:
    """Each rule's name by its id."""
    return {rule.id: rule.name for rule in rules().values()}
