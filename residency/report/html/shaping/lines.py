"""Lines in the plane: made simpler, cut to a frame, and written as paths of SVG.

In:  points.
Out: points, numbers and text; nothing here knows of countries.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterator

from residency.report.html.shaping.topology import Line, Point

_GRID = 24
_LEAST_OF_A_RING = 4


def simplified(line: Line, least: float) -> Line:
    """The line without the points whose triangle with their neighbours is smaller than an area (Visvalingam, Whyatt).

    Both ends stay; of a ring also so many points that it stays one.
    """
    before, after = [i - 1 for i in range(len(line))], [i + 1 for i in range(len(line))]
    areas = {i: _triangle(line[i - 1], line[i], line[i + 1]) for i in range(1, len(line) - 1)}
    queue = [(area, i) for i, area in areas.items()]
    heapq.heapify(queue)
    spare = len(line) - (_LEAST_OF_A_RING if line[0] == line[-1] else 2)
    while queue and spare > 0:
        area, i = heapq.heappop(queue)
        if areas.get(i) != area:
            continue
        if area >= least:
            break
        del areas[i]
        spare -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for near in (before[i], after[i]):
            if near in areas:
                # Never smaller than what went before it, so that a line goes in order of its detail.
                areas[near] = max(area, _triangle(line[before[near]], line[near], line[after[near]]))
                heapq.heappush(queue, (areas[near], near))
    return [point for i, point in enumerate(line) if i in areas or i in (0, len(line) - 1)]


def clipped(ring: Line, width: float, height: float) -> Line:
    """The part of a ring inside the frame from (0, 0) to (width, height) (Sutherland, Hodgman)."""
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        ring = list(_half(ring, axis, limit, sign))
    return ring


def _half(ring: Line, axis: int, limit: float, sign: int) -> Iterator[Point]:
    for i, here in enumerate(ring):
        last = ring[i - 1]
        is_in, was_in = (here[axis] - limit) * sign >= 0, (last[axis] - limit) * sign >= 0
        if is_in != was_in:
            part = (limit - last[axis]) / (here[axis] - last[axis])
            yield last[0] + part * (here[0] - last[0]), last[1] + part * (here[1] - last[1])
        if is_in:
            yield here


def area(ring: Line) -> float:
    """What a ring encloses; never negative."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def inner_point(ring: Line) -> Point:
    """A point well inside a ring: the one of a fine grid that is farthest from its border.

    A centroid would not do: Norway's lies in Sweden.
    """
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    centre, step_x, step_y = _middle(ring), (max(xs) - min(xs)) / _GRID, (max(ys) - min(ys)) / _GRID
    corner = (min(xs), min(ys))
    for _ in range(2):
        grid = [
            (corner[0] + step_x * (i + 0.5), corner[1] + step_y * (j + 0.5)) for i in range(_GRID) for j in range(_GRID)
        ]
        inside = [point for point in [centre, *grid] if _is_inside(point, ring)] or [centre]
        centre = max(inside, key=lambda point: _from_border(point, ring))
        corner = (centre[0] - step_x, centre[1] - step_y)
        step_x, step_y = step_x * 2 / _GRID, step_y * 2 / _GRID
    return centre


def path(rings: list[Line]) -> str:
    """Closed rings as one path in whole numbers, each point as the step from the one before."""
    return "".join(_ring_path([(round(x), round(y)) for x, y in ring]) for ring in rings)


def _ring_path(ring: list[tuple[int, int]]) -> str:
    kept = [point for i, point in enumerate(ring) if point != ring[i - 1]]
    if len(kept) < _LEAST_OF_A_RING - 1:
        return ""
    steps = [number for a, b in itertools.pairwise(kept) for number in (b[0] - a[0], b[1] - a[1])]
    written = "".join(f"{number}" if number < 0 or not i else f" {number}" for i, number in enumerate(steps))
    return f"M{kept[0][0]} {kept[0][1]}l{written}z"


def _middle(ring: Line) -> Point:
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _is_inside(point: Point, ring: Line) -> bool:
    x, y = point
    inside = False
    for i, (bx, by) in enumerate(ring):
        ax, ay = ring[i - 1]
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _from_border(point: Point, ring: Line) -> float:
    return min(_to_segment(point, ring[i - 1], end) for i, end in enumerate(ring))


def _to_segment(point: Point, a: Point, b: Point) -> float:
    length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2
    along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - a[0] - along * (b[0] - a[0]), point[1] - a[1] - along * (b[1] - a[1]))
