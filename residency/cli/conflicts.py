"""``residency conflicts``: checks of other tools that ask for a copy elsewhere, and what to do with each."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable, Mapping, Sequence

from residency.catalogue import conflicts
from residency.cli import conflict_tables
from residency.cli.conflict_tables import Under
from residency.errors import UsageError
from residency.perimeter import load

_FORMATS: Mapping[str, Callable[[Sequence[conflicts.Tool], Sequence[Under]], str]] = {
    "text": conflict_tables.text,
    "json": conflict_tables.json,
    "markdown": conflict_tables.markdown,
}


def run(options: argparse.Namespace, own_perimeter: str, day: datetime.date) -> int:
    """Print what is asked for; the exit code is 0.

    Args:
        options: as parsed.
        own_perimeter: the one to use if none is named.
        day: for which memberships hold.

    Raises:
        UsageError: a skip list of another tool than Checkov, or for several perimeters.
        PerimeterError: a perimeter that cannot be used.
    """
    perimeters = [Under(name, load(name, day)) for name in options.perimeter or [own_perimeter]]
    tools = [conflicts.tool(name) for name in ([options.tool] if options.tool else conflicts.TOOLS)]
    if not options.skip_list:
        sys.stdout.write(_FORMATS[options.format](tools, perimeters))
        return 0
    if options.tool != "checkov":
        raise UsageError("only Checkov has a skip list", where="--skip-list", help="`residency conflicts checkov`")
    if len(perimeters) > 1:
        raise UsageError("a skip list is for one perimeter", where="--perimeter", help="make a file for each")
    sys.stdout.write(conflict_tables.skip_list(tools[0], perimeters[0]))
    return 0
