"""Every property that a component sends, at any depth, is one that the provider's SDK has under that name."""

from __future__ import annotations

import enum
import importlib
import sys
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import pulumi
import pulumi_aws as aws
import pulumi_azure_native as azure
import pytest
from pulumi import _types as sdk  # pyright: ignore[reportPrivateUsage] - the names that it keeps are nowhere public

from tests.components.asking import children
from tests.components.recording import record
from tests.components.test_stores import CASES, NAMES, ObjectStoreArgs, build

PACKAGES = {
    "aws": "pulumi_aws",
    "azure-native": "pulumi_azure_native",
    "gcp": "pulumi_gcp",
    "kubernetes": "pulumi_kubernetes",
}


def args_class(token: str) -> type:
    """The SDK's class for the arguments of a resource type; its name differs where a nested class has the usual one."""
    package, module, name = token.split(":")
    # Kubernetes has its versions as modules, and domains in the names of its groups.
    group, _, version = module.partition("/")
    path = f"{group.partition('.')[0]}.{version}" if package == "kubernetes" else group
    path = {"lambda": "lambda_"}.get(path, path)
    resource = getattr(importlib.import_module(f"{PACKAGES[package]}.{path}"), name)
    module_of = sys.modules[resource.__module__]
    return getattr(module_of, f"{name}InitArgs", None) or getattr(module_of, f"{name}Args")


def input_classes(hint: Any) -> Iterator[type]:
    """The SDK's input classes anywhere inside a type hint."""
    if isinstance(hint, type) and sdk.is_input_type(hint):
        yield hint
    for argument in typing.get_args(hint):
        yield from input_classes(argument)


def is_mapping(hint: Any) -> bool:
    """Whether a type hint is of values by a name that is the caller's own."""
    origin = typing.get_origin(hint)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return True
    return origin not in (list, Sequence) and any(is_mapping(each) for each in typing.get_args(hint))


def enumerated(hint: Any) -> set[object]:
    """The values that a type hint's enumerations allow; none if it has none."""
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return {each.value for each in hint}
    return {value for argument in typing.get_args(hint) for value in enumerated(argument)}


def unknown(cls: type, value: Mapping[str, Any], at: str) -> list[str]:
    """Paths of properties that an input class does not have, and of values that are none of an enumeration's."""
    hints = sdk.input_type_types(cls)
    faults: list[str] = []
    for key, inner in value.items():
        path = f"{at}.{key}"
        if key not in hints:
            faults.append(path)
            continue
        nested = {each.__name__: each for each in input_classes(hints[key])}
        for element in elements(hints[key], inner):
            if nested and isinstance(element, Mapping):
                each_way = [unknown(kind, cast("Mapping[str, Any]", element), path) for kind in nested.values()]
                faults += min(each_way, key=len)
            elif isinstance(element, str) and element not in (enumerated(hints[key]) or {element}):
                faults.append(f"{path} = {element}")
    return faults


def elements(hint: Any, value: Any) -> list[object]:
    """One value, or those of a list or of a mapping whose names are the caller's own."""
    if is_mapping(hint):
        return [*cast("Mapping[str, object]", value).values()]
    return cast("list[object]", value if isinstance(value, list) else [value])


@pytest.mark.parametrize("args", [case[0] for case in CASES], ids=NAMES)
def test_the_sdk_has_every_property_that_is_sent(args: ObjectStoreArgs) -> None:
    faults = [
        fault
        for child in children(record(build(args)))
        for fault in unknown(args_class(child.type), child.inputs, child.type)
    ]

    assert faults == []


@pytest.mark.parametrize("args", [case[0] for case in CASES], ids=NAMES)
def test_the_sdk_misses_no_required_property(args: ObjectStoreArgs) -> None:
    """The SDK's own argument class is built from what is sent."""
    for child in children(record(build(args))):
        cls = args_class(child.type)
        names = {wire: python for python, wire in sdk.input_type_py_to_pulumi_names(cls).items()}
        built = cls(**{names[key]: value for key, value in child.inputs.items()})

        assert isinstance(built, cls)


def test_the_check_itself_sees_a_misspelt_property() -> None:
    def program() -> Any:
        rules: Any = [{"apply_server_side_encryption": {"sse_algorithm": "aws:kms"}, "bucketKeyEnabled": True}]
        return aws.s3.BucketServerSideEncryptionConfiguration("bad", bucket="b", rules=rules).id

    child = record(program)[0]

    assert unknown(args_class(child.type), child.inputs, "bad") == ["bad.rules.apply_server_side_encryption"]


def test_the_check_itself_sees_a_value_of_no_enumeration() -> None:
    def program() -> Any:
        return azure.storage.StorageAccount(
            "bad", resource_group_name="g", kind="StorageV9", sku={"name": azure.storage.SkuName.STANDARD_ZRS}
        ).id

    child = record(program)[0]

    assert unknown(args_class(child.type), child.inputs, "bad") == ["bad.kind = StorageV9"]


def test_the_walk_sees_through_every_wrapper() -> None:
    hint = pulumi.Input[typing.Optional[Sequence[pulumi.Input[aws.s3.BucketReplicationConfigRuleArgs]]]]  # noqa: UP045

    assert [cls.__name__ for cls in input_classes(hint)][:1] == ["BucketReplicationConfigRuleArgs"]
    assert not list(input_classes(types.NoneType))
