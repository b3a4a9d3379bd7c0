"""Last stage: one module a format.

In:  a CheckResult.
Out: text. Sorted, without a clock or random ids; what a name could make of the format's own signs is shown escaped.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import TypeAlias

from residency.check import CheckResult
from residency.report import json, text

Render: TypeAlias = Callable[[CheckResult], str]


def _of(module: str, function: str = "render") -> Render:
    """A format whose module is imported when it is asked for: a check pays for no other."""

    def render(result: CheckResult) -> str:
        found: Render = getattr(importlib.import_module(f"{__name__}.{module}"), function)
        return found(result)

    return render


FORMATS: Mapping[str, Render] = {
    "text": text.render,
    "json": json.render,
    "sarif": _of("sarif"),
    "junit": _of("junit"),
    "github": _of("github"),
    "gitlab": _of("gitlab"),
    "markdown": _of("markdown"),
    "summary": _of("markdown", "render_summary"),
    "html": _of("html"),
}
