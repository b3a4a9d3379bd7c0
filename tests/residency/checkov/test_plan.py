"""A graph written as Terraform's plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from residency.checkov import plan
from residency.checkov.plan import HIDDEN, LATER, SENSITIVE
from residency.model import ResourceGraph, Unread
from tests.residency.samples import BUCKET, SECRET, UNKNOWN, graph_of, provider, resource, urn

EU = provider("eu", region="eu-west-1")
VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
KEY = "aws:kms/key:Key"
DATABASE = "aws:rds/instance:Instance"


def document(graph: ResourceGraph) -> dict[str, Any]:
    return json.loads(plan.of(graph).text)


def parts(graph: ResourceGraph, address: str) -> Mapping[str, dict[str, Any]]:
    """The three entries of a resource: planned, changed, configured."""
    found = document(graph)
    listed = {
        "planned": found["planned_values"]["root_module"]["resources"],
        "changed": found["resource_changes"],
        "configured": found["configuration"]["root_module"]["resources"],
    }
    return {name: next(each for each in entries if each["address"] == address) for name, entries in listed.items()}


def test_names_and_blocks_are_terraform_s() -> None:
    rule = {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "k"}}
    inputs = {"bucket": "a", "rules": [rule], "tags": {"dataClass": "health"}, "__defaults": []}
    kind = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    graph = graph_of(EU, resource(kind, "a", inputs, by="eu"))
    planned = parts(graph, "aws_s3_bucket_server_side_encryption_configuration.a")["planned"]
    assert planned["values"] == {
        "bucket": "a",
        "rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms", "kms_master_key_id": "k"}]}],
        "tags": {"dataClass": "health"},
    }


def test_an_unknown_value_is_marked_and_refers_to_the_resource_that_it_comes_from() -> None:
    bucket = resource(BUCKET, "a", by="eu")
    versioning = resource(VERSIONING, "v", {"bucket": UNKNOWN}, by="eu", depends_on={"bucket": [bucket["urn"]]})
    found = parts(graph_of(EU, bucket, versioning), "aws_s3_bucket_versioning.v")
    assert found["planned"]["values"] == {"bucket": "aws_s3_bucket.a.id"}
    assert found["changed"]["change"]["after"] == {}
    assert found["changed"]["change"]["after_unknown"] == {"bucket": True}
    assert found["configured"]["expressions"] == {"bucket": {"references": ["aws_s3_bucket.a.id", "aws_s3_bucket.a"]}}


def test_an_unknown_value_without_a_source_is_a_variable_without_a_value() -> None:
    found = parts(graph_of(EU, resource(BUCKET, "a", {"acl": UNKNOWN}, by="eu")), "aws_s3_bucket.a")
    assert found["planned"]["values"] == {"acl": LATER}
    assert found["configured"]["expressions"] == {}


def test_a_deployed_id_is_a_reference_to_its_resource() -> None:
    key = resource(KEY, "k", by="eu", id="1234", outputs={"arn": "arn:aws:kms:eu-west-1:1:key/1234"})
    given = {"kmsKeyId": "arn:aws:kms:eu-west-1:1:key/1234", "storageEncrypted": True}
    database = resource(DATABASE, "d", given, by="eu", depends_on={"kmsKeyId": [key["urn"]]})
    planned = parts(graph_of(EU, key, database), "aws_db_instance.d")["planned"]
    assert planned["values"] == {"kms_key_id": "aws_kms_key.k.id", "storage_encrypted": True}


def test_no_secret_is_written() -> None:
    graph = graph_of(EU, resource(DATABASE, "d", {"password": SECRET}, by="eu"))
    found = parts(graph, "aws_db_instance.d")
    assert b"hush" not in plan.of(graph).text
    assert found["planned"]["values"] == {"password": HIDDEN}
    assert found["changed"]["change"]["after"] == {"password": SENSITIVE}
    assert found["changed"]["change"]["after_sensitive"] == {"password": True}


def test_a_provider_s_credentials_are_left_out() -> None:
    keys = provider("keys", region="eu-west-1", accessKey="AKIAIOSFODNN7EXAMPLE", secretKey="s")
    found = document(graph_of(keys, resource(BUCKET, "a", by="keys")))
    [config] = found["configuration"]["provider_config"].values()
    assert config == {"name": "aws", "alias": "keys", "expressions": {"region": {"constant_value": "eu-west-1"}}}


def test_two_names_that_come_to_the_same_address_stay_two() -> None:
    made = plan.of(graph_of(EU, resource(BUCKET, "a b", by="eu"), resource(BUCKET, "a.b", by="eu")))
    assert {address: each.name for address, each in made.resources.items()} == {
        "aws_s3_bucket.a_b": "a b",
        "aws_s3_bucket.a_b_2": "a.b",
    }


def test_what_has_no_form_in_terraform_is_counted_with_the_reason() -> None:
    machine = resource("azure-native:compute:VirtualMachine", "m", {"location": "norwayeast"})
    pod = resource("kubernetes:core/v1:Pod", "p")
    made = plan.of(graph_of(machine, pod, resource("kubernetes:core/v1:Pod", "q")))
    assert made.resources == {}
    assert made.unread == (
        Unread("azure-native:compute:VirtualMachine", 1, "its properties do not say which of azurerm's types it is"),
        Unread("kubernetes:core/v1:Pod", 2, "nothing says how the package `kubernetes` is called in Terraform"),
    )


def test_a_component_is_left_out() -> None:
    component = resource("acme:index:Store", "store", custom=False)
    assert plan.of(graph_of(component)).resources == {}
    assert plan.of(graph_of(component)).unread == ()


def test_settings_of_blobs_are_a_block_of_their_account() -> None:
    account = resource("azure-native:storage:StorageAccount", "files", {"location": "norwayeast"})
    kind = "azure-native:storage:BlobServiceProperties"
    on = {"deleteRetentionPolicy": {"enabled": True, "days": 7}}
    given = {"accountName": UNKNOWN, **on}
    settings = resource(kind, "files-blobs", given, depends_on={"accountName": [account["urn"]]})
    graph = graph_of(account, settings)
    values = parts(graph, "azurerm_storage_account.files")["planned"]["values"]
    assert values["blob_properties"] == [{"delete_retention_policy": [{"days": 7}]}]
    alone = plan.of(graph_of(resource(kind, "lost", {"accountName": "elsewhere", **on})))
    assert alone.unread == (Unread(kind, 1, "it is a part of a resource that is not in this target"),)


def test_a_subnet_s_security_group_is_an_association() -> None:
    group = resource("azure-native:network:NetworkSecurityGroup", "g", {"location": "norwayeast"})
    given = {"networkSecurityGroup": {"id": UNKNOWN}, "subnetName": "s"}
    subnet = resource("azure-native:network:Subnet", "s", given, depends_on={"networkSecurityGroup": [group["urn"]]})
    made = plan.of(graph_of(group, subnet))
    address = "azurerm_subnet_network_security_group_association.s"
    assert made.resources[address].id == urn("azure-native:network:Subnet", "s")
    assert parts(graph_of(group, subnet), address)["planned"]["values"] == {
        "network_security_group_id": "azurerm_network_security_group.g.id",
        "subnet_id": "azurerm_subnet.s.id",
    }


def test_the_same_graph_gives_the_same_bytes() -> None:
    records = [EU, resource(BUCKET, "a", by="eu"), resource(KEY, "k", by="eu")]
    assert plan.of(graph_of(*records)).text == plan.of(graph_of(*reversed(records))).text
