"""What is read from the JSON of a plan: what there will be, where, and what a value comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from residency.judge import judge
from residency.model import Outcome, Secret, Unknown
from tests.residency.ingest.terraform.plans import (
    AWS,
    EEA,
    IRELAND,
    block,
    change,
    constant,
    graph,
    plan,
    provider,
    refers,
    verdicts,
)

BUCKET, COPY = "aws_s3_bucket.uploads", "aws_s3_bucket.copy"
RULE = "aws_s3_bucket_replication_configuration.rule"
UNKNOWN_ARN = {"rule": [{"destination": [{"bucket": True}]}], "id": True}
KNOWN_RULE: dict[str, Any] = {"rule": [{"id": "all", "destination": [{}]}]}


def replication(destination: dict[str, Any], *, copy_provider: str = "aws.us", **more: Any) -> dict[str, Any]:
    """A bucket in Ireland, one of another provider, and a rule whose destination is known only after the deployment."""
    return plan(
        [
            change(BUCKET, {"bucket": "uploads"}),
            change(COPY, {"bucket": "copy"}),
            change(RULE, KNOWN_RULE, change={"after_unknown": UNKNOWN_ARN}),
        ],
        [
            block(BUCKET, {"bucket": constant("uploads")}),
            block(COPY, {"bucket": constant("copy")}, copy_provider),
            block(RULE, {"rule": [{"id": constant("all"), "destination": [{"bucket": destination}]}]}),
        ],
        **more,
    )


def test_a_resource_is_where_its_provider_block_says(tmp_path: Path) -> None:
    """An alias is another block with another Region."""
    found = verdicts(replication(refers("aws_s3_bucket.copy.arn", "aws_s3_bucket.copy")), tmp_path)
    assert found[BUCKET, "residence"].outcome is Outcome.INSIDE
    assert found[COPY, "residence"].outcome is Outcome.OUTSIDE
    assert "provider `aws.us` has region `us-east-1`" in found[COPY, "residence"].why


def test_a_destination_that_is_not_known_yet_is_decided_by_what_its_expression_refers_to(tmp_path: Path) -> None:
    """The property is named as the catalogue names it, so that every source gives the same verdict."""
    found = verdicts(replication(refers("aws_s3_bucket.copy.arn", "aws_s3_bucket.copy")), tmp_path)[RULE, "replica"]
    assert (found.outcome, found.rule, found.countries) == (Outcome.OUTSIDE, "RES101", ("US",))
    assert found.placement.property == "rules[0].destination.bucket"
    assert f"it names `{COPY}`" in found.why


def test_a_resources_own_region_comes_before_its_providers(tmp_path: Path) -> None:
    """Version 6 of the provider has a region on each resource, and plans it where nobody sets it."""
    given = plan(
        [change(BUCKET, {"bucket": "uploads", "region": "us-east-1"})], [block(BUCKET, {"bucket": constant("uploads")})]
    )
    assert verdicts(given, tmp_path)[BUCKET, "residence"].countries == ("US",)


@pytest.mark.parametrize(
    ("region", "variables", "outcome"),
    [
        (refers("var.region"), {"region": {"value": "us-east-1"}}, Outcome.OUTSIDE),
        (refers("var.region"), {"region": {"value": "eu-north-1"}}, Outcome.INSIDE),
        (refers("var.region"), {}, Outcome.UNDETERMINED),
        (refers("var.region", "var.suffix"), {"region": {"value": "eu-west-1"}}, Outcome.UNDETERMINED),
        (refers("local.region"), {}, Outcome.UNDETERMINED),
        (None, {}, Outcome.UNDETERMINED),
    ],
    ids=["variable-outside", "variable-inside", "no-value", "text-of-two", "local", "not-said"],
)
def test_a_providers_region_is_read_as_far_as_the_plan_shows_it(
    region: dict[str, Any] | None, variables: dict[str, Any], outcome: Outcome, tmp_path: Path
) -> None:
    """What the plan does not show is undetermined, and what would settle it is Terraform's, not Pulumi's."""
    given = plan(
        [change(BUCKET, {"bucket": "uploads"})],
        [block(BUCKET, {"bucket": constant("uploads")})],
        providers={"aws": provider(region)},
        variables=variables,
    )
    found = verdicts(given, tmp_path)[BUCKET, "residence"]
    assert found.outcome is outcome
    assert "pulumi" not in found.fix
    assert outcome is not Outcome.UNDETERMINED or "provider block" in found.fix


def test_a_provider_block_that_the_plan_does_not_show_proves_nothing(tmp_path: Path) -> None:
    """A module's provider may be any of its caller's."""
    given = plan(
        [change(BUCKET, {"bucket": "uploads"})], [block(BUCKET, {"bucket": constant("uploads")}, "module.m:aws")]
    )
    assert verdicts(given, tmp_path)[BUCKET, "residence"].outcome is Outcome.UNDETERMINED


@pytest.mark.parametrize(
    ("destination", "reason"),
    [
        (refers("local.copy_arn"), "`local.copy_arn`, which the plan does not show"),
        (refers("aws_s3_bucket.copy.arn", "aws_s3_bucket.copy", "local.other"), "`local.other`"),
        (refers("module.gone.arn", "module.gone"), "`module.gone`"),
        (refers("aws_s3_bucket.absent.arn", "aws_s3_bucket.absent"), "`aws_s3_bucket.absent`"),
        (refers("data.aws_s3_bucket.far.arn", "data.aws_s3_bucket.far"), "`data.aws_s3_bucket.far`"),
        (refers("aws_s3_bucket.copy.id", "aws_s3_bucket.copy", "random_id.x.hex", "random_id.x"), "is a part of"),
    ],
    ids=["local", "local-beside-a-bucket", "no-such-module", "no-such-resource", "data-read-later", "random-suffix"],
)
def test_a_destination_that_rests_on_what_the_plan_does_not_show_is_undetermined(
    destination: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    """Also where one of several references would be inside: the value may be the other."""
    given = replication(destination, copy_provider="aws")
    given["resource_changes"].append(
        change("random_id.x", {"byte_length": 4}, provider_name="registry.terraform.io/hashicorp/random")
    )
    found = verdicts(given, tmp_path)[RULE, "replica"]
    assert found.outcome is Outcome.UNDETERMINED
    assert reason in found.why
    assert "refer to the resource itself" in found.fix


def test_what_a_dynamic_block_makes_is_undetermined(tmp_path: Path) -> None:
    """Its expressions are not in a plan."""
    given = replication(constant("x"), copy_provider="aws")
    given["configuration"]["root_module"]["resources"][2]["expressions"] = {}
    found = verdicts(given, tmp_path)[RULE, "replica"]
    assert found.outcome is Outcome.UNDETERMINED
    assert "what makes `rule[0].destination[0].bucket`, which the plan does not show" in found.why


def test_a_value_goes_through_variables_and_outputs_of_modules(tmp_path: Path) -> None:
    """The rule is in one module, the bucket in another; the instance of the module is told by its key."""
    inner = {
        "resources": [block("aws_s3_bucket.this", {"bucket": refers("var.name")}, "aws.us")],
        "outputs": {"arn": {"expression": refers("aws_s3_bucket.this.arn", "aws_s3_bucket.this")}},
    }
    near = {**inner, "resources": [block("aws_s3_bucket.this", {"bucket": refers("var.name")}, "aws")]}
    rules = {"resources": [block(RULE, {"rule": [{"destination": [{"bucket": refers("var.to")}]}]})]}
    given = plan(
        [
            change("module.far.aws_s3_bucket.this", {"bucket": "far"}),
            change('module.near["a"].aws_s3_bucket.this', {"bucket": "near"}),
            change(f"module.rules.{RULE}", KNOWN_RULE, change={"after_unknown": UNKNOWN_ARN}),
        ],
        modules={
            "far": {"source": "./bucket", "module": inner},
            "near": {"source": "./bucket", "module": near},
            "rules": {
                "source": "./rules",
                "expressions": {"to": refers("module.far.arn", "module.far")},
                "module": rules,
            },
        },
    )
    found = verdicts(given, tmp_path)[f"module.rules.{RULE}", "replica"]
    assert found.outcome is Outcome.OUTSIDE
    given["configuration"]["root_module"]["module_calls"]["rules"]["expressions"]["to"] = refers(
        'module.near["a"].arn', 'module.near["a"]', "module.near"
    )
    assert verdicts(given, tmp_path)[f"module.rules.{RULE}", "replica"].outcome is Outcome.INSIDE
    given["configuration"]["root_module"]["module_calls"]["rules"]["expressions"]["to"] = refers("var.gone")
    assert verdicts(given, tmp_path)[f"module.rules.{RULE}", "replica"].outcome is Outcome.UNDETERMINED


def test_modules_whose_outputs_refer_to_one_another_in_a_circle_are_undetermined(tmp_path: Path) -> None:
    """Terraform refuses them; a file made by hand must not hang the reader."""
    given = replication(refers("module.a.x", "module.a"))
    given["configuration"]["root_module"]["module_calls"] = {
        "a": {
            "expressions": {"y": refers("module.a.x", "module.a")},
            "module": {"outputs": {"x": {"expression": refers("var.y")}}},
        },
    }
    found = verdicts(given, tmp_path)[RULE, "replica"]
    assert found.outcome is Outcome.UNDETERMINED
    assert "go round in a circle" in found.why


@pytest.mark.parametrize(
    ("reference", "outcome"),
    [
        (refers('aws_s3_bucket.copy["near"].arn', 'aws_s3_bucket.copy["near"]', "aws_s3_bucket.copy"), Outcome.INSIDE),
        (refers('aws_s3_bucket.copy["far"].arn', 'aws_s3_bucket.copy["far"]', "aws_s3_bucket.copy"), Outcome.OUTSIDE),
        (refers("aws_s3_bucket.copy", "each.key"), Outcome.UNDETERMINED),
        (refers("aws_s3_bucket.copy"), Outcome.UNDETERMINED),
    ],
    ids=["key-inside", "key-outside", "each", "any"],
)
def test_of_several_instances_the_one_with_the_key_is_meant_and_without_a_key_any(
    reference: dict[str, Any], outcome: Outcome, tmp_path: Path
) -> None:
    """One of them outside is enough for doubt."""
    given = replication(reference)
    given["resource_changes"][1:2] = [
        change('aws_s3_bucket.copy["near"]', {"bucket": "near", "region": "eu-west-1"}),
        change('aws_s3_bucket.copy["far"]', {"bucket": "far", "region": "us-east-1"}),
    ]
    assert verdicts(given, tmp_path)[RULE, "replica"].outcome is outcome


def test_each_value_is_what_for_each_goes_over(tmp_path: Path) -> None:
    """`each.key` alone decides nothing: it is known when planning."""
    given = replication(refers("each.value.arn", "each.value"))
    rule = given["configuration"]["root_module"]["resources"][2]
    rule["for_each_expression"] = refers("aws_s3_bucket.copy")
    assert verdicts(given, tmp_path)[RULE, "replica"].outcome is Outcome.OUTSIDE
    rule["for_each_expression"] = refers("local.buckets")
    assert verdicts(given, tmp_path)[RULE, "replica"].outcome is Outcome.UNDETERMINED
    rule["expressions"]["rule"][0]["destination"][0]["bucket"] = refers("aws_s3_bucket.copy", "each.key")
    assert verdicts(given, tmp_path)[RULE, "replica"].outcome is Outcome.OUTSIDE


def test_what_is_deleted_is_gone_and_what_is_let_go_of_stays(tmp_path: Path) -> None:
    """A resource that Terraform forgets is still where it was, and is said."""
    values = {"bucket": "old", "region": "us-east-1"}
    deleted = change("aws_s3_bucket.old", before=values, actions=["delete"])
    forgotten = change("aws_s3_bucket.kept", before=values, actions=["forget"])
    deposed = change("aws_s3_bucket.copy", before=values, actions=["delete"], deposed="0123abcd")
    given = plan([change(BUCKET, {"bucket": "uploads", "region": "eu-west-1"}), deleted, forgotten, deposed])
    read = graph(given, tmp_path)
    assert set(read.resources) == {BUCKET, "aws_s3_bucket.kept"}
    assert any("`aws_s3_bucket.kept` is no longer managed" in note.what for note in read.notes)
    assert verdicts(given, tmp_path)["aws_s3_bucket.kept", "residence"].outcome is Outcome.OUTSIDE


def test_what_a_targeted_plan_leaves_alone_is_read_from_the_prior_state(tmp_path: Path) -> None:
    """A plan of one target says nothing of the others, whose data stays where it is."""
    kept = {"address": "aws_s3_bucket.kept", "mode": "managed", "type": "aws_s3_bucket", "name": "kept"}
    values = {"provider_name": "registry.terraform.io/hashicorp/aws", "values": {"region": "us-east-1"}}
    given = plan(
        [change(BUCKET, {"bucket": "uploads", "region": "eu-west-1"})],
        prior_state={"values": {"root_module": {"resources": [{**kept, **values}]}}},
    )
    assert verdicts(given, tmp_path)["aws_s3_bucket.kept", "residence"].outcome is Outcome.OUTSIDE


def test_a_bucket_read_by_a_data_source_is_where_it_really_is(tmp_path: Path) -> None:
    """Not where the provider that asked is; and it is not judged itself."""
    arn = "arn:aws:s3:::far"
    data = {
        "address": "data.aws_s3_bucket.far",
        "mode": "data",
        "type": "aws_s3_bucket",
        "name": "far",
        "provider_name": "registry.terraform.io/hashicorp/aws",
    }
    values = {"bucket": "far", "arn": arn, "region": "eu-west-1", "bucket_region": "us-east-1"}
    given = plan(
        [change(RULE, {"rule": [{"destination": [{"bucket": arn}]}]})],
        [block(RULE, {"rule": [{"destination": [{"bucket": refers("data.aws_s3_bucket.far.arn")}]}]})],
        prior_state={"values": {"root_module": {"resources": [{**data, "values": values}]}}},
    )
    found = verdicts(given, tmp_path)
    assert found[RULE, "replica"].outcome is Outcome.OUTSIDE
    assert ("data.aws_s3_bucket.far", "residence") not in found
    del values["bucket_region"], values["region"]
    assert verdicts(given, tmp_path)[RULE, "replica"].outcome is Outcome.UNDETERMINED


def test_a_type_that_is_not_mapped_is_undetermined(tmp_path: Path) -> None:
    """Its provider's place says nothing about it."""
    given = plan([change("aws_new_store.x", {"name": "x"})], [block("aws_new_store.x", {"name": constant("x")})])
    found = verdicts(given, tmp_path)["aws_new_store.x", "residence"]
    assert found.outcome is Outcome.UNDETERMINED
    assert "`aws_new_store` is not mapped" in found.why


