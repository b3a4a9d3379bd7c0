"""Signs that a terminal or a log would act on."""

from __future__ import annotations

import pytest

from residency.report.escape import cut, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[31m", "a\\x1b[31m"),
        ("a\nb", "a\\nb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\ud800b", "a\\ud800b"),
        ("##[error]", "\\x23#[error]"),
        ("###vso[", "\\x23\\x23#vso["),
        ("a#b", "a#b"),
        ("Tromsø, Δ", "Tromsø, Δ"),
    ],
)
def test_what_would_act_is_shown_escaped(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_cut_text_ends_with_an_ellipsis_and_is_as_long_as_allowed() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcd", 4) == "abcd"
