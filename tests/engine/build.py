"""Finds the `pulumi` command line that the engine tests run; builds it where there is none.

In:  a `pulumi` on PATH, else the cached build, else Go and the pinned module in `tests/engine/pulumi/`.
Out: the binary's path and where it came from. Run as ``python -m tests.engine.build`` to build ahead of the tests.

The module has replace lines, so that ``go install ...@version`` is refused: it is built from a module of our own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

MODULE = Path(__file__).parent / "pulumi"
PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
VERSION_SYMBOL = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
BUILD_SECONDS = 1200
"""Measured: 3.5 minutes cold on two cores."""


@dataclass(frozen=True, slots=True)
class Binary:
    """A `pulumi` that can be run, and how it was found."""

    path: Path
    origin: str


class NoPulumiError(Exception):
    """There is no `pulumi` and none can be built; the text says why and what to do."""


def pinned_version() -> str:
    """The version that `go.mod` requires, such as ``v3.259.0``."""
    found = re.search(r"github\.com/pulumi/pulumi/pkg/v3 (v\S+)", (MODULE / "go.mod").read_text(encoding="utf-8"))
    if found is None:
        raise NoPulumiError("tests/engine/pulumi/go.mod requires no Pulumi module")
    return found[1]


def cached_path() -> Path:
    """Where a build is kept: the user's cache folder, by version, outside the repository."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "residency" / f"pulumi-{pinned_version()}" / "pulumi"


def find() -> Binary | None:
    """The binary that is there already, or None; never builds."""
    installed = shutil.which("pulumi")
    if installed:
        return Binary(Path(installed), "found on PATH")
    cached = cached_path()
    return Binary(cached, "built earlier from tests/engine/pulumi") if cached.is_file() else None


def find_or_build() -> Binary:
    """The binary to use.

    Raises:
        NoPulumiError: there is neither a `pulumi` nor Go, or the build failed.
    """
    return find() or build()


def build() -> Binary:
    """Build the pinned version into the cache folder; of two builds at the same time, the last rename wins.

    Raises:
        NoPulumiError: there is no Go, or the build failed.
    """
    go = shutil.which("go")
    if go is None:
        raise NoPulumiError("no `pulumi` on PATH and no Go to build one; install Pulumi or Go")
    target = cached_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        fresh = Path(scratch) / "pulumi"
        flags = f"-s -w -X {VERSION_SYMBOL}={pinned_version()}"
        command = [go, "build", "-mod=readonly", "-ldflags", flags, "-o", str(fresh), PACKAGE]
        try:
            done = subprocess.run(
                command, cwd=MODULE, capture_output=True, text=True, timeout=BUILD_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise NoPulumiError(f"building `pulumi` took longer than {BUILD_SECONDS} s") from error
        if done.returncode != 0:
            raise NoPulumiError(f"building `pulumi` failed:\n{done.stderr[-2000:]}")
        fresh.replace(target)
    return Binary(target, "built now from tests/engine/pulumi")


def main() -> int:
    """Print the binary and its origin; 1 and the reason where there is none."""
    try:
        binary = find_or_build()
    except NoPulumiError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command's own output
        return 1
    print(f"{binary.path} ({binary.origin})")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
