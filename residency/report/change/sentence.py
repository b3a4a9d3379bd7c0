"""What a change does, in one sentence that a person can act on.

In:  a DiffResult.
Out: words and names apart, so that each format escapes names in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from residency.catalogue import places
from residency.change import Change, ChangeKind, DiffResult
from residency.judge import code_of
from residency.model import Outcome, Verdict
from residency.report.position import Positions

_MOST_NAMED = 3
Mark = Callable[[str], str]
_VERB = {
    "residence": "place user data in",
    "backup": "back up user data to",
    "export": "export user data to",
    "stream": "stream user data to",
    "log": "write logs to",
    "cache": "cache user data in",
    "compute": "process user data in",
    "inference": "process user data in",
    "key": "keep keys in",
    "secret": "keep secrets in",
    "access": "open user data to",
    "network": "lead traffic through",
}


def sentence(result: DiffResult, code: Mark, plain: Mark) -> str:
    """The sentence.

    Args:
        result: the change.
        code: sets a name as code.
        plain: makes a text safe to show.
    """
    outside = [each for each in result.blocking if each.shown.outcome is Outcome.OUTSIDE]
    if outside:
        kinds = {each.shown.placement.kind.value for each in outside}
        verb = _VERB.get(kinds.pop(), "copy user data to") if len(kinds) == 1 else "copy user data to"
        named = ", ".join(_arrow(each, code, plain) for each in outside[:_MOST_NAMED])
        return f"This change would {verb} {plain(_countries(outside))}: {named}{_more(outside)}."
    unproven = result.blocking
    if unproven:
        named = ", ".join(_arrow(each, code, plain) for each in unproven[:_MOST_NAMED])
        where = code(result.perimeter.name)
        return f"This change places user data where it is not proven to stay in {where}: {named}{_more(unproven)}."
    before = len(result.of(ChangeKind.CARRIED_OVER))
    mended = len(result.of(ChangeKind.MENDED)) + len(result.of(ChangeKind.REMOVED))
    name = code(result.perimeter.name)
    widened = f"This change widens the perimeter {name}, and moves nothing out of it as it would be"
    parts = [widened if result.widened else f"This change moves nothing out of {name}"]
    if mended:
        parts.append(f"it ends {count(mended, 'finding')}")
    if before:
        parts.append(f"{count(before, 'finding')} {'was' if before == 1 else 'were'} there before")
    return "; ".join(parts) + "."


def _arrow(change: Change, code: Mark, plain: Mark) -> str:
    verdict = change.shown
    where = Positions().of(verdict).shown
    return f"{code(verdict.placement.resource.name)} -> {code(place(verdict))} ({plain(where)})"


def place(verdict: Verdict | None) -> str:
    """The location's code, or in words that it is not known."""
    found = code_of(verdict.placement) if verdict else None
    return found or "a place not known"


def _more(changes: Sequence[Change]) -> str:
    left = len(changes) - _MOST_NAMED
    return f" and {left} more" if left > 0 else ""


def _countries(changes: Sequence[Change]) -> str:
    codes = sorted({code for each in changes for code in each.shown.countries})
    names = [_called(places.country_name(code)) for code in codes]
    if any(not each.shown.countries for each in changes):
        names.append("any country" if not names else "elsewhere")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _called(name: str) -> str:
    return f"the {name}" if name.startswith("United ") or name.endswith(("lands", "Republic", "Kingdom")) else name


def count(number: int, noun: str) -> str:
    """``1 finding``, ``3 findings``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
