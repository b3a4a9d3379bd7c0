"""What commands that judge have in common: options are read, the perimeter found, progress shown, a report written."""

from __future__ import annotations

import argparse
import datetime
import difflib
import gc
import sys
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from residency.check import CheckOptions
from residency.errors import UsageError
from residency.ingest.targets import Template
from residency.perimeter import DEFAULT, FILE_NAME, Perimeter, load


def check_options(
    options: argparse.Namespace,
    targets: Sequence[str],
    progress: Callable[[str], None] | None,
    perimeter: Perimeter | None = None,
) -> CheckOptions:
    """The options of a check of some targets; the perimeter is found unless it is given."""
    return CheckOptions(
        targets=tuple(targets),
        perimeter=perimeter or load(options.perimeter or own_perimeter(targets), day(options.date)),
        stack=options.stack,
        with_state=tuple(Path(each) for each in options.with_state),
        timeout=options.timeout,
        template=template(options, targets),
        progress=progress,
    )


@contextmanager
def no_garbage_collection() -> Generator[None]:
    """One check keeps all that it makes until it is judged, so looking for garbage finds none: a third of its time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.freeze()  # else the next allocation would look through all that the check made
            gc.enable()


def template(options: argparse.Namespace, targets: Sequence[str]) -> Template:
    """What templates and plans leave out, from the options beside them.

    Raises:
        UsageError: there is no such folder or target, or a parameter has no value.
    """
    folder = Path(options.configuration) if options.configuration else None
    if folder is not None and not folder.is_dir():
        raise UsageError(f"there is no folder `{folder}`", where="--configuration")
    own, by_target = regions(options.region, targets)
    given = parameters(options.parameter)
    return Template(region=own, regions=by_target, parameters=given, configuration=folder)


def regions(given: Sequence[str], targets: Sequence[str]) -> tuple[str | None, Mapping[str, str]]:
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


def parameters(given: Sequence[str]) -> Mapping[str, str]:
    """The parameters of a template, from ``NAME=VALUE``."""
    found: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not (name and equals):
            raise UsageError(f"`{name}` has no value", where="--parameter", help="write it as NAME=VALUE")
        found[name] = value
    return found


def own_perimeter(targets: Sequence[str]) -> str:
    """The project's own file, if it has one: beside the only target, or in this folder."""
    folders = [Path(targets[0])] if len(targets) == 1 and Path(targets[0]).is_dir() else []
    for folder in (*folders, Path()):
        if (folder / FILE_NAME).is_file():
            return str(folder / FILE_NAME)
    return DEFAULT


def day(text: str | None) -> datetime.date:
    """The day for which expiries hold: the one given, else today."""
    if text is None:
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"`{text}` is not a date", where="--date", help="write it as 2026-11-23") from None


@contextmanager
def progress() -> Generator[Callable[[str], None] | None]:
    """A line on a terminal that says what is being read; nothing when the output is piped."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - a piped run need not pay for it

    with Console(stderr=True).status("reading") as status:
        yield lambda target: status.update(f"reading {target}")
