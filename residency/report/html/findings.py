"""The findings as plain HTML, which needs no JavaScript: what, the way of the data, why, and how to mend it.

In:  verdicts and their chains.
Out: markup; a cap is told, never silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from residency.catalogue.places import country_name
from residency.model import Outcome, Verdict
from residency.report.html.chain import Chains, Link
from residency.report.html.markup import Markup, element, joined, text
from residency.report.html.standing import Standing, standing
from residency.report.text import where

SHOWN = 100
_MANY = 3


def findings(verdicts: Sequence[Verdict], chains: Chains) -> Markup:
    """The first findings, the worst first; a sentence where there are more, or none."""
    found = [verdict for verdict in verdicts if verdict.outcome is not Outcome.INSIDE]
    if not found:
        return element("p", {"class": "none"}, "Nothing is outside, undetermined or accepted.")
    cards = [_card(verdict, chains) for verdict in found[:SHOWN]]
    more = ""
    if len(found) > SHOWN:
        more = element(
            "p",
            {"class": "capped"},
            f"The first {SHOWN} of {len(found):,} findings, the worst first. The table below lists all; it needs "
            "JavaScript. Without it, the JSON report has them.",
        )
    return joined(more, element("ol", {"class": "findings"}, *cards))


def badge(kind: Standing) -> Markup:
    """A standing as sign and word."""
    sign = element("span", {"class": "sign", "aria-hidden": "true"}, kind.sign)
    return element("span", {"class": f"badge {kind.value}"}, sign, kind.value)


def countries(codes: Sequence[str]) -> str:
    """Names of countries; of many, how many."""
    if len(codes) > _MANY:
        return f"{len(codes)} countries"
    return ", ".join(country_name(code) for code in codes)


def _card(verdict: Verdict, chains: Chains) -> Markup:
    kind = standing(verdict)
    head = element("h3", None, badge(kind), " ", element("code", None, verdict.rule), " ", *_quoted(verdict.what))
    return element(
        "li",
        {"class": f"card {kind.value}"},
        head,
        _chain(chains.of(verdict), kind),
        element("dl", None, *_facts(verdict)),
    )


def _facts(verdict: Verdict) -> Iterator[Markup]:
    facts = (
        ("where", where(verdict)),
        ("why", verdict.why),
        ("accepted", verdict.exempt),
        ("to mend it", "" if verdict.exempt else verdict.fix),
        ("fingerprint", verdict.fingerprint),
    )
    for name, said in facts:
        if said:
            yield element("dt", None, name)
            yield element("dd", None, *_quoted(said))


def _chain(links: Sequence[Link], kind: Standing) -> Markup:
    steps = [_link(link) for link in links[:-1]]
    steps.append(_link(links[-1], kind))
    return element("ol", {"class": "chain", "aria-label": "the way of the data"}, *steps)


def _link(link: Link, kind: Standing | None = None) -> Markup:
    """One resource on the way; with a standing, the place at its end."""
    parts = [element("strong", None, link.name)]
    if link.countries:
        parts += [" ", element("span", {"class": "country"}, countries(link.countries))]
    if link.type:
        parts.append(element("small", None, link.type))
    parts += [element("span", {"class": "said"}, *_quoted(said)) for said in link.said]
    if kind:
        parts.append(badge(kind))
    return element("li", {"class": f"link place {kind.value}" if kind else "link"}, *parts)


def _quoted(said: str) -> Iterator[Markup]:
    """What stands between backticks as code."""
    for number, part in enumerate(said.split("`")):
        if part:
            yield element("code", None, part) if number % 2 else text(part)
