"""Make ``shapes.json`` from files that are got beforehand; COMMAND says how.

python -m residency.report.html.shaping COUNTRIES CODES --date YYYY-MM-DD [--check]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from residency.errors import InputError
from residency.report.html.shapes import FILE, Shapes
from residency.report.html.shaping import topology, views

SOURCE = "Natural Earth 4.1.0, 1:50m, Admin 0 countries (public domain), as in npm world-atlas 2.0.2"
COMMAND = (
    "npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz && apt-get install iso-codes && "
    "python -m residency.report.html.shaping package/countries-50m.json /usr/share/iso-codes/json/iso_3166-1.json "
    "--date {date}"
)
DIFFERENT = 1


def main(arguments: list[str] | None = None) -> int:
    """Write the file; with ``--check`` only say whether it would differ, and end with 1 if so."""
    parser = argparse.ArgumentParser(prog="python -m residency.report.html.shaping")
    parser.add_argument("countries", metavar="COUNTRIES", type=Path, help="countries-50m.json of world-atlas")
    parser.add_argument("codes", metavar="CODES", type=Path, help="iso_3166-1.json of iso-codes")
    parser.add_argument("--date", metavar="YYYY-MM-DD", required=True, help="when the files were got")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if the file would differ")
    options = parser.parse_args(arguments)
    try:
        made = text(options.countries, options.codes, options.date)
    except InputError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    if options.check:
        return 0 if made == FILE.read_bytes() else DIFFERENT
    FILE.write_bytes(made)
    sys.stdout.write(f"{FILE.name}: {len(made):,} bytes\n")
    return 0


def text(countries: Path, codes: Path, date: str) -> bytes:
    """The file's bytes.

    Raises:
        InputError: an input is not what it should be.
    """
    read = topology.read(countries, codes)
    made = Shapes(
        source=SOURCE, made=date, command=COMMAND.format(date=date), europe=views.europe(read), world=views.world(read)
    )
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


if __name__ == "__main__":
    sys.exit(main())
