"""A change as a comment in a pull request: one sentence to act on, then what blocks, then all else folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from residency.change import Change, ChangeKind, DiffResult
from residency.model import Verdict
from residency.report.change.sentence import count, place, sentence
from residency.report.change.text import state
from residency.report.commonmark import code, prose
from residency.report.position import Positions

MOST_CHARACTERS = 60_000
"""A comment of GitHub's holds 65,536 characters: https://docs.github.com/rest/issues/comments, read 2026-11-26."""
_TITLES = {
    ChangeKind.ADDED: "New, and accepted",
    ChangeKind.MOVED: "Moved inside, or accepted",
    ChangeKind.CARRIED_OVER: "There before; this change does not answer for it",
    ChangeKind.MENDED: "Mended",
    ChangeKind.REMOVED: "Gone with its resource",
}


def render(result: DiffResult) -> str:
    """The comment; where it would be too long, whole entries are left out and counted."""
    parts = [sentence(result, code, prose)]
    parts += [f"**Perimeter:** the change {prose(each)}." for each in result.widened]
    parts += [_finding(change) for change in result.blocking]
    for kind in ChangeKind:
        rest = [change for change in result.of(kind) if not change.blocks]
        if rest:
            parts.append(_folded(f"{_TITLES[kind]}: {len(rest)}", [_line(change) for change in rest]))
    notes = list(_notes(result))
    if notes:
        parts.append(_folded(f"Notes: {len(notes)}", notes))
    counts = count(result.unchanged, "placement")
    names = f"{code(result.base)} → {code(result.head)}"
    parts.append(f"{names} against {code(result.perimeter.name)}; {counts} inside as before.")
    return "\n\n".join(_fitting(parts)) + "\n"


def _finding(change: Change) -> str:
    verdict = change.shown
    lines = [f"**{verdict.rule}** {prose(verdict.what)}", f"- where: {_where(verdict)}"]
    if change.before:
        lines.append(f"- before: {code(place(change.before))} ({state(change.before)})")
    if verdict.why:
        lines.append(f"- why: {prose(verdict.why)}")
    if verdict.fix:
        lines.append(f"- help: {prose(verdict.fix)}")
    return lines[0] + "\n\n" + "\n".join(lines[1:])


def _line(change: Change) -> str:
    verdict = change.shown
    told = f"- {verdict.rule} {code(verdict.placement.resource.name)}"
    if change.before and change.after:
        told += f" {code(place(change.before))} ({state(change.before)}) → "
        told += f"{code(place(change.after))} ({state(change.after)})"
    else:
        told += f" {code(place(verdict))} ({state(verdict)})"
    accepted = f", by {prose(verdict.exempt)}" if verdict.exempt else ""
    return f"{told}{accepted}, {_where(verdict)}"


def _where(verdict: Verdict) -> str:
    name = code(Positions().of(verdict).shown)
    return f"{name}, property {code(verdict.placement.property)}" if verdict.placement.property else name


def _notes(result: DiffResult) -> Iterator[str]:
    for note in result.notes:
        yield f"- {prose(note.what)}" + (f" ({code(note.where)})" if note.where else "")


def _folded(title: str, lines: Sequence[str]) -> str:
    return f"<details><summary>{title}</summary>\n\n" + "\n".join(lines) + "\n\n</details>"


def _fitting(parts: Sequence[str]) -> Iterator[str]:
    """Parts up to the limit; the first, which tells what to do, is always there."""
    used, left_out = 0, 0
    for part in parts:
        used += len(part) + 2
        if used <= MOST_CHARACTERS or part is parts[0]:
            yield part
        else:
            left_out += 1
    if left_out:
        yield f"{count(left_out, 'part')} left out here: the text report has all."
