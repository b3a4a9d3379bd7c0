"""Puts ``residency`` on the PATH of the job's further steps, and nothing else of its environment.

In:  ``ENVIRONMENT``, where it is installed.
Out: a folder with one small script, named in the runner's file of paths.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import runner


def main() -> int:
    """Write the script; 0."""
    environment = os.environ["ENVIRONMENT"]
    folder = Path(environment) / "residency-only"
    folder.mkdir(exist_ok=True)
    target = runner.executable(environment)
    script = folder / "residency"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(target)} "$@"\n', "utf-8", newline="\n")
    script.chmod(0o755)
    (folder / "residency.cmd").write_text(f'@"{target}" %*\r\n', "utf-8", newline="")
    with Path(os.environ["GITHUB_PATH"]).open("a", encoding="utf-8") as file:
        file.write(f"{folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
