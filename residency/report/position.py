"""Where a finding is shown: a file and a line, as services that annotate pull requests want them.

In:  a check's result.
Out: for a verdict, or a step of its evidence, a path with slashes and a line from 1. The path is relative to the folder
     of the run, symbolic links resolved. A file outside that folder keeps its absolute path: a relative one with ``..``
     is refused or shown at another file, and an absolute one is what services turn into their checkout's own.
     Source: https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning,
     "Specifying the root for source files", read 2026-11-26.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from residency.check import CheckResult
from residency.model import Evidence, Resource, SourcePosition, Verdict

_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml", "manifest.json")


class Position(msgspec.Struct, frozen=True):
    """A line of a file.

    Attributes:
        file: with slashes; relative to the folder of the run, or absolute if it is outside.
        line: from 1.
        exact: False where the source does not know the line, and the target itself stands for it.
    """

    file: str
    line: int
    exact: bool = True

    @property
    def shown(self) -> str:
        """As people read it; without a line that nobody knows."""
        return f"{self.file}:{self.line}" if self.exact else self.file


class Positions:
    """The positions of one result, or of findings of several; remembers each file's path."""

    def __init__(self, result: CheckResult | None = None) -> None:
        self._cited: Mapping[tuple[str, str], Resource] = result.cited if result else {}
        self._root = os.path.realpath(".")
        self._paths: dict[tuple[str, str], str | None] = {}
        self._targets: dict[str, str] = {}

    def of(self, verdict: Verdict) -> Position:
        """The declaring line of a finding; the first line of the target itself where the source does not know it."""
        return self.of_resource(verdict.target, verdict.placement.resource)

    def of_resource(self, target: str, resource: Resource) -> Position:
        """The declaring line of a resource, or else the first line of its target."""
        found = self._found(target, resource.where) if resource.where else None
        return found or Position(self._target(target), 1, exact=False)

    def of_step(self, verdict: Verdict, step: Evidence) -> Position | None:
        """The declaring line of the resource that a step names; None if it is the finding's own, or not known."""
        if step.resource == verdict.placement.resource.id:
            return None
        resource = self._cited.get((verdict.target, step.resource))
        return self._found(verdict.target, resource.where) if resource and resource.where else None

    def _found(self, target: str, where: SourcePosition) -> Position | None:
        key = (target, where.file)
        if key not in self._paths:
            path = _path(target, where.file)
            self._paths[key] = None if path is None else self._shown(path)
        file = self._paths[key]
        return None if file is None else Position(file, max(where.line, 1))

    def _target(self, target: str) -> str:
        if target not in self._targets:
            inside = (os.path.join(target, each) for each in _PROJECT_FILES)  # noqa: PTH118 - a name may be hostile
            main = next((each for each in inside if os.path.isfile(each)), target)  # noqa: PTH113 - never raises
            self._targets[target] = self._shown(main)
        return self._targets[target]

    def _shown(self, path: str) -> str:
        try:
            real = os.path.realpath(path)
            relative = os.path.relpath(real, self._root)
        except ValueError:
            return Path(path).as_posix()  # a name that no file can have, or another drive
        outside = relative == os.pardir or relative.startswith(os.pardir + os.sep)
        return Path(real if outside else relative).as_posix()


def _path(target: str, file: str) -> str | None:
    """The file of a position, as seen from the folder of the run; None if nothing says where it is.

    A program's file is relative to its project and a stack's to its ``cdk.out``; a template names itself. A state says
    nothing of its project, so its files count only where they stand beside it.
    """
    if file == target or os.path.isabs(file):  # noqa: PTH117 - as above
        return file
    if os.path.isdir(target):  # noqa: PTH112
        return os.path.join(target, file)  # noqa: PTH118
    path = os.path.join(os.path.dirname(target), file)  # noqa: PTH118, PTH120
    return path if os.path.isfile(path) else None  # noqa: PTH113
