"""One function a command: options in, text out, exit code back."""

from __future__ import annotations

import argparse
import datetime
import difflib
import gc
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from residency import check as checking
from residency import rules
from residency.catalogue import places
from residency.errors import UsageError
from residency.ingest.targets import Template
from residency.perimeter import DEFAULT, FILE_NAME, load
from residency.report import FORMATS, mermaid


def run(options: argparse.Namespace) -> int:
    """Carry out the chosen command."""
    return _COMMANDS[options.command](options)


@contextmanager
def _no_garbage_collection() -> Generator[None]:
    """One check keeps all that it makes until it is judged, so looking for garbage finds none: a third of its time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _check(options: argparse.Namespace) -> int:
    result = _judged(options)
    _write(FORMATS[options.format](result), options.output)
    return result.exit_code


def _graph(options: argparse.Namespace) -> int:
    """A drawing is no gate: it ends with 0 whatever it shows."""
    _write(mermaid.render(_judged(options)), options.output)
    return checking.OK


@_no_garbage_collection()
def _judged(options: argparse.Namespace) -> checking.CheckResult:
    name = options.perimeter or _own_perimeter(options.targets)
    with _progress() as progress:
        return checking.run_check(
            checking.CheckOptions(
                targets=tuple(options.targets),
                perimeter=load(name, _day(options.date)),
                stack=options.stack,
                with_state=tuple(Path(each) for each in options.with_state),
                timeout=options.timeout,
                template=_template(options),
                progress=progress,
            )
        )


def _template(options: argparse.Namespace) -> Template:
    folder = Path(options.configuration) if options.configuration else None
    if folder is not None and not folder.is_dir():
        raise UsageError(f"there is no folder `{folder}`", where="--configuration")
    own, regions = _regions(options.region, options.targets)
    return Template(region=own, regions=regions, parameters=_parameters(options.parameter), configuration=folder)


def _regions(given: list[str], targets: list[str]) -> tuple[str | None, Mapping[str, str]]:
    """``CODE`` for every template, ``TARGET=CODE`` for one."""
    own: str | None = None
    found: dict[str, str] = {}
    for each in given:
        target, equals, code = each.rpartition("=")
        if not code or (equals and target not in targets):
            near = difflib.get_close_matches(target, targets, 1)
            raise UsageError(
                f"`{target}` is none of the targets" if code else f"`{each}` names no Region",
                where="--region",
                help=f"did you mean `{near[0]}`?" if near else "write it as CODE, or as TARGET=CODE for one target",
            )
        if found.get(target, code) != code or (not equals and own not in (None, code)):
            raise UsageError(f"`{each}` is the second Region of the same target", where="--region", help="give one")
        if equals:
            found[target] = code
        else:
            own = code
    return own, found


def _parameters(given: list[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not (name and equals):
            raise UsageError(f"`{name}` has no value", where="--parameter", help="write it as NAME=VALUE")
        found[name] = value
    return found


def _own_perimeter(targets: list[str]) -> str:
    """The project's own file, if it has one: beside the only target, or in this folder."""
    folders = [Path(targets[0])] if len(targets) == 1 and Path(targets[0]).is_dir() else []
    for folder in (*folders, Path()):
        if (folder / FILE_NAME).is_file():
            return str(folder / FILE_NAME)
    return DEFAULT


def _day(text: str | None) -> datetime.date:
    if text is None:
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"`{text}` is not a date", where="--date", help="write it as 2026-11-23") from None


@contextmanager
def _progress() -> Generator[Callable[[str], None] | None]:
    """A line on a terminal that says what is being read; nothing when the output is piped."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - a piped run need not pay for it

    with Console(stderr=True).status("reading") as status:
        yield lambda target: status.update(f"reading {target}")


def _write(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"cannot write `{output}`: {error.strerror}", where="--output") from None


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

    return coverage.run(options, lambda: load(_own_perimeter([options.target]), _day(None)).own_rows)


def _catalogue(options: argparse.Namespace) -> int:
    from residency.cli import generating  # noqa: PLC0415 - a check need not pay for it

    return generating.run(options)


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "catalogue": _catalogue,
    "check": _check,
    "coverage": _coverage,
    "explain": _explain,
    "graph": _graph,
    "places": _places,
}
