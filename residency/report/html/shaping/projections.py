"""From the globe to the plane: both ways keep areas, so that no country looks larger than it is.

In:  lines of longitude and latitude in degrees.
Out: x to the right and y down, in radii of the globe.
"""

from __future__ import annotations

import math

from residency.report.html.shaping.topology import Line, Point

CENTRE = (10.0, 52.0)
"""Of the maps of Europe's institutions: EPSG:3035, https://epsg.io/3035, read 2026-11-26."""

MERIDIAN = 11.0
"""The middle of the world's map: its edges, at 169 degrees west, then cut islands only."""
_HALF = 180.0

# Šavrič, Patterson, Jenny: The Equal Earth map projection, 2018, equation 6 and its coefficients.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def europe(line: Line) -> Line:
    """Lambert's azimuthal equal-area projection: the bearing from its centre is true for every place on earth."""
    return [_lambert(*point) for point in line]


def world(line: Line) -> Line:
    """The Equal Earth projection. An island that the map's edge would cut in two is drawn whole."""
    turns = 0.0
    drawn: Line = []
    last = None
    for longitude, latitude in line:
        away = (longitude - MERIDIAN + _HALF) % (2 * _HALF) - _HALF
        if last is not None and abs(away + turns - last) > _HALF:
            turns += math.copysign(2 * _HALF, last - away - turns)
        last = away + turns
        drawn.append(_equal_earth(last, latitude))
    return drawn


def _lambert(longitude: float, latitude: float) -> Point:
    away, phi, centre = math.radians(longitude - CENTRE[0]), math.radians(latitude), math.radians(CENTRE[1])
    cosine = math.sin(centre) * math.sin(phi) + math.cos(centre) * math.cos(phi) * math.cos(away)
    stretch = math.sqrt(2 / max(1 + cosine, 1e-9))
    x = stretch * math.cos(phi) * math.sin(away)
    y = stretch * (math.cos(centre) * math.sin(phi) - math.sin(centre) * math.cos(phi) * math.cos(away))
    return x, -y


def _equal_earth(away: float, latitude: float) -> Point:
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    second = theta * theta
    sixth = second**3
    slope = _A1 + 3 * _A2 * second + sixth * (7 * _A3 + 9 * _A4 * second)
    x = 2 * math.sqrt(3) * math.radians(away) * math.cos(theta) / (3 * slope)
    return x, -theta * (_A1 + _A2 * second + sixth * (_A3 + _A4 * second))
