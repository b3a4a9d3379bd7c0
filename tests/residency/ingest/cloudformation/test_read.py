"""Templates through the judge: leaks are found, their twins inside are inside, what cannot be told is undetermined."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from residency.check import result
from residency.errors import InputError, ResidencyError, UsageError
from residency.ingest.cloudformation import Deployed, read
from residency.model import Outcome, SourcePosition
from tests.residency.ingest.cloudformation.templates import EEA, IRELAND, blocking, check, one


def bucket_to(destination: object) -> Mapping[str, object]:
    rule = {"Status": "Enabled", "Destination": {"Bucket": destination}}
    return {"Type": "AWS::S3::Bucket", "Properties": {"ReplicationConfiguration": {"Role": "r", "Rules": [rule]}}}


COPIES: Mapping[str, tuple[str, str, Callable[[str], object]]] = {
    "table": ("AWS::DynamoDB::GlobalTable", "RES101", lambda at: {"Replicas": [{"Region": IRELAND}, {"Region": at}]}),
    "secret": ("AWS::SecretsManager::Secret", "RES110", lambda at: {"ReplicaRegions": [{"Region": at}]}),
    "database": ("AWS::RDS::DBInstance", "RES102", lambda at: {"AutomaticBackupReplicationRegion": at}),
    "files": (
        "AWS::EFS::FileSystem",
        "RES101",
        lambda at: {"ReplicationConfiguration": {"Destinations": [{"Region": at}]}},
    ),
    "images": (
        "AWS::ECR::ReplicationConfiguration",
        "RES101",
        lambda at: {"ReplicationConfiguration": {"Rules": [{"Destinations": [{"Region": at, "RegistryId": "1"}]}]}},
    ),
    "backups": (
        "AWS::Backup::BackupPlan",
        "RES102",
        lambda at: {
            "BackupPlan": {
                "BackupPlanRule": [
                    {
                        "CopyActions": [
                            {
                                "DestinationBackupVaultArn": {
                                    "Fn::Sub": f"arn:aws:backup:{at}:${{AWS::AccountId}}:backup-vault:v"
                                }
                            }
                        ]
                    }
                ]
            }
        },
    ),
}


@pytest.mark.parametrize("name", sorted(COPIES))
def test_a_copy_is_judged_where_it_goes(tmp_path: Path, name: str) -> None:
    """Moving the copy to another Region flips the verdict, and nothing else does."""
    kind, rule, properties = COPIES[name]
    assert blocking(check(tmp_path, one(kind, properties("us-east-1")))) == [(Outcome.OUTSIDE, rule, "us-east-1")]
    assert blocking(check(tmp_path, one(kind, properties("eu-central-1")))) == []


@pytest.mark.parametrize(("region", "outcome"), [(IRELAND, Outcome.INSIDE), ("us-east-1", Outcome.OUTSIDE)])
def test_resources_are_in_the_region_of_their_stack(tmp_path: Path, region: str, outcome: Outcome) -> None:
    """The Region that is given decides."""
    (verdict,) = check(tmp_path, one("AWS::S3::Bucket"), region=region).verdicts
    assert (verdict.outcome, verdict.rule) == (outcome, "RES001")


def test_without_a_region_the_place_is_undetermined_and_the_option_settles_it(tmp_path: Path) -> None:
    """A template says nothing about where it is deployed."""
    (verdict,) = check(tmp_path, one("AWS::S3::Bucket"), region=None).verdicts
    assert verdict.outcome is Outcome.UNDETERMINED
    assert "--region" in verdict.fix


def test_a_reference_to_a_bucket_of_the_template_is_followed(tmp_path: Path) -> None:
    """It is where the stack is."""
    found = check(tmp_path, {"A": bucket_to({"Fn::GetAtt": ["B", "Arn"]}), "B": {"Type": "AWS::S3::Bucket"}})
    assert blocking(found) == []
    assert any("names `B`" in each.why for each in found.verdicts)


def test_a_name_made_out_of_another_buckets_is_not_that_bucket(tmp_path: Path) -> None:
    """`b-copy` may be anywhere, wherever `b` is."""
    destination = {"Fn::Sub": "arn:aws:s3:::${B}-copy"}
    found = check(tmp_path, {"A": bucket_to(destination), "B": {"Type": "AWS::S3::Bucket"}})
    assert blocking(found) == [(Outcome.UNDETERMINED, "RES101", "")]


def test_code_at_the_edge_is_found(tmp_path: Path) -> None:
    """A function that CloudFront runs in every country."""
    edge = {"LambdaFunctionAssociations": [{"EventType": "viewer-request", "LambdaFunctionARN": "arn:aws:lambda:x"}]}
    plain: dict[str, object] = {"Enabled": False, "DefaultCacheBehavior": {}}
    with_edge: dict[str, object] = {**plain, "DefaultCacheBehavior": edge}
    kind = "AWS::CloudFront::Distribution"
    rules = [
        {rule for _, rule, _ in blocking(check(tmp_path, one(kind, {"DistributionConfig": each})))}
        for each in (with_edge, plain)
    ]
    assert len(rules[0] - rules[1]) == 1


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("AWS::New::Thing", "`AWS::New::Thing` is not mapped"),
        ("AWS::Serverless::GraphQLApi", "`AWS::Serverless::GraphQLApi` is not mapped"),
        ("Custom::Copier", "`Custom::Copier` is a custom resource"),
        ("AWS::CloudFormation::CustomResource", "is a custom resource"),
        ("Acme::Store::Bucket::MODULE", "is a module"),
        ("AWS::CloudFormation::Stack", "its template is at an address that is not known"),
        ("AWS::CloudFormation::StackSet", "it names no Regions"),
    ],
)
def test_what_cannot_be_worked_out_is_undetermined_and_says_why(tmp_path: Path, kind: str, why: str) -> None:
    """It is never left out."""
    (verdict,) = check(tmp_path, one(kind)).verdicts
    assert verdict.outcome is Outcome.UNDETERMINED
    assert why in verdict.why


def test_a_property_that_may_say_a_place_and_is_not_mapped_leaves_a_doubt(tmp_path: Path) -> None:
    """What AWS adds tomorrow is not passed over; what cannot carry a place is."""
    found = check(tmp_path, one("AWS::S3::Bucket", {"CrossRegionMirror": "on", "Colour": "red"}))
    assert [(each.outcome, each.rule) for each in found.verdicts if each.blocks] == [(Outcome.UNDETERMINED, "RES902")]
    assert "`CrossRegionMirror` of `X`" in found.notes[0].what


def test_conditions_are_decided_where_they_can_be(tmp_path: Path) -> None:
    """A default decides; without one a property is unknown, and a resource is judged all the same."""
    replicas = {"ReplicaRegions": {"Fn::If": ["Far", [{"Region": "us-east-1"}], {"Ref": "AWS::NoValue"}]}}
    conditions = {"Far": {"Fn::Equals": [{"Ref": "Env"}, "prod"]}}
    outcomes: list[list[tuple[Outcome, str, str]]] = []
    for default in ({"Default": "prod"}, {"Default": "dev"}, {}):
        parameters = {"Env": {"Type": "String", **default}}
        found = check(
            tmp_path, one("AWS::SecretsManager::Secret", replicas), Parameters=parameters, Conditions=conditions
        )
        outcomes.append(blocking(found))
    assert outcomes == [[(Outcome.OUTSIDE, "RES110", "us-east-1")], [], [(Outcome.UNDETERMINED, "RES110", "")]]


def test_a_loop_and_a_macro_leave_a_doubt(tmp_path: Path) -> None:
    """They make resources that are not in the text."""
    loop: list[object] = ["I", ["a"], "x"]
    resources = {**one("AWS::S3::Bucket"), "Fn::ForEach::Each": loop}
    found = check(tmp_path, resources, Transform=["Count", "AWS::LanguageExtensions"])
    assert [each.what for each in found.notes if each.doubt] == [
        "`Fn::ForEach::Each` makes resources that are not worked out here",
        "the macro `Count` may change the template",
    ]


def test_yaml_with_short_tags_is_read_with_its_lines(tmp_path: Path) -> None:
    """The line is the resource's own."""
    path = tmp_path / "t.yaml"
    path.write_text(
        "Resources:\n  T:\n    Type: AWS::DynamoDB::Table\n  B:\n    Type: AWS::S3::Bucket\n"
        '    Properties: {BucketName: !Join ["-", [a, !Ref "AWS::Region"]]}\n',
        encoding="utf-8",
    )
    bucket = read(Deployed(str(path), IRELAND), parameters={}).resources["cloudformation::t::B"]
    assert bucket.inputs == {"bucket": "a-eu-west-1"}
    assert bucket.where == SourcePosition(str(path), 4)


