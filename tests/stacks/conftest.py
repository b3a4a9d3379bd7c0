"""Puts the components' folder on the path, as `stacks/__main__.py` does."""

from __future__ import annotations

import sys
from pathlib import Path

COMPONENTS = str(Path(__file__).resolve().parents[2] / "components")
if COMPONENTS not in sys.path:
    sys.path.append(COMPONENTS)
