"""Where a finding is shown: a file and a line, as services that annotate pull requests want them.

In:  a verdict.
Out: a path relative to the folder of the run, with slashes, and a line from 1.
"""

from __future__ import annotations

import os
from pathlib import Path

from residency.model import Verdict


def position(verdict: Verdict) -> tuple[str, int]:
    """The declaring line of a finding; the first line of the target itself where the source does not know it.

    A resource's own file is relative to its project, so the target's folder comes before it.
    """
    target, where = Path(verdict.target), verdict.placement.resource.where
    if where is None:
        file, line = _main_file(target), 1
    elif Path(where.file).is_absolute():
        file, line = Path(where.file), where.line
    elif target.is_dir():
        file, line = target / where.file, where.line
    elif (target.parent / where.file).is_file():
        file, line = target.parent / where.file, where.line
    else:
        file, line = target, 1
    return Path(os.path.relpath(file)).as_posix(), max(line, 1)


def _main_file(target: Path) -> Path:
    project = target / "Pulumi.yaml"
    return project if project.is_file() else target
