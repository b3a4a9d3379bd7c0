"""What the design fixes: stages import what stands before them, the engine never imports pulumi, nothing is undone."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "residency"
ORDER = (
    "errors",
    "model",
    "catalogue",
    "ingest",
    "placements",
    "rules",
    "perimeter",
    "holdings",
    "judge",
    "check",
    "change",
    "baseline",
    "record",
    "checkov",
    "report",
    "cli",
)
"""Each stage may import itself and what stands before it."""

ALLOWED_BESIDE = {("rules", "placements"): False, ("perimeter", "placements"): False, ("catalogue", "ingest"): False}
NEVER = ("pulumi", "pulumi_policy", "pulumi_aws", "pulumi_gcp", "pulumi_azure_native", "checkov", "boto3")
MAY_IMPORT_PULUMI = (PACKAGE / "gates", PACKAGE / "ingest" / "evaluator")
MAX_LINES = 420


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """The absolute names that a module imports, lazily or not."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def stage(path: Path) -> str:
    """The stage of a module: the first folder or file under the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_a_stage_imports_only_what_stands_before_it() -> None:
    """Data flows one way."""
    wrong: list[str] = []
    for path in modules():
        if stage(path) not in ORDER:
            continue
        for name in imports(path):
            parts = name.split(".")
            if parts[0] != "residency" or len(parts) < 2 or parts[1] not in ORDER:
                continue
            beside = ALLOWED_BESIDE.get((stage(path), parts[1]), True)
            if ORDER.index(parts[1]) > ORDER.index(stage(path)) or not beside:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_only_the_gates_and_the_evaluators_child_import_pulumi() -> None:
    """A pull-request check needs no SDK in its own environment."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules()
        if not any(path.is_relative_to(allowed) for allowed in MAY_IMPORT_PULUMI)
        for name in imports(path)
        if name.split(".")[0] in NEVER
    ]
    assert wrong == []


def test_nothing_outside_the_gates_imports_them() -> None:
    """Importing the engine starts nothing."""
    wrong = [
        str(path.relative_to(ROOT))
        for path in modules()
        if stage(path) != "gates" and any(name.startswith("residency.gates") for name in imports(path))
    ]
    assert wrong == []


def test_a_check_of_a_state_imports_neither_pulumi_nor_the_evaluator() -> None:
    """Seen in a fresh interpreter, not only in the source."""
    program = (
        "import sys; from residency.cli import commands; from residency.ingest import targets;"
        "print([name for name in sys.modules if name.split('.')[0].startswith('pulumi') or 'evaluator' in name])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_short_says_what_it_is_and_has_nothing_left_to_do(path: Path) -> None:
    """A module that grows asks to be split; a TODO is an issue, not a comment."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    assert ast.get_docstring(ast.parse(text))
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)


def test_the_package_opens_with_its_words() -> None:
    """One word a thing: each public value of the model is in the list."""
    words = (PACKAGE / "__init__.py").read_text("utf-8")
    for word in ("Resource", "ResourceGraph", "Location", "Placement", "Perimeter", "Transfer", "Exemption", "Verdict"):
        assert f"\n{word} " in words
