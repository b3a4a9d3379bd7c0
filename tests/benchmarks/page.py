"""The HTML page in a real browser: how long it takes to open, and to filter.

In:  how many runs.
Out: rows of the table. Times are taken inside the page, by its own clock, each until the next frame is drawn.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from playwright.sync_api import Browser

from residency.report import FORMATS
from residency.report.json import render as render_json
from tests.residency.report.html.browser import MISSING, find, launched, opened
from tests.residency.report.html.results import large_result

LARGE, SMALL = 10_000, 100
OPENED = """
() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const paints = performance.getEntriesByType("paint").map((paint) => paint.startTime);
  done(Math.max(performance.getEntriesByType("navigation")[0].loadEventEnd, ...paints) / 1000);
})))
"""
FILTERED = """
() => new Promise((done) => {
  const search = document.querySelector("input[type=search]");
  const begin = performance.now();
  search.value = "store backup ireland eu-west";
  search.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => setTimeout(() => done((performance.now() - begin) / 1000)));
})
"""
_Times: TypeAlias = "dict[str, list[float]]"


def rows(scratch: Path, runs: int) -> Iterator[str]:
    """Opening and filtering a large page against a small one, and its size against the JSON report's."""
    result = large_result(LARGE)
    large, small = FORMATS["html"](result), FORMATS["html"](large_result(SMALL))
    path = find()
    what = f"HTML page of {LARGE:,} verdicts, against one of {SMALL}, in chromium:"
    if path is None:
        yield f"| {what} opened and filtered | not measured: {MISSING} | | | under 1 s |\n"
    else:
        with launched(path) as browser:
            own, peer = _measured(browser, {"large": large, "small": small}, scratch, runs)
        for name, said in (("opened", "opened"), ("filtered", "first search, until the rows are drawn")):
            ratio = statistics.median(a / b for a, b in zip(own[name], peer[name], strict=True))
            yield f"| {what} {said} | {_shown(own[name])} | {_shown(peer[name])} | {ratio:.2f} | under 1 s |\n"
    sizes = [len(text.encode()) for text in (large, render_json(result))]
    own_size, json_size = (f"{size / 1e6:.1f} MB" for size in sizes)
    what = f"size of the HTML page of {LARGE:,} verdicts, against the JSON report"
    yield f"| {what} | {own_size} | {json_size} | {sizes[0] / sizes[1]:.2f} | at most 1.0 |\n"


def _measured(browser: Browser, pages: Mapping[str, str], folder: Path, runs: int) -> tuple[_Times, _Times]:
    """All times of both pages, in turn; the first run warms up and does not count."""
    times: dict[str, _Times] = {name: {"opened": [], "filtered": []} for name in pages}
    for number in range(runs + 1):
        for name, text in pages.items():
            with opened(browser, text, folder) as found:
                seen: tuple[float, float] = (found.page.evaluate(OPENED), found.page.evaluate(FILTERED))
            if number:
                times[name]["opened"].append(seen[0])
                times[name]["filtered"].append(seen[1])
    return times["large"], times["small"]


def _shown(seconds: Sequence[float]) -> str:
    return f"{min(seconds):.3f} / {statistics.median(seconds):.3f} / {max(seconds):.3f} s"
