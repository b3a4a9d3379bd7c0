"""Loads every row of the catalogue; with ``--none``, only imports what loads them. Prints how many types have a row."""

from __future__ import annotations

import sys

from residency.catalogue import resources


def loaded() -> int:
    """Load everything; how many types are answered by a row of their own."""
    modules = [path for path in resources.files() if not path.stem.startswith("_")]
    return sum(len(resources.module_rows(path.parent.name, path.stem)) for path in modules)


if __name__ == "__main__":
    sys.stdout.write("0\n" if "--none" in sys.argv else f"{loaded()}\n")
