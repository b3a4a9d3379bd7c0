"""TopoJSON read: countries as rings of shared lines, so that two neighbours are simplified along the same border.

In:  a TopoJSON file with an object ``countries`` whose ids are ISO 3166-1 numeric codes, and ISO's own list of codes.
Out: a Topology in degrees. Form: https://github.com/topojson/topojson-specification, read 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from residency.errors import InputError

Point: TypeAlias = tuple[float, float]
Line: TypeAlias = list[Point]
_Form = TypeVar("_Form")


class Topology(msgspec.Struct, frozen=True):
    """Lines, and the countries that they bound.

    Attributes:
        lines: in degrees, longitude first.
        countries: by ISO alpha-2 code, each ring as indexes of lines; ``~i`` is line i backwards. Under "" stands
            all land to which ISO gives no code.
    """

    lines: list[Line]
    countries: dict[str, list[list[int]]]


class _Transform(msgspec.Struct):
    scale: Point
    translate: Point


class _Geometry(msgspec.Struct):
    type: str
    id: str = ""
    arcs: list[list[int | list[int]]] = []


class _Collection(msgspec.Struct):
    geometries: list[_Geometry]


class _File(msgspec.Struct):
    arcs: list[list[Point]]
    transform: _Transform
    objects: dict[str, _Collection]


class _Code(msgspec.Struct):
    alpha_2: str
    numeric: str


def read(countries: Path, codes: Path) -> Topology:
    """Read both files.

    Raises:
        InputError: a file cannot be read, or is not what it should be.
    """
    file = _decoded(countries, _File)
    listed = _decoded(codes, dict[str, list[_Code]]).get("3166-1", [])
    if "countries" not in file.objects or not listed:
        raise InputError("no countries, or no codes of ISO 3166-1", where=f"{countries}, {codes}")
    by_number = {code.numeric: code.alpha_2 for code in listed}
    found: dict[str, list[list[int]]] = {}
    for each in file.objects["countries"].geometries:
        found.setdefault(by_number.get(each.id, ""), []).extend(_rings(each))
    return Topology([_degrees(arc, file.transform) for arc in file.arcs], found)


def ring(lines: Mapping[int, Line] | list[Line], indexes: list[int]) -> Line:
    """The points of one ring; the last is not the first again."""
    points: Line = []
    for index in indexes:
        line = lines[index] if index >= 0 else lines[~index][::-1]
        points.extend(line[:-1])
    return points


def _rings(geometry: _Geometry) -> list[list[int]]:
    """All rings of a polygon or of several; holes too, which the even-odd rule of filling makes holes again."""
    if geometry.type == "Polygon":
        return [[part for part in each if isinstance(part, int)] for each in geometry.arcs]
    return [part for polygon in geometry.arcs for part in polygon if isinstance(part, list)]


def _degrees(arc: list[Point], transform: _Transform) -> Line:
    """The form stores whole numbers, each as the step from the one before."""
    x = y = 0.0
    line: Line = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        line.append((x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]))
    return line


def _decoded(path: Path, form: type[_Form]) -> _Form:
    try:
        return msgspec.json.decode(path.read_bytes(), type=form)
    except OSError as error:
        raise InputError(f"cannot read `{path}`: {error.strerror}") from None
    except msgspec.MsgspecError as error:
        raise InputError(f"`{path}` has not the form of its kind: {error}") from None