def assembly(folder: Path, far: str) -> Path:
    """Two stacks of a program; the second has the bucket to which the first one's is copied."""
    stacks: dict[str, tuple[str, object]] = {"near": ("1/eu-west-1", {"A": bucket_to("arn:aws:s3:::acme-copy")})}
    stacks["far"] = (f"1/{far}", {"B": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "acme-copy"}}})
    inner = folder / "assembly-stage"
    inner.mkdir(exist_ok=True)
    artifacts: dict[str, object] = {}
    for name, (environment, resources) in stacks.items():
        (inner / f"{name}.template.json").write_text(json.dumps({"Resources": resources}), encoding="utf-8")
        properties = {"templateFile": f"{name}.template.json"}
        artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "environment": f"aws://{environment}",
            "properties": properties,
        }
    (inner / "manifest.json").write_text(json.dumps({"artifacts": artifacts}), encoding="utf-8")
    stage = {"type": "cdk:cloud-assembly", "properties": {"directoryName": inner.name}}
    (folder / "manifest.json").write_text(json.dumps({"artifacts": {"stage": stage}}), encoding="utf-8")
    return folder


def test_stacks_of_a_program_are_each_in_their_region_and_find_one_another(tmp_path: Path) -> None:
    """Also the stacks of a stage, which are in a folder of their own."""
    far = result([read(Deployed(str(assembly(tmp_path, "us-east-1")), None), parameters={})], EEA)
    assert sorted(blocking(far), key=str) == [
        (Outcome.OUTSIDE, "RES001", "us-east-1"),
        (Outcome.OUTSIDE, "RES101", "us-east-1"),
    ]
    near = result([read(Deployed(str(assembly(tmp_path, "eu-north-1")), None), parameters={})], EEA)
    assert blocking(near) == []


