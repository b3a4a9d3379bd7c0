"""How azurerm's values are put into azure-native's inputs: no element and nothing unknown is lost."""

from __future__ import annotations

import pytest

from residency.ingest.terraform import native
from residency.ingest.terraform.names.azurerm import Pair
from residency.model import Secret, Unknown, Value

LATER = Unknown("known only after the deployment", "", ("a.b",))


@pytest.mark.parametrize(
    ("pair", "value", "said"),
    [
        (Pair(azurerm="a", native="b"), "x", "x"),
        (Pair(azurerm="a", native="b", opposite=True), True, False),
        (Pair(azurerm="a", native="b", opposite=True), LATER, LATER),
        (Pair(azurerm="a", native="b", flag=("On", "Off")), False, "Off"),
        (Pair(azurerm="a", native="b", flag=("On", "Off")), "odd", "odd"),
        (Pair(azurerm="a", native="b", values={"GRS": "Geo"}), "GRS", "Geo"),
        (Pair(azurerm="a", native="b", values={"GRS": "Geo"}), "XRS", "XRS"),
        (Pair(azurerm="a", native="b", words=True), ["x", "y"], "x, y"),
        (Pair(azurerm="a", native="b", words=True), ["x", LATER], LATER),
        (Pair(azurerm="a", native="b", pairs=("name", "value")), {"k": LATER}, [{"name": "k", "value": LATER}]),
    ],
)
def test_a_value_is_said_in_natives_words(pair: Pair, value: Value, said: Value) -> None:
    """What is in no list of words stays as it is, so that the catalogue says that it does not know it."""
    assert native.said(pair, value) == said


def test_a_text_of_several_is_as_unknown_as_any_of_them() -> None:
    """And a secret if one of them is; what is not set at all says nothing."""
    assert native.filled("{a}_{b}", ["x", "y"]) == "x_y"
    assert native.filled("{a}_{b}", ["x", LATER]) == LATER
    assert native.filled("{a}_{b}", [Secret(("c.d",)), LATER]) == Secret(("a.b", "c.d"))
    assert native.filled("{a}_{b}", [None, None]) is None
    assert isinstance(native.filled("{a}_{b}", ["x", None]), Unknown)


def test_a_text_is_split_into_its_parts() -> None:
    """One of another form is all in the first part, so that it can still name something."""
    assert list(native.split("{a}/keys/{b}", "https://v/keys/k/1")) == ["https://v", "k/1"]
    assert list(native.split("{a}/keys/{b}", "https://v")) == ["https://v", None]
    assert list(native.split("{a}/keys/{b}", LATER)) == [LATER, LATER]


def test_elements_are_put_where_they_belong() -> None:
    """By index, or each as a new one; of an unknown number, the list is unknown, whatever else is said of it."""
    inputs = native.Inputs()
    inputs.put("a[*].b", (1,), "y")
    inputs.put("a[*].b", (0,), "x")
    inputs.put("c[+].d", (0, 3), "x")
    inputs.put("c[+].d", (0, 4), "y")
    inputs.put("e[0].f", (), "x")
    inputs.put("g[*].h", (), LATER)
    inputs.put("g[*].h", (0,), "x")
    assert inputs.tree == {
        "a": [{"b": "x"}, {"b": "y"}],
        "c": [{"d": "x"}, {"d": "y"}],
        "e": [{"f": "x"}],
        "g": LATER,
    }


def test_two_values_of_one_input_are_both_kept() -> None:
    """Neither hides the other, and what is unknown hides no value that is known."""
    inputs = native.Inputs()
    for value in ("x", "x", LATER, "y"):
        inputs.put("a.b", (), value)
    assert inputs.tree == {"a": {"b": ["x", LATER, "y"]}}
    assert native.merged({"a": {"b": "x"}, "l": [1]}, {"a": {"b": "y", "c": 1}, "l": [1, 2]}) == {
        "a": {"b": ["x", "y"], "c": 1},
        "l": [1, 2],
    }
