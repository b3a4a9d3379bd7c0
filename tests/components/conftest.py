"""Puts the components' folder on the path, as `stacks/__main__.py` does, and records what a program registers."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT / "components", ROOT / "tests" / "components"):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
