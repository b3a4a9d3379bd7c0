"""What several formats say of a finding.

In:  verdicts.
Out: their parts in words, and names by which a service knows a finding again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from residency.catalogue.places import country_name
from residency.judge import code_of
from residency.model import Evidence, Outcome, Verdict

_MANY = 6


def shown_counts(outside: int, undetermined: int, inside: int, exempt: int) -> str:
    """``2 outside, 1 undetermined, 3 inside, 1 accepted``; the last only where there is one."""
    counts = f"{outside} outside, {undetermined} undetermined, {inside} inside"
    return f"{counts}, {exempt} accepted" if exempt else counts


def number_of(number: int, noun: str) -> str:
    """``1 resource``, ``2 resources``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def label(verdict: Verdict) -> str:
    """The outcome in one word, or that somebody accepted it."""
    return "accepted" if verdict.exempt and verdict.outcome is not Outcome.INSIDE else verdict.outcome.value


def steps(verdict: Verdict) -> tuple[tuple[Evidence, ...], str]:
    """The way to the location step by step, and what the judge adds to it."""
    evidence = verdict.placement.evidence
    told = "; ".join(step.text for step in evidence)
    if not verdict.why.startswith(told):
        return (), verdict.why
    return evidence, verdict.why.removeprefix(told).removeprefix("; ")


def place(verdict: Verdict) -> tuple[str, str]:
    """The location's code, "" if it is not known, and its countries in words."""
    countries = verdict.countries
    if len(countries) > _MANY:
        return code_of(verdict.placement) or "", f"{len(countries)} countries"
    return code_of(verdict.placement) or "", ", ".join(country_name(code) for code in countries)


def identities(verdicts: Iterable[Verdict]) -> list[str]:
    """Each verdict's fingerprint; the second and later ones of a fingerprint with their number.

    Services show one finding a fingerprint, and two doubts of one target have the same.
    """
    seen: Counter[str] = Counter()
    found: list[str] = []
    for verdict in verdicts:
        seen[verdict.fingerprint] += 1
        number = seen[verdict.fingerprint]
        found.append(verdict.fingerprint if number == 1 else f"{verdict.fingerprint}:{number}")
    return found
