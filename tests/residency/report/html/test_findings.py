"""The findings in plain HTML: all that a reader without JavaScript gets, and a cap that is told."""

from __future__ import annotations

import re

from residency.check import CheckResult
from residency.report.html.chain import Chains
from residency.report.html.findings import SHOWN, findings
from tests.residency.report.html.results import hostile_result, inside_result, large_result
from tests.residency.samples import sample_result


def shown(result: CheckResult) -> str:
    """The section of a result."""
    return findings(result.verdicts, Chains(result))


def plain(markup: str) -> str:
    """Without tags."""
    return re.sub(r"<[^>]+>", "", markup)


def test_a_finding_says_what_where_why_and_how_to_mend_it() -> None:
    card = next(each for each in shown(sample_result()).split('<li class="card') if "RES101" in each)

    text = plain(card)
    assert "replica made by replication would be placed in us-east-1 (United States), outside sample" in text
    assert "whysample" not in text
    assert "property rules[0].destination.bucket" in text
    assert "provider us has region us-east-1" in text
    assert "to mend it" in text
    assert re.search(r"fingerprint[0-9a-f]{32}", text)


def test_the_worst_comes_first_and_what_is_inside_is_no_finding() -> None:
    kinds = re.findall(r'<li class="card (\w+)">', shown(sample_result()))

    assert kinds == ["outside", "outside", "undetermined", "accepted"]


def test_who_accepted_a_finding_is_shown_instead_of_advice() -> None:
    card = shown(sample_result()).split('<li class="card accepted">')[1]

    assert "exemption RES001 for old until 2026-12-31, owner platform" in plain(card)
    assert "to mend it" not in card


def test_a_cap_is_told() -> None:
    text = shown(large_result())

    assert text.count('<li class="card ') == SHOWN
    assert "The first 100 of 1,511 findings, the worst first." in text


def test_where_there_is_none_the_page_says_so() -> None:
    assert plain(shown(inside_result())) == "Nothing is outside, undetermined or accepted."


def test_no_name_becomes_markup() -> None:
    tags = set(re.findall(r"<(\w+)", shown(hostile_result())))

    assert tags <= {"ol", "li", "h3", "span", "code", "strong", "small", "dl", "dt", "dd"}