def test_an_attribute_that_the_catalogue_does_not_know_leaves_a_doubt_if_it_may_name_a_place(tmp_path: Path) -> None:
    """A provider newer than the table may have brought a new way out."""
    values = {"bucket": "uploads", "region": "eu-west-1", "shadow_region": "us-east-1", "colour": "blue"}
    given = plan([change(BUCKET, values)], [block(BUCKET, {name: constant(each) for name, each in values.items()})])
    read = graph(given, tmp_path)
    assert [note.what for note in read.notes if note.doubt] == [
        f"`shadow_region` of `{BUCKET}` may say where data goes, and the catalogue has no such input"
    ]
    assert verdicts(given, tmp_path)[str(tmp_path / "plan.json"), "residence"].rule == "RES902"


def test_sensitive_values_are_secrets_at_any_depth(tmp_path: Path) -> None:
    """A plan has them in clear text."""
    given = plan(
        [
            change(
                RULE,
                {"bucket": "hunter2", "rule": [{"destination": [{"bucket": "hunter2"}]}]},
                change={"after_sensitive": {"bucket": True, "rule": [{"destination": [{"bucket": True}]}]}},
            )
        ],
        [block(RULE, {"bucket": refers("var.secret"), "rule": [{"destination": [{"bucket": refers("var.secret")}]}]})],
    )
    read = graph(given, tmp_path).resources[RULE]
    assert read.inputs["bucket"] == Secret()
    assert "hunter2" not in repr(read)
    found = verdicts(given, tmp_path)[RULE, "replica"]
    assert found.outcome is Outcome.UNDETERMINED
    assert "secret" in found.why


