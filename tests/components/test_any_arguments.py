"""Whatever the arguments are: no child is outside the countries that were asked for."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, cast

import pulumi
import pulumi_aws as aws
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from residency_components import ComponentError, ObjectStore, ObjectStoreArgs
from residency_components.component import Component
from residency_components.hosting import interfaces
from residency_components.regions import choices

from residency.catalogue import places
from tests.components.asking import COUNTRY, OWN, UNPLACED, children, cloud, far
from tests.components.asking import args as args_of
from tests.components.judged import not_inside
from tests.components.recording import CLOUDS, Registered, record
from tests.components.test_every_component import CLASSES

COUNTRIES = sorted({choice.country for choice in choices()} | {"US", "GB", "CH"})
CODES = sorted(place.code for place in places.places())

countries = st.sampled_from(COUNTRIES)
texts = st.one_of(countries, st.sampled_from(CODES), st.text(max_size=20))
anything = st.one_of(
    texts,
    st.none(),
    st.booleans(),
    st.integers(),
    st.lists(texts, max_size=3),
    st.dictionaries(texts, texts, max_size=2),
)
keys = st.sampled_from(["country", "owner", "data_class", "replicate_to", "perimeter", "region", "location"])
likely = st.fixed_dictionaries(
    {"country": countries, "owner": st.just("office"), "data_class": st.just("personal")},
    optional={"replicate_to": countries, "perimeter": st.lists(countries, min_size=1, max_size=6, unique=True)},
)
unlikely = st.dictionaries(keys, anything, max_size=6)
defaults = st.sampled_from(["us-east-1", "eastus", "us-central1"])
clouds = st.sampled_from([*CLOUDS, None])


def built(args: dict[str, Any], cloud: str | None, default: str) -> list[Registered]:
    """What a program registers that asks for a store and lets a refusal pass."""

    def program() -> Any:
        options = pulumi.ResourceOptions(providers=far(default))
        try:
            store = ObjectStore.build("documents", cast("ObjectStoreArgs", args), cloud=cloud, opts=options)
        except ComponentError:
            return None
        return [store.store_id, store.copy_name]

    return record(program)


def inside(registered: list[Registered], asked: set[Any]) -> bool:
    """Whether each child names a place in one of the asked countries, or is of a type that has none."""
    for child in children(registered):
        found = [places.find(cloud, child.place) for cloud in CLOUDS] if child.place else []
        known = [place for place in found if place]
        if child.place is None and child.type not in UNPLACED:
            return False
        if (
            child.place is not None
            and child.type not in UNPLACED
            and not (known and all(asked.issuperset(place.countries) for place in known))
        ):
            return False
    return True


def vaults_copied_to(registered: list[Registered]) -> set[str]:
    """The countries to which Azure copies the vaults on its own."""
    vaults = [child for child in registered if child.type == "azure-native:keyvault:Vault"]
    found = [places.find("azure", vault.place or "") for vault in vaults]
    pairs = [places.find("azure", place.paired) for place in found if place and place.paired]
    return {country for pair in pairs if pair for country in pair.countries}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(args=likely, cloud=clouds, default=defaults)
def test_well_formed_arguments_never_leave_the_asked_countries(
    args: dict[str, Any], cloud: str | None, default: str
) -> None:
    registered = built(args, cloud, default)

    assert inside(registered, {args["country"], args.get("replicate_to")})
    allowed = set(args.get("perimeter", ["IE", "NO"]))
    assert vaults_copied_to(registered) <= allowed
    assert not children(registered) or {args["country"], args.get("replicate_to")} - {None} <= allowed


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(args=unlikely, cloud=clouds, default=st.sampled_from(CODES))
def test_arguments_of_any_form_are_refused_by_name_or_stay_inside(
    args: dict[str, Any], cloud: str | None, default: str
) -> None:
    """Any error other than a ComponentError would escape and fail this test."""
    registered = built(args, cloud, default)

    asked = {value for value in (args.get("country"), args.get("replicate_to")) if isinstance(value, str)}
    assert inside(registered, asked)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(CLASSES),
    args=unlikely,
    more=likely,
    default=defaults,
)
def test_no_component_leaves_the_asked_countries_whatever_it_is_asked(
    kind: type[Component[Any]], args: dict[str, Any], more: dict[str, Any], default: str
) -> None:
    """Any error other than a ComponentError would escape and fail this test."""
    asked = {**OWN[next(each.__name__ for each in interfaces() if issubclass(kind, each))], **more, **args}

    def program() -> Any:
        try:
            made = kind("thing", asked, pulumi.ResourceOptions(providers=far(default)))
        except ComponentError:
            return None
        return made.region

    countries_asked = {value for value in (asked.get("country"), asked.get("replicate_to")) if isinstance(value, str)}
    registered = record(program)

    assert inside(registered, countries_asked)
    if children(registered):
        with tempfile.TemporaryDirectory() as folder:
            assert not_inside(registered, asked.get("perimeter") or ["IE", "NO"], Path(folder)) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), kind=st.sampled_from(CLASSES), default=defaults)
def test_no_component_leaves_the_perimeter_wherever_it_is_built(
    data: st.DataObject, kind: type[Component[Any]], default: str
) -> None:
    """Good arguments in any country of the component's cloud; the judge is asked about all that was registered."""
    at = cloud(kind)
    own = st.sampled_from([choice.country for choice in choices() if choice.cloud == at] or [COUNTRY[at]])
    perimeter = data.draw(st.lists(own, min_size=1, max_size=5, unique=True))
    more: dict[str, Any] = {"country": data.draw(st.sampled_from(perimeter)), "perimeter": perimeter}
    if "replicate_to" in kind.arguments() and data.draw(st.booleans()):
        more["replicate_to"] = data.draw(own)

    def program() -> Any:
        try:
            return kind("thing", args_of(kind, **more), pulumi.ResourceOptions(providers=far(default))).region
        except ComponentError:
            return None

    registered = record(program)
    event(f"built: {bool(children(registered))}")
    if children(registered):
        with tempfile.TemporaryDirectory() as folder:
            assert not_inside(registered, perimeter, Path(folder)) == []


def test_the_check_itself_sees_a_child_outside() -> None:
    def program() -> Any:
        return aws.s3.Bucket("stray", region="us-east-1").arn

    assert not inside(record(program), {"IE", "NO"})


def test_the_check_itself_sees_a_child_without_a_place() -> None:
    def program() -> Any:
        return aws.s3.Bucket("stray").arn

    assert not inside(record(program), {"IE", "NO"})
