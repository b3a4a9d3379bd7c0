"""A change for a terminal: what widens the perimeter, what blocks with its way to be mended, then what was there."""

from __future__ import annotations

from collections.abc import Iterator

from residency.change import Change, ChangeKind, DiffResult
from residency.model import Outcome, Verdict
from residency.report.change.sentence import count, place, sentence
from residency.report.escape import shown
from residency.report.text import finding, where


def render(result: DiffResult) -> str:
    """The sentence, all changes, the notes, and one line that sums up."""
    blocks = [sentence(result, lambda name: f"`{shown(name)}`", shown)]
    if result.widened:
        blocks.append("\n".join(f"perimeter: the change {shown(each)}" for each in result.widened))
    blocks += ["\n".join(_change(change)) for change in result.changes]
    notes = [f"note: {shown(note.what)}" + (f" ({shown(note.where)})" if note.where else "") for note in result.notes]
    if notes:
        blocks.append("\n".join(notes))
    blocks.append(summary(result))
    return "\n\n".join(blocks) + "\n"


def summary(result: DiffResult) -> str:
    """The counts of every kind."""
    counts = ", ".join(f"{len(result.of(kind))} {kind.value.replace('-', ' ')}" for kind in ChangeKind)
    return (
        f"{shown(result.base)} -> {shown(result.head)} against `{shown(result.perimeter.name)}`: {counts}; "
        f"{count(result.unchanged, 'placement')} inside as before"
    )


def _change(change: Change) -> Iterator[str]:
    yield f"{change.kind.value.replace('-', ' ')}{_from_to(change)}"
    verdict = change.shown
    if change.after is None or verdict.outcome is Outcome.INSIDE:
        yield f"  where: {shown(where(verdict))}"
        yield f"  {'was' if change.after is None else 'now'}:   {shown(verdict.what)}"
        return
    yield from (f"  {line}" for line in finding(verdict))


def _from_to(change: Change) -> str:
    before, after = change.before, change.after
    if before is None or after is None:
        return ""
    if change.kind is ChangeKind.CARRIED_OVER and state(before) == state(after):
        return ""
    return f": {shown(place(before))} ({state(before)}) -> {shown(place(after))} ({state(after)})"


def state(verdict: Verdict) -> str:
    """The outcome, and whether somebody accepted it."""
    return f"{verdict.outcome.value}, accepted" if verdict.exempt else verdict.outcome.value