def test_what_gives_access_is_not_read_from_a_provider_block(tmp_path: Path) -> None:
    """Only what says where it reaches."""
    block_ = provider(constant("eu-west-1"))
    block_["expressions"].update(access_key=constant("AKIAHUNTER2"), secret_key=constant("hunter2"))
    given = plan([change(BUCKET, {})], [block(BUCKET, {})], providers={"aws": block_})
    assert list(graph(given, tmp_path).providers["provider::aws"].inputs) == ["region"]


def test_endpoints_of_its_own_lead_a_provider_away_from_its_cloud(tmp_path: Path) -> None:
    """S3-compatible storage somewhere else has a region that says nothing."""
    block_ = provider(constant("eu-west-1"))
    block_["expressions"]["endpoints"] = [{"s3": constant("https://s3.example.com")}]
    given = plan([change(BUCKET, {"bucket": "x"})], [block(BUCKET, {})], providers={"aws": block_})
    found = verdicts(given, tmp_path)[BUCKET, "residence"]
    assert found.outcome is Outcome.UNDETERMINED
    assert "endpoints of its own" in found.why


@pytest.mark.parametrize("more", ['{"errored": true}', '{"deferred_changes": [{}]}'])
def test_a_plan_that_is_not_whole_proves_nothing(more: str, tmp_path: Path) -> None:
    """Resources may be missing from it."""
    given = plan([change(BUCKET, {"region": "eu-west-1"})], **json.loads(more))
    assert any(note.doubt for note in graph(given, tmp_path).notes)


