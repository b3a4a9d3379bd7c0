"""The data inside the page: every verdict, in a form that cannot end its element."""

from __future__ import annotations

import json
from typing import Any

from residency.check import CheckResult
from residency.report.html.chain import Chains
from residency.report.html.data import COLUMNS, embedded
from tests.residency.report.html.results import HOSTILE, hostile_result, large_result
from tests.residency.samples import sample_result


def rows(result: CheckResult) -> list[dict[str, str]]:
    """The rows as the page's script reads them."""
    data: Any = json.loads(embedded(result, Chains(result)))
    return [dict(zip(data["columns"], (data["texts"][cell] for cell in row[:-1]), strict=True)) for row in data["rows"]]


def test_every_verdict_is_a_row_in_the_order_of_the_report() -> None:
    result = sample_result()

    found = rows(result)
    assert [row["fingerprint"] for row in found] == [verdict.fingerprint for verdict in result.verdicts]
    assert [row["outcome"] for row in found] == ["outside", "outside", "undetermined", "inside", "accepted"]
    assert set(found[0]) == set(COLUMNS)
    assert [row["location"] for row in found] == ["us-east-1", "us-east-1", "", "eu-west-1", "us-east-1"]
    assert [row["beside"] for row in found] == ["", "", "country not known", "", ""]


def test_nothing_in_it_can_end_the_element_or_begin_markup() -> None:
    result = hostile_result()
    text = embedded(result, Chains(result))

    assert text.isascii()
    assert not set(text) & set("<>&")
    assert json.loads(text)


def test_a_name_is_shown_with_what_cannot_be_seen_escaped() -> None:
    names = {row["resource"] for row in rows(hostile_result())}

    assert HOSTILE[0] in names
    assert {
        "right\\u202eto left",
        "nul\\x00and bell\\x07",
        "lone\\udcffsurrogate",
        "line\\u2028and\\u2029paragraph",
    } < names


def test_characters_beyond_the_first_plane_come_back_as_they_were() -> None:
    result = sample_result()
    text = embedded(result, Chains(result)).replace("eu-west-1", "\\ud83c\\udf0d")

    assert "\U0001f30d" in json.loads(text)["texts"]


def test_a_text_stands_once() -> None:
    result = large_result(1_000)
    texts: list[str] = json.loads(embedded(result, Chains(result)))["texts"]

    assert len(texts) == len(set(texts))
