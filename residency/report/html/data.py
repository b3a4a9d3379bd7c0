"""All verdicts as data for the page's table: JSON that can stand inside a script element.

In:  a CheckResult and its chains.
Out: text of one JSON object. Every text stands once, in ``texts``; a row holds indexes of it, as most repeat.

A row has COLUMNS, in their order, then its chain: a list of links, each with name, type, countries and what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec

from residency.catalogue.places import country_name
from residency.check import CheckResult
from residency.judge import code_of
from residency.model import Verdict
from residency.report.escape import shown
from residency.report.html.atlas import beside_map
from residency.report.html.chain import Chains, Link
from residency.report.html.standing import standing
from residency.rules import rules

COLUMNS = (
    "outcome",
    "rule",
    "resource",
    "type",
    "kind",
    "location",
    "countries",
    "where",
    "target",
    "id",
    "property",
    "what",
    "why",
    "fix",
    "exempt",
    "fingerprint",
    "beside",
)
_Cell: TypeAlias = "int | Sequence[_Cell]"

# What could end the element or begin a comment in it, and all that is not ASCII, the ends of lines included that
# JavaScript has beside JSON's.
_UNSAFE = re.compile(r"[<>&]|[^\x00-\x7f]")


def embedded(result: CheckResult, chains: Chains) -> str:
    """The data of all verdicts, in the order of the result."""
    texts = _Texts()
    rows = [_row(verdict, chains.of(verdict), texts) for verdict in result.verdicts]
    countries = sorted({country for verdict in result.verdicts for country in verdict.countries})
    document = {
        "columns": COLUMNS,
        "texts": list(texts.index),
        "rows": rows,
        "countries": {code: country_name(code) for code in countries},
        "rules": {each.id: each.summary for each in rules().values()},
    }
    return _UNSAFE.sub(_escape, msgspec.json.encode(document).decode())


def _escape(found: re.Match[str]) -> str:
    """A character as JSON writes it: beyond U+FFFF in two halves."""
    halves = found.group().encode("utf-16-be").hex()
    return "".join(f"\\u{halves[i : i + 4]}" for i in range(0, len(halves), 4))


class _Texts:
    """Each text once, by its index."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.index.setdefault(shown(text), len(self.index))


def _row(verdict: Verdict, links: Sequence[Link], texts: _Texts) -> list[_Cell]:
    cells: list[_Cell] = [texts(cell) for cell in _cells(verdict)]
    chain: list[_Cell] = [_link(link, texts) for link in links]
    return [*cells, chain]


def _cells(verdict: Verdict) -> Iterator[str]:
    placement = verdict.placement
    where = placement.resource.where
    yield standing(verdict).value
    yield verdict.rule
    yield placement.resource.name
    yield placement.resource.type
    yield placement.kind.value
    yield code_of(placement) or ""
    yield " ".join(verdict.countries)
    yield f"{where.file}:{where.line}" if where else ""
    yield verdict.target
    yield placement.resource.id
    yield placement.property or ""
    yield from (verdict.what, verdict.why, verdict.fix, verdict.exempt, verdict.fingerprint)
    yield beside_map(verdict)


def _link(link: Link, texts: _Texts) -> list[_Cell]:
    return [texts(link.name), texts(link.type), texts(" ".join(link.countries)), [texts(each) for each in link.said]]
