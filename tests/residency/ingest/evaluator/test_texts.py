"""Whatever a program makes of a placeholder text, by the text's own methods, is still recognisable."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("pulumi")

from residency.ingest.evaluator.texts import Bytes, Text, recognise

MARK = "residency-placeholder:"
NAME = Text(MARK + "config:shop:zone")


MAKERS: list[Callable[[str], str]] = [
    lambda text: text.upper(),
    lambda text: text.title(),
    lambda text: text.replace("-", "_"),
    lambda text: text.replace(":", ""),
    lambda text: text.removeprefix(MARK),
    lambda text: text.strip("residncy-"),
    lambda text: text.lower(),
    lambda text: text + "-a",
    lambda text: "a-" + text,
    lambda text: text.split("/")[2],
    lambda text: text.rsplit(":", 1)[-1],
    lambda text: text.splitlines()[7],
    lambda text: text.partition(":")[2],
    lambda text: text[:-1],
    lambda text: text[-1],
    lambda text: text.encode("ascii").decode("ascii"),
]


@pytest.mark.parametrize("make", MAKERS)
def test_a_text_made_of_a_placeholder_has_the_mark_and_can_be_taken_further(make: Callable[[str], str]) -> None:
    made = make(NAME)
    assert MARK in made
    assert isinstance(made, Text)


def test_it_can_be_taken_for_a_number() -> None:
    assert int(NAME) == 1
    assert float(NAME + "0") == 1.0


def test_taken_apart_it_has_two_parts_and_further_ones_where_they_are_asked_for() -> None:
    user, password = NAME.split(":")
    assert (user, password) == (f"{NAME}.0", f"{NAME}.1")
    assert NAME.split(".")[4] == f"{NAME}.4"
    assert len(NAME.split(".")) == 2


def test_only_texts_with_the_mark_become_placeholders() -> None:
    assert isinstance(recognise(f"https://{NAME}/x"), Text)
    assert type(recognise("https://example.org")) is str
    assert recognise(None) is None
    assert isinstance(Bytes(NAME.encode()).decode(), Text)
