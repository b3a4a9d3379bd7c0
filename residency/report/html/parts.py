"""The smaller parts of the page: counts, facts of the check, the map in words, notes, the foot.

In:  a CheckResult, an Atlas, the shapes.
Out: markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from residency import __version__
from residency.catalogue.places import country_name
from residency.check import CheckResult
from residency.report.html.atlas import ANYWHERE, UNKNOWN, Atlas, Flow, Mark
from residency.report.html.findings import badge
from residency.report.html.markup import Markup, element, joined, text
from residency.report.html.shapes import Shapes
from residency.report.html.standing import Standing
from residency.report.html.words import counted, in_words

__all__ = ["beside", "counts", "facts", "footer", "listed", "notes", "text", "views"]

_TARGETS = 5
_TIP = element(
    "svg",
    {"class": "swatch tip", "viewBox": "0 0 24 16", "aria-hidden": "true"},
    element("path", {"d": "M3 8l14-7v14z"}),
)


def counts(result: CheckResult) -> Markup:
    """One tile a standing."""
    found = result.summary
    numbers = {
        Standing.OUTSIDE: found.outside,
        Standing.UNDETERMINED: found.undetermined,
        Standing.ACCEPTED: found.exempt,
        Standing.INSIDE: found.inside,
    }
    tiles = [
        element(
            "li",
            {"class": f"tile {kind.value}" if number else f"tile {kind.value} zero"},
            element("strong", None, f"{number:,}"),
            badge(kind),
        )
        for kind, number in numbers.items()
    ]
    return joined(*tiles)


def facts(result: CheckResult) -> Markup:
    """What was judged, against what."""
    perimeter, found = result.perimeter, result.summary
    codes = sorted(perimeter.countries, key=country_name)
    names = element("span", {"class": "names"}, ", ".join(country_name(code) for code in codes))
    judged = f"{counted(found.resources, 'resource')}, {counted(found.placements, 'placement')}"
    targets = sorted({verdict.target for verdict in result.verdicts})
    rows = [
        ("Perimeter", joined(element("strong", None, perimeter.name), f" as of {perimeter.on}")),
        ("Countries", joined(f"{len(codes)}: ", names)),
        ("Judged", text(judged)),
        ("Targets", _targets(targets)),
        ("Notes", joined(element("a", {"href": "#notes"}, counted(len(result.notes), "note")), " on what was assumed")),
    ]
    kept = [row for row in rows if row[0] != "Notes" or result.notes]
    return element("dl", None, *(joined(element("dt", None, name), element("dd", None, said)) for name, said in kept))


def _targets(names: Sequence[str]) -> Markup:
    if not names:
        return text("none of them places user data")
    items = [element("li", None, element("code", None, name)) for name in names]
    shown = element("ul", None, *items[:_TARGETS])
    if len(items) <= _TARGETS:
        return shown
    rest = element("summary", None, f"and {len(items) - _TARGETS:,} more")
    return joined(shown, element("details", None, rest, element("ul", None, *items[_TARGETS:])))


def views(drawn: Shapes, found: Atlas, perimeter: frozenset[str]) -> Markup:
    """The buttons that choose a view; first is Europe if anything of it is there, or promised."""
    in_europe = any(code in drawn.europe.points for code in (*perimeter, *(mark.key for mark in found.marks)))
    first = "europe" if in_europe else "world"
    names = {"europe": "Europe", "world": "World", "list": "List"}
    return joined(
        *(
            element(
                "button",
                {"type": "button", "data-view": key, "aria-pressed": "true" if key == first else "false"},
                name,
            )
            for key, name in names.items()
        )
    )


def listed(found: Atlas, perimeter: frozenset[str]) -> Markup:
    """The map in words: for those who cannot see it, and for print."""
    head = {"Country": "", "Perimeter": "", **{kind.value.capitalize(): "number" for kind in Standing}, "Places": ""}
    rows = [_country_row(mark, perimeter) for mark in sorted(found.marks, key=lambda mark: country_name(mark.key))]
    places = _table("Placements by country", head, rows)
    flows = [_flow_row(flow) for flow in reversed(found.flows)]
    if not flows:
        return places
    head = {"From": "", "To": "", "What": "", "Copies": "number", "Outcome": ""}
    return joined(places, _table("Copies from country to country", head, flows))


def _table(caption: str, head: Mapping[str, str], rows: Sequence[Markup]) -> Markup:
    titles = [element("th", {"scope": "col", "class": kind or None}, name) for name, kind in head.items()]
    return element(
        "table",
        None,
        element("caption", None, caption),
        element("thead", None, element("tr", None, *titles)),
        element("tbody", None, *rows),
    )


def _country_row(mark: Mark, perimeter: frozenset[str]) -> Markup:
    numbers = [element("td", {"class": "number"}, f"{mark.counts.get(kind, 0):,}") for kind in Standing]
    return element(
        "tr",
        None,
        element("th", {"scope": "row"}, country_name(mark.key)),
        element("td", None, "in it" if mark.key in perimeter else "not in it"),
        *numbers,
        element("td", None, ", ".join(mark.codes)),
    )


def _flow_row(flow: Flow) -> Markup:
    return element(
        "tr",
        None,
        element("th", {"scope": "row"}, country_name(flow.start)),
        element("td", None, country_name(flow.end)),
        element("td", None, ", ".join(flow.kinds)),
        element("td", {"class": "number"}, f"{flow.count:,}"),
        element("td", None, badge(flow.standing)),
    )


def beside(found: Atlas, drawn: Shapes) -> Markup:
    """The legend, and what no map can show."""
    legend = element(
        "ul",
        {"class": "legend"},
        element("li", None, element("span", {"class": "swatch promised"}), " in the perimeter"),
        element("li", None, element("span", {"class": "swatch"}), " not in the perimeter"),
        *(element("li", None, badge(kind)) for kind in Standing),
        element("li", None, element("span", {"class": "swatch arrow"}), " copies, from where the data is"),
        element("li", None, _TIP, " beyond the edge, in this direction"),
    )
    undrawn = [mark for mark in found.marks if mark.key not in drawn.world.points]
    boxes = [*_boxes(found.elsewhere), *(_box(country_name(mark.key), mark) for mark in undrawn)]
    kept = boxes or [element("p", {"class": "none"}, "Every placement is on the map.")]
    return joined(element("h3", None, "Legend"), legend, element("h3", None, "Not on the map"), *kept)


def _boxes(marks: Sequence[Mark]) -> Iterator[Markup]:
    for mark in marks:
        if mark.key == UNKNOWN:
            yield _box("Country not known", mark, "The source does not say where.")
        elif mark.key == ANYWHERE:
            yield _box("Any country", mark, "The cloud may place it where it likes.")
        else:
            codes = mark.key.split()
            yield _box(f"Any of {len(codes)} countries", mark, ", ".join(country_name(code) for code in codes))


def _box(name: str, mark: Mark, told: str = "") -> Markup:
    badges = [
        element("span", {"class": f"badge {kind.value}"}, f"{kind.sign} {count:,} {kind.value}")
        for kind, count in mark.counts.items()
    ]
    return element(
        "div",
        {"class": f"box {mark.worst.value}", "data-country": mark.key, "aria-label": f"{name}: {in_words(mark)}"},
        element("strong", None, name),
        element("span", {"class": "badges"}, *badges),
        *([element("small", None, told)] if told else []),
        *([element("small", None, ", ".join(mark.codes))] if mark.codes else []),
    )


def notes(result: CheckResult) -> Markup:
    """What was assumed while the targets were read."""
    if not result.notes:
        return element("p", {"class": "none"}, "Nothing had to be assumed while the targets were read.")
    items: list[Markup] = []
    for note in result.notes:
        place = [" ", element("code", None, note.where)] if note.where else []
        settle = [element("small", None, f"To settle it: {note.settle}")] if note.settle else []
        doubt = [element("strong", None, "In doubt: ")] if note.doubt else []
        items.append(element("li", None, *doubt, text(note.what), *place, *settle))
    return element("ul", {"class": "notes"}, *items)


def footer(drawn: Shapes) -> Markup:
    """Who made it and from what."""
    made = f"Made by residency {__version__}. This page opens no connection; all that it shows is in this file."
    lines = f"Countries: {drawn.source}, read {drawn.made}. Borders are drawn as the source has them."
    return joined(element("p", None, made), element("p", None, lines))
