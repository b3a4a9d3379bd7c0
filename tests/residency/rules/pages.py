"""Reading the rules' pages: headings, and the fenced examples with what each expects."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import msgspec

from residency.judge import judge
from residency.model import Outcome, ResourceGraph
from residency.perimeter import Perimeter
from residency.rules import documentation
from residency.rules.rule import Rule
from tests.residency.catalogue.test_cases import Case, case_graph

HEADINGS = ("What it judges", "Why it matters", "How to fix", "Cannot tell when", "Sources", "Examples")
DEFAULT_APPLIES = "# attribute omitted, default applies"
_FENCE = re.compile(r"^```(\S*)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WORST_FIRST = (Outcome.OUTSIDE, Outcome.UNDETERMINED, Outcome.INSIDE)


class Example(msgspec.Struct, frozen=True):
    """A fenced block of a page.

    Attributes:
        rule: of the page.
        expected: outcome and resource of each verdict of the rule; empty for ``none``.
        text: the block.
    """

    rule: Rule
    expected: frozenset[tuple[Outcome, str]]
    text: str

    @property
    def title(self) -> str:
        """The first line, a comment."""
        return self.text.partition("\n")[0]

    @property
    def graph(self) -> ResourceGraph:
        """The block as the form of the catalogue's cases, read by our own ingest."""
        case: dict[str, Any] = {"name": "example", "source": "", **tomllib.loads(self.text)}
        return case_graph(msgspec.convert(case, Case))


def page(rule: Rule) -> str:
    """The page without its examples' blocks."""
    return _FENCE.sub("", documentation(rule))


def sections(rule: Rule) -> list[tuple[str, str]]:
    """Each second-level heading with the text under it, examples included."""
    parts = re.split(r"^## (.+)\n", documentation(rule), flags=re.MULTILINE)
    return [(heading, text.strip()) for heading, text in zip(parts[1::2], parts[2::2], strict=True)]


def examples(rule: Rule) -> list[Example]:
    """Every fenced TOML block of a page."""
    found = _FENCE.findall(documentation(rule))
    return [Example(rule, expected(words), text) for language, words, text in found if language == "toml"]


def expected(words: str) -> frozenset[tuple[Outcome, str]]:
    """What follows ``toml``: ``outside copier``, several with commas between, or ``none``.

    Raises:
        ValueError: it is none of these.
    """
    if words == "none":
        return frozenset()
    pairs = [pair.split(" ") for pair in words.split(", ")]
    return frozenset((Outcome(outcome), resource) for outcome, resource in pairs)


def found(example: Example, perimeter: Perimeter) -> Iterator[tuple[Outcome, str]]:
    """Outcome and resource of every verdict of the page's rule over the block's graph."""
    for verdict in judge(example.graph, perimeter):
        if verdict.rule == example.rule.id:
            yield verdict.outcome, verdict.placement.resource.name


def worst(example: Example) -> Outcome | None:
    """The outcome for which a page shows the block; None where the rule has nothing to judge."""
    outcomes = {outcome for outcome, _ in example.expected}
    return next((each for each in _WORST_FIRST if each in outcomes), None)
