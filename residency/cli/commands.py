"""One function a command: options in, text out, exit code back."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Mapping

from residency import check as checking
from residency import rules
from residency.catalogue import places
from residency.cli import judging, reports
from residency.errors import UsageError
from residency.perimeter import load


def run(options: argparse.Namespace) -> int:
    """Carry out the chosen command."""
    return _COMMANDS[options.command](options)


def _check(options: argparse.Namespace) -> int:
    from residency.cli import keeping  # noqa: PLC0415 - a drawing need not pay for it

    reports.further(options.report, options.output)
    result = keeping.check(options)
    reports.write_all(result, options)
    return result.exit_code


def _graph(options: argparse.Namespace) -> int:
    """A drawing is no gate: it ends with 0 whatever it shows."""
    from residency.report import mermaid  # noqa: PLC0415 - a check need not pay for it

    reports.write(mermaid.render(_judged(options)), options.output, option="--output")
    return checking.OK


@judging.no_garbage_collection()
def _judged(options: argparse.Namespace) -> checking.CheckResult:
    with judging.progress() as progress:
        return checking.run_check(judging.check_options(options, options.targets, progress))


def _explain(options: argparse.Namespace) -> int:
    if options.rule is None:
        for rule in rules.rules().values():
            sys.stdout.write(f"{rule.id}  {rule.name}  {rule.summary}\n")
        return checking.OK
    named: str = options.rule
    rule = rules.find(named)
    if rule is None:
        names = [name for each in rules.rules().values() for name in (each.id, each.name)]
        near = difflib.get_close_matches(named, names, 1)
        raise UsageError(
            f"unknown rule `{named}`",
            help=f"did you mean `{near[0]}`?" if near else "`residency explain` lists all",
        )
    sys.stdout.write(rules.documentation(rule))
    return checking.OK


def _places(options: argparse.Namespace) -> int:
    providers = (options.provider,) if options.provider else ("aws", "azure", "gcp")
    code: str | None = options.code
    if code is None:
        found = [place for provider in providers for place in places.places(provider)]
    else:
        found = [place for provider in providers if (place := places.find(provider, code))]
    if not found:
        near = [each for provider in providers if (each := places.suggest(provider, code or ""))]
        raise UsageError(
            f"no place `{code}` is known",
            help=f"did you mean `{near[0]}`?" if near else "`residency places` lists all",
        )
    for place in found:
        sys.stdout.write(_place_text(place) if options.code else _place_line(place))
    return checking.OK


def _place_line(place: places.Place) -> str:
    countries = ",".join(place.countries) or ("any" if place.unrestricted else "unknown")
    return f"{place.provider:<6} {place.code:<28} {place.kind.value:<15} {place.status.value:<9} {countries}\n"


def _place_text(place: places.Place) -> str:
    countries = ", ".join(f"{places.country_name(code)} ({code})" for code in place.countries)
    facts: Mapping[str, str | None] = {
        "provider": place.provider,
        "kind": place.kind.value,
        "name": place.name,
        "countries": countries or ("any: the cloud may choose" if place.unrestricted else "not known"),
        "status": place.status.value,
        "parent": place.parent,
        "partition": place.partition,
        "paired": place.paired,
        "members": ", ".join(place.members),
        "source": place.source,
        "checked": place.checked,
    }
    lines = [f"  {name + ':':<11}{value}\n" for name, value in facts.items() if value]
    return f"{place.code}\n{''.join(lines)}"


def _coverage(options: argparse.Namespace) -> int:
    from residency.cli import coverage  # noqa: PLC0415 - a check need not pay for it

    return coverage.run(options, lambda: load(judging.own_perimeter([options.target]), judging.day(None)).own_rows)


def _conflicts(options: argparse.Namespace) -> int:
    from residency.cli import conflicts  # noqa: PLC0415 - a check need not pay for it

    return conflicts.run(options, judging.own_perimeter([]), judging.day(options.date))


def _catalogue(options: argparse.Namespace) -> int:
    from residency.cli import generating  # noqa: PLC0415 - a check need not pay for it

    return generating.run(options)


def _diff(options: argparse.Namespace) -> int:
    from residency.cli import diff  # noqa: PLC0415 - a check need not pay for it

    return diff.run(options)


def _verify_record(options: argparse.Namespace) -> int:
    from residency.cli import record  # noqa: PLC0415 - a check need not pay for it

    return record.run(options)


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "catalogue": _catalogue,
    "check": _check,
    "conflicts": _conflicts,
    "coverage": _coverage,
    "diff": _diff,
    "explain": _explain,
    "graph": _graph,
    "places": _places,
    "verify-record": _verify_record,
}
