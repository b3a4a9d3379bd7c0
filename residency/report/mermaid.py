"""A drawing of what is where: Mermaid's flowchart, with one frame a country and one arrow a copy.

In:  a CheckResult.
Out: text for Mermaid. Green is inside, red outside, grey undetermined; an accepted finding is dashed. A resource
     stands in the country where its data is; an arrow from it goes to each place of a copy, log or key. A box has the
     colour of the worst that is said of it. The same verdicts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from residency.catalogue.places import country_name
from residency.check import CheckResult
from residency.model import Location, Outcome, PlacementKind, Verdict
from residency.report.escape import shown

_STYLES = (
    "  classDef inside fill:#d7f0dd,stroke:#1a7f37,color:#0b3d1a",
    "  classDef outside fill:#ffd9d6,stroke:#cf222e,color:#5c0a10",
    "  classDef undetermined fill:#e6e8eb,stroke:#57606a,color:#24292f",
    "  classDef accepted fill:#fff3cd,stroke:#9a6700,color:#4d3300,stroke-dasharray:4",
)
_WORST = ("outside", "undetermined", "accepted", "inside")
_MANY = 4
_OFFSTAGE = "not known"
_ANYWHERE = "any country"


def render(result: CheckResult) -> str:
    """The drawing of all verdicts of a check."""
    drawing = _Drawing(result.verdicts)
    lines = ["flowchart LR", *drawing.frames(), *drawing.arrows(), *_STYLES]
    return "\n".join(lines) + "\n"


class _Drawing:
    """Which boxes there are, and in which country each stands."""

    def __init__(self, verdicts: tuple[Verdict, ...]) -> None:
        drawn = [each for each in verdicts if each.placement.resource.type]
        self._verdicts = sorted(drawn, key=lambda each: (each.placement.resource.id, _place(each), each.fingerprint))
        self._names: dict[str, str] = {}
        self._boxes: dict[str, dict[str, tuple[str, str]]] = {}
        for each in self._verdicts:
            if each.placement.kind is PlacementKind.RESIDENCE:
                self._box(_resource(each), _label(each), each)
        for each in self._verdicts:
            if each.placement.kind is not PlacementKind.RESIDENCE:
                self._box(_place(each), _place(each), each)
        self._homeless()

    def _box(self, key: str, label: str, verdict: Verdict) -> None:
        self._names.setdefault(key, f"n{len(self._names)}")
        frame = self._boxes.setdefault(_country(verdict), {})
        styles = (_style(verdict), *([frame[key][1]] if key in frame else []))
        frame[key] = (label, min(styles, key=_WORST.index))

    def _homeless(self) -> None:
        """Rules and other resources without data of their own, whose copies are drawn all the same."""
        for each in self._verdicts:
            if _resource(each) not in self._names:
                self._names[_resource(each)] = f"n{len(self._names)}"
                self._boxes.setdefault("", {})[_resource(each)] = (_label(each), "")

    def frames(self) -> Iterator[str]:
        """One frame a country with its boxes; what has no country stands free."""
        for number, (country, boxes) in enumerate(sorted(self._boxes.items())):
            indent = "  "
            if country:
                yield f'  subgraph c{number}["{_text(country)}"]'
                indent = "    "
            for key, (label, style) in sorted(boxes.items()):
                yield f'{indent}{self._names[key]}["{_text(label)}"]' + (f":::{style}" if style else "")
            if country:
                yield "  end"

    def arrows(self) -> Iterator[str]:
        """From each resource to the places of its copies, once a kind."""
        lines = {
            f"  {self._names[_resource(each)]} -->|{each.placement.kind.value}| {self._names[_place(each)]}": None
            for each in self._verdicts
            if each.placement.kind is not PlacementKind.RESIDENCE
        }
        yield from lines


def _resource(verdict: Verdict) -> str:
    return f"resource {verdict.target} {verdict.placement.resource.id}"


def _label(verdict: Verdict) -> str:
    resource = verdict.placement.resource
    return f"{resource.name} ({resource.type.rpartition(':')[2]})"


def _place(verdict: Verdict) -> str:
    location = verdict.placement.location
    return location.code if isinstance(location, Location) else _OFFSTAGE


def _country(verdict: Verdict) -> str:
    if len(verdict.countries) >= _MANY:
        return f"{len(verdict.countries)} countries"
    if verdict.countries:
        return ", ".join(country_name(code) for code in verdict.countries)
    return _ANYWHERE if verdict.outcome is Outcome.OUTSIDE else _OFFSTAGE


def _style(verdict: Verdict) -> str:
    return "accepted" if verdict.exempt else verdict.outcome.value


def _text(text: str) -> str:
    """Mermaid reads `#name;` as a character; what could end a text or become markup is written so."""
    escaped = shown(text).replace("#", "#35;")
    for sign, name in (('"', "quot"), ("<", "lt"), (">", "gt"), ("`", "96"), ("[", "91"), ("]", "93")):
        escaped = escaped.replace(sign, f"#{name};")
    return escaped
