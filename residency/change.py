"""What a change does to the verdicts: two results of a check, compared by what they are about.

In:  the CheckResult before and the one after.
Out: a DiffResult: each finding as added, moved, mended, removed or carried over, and an exit code for the change alone.

A finding is a verdict that is not inside. Two verdicts are about the same placement if they agree in, first found first
taken:

1. rule, resource, kind, property and location (what the fingerprint is made of);
2. rule, resource, kind and location: an element changed its place in a list, an inherited place was written down;
3. rule, resource, kind and property: the placement moved;
4. rule, resource and kind, where each side has one left.

A location that is not known agrees with one that is not known for the same reason only.
"""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import TypeAlias

import msgspec

from residency.check import OK, OUTSIDE, UNDETERMINED, CheckResult
from residency.judge import code_of, order
from residency.model import Note, Outcome, Unknown, Verdict
from residency.perimeter import Perimeter
from residency.perimeter.difference import widened

_Key: TypeAlias = "Callable[[Verdict], Hashable]"


class ChangeKind(enum.Enum):
    """What became of a placement; the worst first."""

    ADDED = "added"
    MOVED = "moved"
    CARRIED_OVER = "carried-over"
    MENDED = "mended"
    REMOVED = "removed"


_ORDER = {kind: number for number, kind in enumerate(ChangeKind)}


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One placement before and after.

    Attributes:
        kind: added: a finding that is new, or worse at the same location (its acceptance was lost); moved: at another
            location than before, inside or not; carried over: the same finding in both; mended: a finding that is
            inside, accepted or without its placement now; removed: a finding whose resource is gone.
        before, after: the verdicts; None where there is none. Never both None.
    """

    kind: ChangeKind
    before: Verdict | None = None
    after: Verdict | None = None

    @property
    def shown(self) -> Verdict:
        """The verdict that speaks for it: the newer one where there is one."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a change has a side
        return found

    @property
    def blocks(self) -> bool:
        """Whether the change made it so that somebody has to act."""
        new = self.kind in (ChangeKind.ADDED, ChangeKind.MOVED)
        return new and self.after is not None and self.after.blocks


class DiffResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a change does.

    Attributes:
        base, head: how the user named the two sides.
        perimeter: the one that judged the newer side.
        changes: what blocks first, then by kind and in the order of verdicts.
        unchanged: number of placements inside, in both at the same location.
        widened: how the perimeter itself lets pass more than before, as what comes after "the change".
        notes: what was assumed while reading either side.
        exit_code: 1 if something outside was added or moved, 3 if only something undetermined was, else 0.
    """

    base: str
    head: str
    perimeter: Perimeter
    changes: tuple[Change, ...]
    unchanged: int
    widened: tuple[str, ...]
    notes: tuple[Note, ...]
    exit_code: int

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def blocking(self) -> tuple[Change, ...]:
        """The changes that somebody has to act on."""
        return tuple(change for change in self.changes if change.blocks)


def compare(before: CheckResult | None, after: CheckResult | None, names: tuple[str, str]) -> DiffResult:
    """Compare two results; None stands for a side that does not exist.

    Args:
        before: the older one.
        after: the newer one; at least one of the two is there.
        names: how the user named the two sides.
    """
    newer = after or before
    assert newer is not None  # noqa: S101 - the caller's duty
    old, new = (before.verdicts if before else ()), (after.verdicts if after else ())
    there = {_subject(verdict) for verdict in new}
    pairs, gone, made = _matched(old, new)
    changes = [change for pair in pairs if (change := _changed(*pair))]
    changes += [
        Change(kind=ChangeKind.MENDED if _subject(each) in there else ChangeKind.REMOVED, before=each)
        for each in gone
        if each.outcome is not Outcome.INSIDE
    ]
    changes += [Change(kind=ChangeKind.ADDED, after=each) for each in made if each.outcome is not Outcome.INSIDE]
    changes.sort(key=lambda change: (not change.blocks, _ORDER[change.kind], order(change.shown)))
    notes = {note for side in (before, after) if side for note in side.notes}
    return DiffResult(
        base=names[0],
        head=names[1],
        perimeter=newer.perimeter,
        changes=tuple(changes),
        unchanged=sum(_changed(*pair) is None for pair in pairs),
        widened=tuple(widened(before.perimeter, after.perimeter)) if before and after else (),
        notes=tuple(sorted(notes)),
        exit_code=_exit_code(changes, newer.perimeter),
    )


def _exit_code(changes: Sequence[Change], perimeter: Perimeter) -> int:
    outcomes = {change.after.outcome for change in changes if change.blocks and change.after}
    if Outcome.OUTSIDE in outcomes:
        return OUTSIDE
    return UNDETERMINED if outcomes and perimeter.undetermined_blocks else OK


def _changed(before: Verdict, after: Verdict) -> Change | None:
    """What became of a placement that both sides have; None if it is inside at the same location in both."""
    worse = _gravity(after) - _gravity(before)
    if before.blocks and not after.blocks:
        kind = ChangeKind.MENDED
    elif _location(before) != _location(after):
        kind = ChangeKind.MOVED
    elif worse > 0:
        kind = ChangeKind.ADDED
    elif after.outcome is not Outcome.INSIDE:
        kind = ChangeKind.CARRIED_OVER
    elif before.outcome is not Outcome.INSIDE:
        kind = ChangeKind.MENDED
    else:
        return None
    return Change(kind=kind, before=before, after=after)


def _gravity(verdict: Verdict) -> int:
    """How bad a verdict is: inside, accepted, undetermined, outside."""
    if verdict.outcome is Outcome.INSIDE:
        return 0
    if verdict.exempt:
        return 1
    return 3 if verdict.outcome is Outcome.OUTSIDE else 2


def _subject(verdict: Verdict) -> str:
    """The resource; "" for what is about the whole target, whose name says nothing about what it is."""
    resource = verdict.placement.resource
    return resource.id if resource.type else ""


def _location(verdict: Verdict) -> Hashable:
    location = verdict.placement.location
    if isinstance(location, Unknown):
        # Of a whole target only the reason: its steps name the target and a line, which say nothing about the place.
        return (None, verdict.why if _subject(verdict) else location.reason)
    return code_of(verdict.placement)


def _placement(verdict: Verdict) -> Hashable:
    return (verdict.rule, verdict.placement.kind, _subject(verdict))


_KEYS: tuple[_Key, ...] = (
    lambda each: (_placement(each), each.placement.property, _location(each)),
    lambda each: (_placement(each), _location(each)),
    lambda each: (_placement(each), each.placement.property),
)


def _matched(
    old: Sequence[Verdict], new: Sequence[Verdict]
) -> tuple[list[tuple[Verdict, Verdict]], list[Verdict], list[Verdict]]:
    """Pairs, what only the old side has, and what only the new one has."""
    pairs: list[tuple[Verdict, Verdict]] = []
    gone, made = list(old), list(new)
    for key in _KEYS:
        found, gone, made = _paired(gone, made, key)
        pairs += found
    lonely = _alone(gone) & _alone(made)
    found, _, _ = _paired(
        [each for each in gone if _placement(each) in lonely],
        [each for each in made if _placement(each) in lonely],
        _placement,
    )
    taken = {id(each) for pair in found for each in pair}
    return (
        [*pairs, *found],
        [each for each in gone if id(each) not in taken],
        [each for each in made if id(each) not in taken],
    )


def _paired(
    old: Sequence[Verdict], new: Sequence[Verdict], key: _Key
) -> tuple[list[tuple[Verdict, Verdict]], list[Verdict], list[Verdict]]:
    waiting: defaultdict[Hashable, list[Verdict]] = defaultdict(list)
    for verdict in new:
        waiting[key(verdict)].append(verdict)
    pairs: list[tuple[Verdict, Verdict]] = []
    gone: list[Verdict] = []
    for verdict in old:
        candidates = waiting[key(verdict)]
        if candidates:
            pairs.append((verdict, candidates.pop(0)))
        else:
            gone.append(verdict)
    taken = {id(pair[1]) for pair in pairs}
    return pairs, gone, [verdict for verdict in new if id(verdict) not in taken]


def _alone(verdicts: Sequence[Verdict]) -> set[Hashable]:
    counts = Counter(_placement(each) for each in verdicts)
    return {key for key, count in counts.items() if count == 1}
