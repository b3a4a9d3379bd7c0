"""Every property that a component sends, at any depth, is one that the provider's SDK has under that name."""

from __future__ import annotations

import importlib
import sys
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import pulumi
import pulumi_aws as aws
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


def unknown(cls: type, value: Mapping[str, Any], at: str) -> Iterator[str]:
    """Paths of properties that an input class does not have."""
    hints = sdk.input_type_types(cls)
    for key, inner in value.items():
        path = f"{at}.{key}"
        if key not in hints:
            yield path
            continue
        nested = next(input_classes(hints[key]), None)
        elements = cast("list[object]", inner if isinstance(inner, list) else [inner])
        for element in elements:
            if nested is not None and isinstance(element, Mapping):
                yield from unknown(nested, cast("Mapping[str, Any]", element), path)


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

    assert list(unknown(args_class(child.type), child.inputs, "bad")) == ["bad.rules.apply_server_side_encryption"]


def test_the_walk_sees_through_every_wrapper() -> None:
    hint = pulumi.Input[typing.Optional[Sequence[pulumi.Input[aws.s3.BucketReplicationConfigRuleArgs]]]]  # noqa: UP045

    assert [cls.__name__ for cls in input_classes(hint)][:1] == ["BucketReplicationConfigRuleArgs"]
    assert not list(input_classes(types.NoneType))
