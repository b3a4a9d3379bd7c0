"""One sentence that a person can act on: what a change would do with user data, and where the line is.

In:  a CheckResult.
Out: Markdown of one line.
"""

from __future__ import annotations

from collections.abc import Sequence

from residency.catalogue.places import country_name
from residency.check import CheckResult
from residency.judge import code_of
from residency.model import Outcome, PlacementKind, Verdict
from residency.report.commonmark import code, prose
from residency.report.findings import number_of
from residency.report.position import Positions

_NAMED = 3
_COUNTRIES = 6
# What would be done with the data, the worst first; a kind that is not here puts data there.
_PUT = "put user data in"
_DONE = {
    PlacementKind.COMPUTE: "process user data in",
    PlacementKind.INFERENCE: "process user data in",
    PlacementKind.KEY: "keep keys of user data in",
    PlacementKind.SECRET: "keep secrets in",
    PlacementKind.ACCESS: "open user data to",
    PlacementKind.NETWORK: "join a private network to",
}
_ORDER = tuple(dict.fromkeys((_PUT, *_DONE.values())))


def headline(result: CheckResult, positions: Positions) -> str:
    """The sentence, with a full stop."""
    outside = [each for each in result.verdicts if each.blocks and each.outcome is Outcome.OUTSIDE]
    if outside:
        return _outside(result, outside, positions)
    undetermined = [each for each in result.verdicts if each.blocks]
    if undetermined:
        return _undetermined(result, undetermined, positions)
    summary = result.summary
    accepted = f", but for {number_of(summary.exempt, 'finding')} that somebody accepted" if summary.exempt else ""
    judged = f"{number_of(summary.placements, 'placement')} of {number_of(summary.resources, 'resource')}"
    return f"This change keeps user data inside {code(result.perimeter.name)}{accepted}: {judged} judged."


def _outside(result: CheckResult, outside: Sequence[Verdict], positions: Positions) -> str:
    done = min((_done(verdict) for verdict in outside), key=_ORDER.index)
    first = [verdict for verdict in outside if _done(verdict) == done]
    named = [f"{_subject(verdict)} in {_place(verdict)} ({_line(verdict, positions)})" for verdict in first[:_NAMED]]
    rest = len(outside) - len(named)
    named.extend([f"and {number_of(rest, 'more finding')} outside"] if rest else [])
    return f"This change would {done} {_countries(result, first)}: {'; '.join(named)}."


def _undetermined(result: CheckResult, undetermined: Sequence[Verdict], positions: Positions) -> str:
    named = [f"{_subject(verdict)} ({_line(verdict, positions)})" for verdict in undetermined[:_NAMED]]
    rest = len(undetermined) - len(named)
    named.extend([f"and {number_of(rest, 'more finding')}"] if rest else [])
    fix = undetermined[0].fix
    settle = f"; for the first, {prose(fix)}" if fix else ""
    name = code(result.perimeter.name)
    return f"This change is not proven to keep user data inside {name}: {'; '.join(named)}{settle}."


def _done(verdict: Verdict) -> str:
    return _DONE.get(verdict.placement.kind, _PUT)


def _countries(result: CheckResult, verdicts: Sequence[Verdict]) -> str:
    """The countries that are outside; where none is named, that it is any."""
    every = {country for verdict in verdicts for country in verdict.countries}
    countries = sorted(country_name(code) for code in every - result.perimeter.countries or every)
    if not countries:
        return f"any country, outside {code(result.perimeter.name)}"
    if len(countries) > _COUNTRIES:
        return f"{len(countries)} countries outside {code(result.perimeter.name)}"
    named = [f"the {name}" if name.startswith("United ") or name == "Netherlands" else name for name in countries]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _subject(verdict: Verdict) -> str:
    return code(verdict.placement.resource.name)


def _place(verdict: Verdict) -> str:
    where = code_of(verdict.placement)
    return code(where) if where else "a place not known"


def _line(verdict: Verdict, positions: Positions) -> str:
    place = positions.of(verdict)
    return code(place.shown)