def test_blocks_of_one_element_are_no_lists_in_the_catalogue_and_several_leave_a_doubt(tmp_path: Path) -> None:
    """So that the catalogue's paths fit; of several, only one would be read."""
    one: dict[str, Any] = {"logging": [{"target_bucket": "logs"}], "cors_rule": [{"allowed_methods": ["GET"]}]}
    given = plan([change(BUCKET, one)], [block(BUCKET, {"logging": [{}], "cors_rule": [{}]})], providers=IRELAND)
    read = graph(given, tmp_path).resources[BUCKET].inputs
    assert read["logging"] == {"targetBucket": "logs"}
    assert read["corsRules"] == [{"allowedMethods": ["GET"]}]
    one["logging"].append({"target_bucket": "far"})
    assert any(note.doubt and "`logging`" in note.what for note in graph(given, tmp_path).notes)


def test_an_unknown_attribute_as_a_whole_is_unknown_with_its_sources(tmp_path: Path) -> None:
    """A set of blocks whose number is not known has no elements yet."""
    given = replication(refers("aws_s3_bucket.copy.arn"))
    given["resource_changes"][2]["change"] = {"actions": ["create"], "after": {}, "after_unknown": {"rule": True}}
    rules = graph(given, tmp_path).resources[RULE].inputs["rules"]
    assert isinstance(rules, Unknown)
    assert rules.depends_on == (COPY,)


