"""The drawing of the root's stacks in the docs is the one that `residency graph` makes of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from residency.cli.main import main
from tests.stacks.running import ROOT

STACKS = ("ireland", "norway", "europe")


def drawing(stack: str, folder: Path) -> str:
    """What the command writes of a stack."""
    file = folder / f"{stack}.mmd"
    assert main(["graph", str(ROOT), "--stack", stack, "--perimeter", "ireland-norway", "--output", str(file)]) == 0
    return file.read_text("utf-8")


def test_the_docs_show_the_stacks_as_they_are(tmp_path: Path, same_as_file: Callable[[Path, str], None]) -> None:
    parts = ["# What is where: the stacks of `stacks/`\n\nDrawn by `residency graph . --stack NAME`.\n"]
    parts += [f"\n## {stack}\n\n```mermaid\n{drawing(stack, tmp_path)}```\n" for stack in STACKS]

    same_as_file(ROOT / "docs" / "stacks.md", "".join(parts))


@pytest.mark.parametrize("stack", STACKS)
def test_nothing_of_a_stack_is_drawn_red_or_grey(stack: str, tmp_path: Path) -> None:
    text = drawing(stack, tmp_path)

    assert ":::inside" in text
    assert ":::outside" not in text
    assert ":::undetermined" not in text
