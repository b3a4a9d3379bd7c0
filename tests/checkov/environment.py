"""Makes the environment that Checkov runs in: its own, since it and Pulumi's SDK exclude one another.

In:  uv (on PATH, or the one that run.py installs), and the lock file's group `checkov`.
Out: the environment's interpreter and folder of commands, in `.cache/checkov`. See docs/decisions/0003.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".cache" / "checkov"
SECONDS = 900
BIN = "Scripts" if os.name == "nt" else "bin"


@dataclass(frozen=True, slots=True)
class Checkov:
    """An environment with the real Checkov.

    Attributes:
        python: its interpreter, which can import `checkov`.
        bin: its folder of commands.
    """

    python: Path
    bin: Path

    @property
    def command(self) -> Path:
        """The command `checkov`."""
        return self.bin / "checkov"


class NoCheckovError(Exception):
    """The environment cannot be made; the text says why and what to do."""


def make() -> Checkov:
    """The environment as the lock file has it, made or brought up to date; raises NoCheckovError."""
    settings = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT)}
    settings.pop("VIRTUAL_ENV", None)
    command = [uv(), "sync", "--frozen", "--quiet", "--only-group", "checkov", "--python", sys.executable]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=settings, check=False, capture_output=True, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        raise NoCheckovError(f"checkov was not installed within {SECONDS} seconds; is there a network?") from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["nothing"]
        raise NoCheckovError(
            f"`uv sync --only-group checkov` failed (is there a network?); it said: {said[-1].strip()}"
        )
    return Checkov(ENVIRONMENT / BIN / "python", ENVIRONMENT / BIN)


def locked_version() -> str:
    """The version of Checkov in the lock file."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    (version,) = [package["version"] for package in lock["package"] if package["name"] == "checkov"]
    return str(version)


def uv() -> str:
    """The path of uv, as run.py finds it; raises NoCheckovError where it is not installed."""
    installed = ROOT / ".cache" / "uv" / BIN / "uv"
    found = shutil.which("uv") or (str(installed) if installed.exists() else None)
    if found is None:
        raise NoCheckovError("no uv: install it, or run the tests with `python3 run.py test`, which does")
    return found