def test_a_dynamic_block_of_unknown_number_is_undetermined(tmp_path: Path) -> None:
    """It is not among the expressions, and unknown as a whole: as an attribute is that only the provider says."""
    given = replication(constant("x"), copy_provider="aws")
    given["resource_changes"][2]["change"] = {"actions": ["create"], "after": {}, "after_unknown": {"rule": True}}
    given["configuration"]["root_module"]["resources"][2]["expressions"] = {}
    found = verdicts(given, tmp_path)[RULE, "replica"]
    assert found.outcome is Outcome.UNDETERMINED
    assert "what makes `rule`" in found.why


def test_what_only_the_provider_says_of_a_block_that_is_written_out_is_no_doubt(tmp_path: Path) -> None:
    """The block is among the expressions, and the attribute is not."""
    given = replication(refers("aws_s3_bucket.copy.arn"), copy_provider="aws")
    unknown = {"destination": [{"bucket": True, "account": True}]}
    given["resource_changes"][2]["change"]["after_unknown"] = {"rule": [unknown]}
    rules: Any = graph(given, tmp_path).resources[RULE].inputs["rules"]
    assert list(rules[0]["destination"]) == ["bucket"]


def test_any_instance_beside_a_named_one_is_not_taken_for_the_named_one(tmp_path: Path) -> None:
    """`var.far ? aws_s3_bucket.copy[var.key].arn : aws_s3_bucket.copy["eu"].arn`: the block is listed once for each."""
    near, far = 'aws_s3_bucket.copy["eu"]', 'aws_s3_bucket.copy["us"]'
    listed = refers("var.far", f"{near}.arn", near, COPY, COPY, "var.key")
    given = plan(
        [
            change(near, {"bucket": "near", "region": "eu-central-1"}),
            change(far, {"bucket": "far", "region": "us-east-1"}),
            change(RULE, KNOWN_RULE, change={"after_unknown": UNKNOWN_ARN}),
        ],
        [
            block(COPY, {"bucket": refers("each.key")}),
            block(RULE, {"rule": [{"destination": [{"bucket": listed}]}]}),
        ],
    )
    assert verdicts(given, tmp_path)[RULE, "replica"].outcome is Outcome.UNDETERMINED


