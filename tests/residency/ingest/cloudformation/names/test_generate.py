"""The table of names is what the schemas and the SDK give; the rules that pair types and name properties."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pytest

from residency.catalogue.sdk import generate as sdk_generate
from residency.catalogue.sdk import source
from residency.catalogue.sdk.source import Field, Folder, Sdk, SdkType
from residency.errors import InputError
from residency.ingest.cloudformation.names import generate, matching, schema, table
from residency.ingest.cloudformation.names.schema import CloudFormationType, Schemas
from residency.ingest.cloudformation.names.table import Named

TEXT: Mapping[str, Any] = {"type": "string"}


def test_the_committed_table_is_what_the_schemas_and_the_sdk_give_byte_by_byte() -> None:
    """A newer cfn-lint or SDK fails here until `residency catalogue cloudformation` has shown what it brings."""
    try:
        made, _ = generate.made(schema.read(schema.installed()), source.read(sdk_generate.installed("aws")))
    except InputError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    assert made == table.FILE.read_text("utf-8"), "run `residency catalogue cloudformation` and read the diff"


def sdk_type(token: str, **fields: str) -> SdkType:
    return SdkType(token, "m", tuple(Field(name, kind, "") for name, kind in fields.items()), (), frozenset())


def sdk(*types: SdkType, **blocks: Mapping[str, str]) -> Sdk:
    of = {name: tuple(Field(key, kind, "") for key, kind in each.items()) for name, each in blocks.items()}
    return Sdk("pulumi-aws", "1", {"m": Folder(types, of, {})})


def cfn(name: str, **properties: Mapping[str, Any]) -> CloudFormationType:
    return CloudFormationType(name, properties, {})


def paired(declared: CloudFormationType, *types: SdkType, reviewed: Mapping[str, str] | None = None) -> str | None:
    found, _ = matching.pairs(Schemas("1", {declared.name: declared}), sdk(*types), reviewed or {})
    return found.get(declared.name)


def test_types_are_a_pair_where_service_and_name_say_the_same() -> None:
    """Another service's type of the same name is none, however alike it is."""
    queue = cfn("AWS::SQS::Queue", QueueName=TEXT, DelaySeconds=TEXT)
    own, other = sdk_type("aws:sqs/queue:Queue", name="str"), sdk_type("aws:mediaconvert/queue:Queue", name="str")
    assert paired(queue, own, other) == "aws:sqs/queue:Queue"
    assert paired(queue, other) is None


def test_a_type_that_nothing_comes_near_is_left_and_what_a_person_says_holds() -> None:
    """No rule guesses."""
    thing = cfn("AWS::SQS::Thing", Colour=TEXT)
    queue = sdk_type("aws:sqs/queue:Queue", name="str")
    assert paired(thing, queue) is None
    assert paired(thing, queue, reviewed={"AWS::SQS::Thing": "aws:sqs/queue:Queue"}) == "aws:sqs/queue:Queue"
    assert paired(cfn("AWS::SQS::Queue", QueueName=TEXT), queue, reviewed={"AWS::SQS::Queue": ""}) is None


def named(
    declared: CloudFormationType, owner: SdkType, rename: Mapping[str, str], **blocks: Any
) -> Mapping[str, Named]:
    return matching.names(declared, sdk(owner, **blocks), owner.token, rename).properties


def test_a_name_is_found_without_the_words_of_its_type_and_without_words_that_say_nothing() -> None:
    """And never one that says something else, such as the source for the destination."""
    declared = cfn("AWS::SQS::Queue", QueueName=TEXT, RoleArn=TEXT, KMSKeyId=TEXT, SourceBucketArn=TEXT)
    owner = sdk_type("aws:sqs/queue:Queue", name="str", role="str", kmsKeyId="str", destinationBucketArn="str")
    found = named(declared, owner, {})
    assert found["QueueName"] == Named("name")
    assert found["RoleArn"] == Named("role")
    assert "KMSKeyId" not in found or found["KMSKeyId"].name == "kmsKeyId"
    assert found["SourceBucketArn"] == Named("-")


def test_a_region_of_a_property_is_never_taken_for_the_resources_own() -> None:
    """In the SDK every type has `region`; in a template a property that is called so says something else."""
    declared = cfn("AWS::SQS::Queue", Region=TEXT)
    assert named(declared, sdk_type("aws:sqs/queue:Queue", region="str", name="str"), {}) == {"Region": Named("-")}


def test_the_shape_of_blocks_is_marked() -> None:
    """A block that is a list there, a list that is a block, a table of blocks, pairs of keys, and a text of JSON."""
    block = {"type": "object", "properties": {"Size": TEXT}}
    pairs = {"type": "object", "properties": {"Key": TEXT, "Value": TEXT}}
    declared = cfn(
        "AWS::SQS::Queue",
        One={"type": "array", "items": block},
        Many=block,
        Table={"type": "object", "patternProperties": {".*": block}},
        Labels={"type": "array", "items": pairs},
        Policy={"type": "object"},
        Document=block,
        Wrapped={"type": "object", "properties": {"Colour": TEXT, "Shade": TEXT}},
    )
    owner = sdk_type(
        "aws:sqs/queue:Queue",
        one="'BlockArgs'",
        many="Sequence['BlockArgs']",
        table="Sequence['BlockArgs']",
        labels="Mapping[str, str]",
        policy="str",
        document="str",
        colour="str",
        shade="str",
    )
    found = named(declared, owner, {}, BlockArgs={"size": "str"})
    marks = {name: each.mark for name, each in found.items() if "." not in name}
    assert marks == {
        "One": "1",
        "Many": "+",
        "Table": "m",
        "Labels": "k",
        "Policy": "*",
        "Document": "j",
        "Wrapped": "",
    }
    assert found["Wrapped"] == Named(".")


def test_what_a_person_names_is_walked_on_from() -> None:
    """The properties in a renamed block are matched with those of the block that it is."""
    inner = {"type": "object", "properties": {"BucketName": TEXT}}
    declared = cfn("AWS::SQS::Queue", Destination={"type": "object", "properties": {"Store": inner}})
    owner = sdk_type("aws:sqs/queue:Queue", output="'OutputArgs'")
    blocks = {"OutputArgs": {"s3": "'StoreArgs'"}, "StoreArgs": {"bucketName": "str"}}
    found = named(declared, owner, {"Destination": "output", "Destination.Store": "s3"}, **blocks)
    assert found["Destination.Store"] == Named("s3")
    assert "Destination.Store.BucketName" not in found


def test_a_folder_without_schemas_is_refused(tmp_path: Any) -> None:
    """With the way to name the right one."""
    with pytest.raises(InputError, match="no schemas of cfn-lint"):
        schema.read(tmp_path)
