"""Checkov's skip comments in a program: ``# checkov:skip=CKV_AWS_20:a public site`` at the resource that it is about.

In:  the file and line that declare a resource.
Out: the checks that somebody lets be there, with the reasons. In Python the comment may stand anywhere in the
     statement; in any file on the line itself, or on a line of its own directly above.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_COMMENT = re.compile(r"checkov:skip=\s*([A-Z_0-9]+)(?:\s*:\s*(.*\S))?")
_MARKS = ("#", "//")
_NO_REASON = "skipped by a comment"


class Skips:
    """Reads each file once."""

    def __init__(self) -> None:
        self._files: dict[Path, tuple[list[str], list[tuple[int, int]]]] = {}

    def of(self, file: Path, line: int) -> Mapping[str, str]:
        """The reasons by check; empty where the file is not at hand."""
        if file not in self._files:
            self._files[file] = _read(file)
        lines, statements = self._files[file]
        spans = [span for span in statements if span[0] <= line <= span[1]]
        first, last = min(spans, key=lambda span: span[1] - span[0]) if spans else (line, line)
        above = [each for each in lines[max(0, first - 2) : first - 1] if each.lstrip().startswith(_MARKS)]
        found = (_COMMENT.search(each) for each in (*above, *lines[first - 1 : last]))
        return {each.group(1): each.group(2) or _NO_REASON for each in found if each}


def _read(file: Path) -> tuple[list[str], list[tuple[int, int]]]:
    try:
        text = file.read_text("utf-8")
        tree = ast.parse(text) if file.suffix == ".py" else ast.Module([], [])
    except (OSError, UnicodeDecodeError, SyntaxError, ValueError, RecursionError):
        return [], []
    return text.splitlines(), list(_statements(tree))


def _statements(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """First and last line of each statement that has no others in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            yield node.lineno, node.end_lineno or node.lineno
