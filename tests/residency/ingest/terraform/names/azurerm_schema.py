"""Writes ``azurerm_schema.txt``: which attributes the types of ``azurerm.toml`` have, for the test that compares them.

    python -m tests.residency.ingest.terraform.names.azurerm_schema FOLDER

In:  the folder of the unpacked npm package @cdktf/provider-azurerm.
Out: a line a type with all its paths; a path that is a flag ends in ``?``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from residency.ingest.terraform.names import azurerm, schema
from residency.ingest.terraform.names.schema import Attribute

FILE = Path(__file__).with_name("azurerm_schema.txt")


def main(folder: str) -> None:
    """Write the file."""
    declared = schema.read(Path(folder))
    apart = {each.azurerm for row in azurerm.rows() for each in row.apart}
    wanted = sorted({*(row.azurerm for row in azurerm.rows()), *apart} & declared.types.keys())
    lines = [f"# azurerm {declared.version}: made by azurerm_schema.py beside this file, never edited."]
    lines.extend(f"{name} {' '.join(paths(declared.types[name].attributes))}" for name in wanted)
    FILE.write_text("\n".join(lines) + "\n", "utf-8")


def paths(attributes: Sequence[Attribute], prefix: str = "") -> Iterator[str]:
    """Every path of a type."""
    for each in sorted(attributes, key=lambda each: each.name):
        path = f"{prefix}{each.name}"
        if each.nested:
            yield path
            yield from paths(each.nested, f"{path}.")
        else:
            yield f"{path}?" if each.form == "bool" else path


if __name__ == "__main__":
    main(sys.argv[1])
