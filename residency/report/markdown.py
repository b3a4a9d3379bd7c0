"""The report as a comment on a pull request, and as the summary of a job: Markdown for GitHub and GitLab.

In:  a CheckResult.
Out: a hidden marker by which a later run finds its own comment, one sentence that a person can act on, a table of the
     findings, then folded: why and how to mend each, what would settle the undetermined ones, what somebody accepted,
     what was assumed. Where it is too long for the service, the first findings are kept, and the others counted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from residency.check import CheckResult
from residency.model import Note, Outcome, Verdict
from residency.report import limits, remarks
from residency.report.commonmark import code, prose
from residency.report.findings import label, number_of, place, shown_counts, steps
from residency.report.headline import headline
from residency.report.position import Positions

MARKER = "<!-- residency report -->"
# No finding takes fewer bytes, so that more of them can never fit.
_LEAST = 100
_OUTSIDE, _UNDETERMINED, _ACCEPTED = _PARTS = (
    "Why, and how to mend it",
    "Undetermined, and what would settle it",
    "Accepted",
)
_TABLE = "| | resource | kind | place | where | rule |\n| --- | --- | --- | --- | --- | --- |"


def render(result: CheckResult) -> str:
    """The comment, not longer than a comment may be."""
    return _within(result, limits.COMMENT_BYTES)


def render_summary(result: CheckResult) -> str:
    """The same with all that a job's summary has room for."""
    return _within(result, limits.SUMMARY_BYTES)


def _within(result: CheckResult, limit: int) -> str:
    """As many findings as fit, the worst first. One more is always longer, so the most that fit can be halved out."""
    comment = _Comment(result, limit // _LEAST)
    text = comment.text(comment.longest)
    if len(text.encode()) > limit:
        counts = range(1, comment.longest)
        text = comment.text(bisect_left(counts, True, key=lambda count: len(comment.text(count).encode()) > limit))
    return text


class _Comment:
    """The parts of one result's comment, each made once; its lists can be cut.

    Attributes:
        longest: of the longest list, the length; not more than was asked for.
    """

    def __init__(self, result: CheckResult, most: int) -> None:
        self._result = result
        self._positions = Positions(result)
        self._found = [verdict for verdict in result.verdicts if verdict.outcome is not Outcome.INSIDE]
        self._head = [f"{MARKER}\n{headline(result, self._positions)}", self._counts()]
        self._rows = [self._row(verdict) for verdict in self._found[:most]]
        self._details = [(_part(verdict), self._detail(verdict)) for verdict in self._found[:most]]
        self._notes = [_noted(note) for note in result.notes[:most]]
        others = self._result.remarks
        self.longest = max(len(self._rows), len(self._notes), min(most, len(others.remarks)) if others else 0)

    def text(self, most: int) -> str:
        """The comment with at most so many findings, and so many notes."""
        parts = list(self._head)
        if self._rows[:most]:
            parts.append("\n".join([_TABLE, *self._rows[:most]]))
        for title in _PARTS:
            details = [detail for part, detail in self._details[:most] if part == title]
            if details:
                every = sum(_part(verdict) == title for verdict in self._found)
                parts.append(_folded(f"{title} ({every})", "\n\n".join(details)))
        if self._notes[:most]:
            parts.append(_folded(f"Assumed while reading ({len(self._result.notes)})", "\n".join(self._notes[:most])))
        parts.extend(_folded(title, text) for title, text in remarks.section(self._result, self._positions, most))
        parts.extend(self._left_out(most))
        return "\n\n".join(parts) + "\n"

    def _counts(self) -> str:
        summary = self._result.summary
        counts = shown_counts(summary.outside, summary.undetermined, summary.inside, summary.exempt)
        judged = f"{number_of(summary.resources, 'resource')}, {number_of(summary.placements, 'placement')}"
        return f"{judged} against {code(self._result.perimeter.name)}: {counts}."

    def _row(self, verdict: Verdict) -> str:
        where, countries = place(verdict)
        shown_place = code(where, in_table=True) if where else "not known yet"
        cells = (
            label(verdict),
            code(verdict.placement.resource.name, in_table=True),
            verdict.placement.kind.value if verdict.placement.resource.type else "whole target",
            f"{shown_place} ({countries})" if countries else shown_place,
            code(self._positions.of(verdict).shown, in_table=True),
            verdict.rule,
        )
        return f"| {' | '.join(cells)} |"

    def _detail(self, verdict: Verdict) -> str:
        evidence, rest = steps(verdict)
        way = [f"{prose(step.text)}{self._at(verdict, number)}" for number, step in enumerate(evidence)]
        way.extend([prose(rest)] if rest else [])
        lines = [f"**{verdict.rule}** {prose(verdict.what)} ({code(self._positions.of(verdict).shown)})", ""]
        lines.extend(f"{number}. {step}" for number, step in enumerate(way, 1))
        if verdict.exempt:
            lines.append(f"\nAccepted: {prose(verdict.exempt)}")
        elif verdict.fix:
            word = "To settle it" if verdict.outcome is Outcome.UNDETERMINED else "To mend it"
            lines.append(f"\n{word}: {prose(verdict.fix)}")
        return "\n".join(lines)

    def _at(self, verdict: Verdict, number: int) -> str:
        where = self._positions.of_step(verdict, verdict.placement.evidence[number])
        return f" ({code(where.shown)})" if where else ""

    def _left_out(self, most: int) -> Iterator[str]:
        for count, noun in ((len(self._found), "more finding"), (len(self._result.notes), "more note")):
            if count > most:
                yield f"There is no room here for {number_of(count - most, noun)}; the other reports have them."


def _part(verdict: Verdict) -> str:
    if verdict.exempt:
        return _ACCEPTED
    return _OUTSIDE if verdict.outcome is Outcome.OUTSIDE else _UNDETERMINED


def _noted(note: Note) -> str:
    return f"- {prose(note.what)}" + (f" ({code(note.where)})" if note.where else "")


def _folded(title: str, text: str) -> str:
    """A part that a reader opens; the empty lines let Markdown be read inside it."""
    return f"<details>\n<summary>{title}</summary>\n\n{text}\n\n</details>"
