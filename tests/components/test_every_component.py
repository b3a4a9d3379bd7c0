"""Every class of every cloud: where its children are, whose they are, and that what they are sent is right."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_azure_native as azure
import pytest
from pulumi import _types as sdk  # pyright: ignore[reportPrivateUsage] - the names that it keeps are nowhere public
from residency_components import ComponentError
from residency_components.component import Component
from residency_components.hosting import components, interfaces

from residency.catalogue import places
from tests.components.recording import Registered, record
from tests.components.test_properties import args_class, unknown
from tests.components.test_stores import UNPLACED, children

OWN: dict[str, dict[str, Any]] = {
    "ContainerRegistry": {},
    "DocumentTable": {"partition_key": "person", "sort_key": "day"},
    "EncryptionKey": {},
    "ObjectStore": {},
    "Queue": {},
    "Secret": {"value": "correct horse"},
}
"""What each interface needs besides country, owner and class."""
COUNTRY = {"aws": "IE", "azure": "NO"}
COPY = {"aws": "DE", "azure": "IE"}
# They have no place of their own: they are part of a placed resource.
PARTS = {*UNPLACED}
CLASSES = components()
COPYING = [each for each in CLASSES if "replicate_to" in each.arguments()]


def cloud(kind: type[Component[Any]]) -> str:
    return kind.__module__.split(".")[1]


def args(kind: type[Component[Any]], **more: Any) -> dict[str, Any]:
    """Good arguments of a component."""
    interface = next(each for each in interfaces() if issubclass(kind, each))
    common = {"country": COUNTRY[cloud(kind)], "owner": "office", "data_class": "personal"}
    return {**common, "perimeter": ["IE", "NO", "DE"], **OWN[interface.__name__], **more}


def built(kind: type[Component[Any]], *, preview: bool = False, **more: Any) -> list[Registered]:
    """What a component registers in a program whose own providers are in the United States."""

    def program() -> Any:
        far: list[pulumi.ProviderResource] = [
            aws.Provider("far", region="us-east-1"),
            azure.Provider("far", location="eastus"),
        ]
        made = kind("thing", args(kind, **more), pulumi.ResourceOptions(providers=far))
        return [made.country, made.region]

    return record(program, preview=preview)


def test_each_interface_has_good_arguments_here() -> None:
    assert sorted(OWN) == sorted(interface.__name__ for interface in interfaces())


@pytest.mark.parametrize("preview", [False, True], ids=["created", "previewed"])
@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_child_names_the_region_of_the_country(kind: type[Component[Any]], preview: bool) -> None:
    made = children(built(kind, preview=preview))

    assert made
    wrong = [child for child in made if child.place is None and child.type not in PARTS]
    assert wrong == []
    found = {places.find(cloud(kind), child.place) for child in made if child.place}
    assert {country for place in found for country in (place.countries if place else ("?",))} == {COUNTRY[cloud(kind)]}


@pytest.mark.parametrize("kind", COPYING, ids=lambda kind: kind.__name__)
def test_a_copy_is_in_its_own_country_under_a_key_that_is_allowed_there(kind: type[Component[Any]]) -> None:
    made = children(built(kind, replicate_to=COPY[cloud(kind)], perimeter=["IE", "NO", "DE", "NL"]))

    found = {places.find(cloud(kind), child.place) for child in made if child.place}
    countries = {country for place in found for country in (place.countries if place else ("?",))}
    assert countries == {COUNTRY[cloud(kind)], COPY[cloud(kind)]}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_child_has_the_component_as_its_parent(kind: type[Component[Any]]) -> None:
    assert {child.parent for child in children(built(kind))} == {"thing"}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_what_can_have_tags_says_owner_and_class(kind: type[Component[Any]]) -> None:
    for child in children(built(kind)):
        if "tags" in sdk.input_type_types(args_class(child.type)):
            assert child.inputs["tags"] == {"owner": "office", "data-class": "personal"}, child.type


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_something_is_protected_from_deletion(kind: type[Component[Any]]) -> None:
    assert any(child.protect for child in children(built(kind)))


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_the_sdk_has_every_property_that_is_sent(kind: type[Component[Any]]) -> None:
    more: dict[str, Any] = (
        {"replicate_to": COPY[cloud(kind)], "perimeter": ["IE", "NO", "DE", "NL"]} if kind in COPYING else {}
    )

    made = children(built(kind, **more))

    assert [path for child in made for path in unknown(args_class(child.type), child.inputs, child.type)] == []


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
