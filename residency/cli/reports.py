"""Which reports a check writes, and where.

In:  ``--format``, ``--output`` and ``--report FORMAT=FILE``, and a CheckResult.
Out: text on standard output, files. One evaluation makes all of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from residency.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from residency.check import CheckResult

# The names of ``residency.report.FORMATS``, which --version and --help need not import; a test compares them.
FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown", "summary", "html")


def add_arguments(check: argparse.ArgumentParser) -> None:
    """The options that say which reports are written."""
    check.add_argument("--format", choices=FORMATS, default="text", help="of the report (default: text)")
    check.add_argument(
        "--report",
        metavar="FORMAT=FILE",
        action="append",
        default=[],
        help="write a further report of this check there; can be given again",
    )


def further(given: Sequence[str], output: str | None) -> list[tuple[str, Path]]:
    """The further reports that ``--report`` asks for; asked before a check, which may take long.

    Raises:
        UsageError: no such format, no file, or two reports for one file.
    """
    from pathlib import Path  # noqa: PLC0415 - --version and --help need not pay for it

    found: list[tuple[str, Path]] = []
    taken = {Path(output)} if output else set[Path]()
    for each in given:
        name, equals, file = each.partition("=")
        if name not in FORMATS:
            import difflib  # noqa: PLC0415 - only a mistake needs it

            near = difflib.get_close_matches(name, FORMATS, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"one of {', '.join(FORMATS)}"
            raise UsageError(f"unknown format `{name}`", where="--report", help=hint)
        if not (equals and file):
            raise UsageError(f"`{name}` has no file", where="--report", help="write it as FORMAT=FILE")
        if Path(file) in taken:
            raise UsageError(f"two reports for `{file}`", where="--report", help="give each a file of its own")
        taken.add(Path(file))
        found.append((name, Path(file)))
    return found


def write(text: str, output: Path | str | None, *, option: str) -> None:
    """Write a report to a file, or to standard output.

    Raises:
        UsageError: the file cannot be written.
    """
    content = text.encode()
    if output is None:
        _print(text, content)
        return
    try:
        from pathlib import Path  # noqa: PLC0415 - as above

        Path(output).write_bytes(content)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can have this name"
        raise UsageError(f"cannot write `{output}`: {reason}", where=option) from None


def _print(text: str, content: bytes) -> None:
    """To a person in the terminal's encoding, to a file or a program in UTF-8, as XML and JSON say of themselves."""
    stream = sys.stdout
    if stream.isatty() or not hasattr(stream, "buffer"):
        stream.write(text.encode(stream.encoding or "ascii", "backslashreplace").decode(stream.encoding or "ascii"))
        return
    stream.flush()
    stream.buffer.write(content)
    stream.buffer.flush()


def write_all(result: CheckResult, options: argparse.Namespace) -> None:
    """Write the report of ``--format`` and every further one.

    Raises:
        UsageError: a file cannot be written; the reports before it are.
    """
    from residency import report  # noqa: PLC0415 - the parser of arguments need not pay for it

    write(report.FORMATS[options.format](result), options.output, option="--output")
    for name, file in further(options.report, options.output):
        write(report.FORMATS[name](result), file, option="--report")
