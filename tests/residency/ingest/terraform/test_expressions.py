"""What an expression refers to, and whether the value is the reference itself or a text that it is only a part of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residency.ingest.terraform.expressions import Expression, parse

BUCKET = "aws_s3_bucket.a.id"


@pytest.mark.parametrize(
    "text",
    [
        "${aws_s3_bucket.a.id}",
        '"${aws_s3_bucket.a.id}"',
        '"${aws_s3_bucket.a.id}/*"',
        '"arn:aws:s3:::${aws_s3_bucket.a.id}"',
        '${try(aws_s3_bucket.a.id, "b.c.d")}',
        '${var_is_set ? aws_s3_bucket.a.id : "text.with.dots"}',
        "${[for name in aws_s3_bucket.a.id : name.x]}",
        '"<<-EOT\n  a ${aws_s3_bucket.a.id} b\nEOT"',
        '${jsonencode({"Resource" = aws_s3_bucket.a.id})}',
    ],
)
def test_a_value_that_is_what_it_refers_to(text: str) -> None:
    """Also behind a colon, before a slash, or chosen by a function; in prose, for which the catalogue looks itself."""
    assert parse(text) == Expression((BUCKET,), composed=False)


@pytest.mark.parametrize(
    "text",
    [
        '"${aws_s3_bucket.a.id}-us"',
        '"copy${aws_s3_bucket.a.id}"',
        '${"x-${aws_s3_bucket.a.id}"}',
        '${join("-", [aws_s3_bucket.a.id, "us"])}',
        '${format("%s-us", aws_s3_bucket.a.id)}',
        '${replace(aws_s3_bucket.a.id, "eu", "us")}',
    ],
)
def test_a_text_of_which_the_reference_is_only_a_part(text: str) -> None:
    """It names something else."""
    assert parse(text) == Expression((BUCKET,), composed=True)


@pytest.mark.parametrize(
    "text", ['"plain.text.here"', "${true}", "$${aws_s3_bucket.a.id}", '"%{if false}x%{endif}"', ""]
)
def test_a_text_that_refers_to_nothing(text: str) -> None:
    """A dot in a text is no reference, and neither is an escaped one."""
    assert parse(text).references == ()


def test_two_references_side_by_side_are_a_text() -> None:
    """Neither of them is the value."""
    assert parse('"${a.b.c}${d.e.f}"') == Expression(("a.b.c", "d.e.f"), composed=True)


def test_a_key_that_is_plain_is_kept_and_another_is_a_reference_of_its_own() -> None:
    """So that the instance is told where it can be."""
    assert parse('${a.b["k.z"].c}').references == ('a.b["k.z"].c',)
    assert parse("${a.b[0].c}").references == ("a.b[0].c",)
    assert parse("${a.b[each.key].c}").references == ("a.b", "each.key")
    assert parse("${a.b[*].c}").references == ("a.b",)


@given(st.text(alphabet='${}"%.[]*abc \\\n(', max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    """A file may hold anything."""
    parse(text)


@pytest.mark.parametrize(
    ("asked", "other", "composed"),
    [
        ('aws_kms_key.k.key_id == "a"', '"arn:aws:s3:::far"', True),
        ("module.m.is_far", '"arn:aws:s3:::far"', True),
        ("aws_kms_key.k.is_enabled", "null", False),
        ("aws_kms_key.k.is_enabled", '""', False),
        ("var.is_far", '"arn:aws:s3:::far"', False),
        ("length(aws_s3_bucket.a) > 0", '"arn:aws:s3:::far"', False),
    ],
)
def test_a_choice_that_is_made_after_the_deployment_may_be_the_text_in_it(
    asked: str, other: str, composed: bool
) -> None:
    """What is chosen by a variable is known when planning: a value that is not known yet is the reference then."""
    assert parse(f"${{{asked} ? {BUCKET} : {other}}}").composed is composed
