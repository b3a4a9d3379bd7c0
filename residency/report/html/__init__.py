"""One HTML page of a check, for reviewers, auditors and the public: it opens anywhere and asks nothing of any network.

In:  a CheckResult.
Out: the page: the outcome, maps, the findings with the way of the data, and a table of all verdicts. The same result
     gives the same bytes. Names from programs are escaped; the page's script writes them as text only.
"""

from __future__ import annotations

from residency import __version__
from residency.check import CheckResult
from residency.report.html import parts
from residency.report.html.atlas import atlas
from residency.report.html.chain import Chains
from residency.report.html.data import embedded
from residency.report.html.drawing import map_of
from residency.report.html.findings import findings
from residency.report.html.others import others
from residency.report.html.page import page
from residency.report.html.shapes import shapes
from residency.report.html.words import overall, sentence


def render(result: CheckResult) -> str:
    """The whole page; one document, ending in a newline."""
    chains = Chains(result)
    drawn, found = shapes(), atlas(result, chains.origins)
    countries = result.perimeter.countries
    return page(
        {
            "version": parts.text(__version__),
            "title": parts.text(f"Data residency: {result.perimeter.name}, {overall(result).value}"),
            "overall": overall(result).value,
            "sign": parts.text(overall(result).sign),
            "sentence": parts.text(sentence(result)),
            "counts": parts.counts(result),
            "facts": parts.facts(result),
            "views": parts.views(drawn, found, countries),
            "europe": map_of("Europe", drawn.europe, found, countries),
            "world": map_of("World", drawn.world, found, countries, near=drawn.europe),
            "list": parts.listed(found, countries),
            "beside": parts.beside(found, drawn),
            "findings": findings(result.verdicts, chains),
            "others": others(result),
            "notes": parts.notes(result),
            "footer": parts.footer(drawn),
            "data": embedded(result, chains),
        }
    )
