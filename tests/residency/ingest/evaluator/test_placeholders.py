"""Placeholders have the form that was asked for, and stay recognisable in whatever is made of them."""
# ruff: noqa: D101, D102 - names of tests and members say what they are

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence

import pytest

pulumi = pytest.importorskip("pulumi")

from residency.ingest.evaluator.placeholders import of_kind, of_result, text  # noqa: E402

MARK = "residency-placeholder:"


class Size(enum.Enum):
    SMALL = "small"


@pulumi.output_type
class Inner:
    """As an SDK declares the result of a function."""

    @property
    @pulumi.getter
    def id(self) -> str: ...

    @property
    @pulumi.getter
    def inners(self) -> Sequence[Inner]: ...


@pulumi.output_type
class Result:
    """As above."""

    @property
    @pulumi.getter(name="zoneIds")
    def zone_ids(self) -> Sequence[str] | None: ...

    @property
    @pulumi.getter
    def size(self) -> Size: ...

    @property
    @pulumi.getter
    def count(self) -> int: ...

    @property
    @pulumi.getter
    def ready(self) -> bool: ...

    @property
    @pulumi.getter
    def tags(self) -> Mapping[str, str]: ...

    @property
    @pulumi.getter
    def inner(self) -> Inner: ...


def test_every_part_of_a_placeholder_text_is_recognisable() -> None:
    asked = text("x")
    parts: list[str] = [asked["a"], asked[0], asked[:5], asked.get("a", "default")]
    assert [part for part in parts if MARK + "x" not in part] == []


def test_a_loop_over_a_placeholder_has_one_recognisable_turn() -> None:
    assert list(text("x")) == [MARK + "x.0"]


def test_an_object_nobody_declared_has_every_key_and_is_not_empty() -> None:
    found = of_kind("object", "config:a")
    assert found["b"]["c"] == MARK + "config:a.b.c"
    assert found[0] == MARK + "config:a.0"
    assert found.get("b", "default") == MARK + "config:a.b"
    assert MARK in next(iter(found))


@pytest.mark.parametrize(("kind", "type_"), [("int", int), ("float", float), ("bool", bool), ("string", str)])
def test_a_plain_placeholder_has_the_asked_type(kind: str, type_: type) -> None:
    assert isinstance(of_kind(kind, "a"), type_)


def test_a_result_follows_the_declared_types_under_wire_names() -> None:
    found = of_result(Result, "aws:x:y")
    assert list(found) == ["count", "inner", "ready", "size", "tags", "zoneIds"]
    assert found["zoneIds"] == [f"{MARK}aws:x:y.zoneIds.{n}" for n in range(3)]
    assert found["size"] == "small"
    assert found["inner"]["id"] == MARK + "aws:x:y.inner.id"
    assert (found["count"], found["ready"], found["tags"]) == (1, False, {})


def test_a_result_keeps_what_is_known() -> None:
    assert of_result(Result, "t", {"count": 7, "other": 1})["count"] == 7


def test_a_type_that_contains_itself_ends() -> None:
    assert MARK in str(of_result(Inner, "t"))
