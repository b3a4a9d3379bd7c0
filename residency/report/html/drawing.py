"""One map as SVG: land, the perimeter, flows of copies, and a label a country.

In:  a View of the shapes, an Atlas, and the perimeter's countries.
Out: markup. Colours are the style sheet's; each label has the sign of its standing beside the number.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from residency.catalogue.places import country_name
from residency.report.html import layout
from residency.report.html.atlas import Atlas, Flow, Mark
from residency.report.html.markup import Markup, element, joined
from residency.report.html.shapes import View
from residency.report.html.standing import Standing
from residency.report.html.words import counted, in_words

_HEIGHT = 46.0
_CODE = 62.0
_CAPITAL = 22.0
_DIGIT = 18.0
_ABOVE = 42.0
_DOT = 8
_TIP = ((0.0, 40.0), (2.2, 20.0), (-2.2, 20.0))
"""Corners of the tip of a mark at the edge: turn from its direction, and distance from its point."""
_BOW = 0.18
_CLUSTER = 5
"""So many countries of the other view's map become one label here."""
_DENSE = 24
"""Of more arrows than this, those that stay inside are drawn faint."""
_Arrow: TypeAlias = tuple[tuple[int, int], tuple[int, int], Standing]


class _Label(msgspec.Struct):
    """A mark, the point it belongs to, and its box."""

    mark: Mark
    name: str
    point: tuple[int, int]
    box: layout.Box
    gathers: int = 0


def map_of(name: str, view: View, atlas: Atlas, perimeter: frozenset[str], near: View | None = None) -> Markup:
    """Draw one view.

    Args:
        name: of the view, for its title.
        view: the shapes.
        atlas: what stands where.
        perimeter: countries to colour.
        near: a view that shows some countries larger; where they are many, they get one label together here.
    """
    gathered = _gathered(view, atlas.marks, near)
    labels = _labels(view, atlas, gathered)
    flows = "flows dense" if len(atlas.flows) > _DENSE and not gathered else "flows"
    layout.spread([label.box for label in labels], view.width, view.height)
    return element(
        "svg",
        {"viewBox": f"0 0 {view.width} {view.height}", "role": "group", "aria-label": f"Map: {name}", "class": "map"},
        element("rect", {"class": "sea", "width": view.width, "height": view.height}),
        element("g", {"class": "countries"}, *_land(view, perimeter)),
        element("g", {"class": flows}, *_flows(view, atlas.flows, gathered)),
        element(
            "g", {"class": "marks"}, *(_leader(label, view) for label in labels), *(_drawn(label) for label in labels)
        ),
    )


def place_of(view: View, country: str) -> tuple[int, int] | None:
    """Where a country's mark stands: in it, else at the edge in its direction; None if no shape has it."""
    return view.points.get(country) or view.beyond.get(country)


def _land(view: View, perimeter: frozenset[str]) -> Iterator[Markup]:
    for code, path in view.land.items():
        promised = code in perimeter
        told = f"{country_name(code)}, in the perimeter" if promised else country_name(code)
        yield element(
            "path", {"class": "land promised" if promised else "land", "d": path}, element("title", None, told)
        )


def _gathered(view: View, marks: Sequence[Mark], near: View | None) -> Mapping[str, tuple[int, int]]:
    """The countries that get one label together, if they are so many, each with the point in their middle."""
    codes = [mark.key for mark in marks if near and mark.key in near.points and mark.key in view.points]
    if len(codes) < _CLUSTER:
        return {}
    middle = [round(sum(view.points[code][axis] for code in codes) / len(codes)) for axis in (0, 1)]
    return dict.fromkeys(codes, (middle[0], middle[1]))


def _labels(view: View, atlas: Atlas, gathered: Mapping[str, tuple[int, int]]) -> list[_Label]:
    single = [mark for mark in atlas.marks if mark.key not in gathered]
    labels = [_label(mark, mark.key, point) for mark in single if (point := place_of(view, mark.key))]
    if gathered:
        labels.append(_label(_together(atlas, gathered), "EUROPE", next(iter(gathered.values())), len(gathered)))
    return labels


def _together(atlas: Atlas, gathered: Mapping[str, tuple[int, int]]) -> Mark:
    """All that is in any of some countries, each placement once."""
    counts: Counter[Standing] = Counter()
    for (countries, kind), count in atlas.together.items():
        if any(country in gathered for country in countries):
            counts[kind] += count
    codes = sorted({code for mark in atlas.marks if mark.key in gathered for code in mark.codes})
    return Mark("", {each: counts[each] for each in Standing if counts[each]}, tuple(codes))


def _label(mark: Mark, name: str, point: tuple[int, int], gathers: int = 0) -> _Label:
    width = sum(width for _, width in _segments(mark, name))
    return _Label(mark, name, point, layout.Box(point[0], point[1] - _ABOVE, width, _HEIGHT), gathers)


