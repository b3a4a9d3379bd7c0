"""Finds what the engine tests run: the `pulumi` command line, and the host of programs in YAML; builds what is missing.

In:  a binary on PATH, else the cached build, else Go and a pinned module in `tests/engine/pulumi/` or `yaml/`.
Out: the binary's path and where it came from. Run as ``python -m tests.engine.build`` to build ahead of the tests.

The modules have replace lines, so that ``go install ...@version`` is refused: each is built from a module of our own.
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

BUILD_SECONDS = 1200
"""Measured: 3.5 minutes cold on two cores for `pulumi`, 0.7 for the host of YAML."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A command that is built from a Go module.

    Attributes:
        name: of the command.
        folder: of our own module, beside this file.
        module: the Go module that ours pins.
        package: the command's package within it.
        version_symbol: the variable that the linker sets to the version.
    """

    name: str
    folder: str
    module: str
    package: str
    version_symbol: str

    @property
    def path(self) -> Path:
        """Our own module."""
        return Path(__file__).parent / self.folder


PULUMI = Tool(
    "pulumi",
    "pulumi",
    "github.com/pulumi/pulumi/pkg/v3",
    "cmd/pulumi",
    "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
)
YAML = Tool(
    "pulumi-language-yaml",
    "yaml",
    "github.com/pulumi/pulumi-yaml",
    "cmd/pulumi-language-yaml",
    "github.com/pulumi/pulumi-yaml/pkg/version.Version",
)


@dataclass(frozen=True, slots=True)
class Binary:
    """A command that can be run, and how it was found."""

    path: Path
    origin: str


class NoPulumiError(Exception):
    """A command is missing and cannot be built; the text says why and what to do."""


def pinned_version(tool: Tool = PULUMI) -> str:
    """The version that `go.mod` requires, such as ``v3.259.0``."""
    text = (tool.path / "go.mod").read_text(encoding="utf-8")
    found = re.search(rf"{re.escape(tool.module)} (v\S+)", text)
    if found is None:
        raise NoPulumiError(f"tests/engine/{tool.folder}/go.mod does not require {tool.module}")
    return found[1]


def cached_path(tool: Tool = PULUMI) -> Path:
    """Where a build is kept: the user's cache folder, by version, outside the repository."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "residency" / f"{tool.name}-{pinned_version(tool)}" / tool.name


def find(tool: Tool = PULUMI) -> Binary | None:
    """The binary that is there already, or None; never builds."""
    installed = shutil.which(tool.name)
    if installed:
        return Binary(Path(installed), "found on PATH")
    cached = cached_path(tool)
    return Binary(cached, f"built earlier from tests/engine/{tool.folder}") if cached.is_file() else None


def find_or_build(tool: Tool = PULUMI) -> Binary:
    """The binary to use.

    Raises:
        NoPulumiError: there is neither the command nor Go, or the build failed.
    """
    return find(tool) or build(tool)


def build(tool: Tool = PULUMI) -> Binary:
    """Build the pinned version into the cache folder; of two builds at the same time, the last rename wins.

    Raises:
        NoPulumiError: there is no Go, or the build failed.
    """
    go = shutil.which("go")
    if go is None:
        raise NoPulumiError(f"no `{tool.name}` on PATH and no Go to build one; install Pulumi or Go")
    target = cached_path(tool)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        fresh = Path(scratch) / tool.name
        flags = f"-s -w -X {tool.version_symbol}={pinned_version(tool)}"
        package = f"{tool.module}/{tool.package}"
        command = [go, "build", "-mod=readonly", "-ldflags", flags, "-o", str(fresh), package]
        try:
            done = subprocess.run(
                command, cwd=tool.path, capture_output=True, text=True, timeout=BUILD_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise NoPulumiError(f"building `{tool.name}` took longer than {BUILD_SECONDS} s") from error
        if done.returncode != 0:
            raise NoPulumiError(f"building `{tool.name}` failed:\n{done.stderr[-2000:]}")
        fresh.replace(target)
    return Binary(target, f"built now from tests/engine/{tool.folder}")


def main() -> int:
    """Print each binary and its origin; 1 and the reason where one is missing."""
    for tool in (PULUMI, YAML):
        try:
            binary = find_or_build(tool)
        except NoPulumiError as error:
            print(error, file=sys.stderr)  # noqa: T201 - a command's own output
            return 1
        print(f"{binary.path} ({binary.origin})")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
