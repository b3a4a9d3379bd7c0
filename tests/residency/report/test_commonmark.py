"""Texts inside Markdown; what a renderer makes of hostile ones is held by `test_hostile`."""

from __future__ import annotations

import pytest

from residency.report import limits
from residency.report.commonmark import code, prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data of `b` would be placed", "data of `b` would be placed"),
        ("it names `c` (aws:s3/bucket:Bucket)", "it names `c` (`aws:s3/bucket:Bucket`)"),
        ("declare it in residency.toml", "declare it in `residency.toml`"),
        ("ask @all, see #1", "ask `@`all, see `#`1"),
        ("a `@`@ b", "a `@@` b"),
        ("a*b <c> [d](e)", "a&#42;b &#60;c&#62; &#91;d&#93;(e)"),
        ("a ` b", "a ' b"),
        ("- a", "&#45; a"),
        ("1. a", "&#49;. a"),
        ("one\ntwo", "one&#92;ntwo"),
    ],
)
def test_prose_keeps_its_names_and_loses_its_markup(text: str, expected: str) -> None:
    assert prose(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", "`a`"), ("a`b", "`a\\x60b`"), ("", "` `"), (" a ", "`  a  `"), ("a|b", "`a|b`"), ("a\nb", "`a\\nb`")],
)
def test_a_name_is_one_code_span(text: str, expected: str) -> None:
    assert code(text) == expected


def test_a_bar_in_a_table_is_escaped() -> None:
    assert code("a|b", in_table=True) == "`a\\|b`"


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    """A path's line stands at its end."""
    shown = code("x" * 100_000 + ":47")
    assert len(shown) == limits.COMMENT_NAME + 2
    assert shown.startswith("`xxx")
    assert shown.endswith("x:47`")
    assert "…" in shown


def test_a_long_sentence_is_cut() -> None:
    assert len(prose("x" * 100_000)) == limits.COMMENT_SENTENCE
