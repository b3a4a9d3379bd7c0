"""Labels on a map are pushed apart and kept inside it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from residency.report.html.layout import Box, spread


def covers(one: Box, other: Box) -> bool:
    """Whether two boxes share an area."""
    return (
        abs(one.x - other.x) < (one.width + other.width) / 2 and abs(one.y - other.y) < (one.height + other.height) / 2
    )


def test_a_box_that_covers_nothing_stays() -> None:
    boxes = [Box(100, 100, 40, 20), Box(300, 100, 40, 20)]
    spread(boxes, 400, 200)
    assert [(box.x, box.y) for box in boxes] == [(100, 100), (300, 100)]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 1600)), max_size=30))
def test_boxes_cover_none_and_stay_in_the_frame(points: list[tuple[int, int]]) -> None:
    boxes = [Box(x, y, 120, 46) for x, y in points]
    spread(boxes, 2000, 1600)
    assert all(60 <= box.x <= 1940 and 23 <= box.y <= 1577 for box in boxes)
    assert not any(covers(one, other) for i, one in enumerate(boxes) for other in boxes[i + 1 :])
