"""Runs a project of this repository as Pulumi would: its program, with the configuration of one of its stacks."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import Any, cast

import yaml

from tests.components.recording import Registered, record

ROOT = Path(__file__).resolve().parents[2]


def read(path: Path) -> dict[str, Any]:
    """A YAML file that holds a mapping."""
    return cast("dict[str, Any]", yaml.safe_load(path.read_text(encoding="utf-8")))


def configuration(stack_file: Path) -> dict[str, str]:
    """A stack file's configuration in the form in which Pulumi hands it to a program."""
    values: dict[str, Any] = read(stack_file)["config"]
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}


def _run(program: Path) -> None:
    """A program as Python runs it: its folder first on the path, its modules not kept."""
    before = set(sys.modules)
    sys.path.insert(0, str(program.parent))
    try:
        runpy.run_path(str(program))
    finally:
        sys.path.remove(str(program.parent))
        for name in set(sys.modules) - before:
            if str(getattr(sys.modules[name], "__file__", None) or "").startswith(str(program.parent)):
                del sys.modules[name]


def run(program: Path, stack_file: Path, *, project: str, preview: bool = False) -> list[Registered]:
    """What a program registers with the configuration of a stack file."""
    return record(
        lambda: _run(program),
        preview=preview,
        config=configuration(stack_file),
        project=project,
    )
