"""Last stage: one module a format.

In:  a CheckResult.
Out: text. Sorted, without a clock or random ids; control characters of names are shown escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from residency.check import CheckResult
from residency.report import json, text


def _html(result: CheckResult) -> str:
    from residency.report import html  # noqa: PLC0415 - its maps are read only where they are drawn

    return html.render(result)


FORMATS: Mapping[str, Callable[[CheckResult], str]] = {"text": text.render, "json": json.render, "html": _html}
