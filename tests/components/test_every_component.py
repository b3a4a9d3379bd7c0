"""Every class of every cloud: where its children are, whose they are, and that what they are sent is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi import _types as sdk  # pyright: ignore[reportPrivateUsage] - the names that it keeps are nowhere public
from residency_components import ComponentError
from residency_components.component import Component
from residency_components.hosting import components, interfaces

from tests.components.asking import (
    COPYLESS,
    COUNTRY,
    OWN,
    UNPLACED,
    WIDER,
    args,
    children,
    cloud,
    copying,
    countries_of,
    far,
)
from tests.components.judged import not_inside
from tests.components.recording import Registered, record
from tests.components.test_properties import args_class, unknown

CLASSES = components()
COPYING = [each for each in CLASSES if "replicate_to" in each.arguments() and each.__name__ not in COPYLESS]


def built(kind: type[Component[Any]], *, preview: bool = False, **more: Any) -> list[Registered]:
    """What a component registers in a program whose own providers are in the United States."""

    def program() -> Any:
        made = kind("thing", args(kind, **more), pulumi.ResourceOptions(providers=far()))
        return [made.country, made.region]

    return record(program, preview=preview)


def placed(resources: list[Registered]) -> list[Registered]:
    """The children that have a place of their own."""
    return [child for child in children(resources) if child.type not in UNPLACED]


def tags(child: Registered) -> dict[str, str]:
    """The tags of a child: Google and Kubernetes call them labels, and Auto Scaling writes them as a list."""
    if child.type.startswith("kubernetes:"):
        return child.inputs["metadata"]["labels"]
    given: dict[str, str] | list[dict[str, str]] = child.inputs[tags_of(child)]
    return {tag["key"]: tag["value"] for tag in given} if isinstance(given, list) else given


def tags_of(child: Registered) -> str:
    """The property in which a child has its tags."""
    if child.type == "gcp:container/cluster:Cluster":
        return "resourceLabels"
    return "labels" if child.type.startswith("gcp:") else "tags"


def test_each_interface_has_good_arguments_here() -> None:
    assert sorted(OWN) == sorted(interface.__name__ for interface in interfaces())


@pytest.mark.parametrize("preview", [False, True], ids=["created", "previewed"])
@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_child_names_the_region_of_the_country(kind: type[Component[Any]], preview: bool) -> None:
    resources = built(kind, preview=preview)
    made = placed(resources)

    assert children(resources)
    assert [child for child in made if child.place is None] == []
    found = [countries_of(cloud(kind), child.place) for child in made if child.place]
    assert all(countries == {COUNTRY[cloud(kind)]} for countries in found)


@pytest.mark.parametrize("kind", COPYING, ids=lambda kind: kind.__name__)
def test_a_copy_is_in_its_own_country_under_a_key_that_is_allowed_there(kind: type[Component[Any]]) -> None:
    country, copy = copying(kind)
    made = placed(built(kind, country=country, replicate_to=copy, perimeter=WIDER))

    found = {country for child in made if child.place for country in countries_of(cloud(kind), child.place)}
    assert found <= {country, copy}


@pytest.mark.parametrize(
    "kind", [each for each in CLASSES if each.__name__ in COPYLESS], ids=lambda kind: kind.__name__
)
def test_a_copy_that_cannot_be_kept_in_two_countries_is_refused(kind: type[Component[Any]]) -> None:
    with pytest.raises(ComponentError) as caught:
        built(kind, replicate_to="FI", perimeter=WIDER)

    assert caught.value.where == "replicate_to"


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_child_has_the_component_as_its_parent(kind: type[Component[Any]]) -> None:
    assert {child.parent for child in children(built(kind))} == {"thing"}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_what_can_have_tags_says_owner_and_class(kind: type[Component[Any]]) -> None:
    for child in children(built(kind)):
        if child.type.startswith("kubernetes:") or tags_of(child) in sdk.input_type_types(args_class(child.type)):
            assert {"owner": "office", "data-class": "personal"}.items() <= tags(child).items(), child.type


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_something_is_protected_from_deletion(kind: type[Component[Any]]) -> None:
    assert any(child.protect for child in children(built(kind)))


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_the_sdk_has_every_property_that_is_sent(kind: type[Component[Any]]) -> None:
    more: dict[str, Any] = (
        {"country": copying(kind)[0], "replicate_to": copying(kind)[1], "perimeter": WIDER} if kind in COPYING else {}
    )

    made = children(built(kind, **more))

    assert [path for child in made for path in unknown(args_class(child.type), child.inputs, child.type)] == []


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_the_judge_finds_everything_inside(kind: type[Component[Any]], tmp_path: Path) -> None:
    assert not_inside(built(kind), [COUNTRY[cloud(kind)]], tmp_path) == []


@pytest.mark.parametrize("kind", COPYING, ids=lambda kind: kind.__name__)
def test_the_judge_finds_a_copy_inside_both_countries_only(kind: type[Component[Any]], tmp_path: Path) -> None:
    country, copy = copying(kind)
    made = built(kind, country=country, replicate_to=copy, perimeter=WIDER)

    assert not_inside(made, [country, copy], tmp_path) == []
    assert not_inside(made, [country], tmp_path) != []


@pytest.mark.parametrize("country", ["US", "us-east-1", "Ireland", "GB", None, 3])
@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_a_country_that_is_none_or_outside_is_refused_and_nothing_registered(
    kind: type[Component[Any]], country: Any
) -> None:
    seen: list[ComponentError] = []

    def program() -> None:
        try:
            kind("thing", args(kind, country=country))
        except ComponentError as error:
            seen.append(error)

    assert record(program) == []
    assert [error.where for error in seen] == ["country"]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_an_unknown_argument_is_refused_by_name(kind: type[Component[Any]]) -> None:
    with pytest.raises(ComponentError) as caught:
        record(lambda: kind("thing", args(kind, region="us-east-1")))

    assert (caught.value.what, caught.value.where) == ("unknown argument `region`", "region")
