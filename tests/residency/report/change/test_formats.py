"""The reports of a change: the first sentence, every finding once, and the published form of the JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from residency.change import DiffResult
from residency.report.change import FORMATS
from residency.report.change.json import SCHEMA
from residency.report.change.markdown import MOST_CHARACTERS
from residency.report.json import SCHEMA as CHECK_SCHEMA
from tests.residency.changing import accepting, bucket, change, judged, table
from tests.residency.samples import replicated

VALIDATOR: Any = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
HOSTILE = "evil`](https://x) <b>@everyone\n# h\x1b[31m"


def tokens(markdown: str) -> Iterator[Token]:
    """Every token of a text as GitHub reads it, those within lines too."""
    for token in MarkdownIt("gfm-like", {"html": True, "linkify": True}).parse(markdown):
        yield token
        yield from token.children or ()


def everything() -> DiffResult:
    """A change with each kind of change, an acceptance and a hostile name."""
    before = judged(
        bucket("stays", "us-east-1"),
        bucket("home", "us-east-1"),
        bucket("gone", "us-east-1"),
        bucket("walks", "eu-west-1"),
        bucket("old", "us-east-1"),
        bucket("trip", "eu-west-1"),
    )
    after = judged(
        bucket("stays", "us-east-1"),
        bucket("home", "eu-west-1"),
        bucket("walks", "us-east-1"),
        bucket("old", "us-east-1"),
        bucket("trip", "eu-north-1"),
        bucket("dim", "moon-1"),
        bucket(HOSTILE, "us-west-1"),
        perimeter=accepting(),
    )
    return change(before, after)


def render(found: DiffResult, form: str) -> str:
    """One report."""
    return FORMATS[form](found)


def first(found: DiffResult) -> str:
    """The first line of the comment."""
    return render(found, "markdown").splitlines()[0]


def test_a_leak_opens_with_what_goes_where() -> None:
    found = change(judged(bucket("uploads", "eu-west-1")), judged(bucket("uploads", "us-east-1")))
    assert first(found) == "This change would place user data in the United States: `uploads` -> `us-east-1` (sample)."


def test_a_copy_is_called_a_copy_and_many_are_counted() -> None:
    found = change(None, judged(table("t", "us-east-1", "ap-southeast-2", "ca-central-1", "sa-east-1")))
    assert first(found).startswith(
        "This change would copy user data to Australia, Brazil, Canada and the United States:"
    )
    assert first(found).endswith(" and 1 more.")


def test_nothing_that_moves_out_is_said_so_with_what_was_there() -> None:
    same = judged(bucket("a", "us-east-1"), bucket("b", "us-east-1"))
    assert first(change(same, same)) == "This change moves nothing out of `eea`; 2 findings were there before."
    inside = judged(bucket("a", "eu-west-1"))
    assert first(change(inside, inside)) == "This change moves nothing out of `eea`."
    assert first(change(judged(bucket("a", "us-east-1")), inside)) == (
        "This change moves nothing out of `eea`; it ends 1 finding."
    )


def test_what_is_not_proven_is_not_called_a_leak() -> None:
    found = change(judged(bucket("a", "eu-west-1")), judged(bucket("a", "moon-1")))
    assert first(found) == (
        "This change places user data where it is not proven to stay in `eea`: `a` -> `moon-1` (sample)."
    )


def test_an_unknown_place_has_no_code() -> None:
    found = change(None, judged(*replicated(destination="arn:aws:s3:::far", to="eu")))
    assert "`replication` -> `a place not known`" in first(found)


def test_a_wider_perimeter_is_told_before_any_list() -> None:
    old = bucket("old", "us-east-1")
    found = change(judged(old), judged(old, perimeter=accepting()))
    sentence, widening, *_ = render(found, "markdown").split("\n\n")
    assert sentence.startswith("This change widens the perimeter `eea`, and moves nothing out of it as it would be;")
    assert widening.startswith("**Perimeter:** the change adds or alters exemption `RES001 for old*`")
    assert "perimeter: the change adds or alters exemption `RES001 for old*`" in render(found, "text")


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_change_is_in_every_report(form: str) -> None:
    """Carried over and accepted ones too."""
    text = render(everything(), form)
    for name in ("stays", "home", "gone", "walks", "old", "trip", "dim", "evil"):
        assert name in text
    assert text.endswith("\n")
    assert text == render(everything(), form)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_hostile_names_are_escaped(form: str) -> None:
    text = render(everything(), form)
    assert "\x1b" not in text
    if form == "markdown":
        made = {token.type for token in tokens(text)}
        assert not made & {"link_open", "heading_open", "image", "html_inline"}
        blocks = [token.content.strip() for token in tokens(text) if token.type == "html_block"]
        assert all(re.fullmatch(r"</details>|<details><summary>[\w ,;:]+</summary>", block) for block in blocks)


def test_the_json_keeps_to_its_schema() -> None:
    document = json.loads(render(everything(), "json"))
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []
    assert document["summary"] == {
        "added": 2,
        "moved": 2,
        "carried_over": 1,
        "mended": 2,
        "removed": 1,
        "blocking": 3,
        "unchanged": 0,
    }
    assert document["exit_code"] == 1


@pytest.mark.parametrize("key", ["exit_code", "changes", "perimeter_changes", "summary"])
def test_the_schema_refuses_a_report_without_its_parts(key: str) -> None:
    document = json.loads(render(everything(), "json"))
    del document[key]
    assert not VALIDATOR.is_valid(document)


def test_the_schema_refuses_a_change_without_a_side() -> None:
    document = json.loads(render(everything(), "json"))
    document["changes"][0].update(before=None, after=None)
    assert not VALIDATOR.is_valid(document)


def test_a_verdict_has_the_form_that_it_has_in_a_check() -> None:
    """One definition, published twice."""
    own, of_check = (json.loads(each.read_text("utf-8"))["$defs"]["verdict"] for each in (SCHEMA, CHECK_SCHEMA))
    assert own == of_check


def test_the_text_shows_from_where_to_where() -> None:
    text = render(everything(), "text")
    assert "moved: eu-west-1 (inside) -> us-east-1 (outside)\n  error[RES001]: data of `walks` would be" in text
    assert "mended: us-east-1 (outside) -> us-east-1 (outside, accepted)" in text
    assert text.splitlines()[-1] == (
        "base -> head against `eea`: 2 added, 2 moved, 1 carried over, 2 mended, 1 removed;"
        " 0 placements inside as before"
    )


def test_a_comment_is_never_longer_than_it_may_be() -> None:
    """The sentence stays, and what is left out is counted."""
    many = judged(*(bucket(f"b{number}-{'x' * 200}", "us-east-1") for number in range(300)))
    text = render(change(None, many), "markdown")
    assert len(text) < MOST_CHARACTERS + 200
    assert text.startswith("This change would place user data in the United States")
    assert "left out here: the text report has all." in text