def test_what_a_value_named_key_refers_to_is_followed(tmp_path: Path) -> None:
    """Only the key of `each` is none of anybody's outputs."""
    given = replication(refers("local.key", "aws_s3_bucket.copy.arn", "aws_s3_bucket.copy"), copy_provider="aws")
    found = verdicts(given, tmp_path)[RULE, "replica"]
    assert found.outcome is Outcome.UNDETERMINED
    assert "`local.key`" in found.why


def test_blocks_whose_number_is_not_known_yet_may_each_name_a_place(tmp_path: Path) -> None:
    """`dynamic "replica"` over what is known after the deployment: a plan has neither blocks nor an expression."""
    table = "aws_dynamodb_table.t"
    after = {"after_unknown": {"replica": True, "arn": True}}
    given = plan([change(table, {"name": "t"}, change=after)], [block(table, {"name": constant("t")})])
    assert verdicts(given, tmp_path)[table, "replica"].outcome is Outcome.UNDETERMINED


def test_what_the_provider_fills_in_is_not_taken_for_blocks(tmp_path: Path) -> None:
    """A bucket's own `logging` is known after the deployment where nobody sets it."""
    unknown = {"after_unknown": {"logging": True, "replication_configuration": True}}
    given = plan(
        [change(BUCKET, {"bucket": "uploads"}, change=unknown)], [block(BUCKET, {"bucket": constant("uploads")})]
    )
    assert {kind for _, kind in verdicts(given, tmp_path)} == {"residence"}
    (tmp_path / "main.tf").write_text(
        'resource "aws_s3_bucket" "uploads" {\n  dynamic "logging" {\n    for_each = var.on\n'
        "    content {\n      target_bucket = var.to\n    }\n  }\n}\n"
    )
    assert verdicts(given, tmp_path)[BUCKET, "log"].outcome is Outcome.UNDETERMINED


def test_a_function_is_found_by_its_name(tmp_path: Path) -> None:
    """Its package's file is not its name."""
    function = "aws_lambda_function.f"
    given = plan(
        [change(function, {"function_name": "f", "filename": "f.zip"})],
        [block(function, {"function_name": constant("f"), "filename": constant("f.zip")})],
    )
    assert graph(given, tmp_path).resources[function].inputs == {"name": "f", "code": "f.zip"}


def test_a_block_beside_a_dynamic_one_may_be_either(tmp_path: Path) -> None:
    """The plan has two rules and one expression: which of them it is of, cannot be told."""
    given = replication(refers("aws_s3_bucket.copy.arn", "aws_s3_bucket.copy"), copy_provider="aws")
    rule = given["resource_changes"][2]["change"]
    rule["after"] = {"rule": [{"id": "dynamic", "destination": [{}]}, {"id": "written", "destination": [{}]}]}
    rule["after_unknown"] = {"rule": [{"destination": [{"bucket": True}]}, {"destination": [{"bucket": True}]}]}
    found = [each for each in judge(graph(given, tmp_path), EEA) if each.placement.kind.value == "replica"]
    assert [each.outcome for each in found] == [Outcome.UNDETERMINED] * 2


