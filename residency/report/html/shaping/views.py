"""One view of the world: projected, made simpler, cut to its frame.

In:  a Topology.
Out: a View, as ``shapes.json`` keeps it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TypeAlias

import msgspec

from residency.report.html.shapes import View
from residency.report.html.shaping import lines, projections
from residency.report.html.shaping.topology import Line, Point, Topology, ring

Projection: TypeAlias = Callable[[Line], Line]

WIDTH = 2000
_MARGIN = 12
"""Land reaches so far over the frame, so that the frame's edge is not drawn as a coast."""
_EDGE = 60
"""A mark for what lies beyond the frame stands so far from its edge."""
_EMPTY = frozenset({"AQ"})
"""Land that is not drawn: Antarctica, which would take a fifth of the map."""


class Frame(msgspec.Struct, frozen=True):
    """A rectangle of the plane, in radii of the globe, and how small a detail of it is drawn, in square units.

    Attributes:
        reach: land farther from the frame's centre than this, in radii, is not drawn.
    """

    left: float
    top: float
    right: float
    bottom: float
    detail: float
    reach: float

    @property
    def scale(self) -> float:
        """Units a radius."""
        return WIDTH / (self.right - self.left)

    @property
    def height(self) -> int:
        """Of the drawing."""
        return round((self.bottom - self.top) * self.scale)

    def drawn(self, point: Point) -> Point:
        """A point of the plane as the drawing has it."""
        return (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale


EUROPE = Frame(left=-0.375, top=-0.362, right=0.425, bottom=0.312, detail=7.0, reach=1.35)
WORLD = Frame(left=-2.6, top=-1.32, right=2.72, bottom=1.07, detail=7.0, reach=9.0)


def europe(topology: Topology) -> View:
    """From Iceland to the Caucasus."""
    return _view(topology, EUROPE, projections.europe)


def world(topology: Topology) -> View:
    """All but Antarctica."""
    return _view(topology, WORLD, projections.world)


def _view(topology: Topology, frame: Frame, projection: Projection) -> View:
    drawn = [[frame.drawn(point) for point in projection(line)] for line in topology.lines]
    simple = [lines.simplified(line, frame.detail) for line in drawn]
    land: dict[str, str] = {}
    points: dict[str, tuple[int, int]] = {}
    beyond: dict[str, tuple[int, int]] = {}
    for code, country in sorted(topology.countries.items()):
        if code in _EMPTY:
            continue
        path = lines.path(list(_cut(country, simple, frame)))
        if path:
            land[code] = path
        if code:
            mark = lines.inner_point(max((ring(simple, each) for each in country), key=lines.area))
            seen = _seen(mark, frame)
            (points if seen else beyond)[code] = _rounded(mark) if seen else _edge(mark, frame)
    return View(WIDTH, frame.height, land, points, beyond)


def _cut(country: list[list[int]], simple: list[Line], frame: Frame) -> Iterator[Line]:
    """The rings that are seen; of a country of small islands at least the largest one."""
    rings = [each for each in (ring(simple, indexes) for indexes in country) if _is_near(each, frame)]
    largest = max(rings, key=lines.area, default=None)
    for each in rings:
        moved = [(x + _MARGIN, y + _MARGIN) for x, y in each]
        cut = lines.clipped(moved, WIDTH + 2 * _MARGIN, frame.height + 2 * _MARGIN)
        if cut and (each is largest or lines.area(cut) >= 2 * frame.detail):
            yield [(x - _MARGIN, y - _MARGIN) for x, y in cut]


def _is_near(ring: Line, frame: Frame) -> bool:
    centre = frame.drawn(((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2))
    reach = frame.reach * frame.scale
    return all(math.dist(point, centre) <= reach for point in ring)


def _seen(point: Point, frame: Frame) -> bool:
    return 0 < point[0] < WIDTH and 0 < point[1] < frame.height


def _edge(point: Point, frame: Frame) -> tuple[int, int]:
    """Where the straight line from the middle of the frame to a point leaves it."""
    middle_x, middle_y = WIDTH / 2, frame.height / 2
    away_x, away_y = point[0] - middle_x, point[1] - middle_y
    part = min((middle_x - _EDGE) / abs(away_x or 1e-9), (middle_y - _EDGE) / abs(away_y or 1e-9))
    return _rounded((middle_x + away_x * part, middle_y + away_y * part))


def _rounded(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])
