"""What a change does, one module a format.

In:  a DiffResult.
Out: text. Sorted, without a clock or random ids; names of programs are escaped as in the reports of a check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from residency.change import DiffResult
from residency.report.change import json, markdown, text

FORMATS: Mapping[str, Callable[[DiffResult], str]] = {
    "text": text.render,
    "json": json.render,
    "markdown": markdown.render,
}
