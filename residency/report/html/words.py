"""The page's sentences.

In:  counts.
Out: plain text, not yet escaped.
"""

from __future__ import annotations

from residency.check import CheckResult
from residency.report.html.atlas import Mark
from residency.report.html.standing import Standing


def counted(number: int, noun: str, plural: str = "") -> str:
    """``1 placement``, ``1,200 placements``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def in_words(mark: Mark) -> str:
    """What stands at a mark: ``3 placements: 2 outside, 1 inside (us-east-1)``."""
    counts = ", ".join(f"{count:,} {each.value}" for each, count in mark.counts.items())
    codes = f" ({', '.join(mark.codes)})" if mark.codes else ""
    return f"{counted(mark.total, 'placement')}: {counts}{codes}"


def overall(result: CheckResult) -> Standing:
    """The standing of the whole check."""
    if result.summary.outside:
        return Standing.OUTSIDE
    return Standing.UNDETERMINED if result.summary.undetermined else Standing.INSIDE


def sentence(result: CheckResult) -> str:
    """The outcome in one sentence."""
    found, name = result.summary, f"“{result.perimeter.name}”"
    accepted = f"; {counted(found.exempt, 'finding')} {_be(found.exempt)} accepted" if found.exempt else ""
    if found.outside:
        places = f"{counted(found.outside, 'placement')} of user data would be outside {name}"
        doubts = f", and {found.undetermined:,} {_be(found.undetermined)} not proven inside"
        return f"{places}{doubts if found.undetermined else ''}{accepted}."
    if found.undetermined:
        places = f"{counted(found.undetermined, 'placement')} of user data {_be(found.undetermined)} not proven inside"
        passes = " (the perimeter lets that pass)" if not result.exit_code else ""
        return f"Nothing is outside {name}, but {places}{passes}{accepted}."
    what = "Everything else" if found.exempt else "Every placement of user data"
    return f"{what} is inside {name}{accepted}."


def _be(count: int) -> str:
    return "is" if count == 1 else "are"
