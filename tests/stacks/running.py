"""Runs a project of this repository as Pulumi would: its program, with the configuration of one of its stacks."""

from __future__ import annotations

import json
import runpy
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


def run(program: Path, stack_file: Path, *, project: str, preview: bool = False) -> list[Registered]:
    """What a program registers with the configuration of a stack file."""
    return record(
        lambda: runpy.run_path(str(program)) and None,
        preview=preview,
        config=configuration(stack_file),
        project=project,
    )
