"""ISO 3166-1 countries: alpha-2 code to English short name.

In:  ``data/countries.tsv``, whose head names its source.
Out: a mapping; no country is known that is not in the file.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).parent / "data" / "countries.tsv"


@functools.cache
def countries() -> Mapping[str, str]:
    """Every country's alpha-2 code and English short name."""
    found: dict[str, str] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, name = line.split("\t", 1)
            found[code] = name
    return found
