"""The child side is self-contained and starts quickly."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import residency.ingest.evaluator

FOLDER = Path(str(residency.ingest.evaluator.__file__)).parent
ALLOWED = {"pulumi", "google", "grpc"} | sys.stdlib_module_names


def test_it_imports_only_itself_pulumi_and_the_standard_library() -> None:
    offenders = [
        f"{path.name}: {name}"
        for path in sorted(FOLDER.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
        if name.partition(".")[0] not in ALLOWED
    ]
    assert offenders == []


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module or ""]
    return []


def test_the_parent_side_imports_neither_pulumi_nor_the_child_side() -> None:
    code = (
        "import sys; import residency.ingest.program\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('pulumi', 'grpc', 'google', 'yaml')"
        " or 'evaluator' in name])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
