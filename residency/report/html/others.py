"""What another tool finds, as a section of its own: none of it is a verdict.

In:  the remarks of a CheckResult; None, and there is no section.
Out: markup; a cap is told, never silent.
"""

from __future__ import annotations

from residency.check import CheckResult
from residency.model import Remark, Remarks
from residency.report import remarks
from residency.report.html.markup import Markup, element, joined
from residency.report.position import Positions

SHOWN = 500
_COLUMNS = ("Check", "What", "Resource", "Where")


def others(result: CheckResult) -> Markup:
    """The section, or nothing where no other tool was asked."""
    found = result.remarks
    if found is None:
        return Markup("")
    return element(
        "section",
        {"aria-labelledby": "others"},
        element("h2", {"id": "others"}, f"What {found.tool} finds"),
        element("p", None, f"{remarks.counts(found)}. These are no verdicts on where data is."),
        _table(found, Positions(result)),
        *(element("p", {"class": "capped"}, line) for line in remarks.unread(found)),
    )


def _table(found: Remarks, positions: Positions) -> Markup:
    if not found.remarks:
        return Markup("")
    head = element("tr", None, *(element("th", {"scope": "col"}, name) for name in _COLUMNS))
    rows = [_row(each, positions) for each in found.remarks[:SHOWN]]
    table = element("table", None, element("thead", None, head), element("tbody", None, *rows))
    left = len(found.remarks) - len(rows)
    more = f"{left:,} more are in the JSON report." if left else ""
    return joined(element("div", {"class": "wide"}, table), element("p", {"class": "capped"}, more) if more else "")


def _row(each: Remark, positions: Positions) -> Markup:
    what = f"{each.what} (skipped: {each.skipped})" if each.skipped else each.what
    where = positions.of_resource(each.target, each.resource).shown
    cells = (
        element("code", None, each.check),
        what,
        element("code", None, each.resource.name),
        element("code", None, where),
    )
    return element("tr", None, *(element("td", None, cell) for cell in cells))