BAD = {
    "empty": ("", "is empty"),
    "cut off": ('{"Resources": {', "cut off"),
    "no template": ("a: 1", "has no `Resources`"),
    "no mapping": ("- 1", "not a mapping"),
    "a tag": ("Resources: !Foo {}", "tag `!Foo`"),
    "twice": ("Resources: {}\nResources: {}", "there twice"),
    "deep": ("Resources: " + "[" * 5000, "levels deep"),
    "no type": ("Resources: {A: {}}", "has no `Type`"),
    "a circle": (
        "Resources: {A: {Type: T, Properties: {x: !Ref B}}, B: {Type: T, Properties: {x: !Ref A}}}",
        "in a circle",
    ),
    "names in a circle": (
        (
            "Resources: {A: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref B}},"
            " B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref A}}}"
        ),
        "in a circle",
    ),
    "a condition": ("Conditions: {C: !Not [!Condition C]}\nResources: {A: {Type: T, Condition: C}}", "rests on itself"),
    "a bomb": (
        "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n"
        + "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30)),
        "more than 500000 values",
    ),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_what_is_no_template_is_refused_with_the_reason(tmp_path: Path, name: str) -> None:
    """Each fault by its name, never a traceback."""
    text, reason = BAD[name]
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        read(Deployed(str(path), IRELAND), parameters={})


def test_a_parameter_that_no_template_has_is_refused(tmp_path: Path) -> None:
    """A slip of the pen must not be taken for a setting."""
    path = tmp_path / "t.json"
    path.write_text(json.dumps({"Resources": one("AWS::S3::Bucket")}), encoding="utf-8")
    with pytest.raises(UsageError, match="`Evn`"):
        read(Deployed(str(path), IRELAND), parameters={"Evn": "x"})


NAMES = st.sampled_from(
    [
        "A",
        "B",
        "Ref",
        "Fn::Sub",
        "Fn::If",
        "Fn::Join",
        "Fn::GetAtt",
        "Fn::Select",
        "Fn::Split",
        "Fn::FindInMap",
        "Fn::GetAZs",
        "Fn::Cidr",
        "Fn::Base64",
        "Condition",
        "Fn::Not",
        "Fn::Equals",
        "Properties",
        "Replicas",
        "Default",
    ]
)
SCALARS = (
    st.none() | st.booleans() | st.integers(0, 3) | NAMES | st.sampled_from(["${A}", "${A.Arn}-x", "${B}", "${!x}", ""])
)
NODES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=12
)
KINDS = st.sampled_from(["AWS::S3::Bucket", "AWS::DynamoDB::GlobalTable", "AWS::CloudFront::Distribution", "Custom::X"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.tuples(KINDS, KINDS), nodes=st.tuples(NODES, NODES), conditions=NODES, mappings=NODES)
def test_no_template_makes_it_crash(
    tmp_path: Path, kinds: tuple[str, str], nodes: tuple[object, object], conditions: object, mappings: object
) -> None:
    """It is judged, with a verdict for each resource, or refused with a reason."""
    resources = {
        name: {"Type": kind, "Properties": node, "Condition": "A"}
        for name, kind, node in zip("AB", kinds, nodes, strict=True)
    }
    try:
        found = check(tmp_path, resources, Conditions={"A": conditions}, Mappings={"A": mappings})
    except ResidencyError:
        return
    assert "RES901" not in {each.rule for each in found.verdicts}


@given(text=st.text(max_size=200))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_makes_it_crash(tmp_path: Path, text: str) -> None:
    """Whatever is in the file."""
    path = tmp_path / "t.yaml"
    path.write_bytes(b"Resources: " + text.encode("utf-8"))
    try:
        read(Deployed(str(path), IRELAND), parameters={})
    except ResidencyError:
        return


def test_a_leak_that_an_undecided_condition_may_not_make_is_undetermined_and_one_that_holds_is_outside(
    tmp_path: Path,
) -> None:
    table = {**one("AWS::DynamoDB::GlobalTable", {"Replicas": [{"Region": "us-east-1"}]})["X"], "Condition": "Far"}
    undecided = {"Far": {"Type": "String"}}
    holds = {"Far": {"Type": "String", "Default": "yes"}}
    conditions = {"Far": {"Fn::Equals": [{"Ref": "Far"}, "yes"]}}
    outcomes = [
        {each[0] for each in blocking(check(tmp_path, {"X": table}, Conditions=conditions, Parameters=parameters))}
        for parameters in (undecided, holds)
    ]
    assert outcomes == [{Outcome.UNDETERMINED}, {Outcome.OUTSIDE}]