def instance(disk: dict[str, Any], unknown: dict[str, Any]) -> dict[str, Any]:
    """A machine whose disk's key is known after the deployment."""
    machine = "google_compute_instance.i"
    return plan(
        [
            change(
                machine,
                {"zone": "europe-west1-b", "boot_disk": [{}]},
                provider_name="registry.terraform.io/hashicorp/google",
                change={"after_unknown": {"boot_disk": [unknown]}},
            )
        ],
        [block(machine, {"zone": constant("europe-west1-b"), "boot_disk": [disk]}, "google")],
        providers={"google": {"name": "google", "full_name": "registry.terraform.io/hashicorp/google"}},
    )


@pytest.mark.parametrize("disk", [{}, {"auto_delete": constant(True)}])
def test_an_attribute_that_a_written_block_leaves_to_the_provider_names_nothing(
    disk: dict[str, Any], tmp_path: Path
) -> None:
    """The key of a disk is computed where nobody sets it; a plan shows every attribute that somebody sets."""
    found = verdicts(instance(disk, {"kms_key_self_link": True}), tmp_path)
    assert {(kind, each.outcome) for (_, kind), each in found.items()} == {("residence", Outcome.INSIDE)}


def test_blocks_inside_a_written_one_may_be_dynamic_unless_the_files_say_otherwise(tmp_path: Path) -> None:
    """A plan has no expressions of them."""
    given = instance({"auto_delete": constant(True)}, {"initialize_params": True})
    machine = "google_compute_instance.i"
    assert verdicts(given, tmp_path)[machine, "replica"].outcome is Outcome.UNDETERMINED
    (tmp_path / "main.tf").write_text(
        'resource "google_compute_instance" "i" {\n  boot_disk {\n    auto_delete = true\n  }\n}\n'
    )
    assert (machine, "replica") not in verdicts(given, tmp_path)


def test_a_plan_that_only_refreshes_is_judged_as_what_was_found(tmp_path: Path) -> None:
    """It has no list of changes."""
    found = {"type": "aws_s3_bucket", "name": "uploads", "provider_name": AWS, "values": {"region": "us-east-1"}}
    state = {"values": {"root_module": {"resources": [{"address": BUCKET, **found}]}}}
    given = plan([], [block(BUCKET, {"bucket": constant("uploads")})], prior_state=state)
    del given["resource_changes"]
    assert verdicts(given, tmp_path)[BUCKET, "residence"].countries == ("US",)


@pytest.mark.parametrize(
    ("type_", "values", "cloud", "settings"),
    [
        (
            "aws_secretsmanager_secret",
            {"region": "eu-west-1"},
            "aws",
            {"endpoints": [{"secretsmanager": constant("https://vault.example")}]},
        ),
        (
            "google_secret_manager_regional_secret",
            {"location": "europe-west1"},
            "google",
            {"secret_manager_custom_endpoint": constant("https://vault.example")},
        ),
        (
            "google_storage_bucket",
            {"location": "EU"},
            "google",
            {"storage_custom_endpoint": refers("local.endpoint")},
        ),
    ],
)
def test_an_endpoint_of_another_host_is_not_the_clouds_even_where_its_name_speaks_of_secrets(
    type_: str, values: dict[str, Any], cloud: str, settings: dict[str, Any], tmp_path: Path
) -> None:
    """What gives access is not read of a provider block; an endpoint is."""
    name = f"registry.terraform.io/hashicorp/{cloud}"
    given = plan(
        [change(f"{type_}.s", values, provider_name=name)],
        [block(f"{type_}.s", {key: constant(value) for key, value in values.items()}, cloud)],
        providers={cloud: {"name": cloud, "full_name": name, "expressions": settings}},
    )
    found = verdicts(given, tmp_path)[f"{type_}.s", "residence"]
    assert found.outcome is Outcome.UNDETERMINED
    assert "endpoints of its own" in found.why


def test_a_token_in_a_block_of_a_provider_is_not_read(tmp_path: Path) -> None:
    """Only what says where the provider goes is."""
    inner = {"role_arn": constant("arn:aws:iam::1:role/r"), "web_identity_token": constant("hidden")}
    settings = {"region": constant("eu-west-1"), "assume_role_with_web_identity": [inner]}
    given = plan(
        [change(BUCKET, {"bucket": "uploads"})],
        [block(BUCKET, {"bucket": constant("uploads")})],
        providers={"aws": {"name": "aws", "full_name": AWS, "expressions": settings}},
    )
    [instance] = graph(given, tmp_path).providers.values()
    assert "hidden" not in str(instance)


