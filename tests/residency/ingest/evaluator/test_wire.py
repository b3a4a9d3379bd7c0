"""Values pass the wire unchanged, except that secrets' texts never do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("google.protobuf")

from residency.ingest.evaluator.wire import CONCEALED, SIGNATURE, Scrubber, plain, secret, to_struct

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**52), 2**52) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1), inner),
    max_leaves=15,
)


@given(st.dictionaries(st.text(min_size=1), json_values))
def test_json_is_given_back_as_it_was(properties: dict[str, Any]) -> None:
    assert Scrubber().properties(to_struct(properties)) == properties


def test_whole_numbers_are_whole_again_and_others_are_not() -> None:
    found = Scrubber().properties(to_struct({"a": 3, "b": 0.5}))
    assert (repr(found["a"]), found["b"]) == ("3", 0.5)


@given(st.text(alphabet="abcdefgh0123", min_size=8))
def test_no_secrets_text_is_left_at_any_depth(text: str) -> None:
    scrubber = Scrubber()
    found = scrubber.properties(to_struct({"x": [{"y": secret({"deep": [text]})}]}))
    assert found == {"x": [{"y": CONCEALED}]}
    assert text not in scrubber.redact(f"failed with {text}!")


def test_a_longer_secret_is_redacted_before_one_it_contains() -> None:
    scrubber = Scrubber()
    scrubber.properties(to_struct({"a": secret("pass"), "b": secret("password")}))
    assert scrubber.redact("password, pass") == "[secret], [secret]"


def test_the_text_of_an_asset_becomes_its_hash() -> None:
    asset = {SIGNATURE: "c44067f5952c0a294b673a41bacd8c17", "text": "hello"}
    found = Scrubber().properties(to_struct({"a": asset}))["a"]
    assert found["hash"] == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    assert "text" not in found


def test_arguments_to_answer_from_are_unwrapped() -> None:
    assert plain(to_struct({"a": secret("x"), "b": [1, None, True]})) == {"a": "x", "b": [1, None, True]}


def test_a_number_that_json_does_not_have_becomes_text() -> None:
    assert Scrubber().properties(to_struct({"a": float("inf"), "b": float("nan")})) == {"a": "inf", "b": "nan"}
