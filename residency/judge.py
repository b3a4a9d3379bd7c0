"""Third stage: placements against a perimeter.

In:  a graph and a perimeter.
Out: verdicts, sorted: one for each placement, one for each doubt that the source leaves, and one (RES901) for each
     resource on which the catalogue or a rule failed. Nothing is dropped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from fnmatch import fnmatchcase

import msgspec

from residency.catalogue.own import Catalogue
from residency.errors import ResidencyError
from residency.holdings import Held, Holdings
from residency.model import (
    Choice,
    Location,
    Note,
    Outcome,
    Placement,
    PlacementKind,
    Resource,
    ResourceGraph,
    Unknown,
    Verdict,
)
from residency.perimeter import Exemption, Located, Perimeter, Transfer
from residency.placements.derive import Deriver
from residency.rules import rule_for, rules
from residency.rules.rule import Rule

_RULE_ERROR = "RES901"
_DOUBT = "RES902"
_ORDER = {Outcome.OUTSIDE: 0, Outcome.UNDETERMINED: 1, Outcome.INSIDE: 2}


def judge(graph: ResourceGraph, perimeter: Perimeter) -> tuple[Verdict, ...]:
    """Judge every placement of a graph; worst outcome first, then by resource, rule and property."""
    judgement = Judgement(graph, perimeter)
    found = [verdict for resource in graph.resources.values() for verdict in judgement.of(resource)]
    found.extend(judgement.doubt(note) for note in graph.notes if note.doubt)
    return tuple(sorted(found, key=order))


def order(verdict: Verdict) -> tuple[str | int, ...]:
    """The order of every report: the worst first."""
    placement = verdict.placement
    return (
        bool(verdict.exempt),
        _ORDER[verdict.outcome],
        verdict.target,
        placement.resource.id,
        verdict.rule,
        placement.property or "",
        verdict.fingerprint,
    )


class Judgement:
    """Judges the resources of one graph, remembering each location's outcome."""

    def __init__(self, graph: ResourceGraph, perimeter: Perimeter) -> None:
        self._target = graph.target
        self._perimeter = perimeter
        catalogue = Catalogue(perimeter.own_rows)
        self._deriver = Deriver(graph, perimeter.sites, perimeter.externals, catalogue)
        self._holdings = Holdings(graph, perimeter, catalogue)
        self._perimeters: dict[tuple[str, ...], Perimeter] = {(): perimeter}
        self._located: dict[tuple[str, Location], Located] = {}

    def of(self, resource: Resource) -> Iterator[Verdict]:
        """The verdicts of one resource; a failure on the way is itself a verdict that blocks."""
        if resource.is_context or resource.is_component:
            return
        try:
            found = [self._verdict(placement) for placement in self._deriver.of(resource)]
        except Exception as error:  # noqa: BLE001 - a rule that throws must block, whatever it throws
            found = [self._failed(resource, error)]
        yield from found

    def doubt(self, note: Note) -> Verdict:
        """The verdict of something that the source left open about the whole target."""
        subject = Resource(id=self._target, type="", name=self._target, inputs={})
        placement = Placement(
            resource=subject, kind=PlacementKind.RESIDENCE, property=None, location=Unknown(note.what, note.settle)
        )
        why = f"{note.what} ({note.where})" if note.where else note.what
        words = (f"`{self._target}` is not proven", why, note.settle)
        return self._made(placement, _DOUBT, Outcome.UNDETERMINED, (), words)

    def _failed(self, resource: Resource, error: Exception) -> Verdict:
        problem = str(error).partition("\n")[0] if isinstance(error, ResidencyError) else type(error).__name__
        placement = Placement(resource=resource, kind=PlacementKind.RESIDENCE, property=None, location=Unknown(problem))
        words = (
            f"`{resource.name}` could not be judged",
            f"the rule or the catalogue failed: {problem}",
            f"{rules()[_RULE_ERROR].advice}: `{resource.type}`",
        )
        return self._made(placement, _RULE_ERROR, Outcome.UNDETERMINED, (), words)

    def _verdict(self, placement: Placement) -> Verdict:
        rule = rule_for(placement.kind)
        held = self._holdings.of(placement.resource)
        perimeter = self._perimeter_of(held)
        located = self._locate(placement, perimeter)
        if held.unknown is not None and located.outcome is Outcome.INSIDE:
            reason, settle = held.unknown.reason, held.unknown.settle
            located = Located(Outcome.UNDETERMINED, located.countries, located.place, reason, settle)
        words = self._words(rule, placement, located, perimeter, held)
        verdict = self._made(placement, rule.id, located.outcome, located.countries, words)
        return msgspec.structs.replace(verdict, exempt=_without_user_data(held)) if verdict.blocks else verdict

    def _perimeter_of(self, held: Held) -> Perimeter:
        names = tuple(each.name for each in held.classes)
        if names not in self._perimeters:
            self._perimeters[names] = self._perimeter.narrowed(held.classes)
        return self._perimeters[names]

    def _locate(self, placement: Placement, perimeter: Perimeter) -> Located:
        location = placement.location
        if isinstance(location, Unknown):
            return Located(Outcome.UNDETERMINED, (), "a place not known yet", location.reason, location.settle)
        if isinstance(location, Choice):
            return _of_several(location, perimeter)
        key = (perimeter.name, location)
        located = self._located.get(key)
        if located is None:
            located = self._located[key] = perimeter.locate(location)
        if located.outcome is Outcome.OUTSIDE and not placement.certain:
            reason = "a condition that is not known yet decides whether this is done at all"
            return Located(Outcome.UNDETERMINED, located.countries, located.place, reason)
        return located

    def _words(
        self, rule: Rule, placement: Placement, located: Located, perimeter: Perimeter, held: Held
    ) -> tuple[str, str, str]:
        subject = rule.subject.format(name=placement.resource.name)
        steps = [step.text for step in placement.evidence]
        if held.why:
            steps.append(held.why)
        if placement.reason and located.outcome is not Outcome.INSIDE:
            steps.append(placement.reason)
        if located.reason and located.reason not in "; ".join(steps):
            steps.append(located.reason)
        return _what(subject, located, perimeter.name), "; ".join(steps), _fix(rule, placement, located, perimeter)

    def _made(
        self,
        placement: Placement,
        rule: str,
        outcome: Outcome,
        countries: tuple[str, ...],
        words: tuple[str, str, str],
    ) -> Verdict:
        what, why, fix = words
        accepted, expired = self._accepted(placement, rule, outcome, countries)
        return Verdict(
            target=self._target,
            placement=placement,
            outcome=outcome,
            rule=rule,
            countries=countries,
            what=what,
            why=f"{why}; {expired}" if expired else why,
            fix=fix,
            fingerprint=fingerprint(placement, rule),
            exempt=accepted,
        )

    def _accepted(
        self, placement: Placement, rule: str, outcome: Outcome, countries: tuple[str, ...]
    ) -> tuple[str, str]:
        """Who accepted it, or which acceptance ran out."""
        perimeter = self._perimeter
        if outcome is Outcome.INSIDE or not (perimeter.exemptions or perimeter.transfers):
            return "", ""
        expired = ""
        for each in (*perimeter.exemptions, *perimeter.transfers):
            if not _covers(each, placement, rule, outcome, countries):
                continue
            name = each.name if isinstance(each, Transfer) else f"{each.rule} for {each.resource}"
            if perimeter.on <= each.expires:
                return f"{type(each).__name__.lower()} `{name}` until {each.expires}, owner {each.owner}", ""
            expired = f"{type(each).__name__.lower()} `{name}` ended on {each.expires}"
        return "", expired


