"""The countries as the maps draw them.

In:  ``shapes.json``, made by ``python -m residency.report.html.shaping``; its head says from what, and how.
Out: two views: Europe and the world. Lengths are in the units of a view's own drawing.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import msgspec

FILE = Path(__file__).with_name("shapes.json")


class View(msgspec.Struct, frozen=True):
    """One map.

    Attributes:
        width, height: of the drawing, from (0, 0).
        land: each country's path of SVG, by ISO alpha-2 code; under "" stands land without one.
        points: where the mark of a country stands: a point well inside its largest part.
        beyond: for a country outside the frame, the point of the edge in whose direction it lies.
    """

    width: int
    height: int
    land: Mapping[str, str]
    points: Mapping[str, tuple[int, int]]
    beyond: Mapping[str, tuple[int, int]]


class Shapes(msgspec.Struct, frozen=True, kw_only=True):
    """All maps.

    Attributes:
        source: of the lines, with its version and licence.
        made: the day when it was read, ISO 8601.
        command: how the file is made.
    """

    source: str
    made: str
    command: str
    europe: View
    world: View


@functools.cache
def shapes() -> Shapes:
    """The committed file."""
    return msgspec.json.decode(FILE.read_bytes(), type=Shapes)
