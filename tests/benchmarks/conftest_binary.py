"""The `conftest` to compare with: one on PATH, else built from the pinned Go module beside this file."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

MODULE = Path(__file__).parent / "conftest"
POLICY, PLAN_POLICY = MODULE / "policy", MODULE / "plan_policy"


def find_or_build() -> Path | None:
    """Its path, or None where there is neither it nor Go."""
    installed = shutil.which("conftest")
    if installed:
        return Path(installed)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    target = cache / "residency" / "conftest"
    go = shutil.which("go")
    if not target.is_file() and go:
        target.parent.mkdir(parents=True, exist_ok=True)
        command = [go, "build", "-ldflags", "-s -w", "-o", str(target), "github.com/open-policy-agent/conftest"]
        subprocess.run(command, cwd=MODULE, check=True)
    return target if target.is_file() else None