def _of_several(choice: Choice, perimeter: Perimeter) -> Located:
    each = [perimeter.locate(location) for location in choice.locations]
    outcomes = {one.outcome for one in each}
    countries = tuple(sorted({country for one in each for country in one.countries}))
    place = " or ".join(one.place for one in each)
    if len(outcomes) == 1:
        return Located(outcomes.pop(), countries, place, choice.reason)
    settle = "name one of them as plain text, or keep all of them inside"
    return Located(Outcome.UNDETERMINED, countries, place, choice.reason, settle)


def _what(subject: str, located: Located, name: str) -> str:
    if located.outcome is Outcome.INSIDE:
        return f"{subject} is placed in {located.place}, inside `{name}`"
    if located.outcome is Outcome.OUTSIDE:
        return f"{subject} would be placed in {located.place}, outside `{name}`"
    return f"{subject} would be placed in {located.place}: undetermined, not proven inside `{name}`"


def _fix(rule: Rule, placement: Placement, located: Located, perimeter: Perimeter) -> str:
    if located.outcome is Outcome.INSIDE:
        return ""
    if located.outcome is Outcome.UNDETERMINED and located.settle:
        return f"{located.settle}; or {placement.fix}" if placement.fix else located.settle
    if placement.fix:
        return placement.fix
    provider = placement.location.provider if isinstance(placement.location, Location) else ""
    example = perimeter.example(provider or placement.resource.type.partition(":")[0].partition("-")[0])
    shown = f", for example `{example}`" if example else ""
    return rule.advice.format(perimeter=perimeter.name, example=shown)


def _without_user_data(held: Held) -> str:
    """Who answers for it that nothing in a resource is user data; "" where something is."""
    if not held.classes or any(each.user_data for each in held.classes):
        return ""
    return "; ".join(f"class `{each.name}` is no user data: {each.reason}, owner {each.owner}" for each in held.classes)


def _covers(
    each: Exemption | Transfer, placement: Placement, rule: str, outcome: Outcome, countries: tuple[str, ...]
) -> bool:
    if not _is_named(each.resource, placement.resource):
        return False
    if isinstance(each, Exemption):
        return each.rule in (rule, rules()[rule].name)
    return outcome is Outcome.OUTSIDE and bool(countries) and set(countries) <= set(each.to)


def _is_named(pattern: str, resource: Resource) -> bool:
    return fnmatchcase(resource.name, pattern) or fnmatchcase(resource.id, pattern)


def code_of(placement: Placement) -> str | None:
    """The location as one string, or None where it is not known."""
    location = placement.location
    if isinstance(location, Unknown):
        return None
    if isinstance(location, Choice):
        return " or ".join(each.code for each in location.locations)
    return location.code


def fingerprint(placement: Placement, rule: str) -> str:
    """The same finding has the same 32 hex digits, from whichever source and gate it comes."""
    parts = (rule, placement.resource.id, placement.kind.value, placement.property or "", code_of(placement) or "?")
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