def _segments(mark: Mark, name: str) -> list[tuple[str, float]]:
    """The texts of a label with their widths: the country, then sign and number of each standing."""
    first = (name, max(_CODE, _CAPITAL * (len(name) + 1)))
    return [
        first,
        *((f"{each.sign} {count:,}", _DIGIT * (len(f"{count:,}") + 3)) for each, count in mark.counts.items()),
    ]


def _leader(label: _Label, view: View) -> Markup:
    """The line from a label to its point: a dot in the country, or at the map's edge a tip that points to it."""
    x, y = label.point
    kind = f"dot {label.mark.worst.value}"
    if label.mark.key in view.beyond:
        away = math.atan2(y - view.height / 2, x - view.width / 2)
        corners = [(x + math.cos(away + turn) * reach, y + math.sin(away + turn) * reach) for turn, reach in _TIP]
        d = "M" + "L".join(f"{corner_x:.0f} {corner_y:.0f}" for corner_x, corner_y in corners) + "z"
        dot = element("path", {"class": kind, "d": d})
    else:
        dot = element("circle", {"class": kind, "cx": x, "cy": y, "r": _DOT})
    line = {"class": "leader", "x1": x, "y1": y, "x2": round(label.box.x), "y2": round(label.box.y)}
    return joined(element("line", line), dot)


def _drawn(label: _Label) -> Markup:
    mark, box = label.mark, label.box
    told = f"{label.gathers} countries on the map of Europe" if label.gathers else country_name(mark.key)
    left = -box.width / 2
    parts = [element("title", None, f"{told}: {in_words(mark)}"), _frame("frame", left, box.width)]
    classes = ["code", *(each.value for each in mark.counts)]
    for (text, width), kind in zip(_segments(mark, label.name), classes, strict=True):
        parts.append(_frame(f"part {kind}", left, width))
        parts.append(element("text", {"class": f"on-{kind}", "x": f"{left + width / 2:.0f}", "y": 10}, text))
        left += width
    where: Mapping[str, object] = {"data-view": "europe"} if label.gathers else {"data-country": mark.key}
    at = f"translate({box.x:.0f} {box.y:.0f})"
    return element("g", {"class": "mark", "transform": at, "aria-label": f"{told}: {in_words(mark)}", **where}, *parts)


def _frame(kind: str, left: float, width: float) -> Markup:
    size = {"x": f"{left:.0f}", "y": f"{-_HEIGHT / 2:.0f}", "width": f"{width:.0f}", "height": f"{_HEIGHT:.0f}"}
    return element("rect", {"class": kind, **size})


def _flows(view: View, flows: Sequence[Flow], gathered: Mapping[str, tuple[int, int]]) -> Iterator[Markup]:
    """Arrows between points; where countries have one label together, one arrow for all that leads to it."""
    arrows: dict[_Arrow, list[Flow]] = {}
    for flow in flows:
        start, end = (gathered.get(each) or place_of(view, each) for each in (flow.start, flow.end))
        if start and end and start != end:
            arrows.setdefault((start, end, flow.standing), []).append(flow)
    for (start, end, kind), together in arrows.items():
        yield _flow(together, start, end, kind)


def _flow(flows: Sequence[Flow], start: tuple[int, int], end: tuple[int, int], kind: Standing) -> Markup:
    """A bowed arrow; both directions between two countries bow apart. Its head is a path, as wide as its line asks."""
    across, down = end[0] - start[0], end[1] - start[1]
    bend = (start[0] + across / 2 + down * _BOW, start[1] + down / 2 - across * _BOW)
    angle = math.atan2(end[1] - bend[1], end[0] - bend[0])
    tip = (end[0] - math.cos(angle) * (_DOT + 4), end[1] - math.sin(angle) * (_DOT + 4))
    count = sum(flow.count for flow in flows)
    width = min(3 + math.log2(count), 8)
    size = 20 + width
    wings = [(tip[0] - math.cos(angle + turn) * size, tip[1] - math.sin(angle + turn) * size) for turn in (0.42, -0.42)]
    root = (tip[0] - math.cos(angle) * size * 0.8, tip[1] - math.sin(angle) * size * 0.8)
    line = f"M{start[0]} {start[1]}Q{bend[0]:.0f} {bend[1]:.0f} {root[0]:.0f} {root[1]:.0f}"
    head = f"M{tip[0]:.0f} {tip[1]:.0f}L{wings[0][0]:.0f} {wings[0][1]:.0f}L{wings[1][0]:.0f} {wings[1][1]:.0f}z"
    ways = (f"{country_name(flow.start)} to {country_name(flow.end)} ({', '.join(flow.kinds)})" for flow in flows)
    told = f"{counted(count, 'copy', 'copies')} {kind.value}: {'; '.join(ways)}"
    return element(
        "g",
        {"class": f"flow {kind.value}"},
        element("title", None, told),
        element("path", {"class": "line", "d": line, "stroke-width": f"{width:.0f}"}),
        element("path", {"class": "head", "d": head}),
    )
