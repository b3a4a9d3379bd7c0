"""What stands where, for the map: marks a country, flows between countries, and what no map can show.

In:  a CheckResult and its origins.
Out: an Atlas; the same result gives the same one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec

from residency.check import CheckResult
from residency.judge import code_of
from residency.model import Outcome, PlacementKind, Verdict
from residency.report.html.origins import Origins
from residency.report.html.standing import Standing, standing

MANY = 5
"""A place of so many countries is no mark in each of them: nobody knows in which of them the data will be."""
ANYWHERE = "any country"
UNKNOWN = "country not known"
_ORDER = list(Standing)


class Mark(msgspec.Struct, frozen=True):
    """One country, or one place that no map can show.

    Attributes:
        key: ISO alpha-2 code; for what is not on the map, in words, or its countries with spaces between.
        counts: placements by standing, only those that there are, the worst first.
        codes: of the places there, sorted.
    """

    key: str
    counts: Mapping[Standing, int]
    codes: tuple[str, ...]

    @property
    def worst(self) -> Standing:
        """The standing that the mark has the colour of."""
        return next(iter(self.counts))

    @property
    def total(self) -> int:
        """All placements."""
        return sum(self.counts.values())


class Flow(msgspec.Struct, frozen=True):
    """Copies from one country into another, of one standing.

    Attributes:
        kinds: what copies they are, sorted.
    """

    start: str
    end: str
    standing: Standing
    count: int
    kinds: tuple[str, ...]


class Atlas(msgspec.Struct, frozen=True):
    """All that a map shows, and what stands beside it.

    Attributes:
        marks: one a country; a placement in two countries is at both.
        flows: copies between countries, the worst last.
        elsewhere: what no map can show.
        together: placements on the map by their countries and standing, each counted once.
    """

    marks: tuple[Mark, ...]
    flows: tuple[Flow, ...]
    elsewhere: tuple[Mark, ...]
    together: Mapping[tuple[tuple[str, ...], Standing], int]


def atlas(result: CheckResult, origins: Origins) -> Atlas:
    """Count every verdict once at each of its countries, or beside the map."""
    on_map = [verdict for verdict in result.verdicts if not beside_map(verdict)]
    beside = [verdict for verdict in result.verdicts if beside_map(verdict)]
    return Atlas(
        marks=_marks(on_map, lambda verdict: verdict.countries),
        flows=_flows(on_map, origins),
        elsewhere=_marks(beside, lambda verdict: (beside_map(verdict),)),
        together=Counter((verdict.countries, standing(verdict)) for verdict in on_map),
    )


def beside_map(verdict: Verdict) -> str:
    """The key of what stands beside the map; "" for what is on it."""
    if 0 < len(verdict.countries) < MANY:
        return ""
    if verdict.countries:
        return " ".join(verdict.countries)
    return ANYWHERE if verdict.outcome is Outcome.OUTSIDE else UNKNOWN


def _marks(verdicts: Iterable[Verdict], keys: Callable[[Verdict], Iterable[str]]) -> tuple[Mark, ...]:
    counts: dict[str, Counter[Standing]] = {}
    codes: dict[str, set[str]] = {}
    for verdict in verdicts:
        for key in keys(verdict):
            counts.setdefault(key, Counter())[standing(verdict)] += 1
            code = code_of(verdict.placement)
            codes.setdefault(key, set()).update((code,) if code else ())
    return tuple(
        Mark(key, {each: counts[key][each] for each in _ORDER if each in counts[key]}, tuple(sorted(codes[key])))
        for key in sorted(counts)
    )


def _flows(verdicts: Iterable[Verdict], origins: Origins) -> tuple[Flow, ...]:
    counts: Counter[tuple[str, str, Standing]] = Counter()
    kinds: dict[tuple[str, str, Standing], set[str]] = {}
    for verdict in verdicts:
        if verdict.placement.kind is PlacementKind.RESIDENCE:
            continue
        starts = sorted({country for each in origins.of(verdict) for country in each.countries})
        for start in starts if len(starts) < MANY else ():
            for end in verdict.countries:
                if start != end:
                    key = (start, end, standing(verdict))
                    counts[key] += 1
                    kinds.setdefault(key, set()).add(verdict.placement.kind.value)
    found = [Flow(*key, counts[key], tuple(sorted(kinds[key]))) for key in counts]
    # The worst is drawn last, so that it lies above the others.
    return tuple(sorted(found, key=lambda flow: (-_ORDER.index(flow.standing), flow.start, flow.end)))
