"""A configuration as Checkov has worked it out: which provider, which values, what is still an expression."""

from __future__ import annotations

from typing import Any

from residency.ingest.terraform import rendered
from residency.judge import judge
from residency.model import ResourceGraph, Unknown
from tests.residency.samples import eea

Node = dict[str, Any]


def node(kind: str, name: str, values: Node, **more: str) -> Node:
    """A node of Checkov's graph; ``call`` in ``more`` is the name of the call that leads to its module."""
    config: Any = {**values, "__start_line__": 3}
    first, _, second = name.partition(".")
    for part in (second, first) if kind == "resource" else (first,):
        config = {part: config}
    call = more.get("call")
    called = f'{{"path": "/w/main.tf", "name": "{call}", "nested_tf_module": null}}' if call else None
    return {
        "block_type_": kind,
        "block_name_": name,
        "config_": config,
        "file_path_": more.get("file", "/w/main.tf"),
        "__address__": more.get("address", name),
        "source_module_object_": called,
    }


def bucket(name: str, values: Node | None = None, **more: str) -> Node:
    return node("resource", f"aws_s3_bucket.{name}", values or {}, **more)


def aws(region: Any, alias: str = "", **more: str) -> Node:
    named = {"alias": [alias]} if alias else {}
    return node("provider", f"aws.{alias}" if alias else "aws", {"region": [region], **named}, **more)


def graph(*nodes: Node) -> ResourceGraph:
    blocks = [made for each in nodes if (made := rendered.block(each)) is not None]
    [found] = rendered.graphs(blocks, str).values()
    return found


def said(*nodes: Node) -> dict[str, str]:
    """The outcome of each resource's residence, with where."""
    return {
        each.placement.resource.id: f"{each.outcome.value} {','.join(each.countries)}".rstrip()
        for each in judge(graph(*nodes), eea())
        if each.rule == "RES001"
    }


def test_a_resource_is_where_its_provider_is() -> None:
    found = said(aws("eu-west-1"), aws("us-east-1", "us"), bucket("a"), bucket("b", {"provider": ["aws.us"]}))
    assert found == {"aws_s3_bucket.a": "inside IE", "aws_s3_bucket.b": "outside US"}


def test_a_provider_of_a_module_is_the_one_that_its_call_hands_on() -> None:
    call = node("module", "m", {"providers": [{"aws": "aws.us", "aws.copy": "${aws.eu}"}]})
    inside = bucket("b", {"provider": ["aws.copy"]}, address="module.m.aws_s3_bucket.b", file="/w/m/main.tf", call="m")
    default = bucket("a", address="module.m.aws_s3_bucket.a", file="/w/m/main.tf", call="m")
    found = said(aws("eu-north-1"), aws("us-east-1", "us"), aws("eu-west-1", "eu"), call, default, inside)
    assert found == {"module.m.aws_s3_bucket.a": "outside US", "module.m.aws_s3_bucket.b": "inside IE"}


def test_an_alias_that_no_call_hands_on_is_not_known() -> None:
    call = node("module", "m", {})
    inside = bucket("b", {"provider": ["aws.copy"]}, address="module.m.aws_s3_bucket.b", file="/w/m/main.tf", call="m")
    assert said(aws("eu-west-1"), call, inside) == {"module.m.aws_s3_bucket.b": "undetermined"}


def test_another_provider_of_the_same_family_is_not_the_default_one() -> None:
    """Checkov itself gives every resource the first default provider."""
    google = node("provider", "google", {"region": ["europe-west4"]})
    beta = node("provider", "google-beta", {"region": ["us-central1"]})
    disk = {"name": ["d"], "provider": ["google-beta"], "zone": ["us-central1-a"]}
    found = said(aws("eu-west-1"), google, beta, node("resource", "google_compute_disk.d", disk))
    assert found == {"google_compute_disk.d": "outside US"}


def test_a_provider_without_a_region_is_not_known() -> None:
    assert said(bucket("a")) == {"aws_s3_bucket.a": "undetermined"}


def test_a_reference_leads_to_the_resource_that_it_names() -> None:
    rule = {"status": ["Enabled"], "destination": [{"bucket": ["${aws_s3_bucket.copy.arn}"]}]}
    kind = "aws_s3_bucket_replication_configuration.r"
    replication = node("resource", kind, {"bucket": ["aws_s3_bucket.a.id"], "rule": [rule]})
    found = graph(
        aws("eu-west-1"), aws("us-east-1", "us"), bucket("a"), bucket("copy", {"provider": ["aws.us"]}), replication
    )
    [copy] = [each for each in judge(found, eea()) if each.rule == "RES101"]
    assert (copy.outcome.value, copy.countries) == ("outside", ("US",))
    assert "it names `aws_s3_bucket.copy`" in copy.why