def test_a_block_that_the_catalogue_does_not_have_is_looked_into(tmp_path: Path) -> None:
    """A place may be deep in it."""
    lens = "aws_s3control_storage_lens_configuration.lens"
    given = {"storage_lens_configuration": [{"data_export": [{"s3_bucket_destination": [{"encryption": [
        {"sse_s3": [{"region": "us-east-1"}]}]}]}]}]}  # fmt: skip
    read = graph(plan([change(lens, given)], [block(lens, {"storage_lens_configuration": [{}]})]), tmp_path)
    [note] = [note.what for note in read.notes if note.doubt]
    assert "`storage_lens_configuration.data_export.s3_bucket_destination.encryption.sse_s3.region`" in note


def test_an_empty_block_without_a_counterpart_is_no_doubt(tmp_path: Path) -> None:
    """`sse_s3 {}` has nothing in it that could name a place."""
    inventory = "aws_s3_bucket_inventory.i"
    to: dict[str, Any] = {
        "bucket_arn": "arn:aws:s3:::x",
        "format": "CSV",
        "encryption": [{"sse_kms": [], "sse_s3": [{}]}],
    }
    given = plan(
        [change(inventory, {"name": "i", "destination": [{"bucket": [to]}]})],
        [block(inventory, {"name": constant("i"), "destination": [{"bucket": [{"encryption": [{"sse_s3": [{}]}]}]}]})],
    )
    assert not graph(given, tmp_path).notes
    to["encryption"] = [{"sse_s3": [{"region": "us-east-1"}]}]
    assert any(note.doubt for note in graph(given, tmp_path).notes)


@pytest.mark.parametrize("attribute", ["mirror_bucket_arn", "colour"])
def test_an_attribute_that_nobody_knows_and_that_refers_to_something_is_a_doubt(attribute: str, tmp_path: Path) -> None:
    """A newer provider's; where its name speaks of no place, it is none."""
    given = plan(
        [
            change(COPY, {"bucket": "copy"}),
            change(BUCKET, {"bucket": "uploads"}, change={"after_unknown": {attribute: True}}),
        ],
        [
            block(COPY, {"bucket": constant("copy")}, "aws.us"),
            block(BUCKET, {"bucket": constant("uploads"), attribute: refers(f"{COPY}.arn", COPY)}),
        ],
    )
    assert any(note.doubt for note in graph(given, tmp_path).notes) is (attribute == "mirror_bucket_arn")


@pytest.mark.parametrize("more", [{"actions": ["create", "forget"]}, {"actions": ["forget"], "deposed": "0a"}])
def test_what_is_forgotten_beside_what_is_there_stays_where_it_is(more: dict[str, Any], tmp_path: Path) -> None:
    """A replacement that lets go of the old one, and an old one that was left over."""
    old, new = {"region": "us-east-1"}, {"region": "eu-west-1"}
    listed = [change(BUCKET, new if "deposed" not in more else None, before=old, **more)]
    if "deposed" in more:
        listed.append(change(BUCKET, new, actions=["no-op"]))
    given = plan(listed, [block(BUCKET, {"bucket": constant("uploads")})])
    found = {name: each.outcome for (name, _), each in verdicts(given, tmp_path).items()}
    assert found.pop(BUCKET) is Outcome.INSIDE
    assert list(found.values()) == [Outcome.OUTSIDE]
    assert [note.what for note in graph(given, tmp_path).notes]


def test_a_reference_does_not_mean_what_is_forgotten(tmp_path: Path) -> None:
    """It means what is made in its stead."""
    given = replication(refers("aws_s3_bucket.copy.arn", "aws_s3_bucket.copy"), copy_provider="aws")
    given["resource_changes"][1]["change"].update(actions=["create", "forget"], before={"region": "us-east-1"})
    assert verdicts(given, tmp_path)[RULE, "replica"].outcome is Outcome.INSIDE
