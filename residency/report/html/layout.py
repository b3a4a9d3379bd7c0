"""Where labels stand on a map, so that none covers another.

In:  boxes, each with the point that it belongs to.
Out: their middles. The same boxes give the same places: each is pushed away from what it covers, in turn.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

_ROUNDS = 240
_GAP = 5


class Box(msgspec.Struct):
    """A label: its middle, which moves, and its size."""

    x: float
    y: float
    width: float
    height: float


def spread(boxes: Sequence[Box], width: float, height: float) -> None:
    """Move boxes apart and into a frame from (0, 0); they are in a fixed order."""
    for box in boxes:
        _kept_in(box, width, height)
    for _ in range(_ROUNDS):
        moved = False
        for i, one in enumerate(boxes):
            for other in boxes[i + 1 :]:
                moved = _apart(one, other) or moved
        for box in boxes:
            _kept_in(box, width, height)
        if not moved:
            return


def _apart(one: Box, other: Box) -> bool:
    """Push two boxes away from each other along the axis where they cover each other less; half each."""
    over_x = (one.width + other.width) / 2 + _GAP - abs(one.x - other.x)
    over_y = (one.height + other.height) / 2 + _GAP - abs(one.y - other.y)
    if over_x <= 0 or over_y <= 0:
        return False
    if over_x < over_y:
        push = over_x / 2 if one.x <= other.x else -over_x / 2
        one.x, other.x = one.x - push, other.x + push
    else:
        push = over_y / 2 if one.y <= other.y else -over_y / 2
        one.y, other.y = one.y - push, other.y + push
    return True


def _kept_in(box: Box, width: float, height: float) -> None:
    box.x = min(max(box.x, box.width / 2 + _GAP), width - box.width / 2 - _GAP)
    box.y = min(max(box.y, box.height / 2 + _GAP), height - box.height / 2 - _GAP)