def test_a_name_of_the_module_and_of_one_above_may_be_either() -> None:
    """An argument of a call has come down as the text of a reference, which could be the module's own."""
    rule = {"status": ["Enabled"], "destination": [{"bucket": ["aws_s3_bucket.copy.arn"]}]}
    name = "aws_s3_bucket_replication_configuration.r"
    file = "/w/m/main.tf"
    replication = node(
        "resource", name, {"bucket": ["a"], "rule": [rule]}, address=f"module.m.{name}", file=file, call="m"
    )
    found = graph(
        aws("eu-west-1"),
        aws("us-east-1", "us"),
        node("module", "m", {}),
        bucket("copy", {"provider": ["aws.us"]}),
        bucket("copy", address="module.m.aws_s3_bucket.copy", file=file, call="m"),
        replication,
    )
    [copy] = [each for each in judge(found, eea()) if each.rule == "RES101"]
    assert copy.outcome.value == "undetermined"
    assert copy.countries == ("IE", "US")


def test_what_is_still_an_expression_is_unknown_with_its_name() -> None:
    made = graph(aws("eu-west-1"), bucket("a", {"region": ["var.place"]})).resources["aws_s3_bucket.a"]
    assert isinstance(made.inputs["region"], Unknown)
    assert made.inputs["region"].reason.endswith("it rests on `var.place`, which has no value here")
    assert said(aws("eu-west-1"), bucket("a", {"region": ["var.place"]})) == {"aws_s3_bucket.a": "undetermined"}


def test_null_is_not_known_since_checkov_makes_it_of_what_it_cannot_work_out() -> None:
    assert said(aws("eu-west-1"), bucket("a", {"region": [None]})) == {"aws_s3_bucket.a": "undetermined"}


def test_maps_stay_maps_and_blocks_are_lists() -> None:
    inputs = graph(aws("eu-west-1"), bucket("a", {"tags": [{"data-class": "x", "Name": "y"}]})).resources
    assert inputs["aws_s3_bucket.a"].inputs["tags"] == {"data-class": "x", "Name": "y"}
    table = {"name": ["t"], "replica": [{"region_name": ["us-east-1"]}, {"region_name": ["eu-west-1"]}]}
    made = graph(aws("eu-west-1"), node("resource", "aws_dynamodb_table.t", table)).resources["aws_dynamodb_table.t"]
    assert made.inputs["replicas"] == [{"regionName": "us-east-1"}, {"regionName": "eu-west-1"}]


def test_what_a_dynamic_block_makes_is_unknown() -> None:
    table = {"name": ["t"], "dynamic": [{"replica": [{"region_name": ["replica.value"]}]}]}
    made = graph(aws("eu-west-1"), node("resource", "aws_dynamodb_table.t", table)).resources["aws_dynamodb_table.t"]
    assert isinstance(made.inputs["replicas"], Unknown)


def test_count_of_nought_makes_none_and_an_unknown_one_makes_it_uncertain() -> None:
    found = graph(
        aws("us-east-1"), bucket("none", {"count": [0]}), bucket("maybe", {"count": ["var.on ? 1 : 0"]}), bucket("a")
    )
    assert sorted(found.resources) == ["aws_s3_bucket.a", "aws_s3_bucket.maybe"]
    assert not found.resources["aws_s3_bucket.maybe"].is_certain
    assert found.resources["aws_s3_bucket.a"].is_certain


def test_two_root_modules_are_two_graphs() -> None:
    nodes = [aws("eu-west-1"), bucket("a"), aws("us-east-1", file="/w/us/main.tf"), bucket("a", file="/w/us/main.tf")]
    blocks = [made for each in nodes if (made := rendered.block(each)) is not None]
    found = rendered.graphs(blocks, str)
    assert sorted(found) == ["/w", "/w/us"]
    outcomes = {root: [each.outcome.value for each in judge(made, eea())] for root, made in found.items()}
    assert outcomes == {"/w": ["inside"], "/w/us": ["outside"]}


def test_the_line_is_that_of_the_block() -> None:
    where = graph(aws("eu-west-1"), bucket("a", file="/w/buckets.tf")).resources["aws_s3_bucket.a"].where
    assert where is not None
    assert (where.file, where.line) == ("buckets.tf", 3)
