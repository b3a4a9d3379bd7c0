"""The report for a terminal and for Pulumi's policy output: what, where, why and how to mend it, the worst first."""

from __future__ import annotations

from collections.abc import Iterator

from residency.check import CheckResult
from residency.model import Outcome, Verdict
from residency.report import remarks
from residency.report.escape import shown
from residency.report.findings import number_of, shown_counts

_LABEL = {Outcome.OUTSIDE: "error", Outcome.UNDETERMINED: "undetermined", Outcome.INSIDE: "inside"}


def render(result: CheckResult) -> str:
    """All findings, then the notes, then one line that sums up."""
    blocks = ["\n".join(finding(verdict)) for verdict in result.verdicts if verdict.outcome is not Outcome.INSIDE]
    blocks.extend(remarks.text(result.remarks) if result.remarks else ())
    blocks.extend(_notes(result))
    blocks.append(_summary(result) + (f"\n{shown(remarks.counts(result.remarks))}" if result.remarks else ""))
    return "\n\n".join(blocks) + "\n"


def finding(verdict: Verdict, *, with_where: bool = True) -> list[str]:
    """One finding in at most four lines: what, where, why, and the way to mend it or who accepted it."""
    label = "accepted" if verdict.exempt else _LABEL[verdict.outcome]
    lines = [f"{label}[{verdict.rule}]: {shown(verdict.what)}"]
    if with_where:
        lines.append(f"  where: {shown(where(verdict))}")
    if verdict.why:
        lines.append(f"  why:   {shown(verdict.why)}")
    if verdict.exempt:
        lines.append(f"  by:    {shown(verdict.exempt)}")
    elif verdict.fix:
        lines.append(f"  help:  {shown(verdict.fix)}")
    return lines


def where(verdict: Verdict) -> str:
    """Source line, resource and property, as far as they are known."""
    resource = verdict.placement.resource
    parts = [verdict.target]
    if resource.where:
        if resource.where.file == verdict.target:
            parts.clear()  # a template is its own file
        parts.append(f"{resource.where.file}:{resource.where.line}")
    if resource.type:
        parts.append(f"`{resource.name}` ({resource.type})")
    if verdict.placement.property:
        parts.append(f"property `{verdict.placement.property}`")
    return ", ".join(parts)


def _notes(result: CheckResult) -> Iterator[str]:
    lines = [f"note: {shown(note.what)}" + (f" ({shown(note.where)})" if note.where else "") for note in result.notes]
    if lines:
        yield "\n".join(lines)


def _summary(result: CheckResult) -> str:
    found = result.summary
    counts = shown_counts(found.outside, found.undetermined, found.inside, found.exempt)
    return (
        f"{number_of(found.resources, 'resource')}, {number_of(found.placements, 'placement')} "
        f"against `{shown(result.perimeter.name)}`: {counts}"
    )
