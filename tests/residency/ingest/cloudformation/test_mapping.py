"""One resource as the catalogue's: blocks, lists, tables and settings take the form that the catalogue reads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from residency.ingest.cloudformation import mapping, types
from residency.model import Outcome, Unknown
from tests.residency.ingest.cloudformation.templates import blocking, check, one

CALL = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
FAR = "arn:aws:{}:us-east-1:123456789012:{}"


def parts(kind: str, properties: Mapping[str, Any]) -> list[mapping.Part]:
    row = types.find(kind)
    assert row is not None
    return list(mapping.parts(row, properties))


def test_two_properties_of_one_input_that_contradict_leave_a_doubt() -> None:
    """One of them would be read past."""
    both = {"AvailabilityZone": "eu-west-1a", "AvailabilityZoneId": "use1-az1"}
    assert parts("AWS::EC2::Volume", both)[0].properties == ("AvailabilityZoneId",)


def test_labels_are_a_table_so_that_classes_of_data_see_them() -> None:
    """A key that is not known leaves the list as it is."""
    labels = [{"Key": "data-class", "Value": "public"}]
    assert parts("AWS::SQS::Queue", {"Tags": labels})[0].inputs == {"tags": {"data-class": "public"}}
    unknown: Any = [{"Key": Unknown("x"), "Value": "y"}]
    assert parts("AWS::SQS::Queue", {"Tags": unknown})[0].inputs == {"tags": unknown}


def test_keys_that_are_data_stay_as_they_are() -> None:
    """Variables of a function; and a table of blocks is a list of them."""
    variables = {"Environment": {"Variables": {"BUCKET_Name": "x"}}}
    assert parts("AWS::Lambda::Function", variables)[0].inputs == {"environment": {"variables": {"BUCKET_Name": "x"}}}
    logs = {"LogPublishingOptions": {"AUDIT_LOGS": {"CloudWatchLogsLogGroupArn": "a", "Enabled": True}}}
    found = parts("AWS::OpenSearchService::Domain", logs)[0].inputs
    assert found == {"logPublishingOptions": [{"cloudwatchLogGroupArn": "a", "enabled": True}]}


def test_a_second_element_of_what_is_one_block_there_leaves_a_doubt() -> None:
    """It would not be read."""
    systems = [{"Arn": "a", "LocalMountPath": "/a"}, {"Arn": "b", "LocalMountPath": "/b"}]
    row = msgspec.structs.replace(types.rows()["AWS::Lambda::Function"], none={})
    (part,) = mapping.parts(row, {"FileSystemConfigs": systems})
    assert part.inputs["fileSystemConfig"] == {"arn": "a", "localMountPath": "/a"}
    assert part.properties == ("FileSystemConfigs",)


def test_a_type_by_its_block(tmp_path: Path) -> None:
    """A file system's logs, whose token depends on what kind of file system it is."""
    logs = {"AuditLogDestination": FAR.format("logs", "log-group:x"), "FileAccessAuditLogLevel": "DISABLED"}
    windows = {"WindowsConfiguration": {"ThroughputCapacity": 8, "AuditLogConfiguration": logs}}
    assert parts("AWS::FSx::FileSystem", windows)[0].token.endswith(":WindowsFileSystem")
    assert blocking(check(tmp_path, one("AWS::FSx::FileSystem", windows))) == [(Outcome.OUTSIDE, "RES105", "us-east-1")]


def test_two_blocks_beside_one_another_are_joined_and_contradictions_are_in_doubt() -> None:
    """The actions of a rule are one list each; a text that is there twice is one of the two."""
    actions = [{"S3": {"BucketName": "a"}}, {"Sns": {"TargetArn": "t"}}, {"S3": {"BucketName": "b"}}]
    (part,) = parts("AWS::IoT::TopicRule", {"TopicRulePayload": {"Actions": actions}})
    assert part.inputs == {"s3": [{"bucketName": "a"}, {"bucketName": "b"}], "sns": [{"targetArn": "t"}]}
    groups = [{"CloudWatchLogsLogGroup": {"LogGroupArn": each}} for each in "ab"]
    (part,) = parts("AWS::StepFunctions::StateMachine", {"LoggingConfiguration": {"Destinations": groups}})
    assert "LoggingConfiguration.Destinations.logDestination" in part.properties


LEAKS: Mapping[str, tuple[str, Mapping[str, Any], str, str]] = {
    "an event's target": (
        "AWS::Events::Rule",
        {"Targets": [{"Id": "a", "Arn": FAR.format("events", "event-bus/x")}]},
        "RES104",
        "us-east-1",
    ),
    "a flow of logs": (
        "AWS::Logs::SubscriptionFilter",
        {"LogGroupName": "x", "FilterPattern": "", "DestinationArn": FAR.format("lambda", "function:x")},
        "RES104",
        "us-east-1",
    ),
    "logs of a state machine": (
        "AWS::StepFunctions::StateMachine",
        {
            "LoggingConfiguration": {
                "Level": "ALL",
                "Destinations": [{"CloudWatchLogsLogGroup": {"LogGroupArn": FAR.format("logs", "log-group:x")}}],
            }
        },
        "RES105",
        "us-east-1",
    ),
    "logs of containers": (
        "AWS::ECS::TaskDefinition",
        {
            "ContainerDefinitions": [
                {"LogConfiguration": {"LogDriver": "awslogs", "Options": {"awslogs-region": "us-east-1"}}}
            ]
        },
        "RES105",
        "us-east-1",
    ),
    "snapshots of a warehouse": ("AWS::Redshift::Cluster", {"DestinationRegion": "us-east-1"}, "RES102", "us-east-1"),
    "snapshots by a policy": (
        "AWS::DLM::LifecyclePolicy",
        {"State": "ENABLED", "CrossRegionCopyTargets": [{"TargetRegion": "us-east-1"}]},
        "RES102",
        "us-east-1",
    ),
    "a disk's zone": ("AWS::EC2::Volume", {"AvailabilityZone": "us-east-1a"}, "", ""),
    "zones of machines": ("AWS::AutoScaling::AutoScalingGroup", {"AvailabilityZones": ["us-east-1a"]}, "", ""),
    "a copy of the CDK": ("Custom::DynamoDBReplica", {"TableName": "x", "Region": "us-east-1"}, "", "us-east-1"),
    "a log group of the CDK": (
        "Custom::LogRetention",
        {"ServiceToken": "x", "LogGroupName": "/x", "LogGroupRegion": "us-east-1", "RetentionInDays": 3},
        "",
        "us-east-1",
    ),
    "notices of the CDK": (
        "Custom::S3BucketNotifications",
        {
            "ServiceToken": "x",
            "BucketName": "b",
            "NotificationConfiguration": {
                "TopicConfigurations": [{"Events": ["s3:ObjectCreated:*"], "TopicArn": FAR.format("sns", "t")}]
            },
            "Managed": True,
        },
        "RES104",
        "us-east-1",
    ),
    "a data source": (
        "AWS::AppSync::DataSource",
        {"DynamoDBConfig": {"AwsRegion": "us-east-1", "TableName": "x"}},
        "",
        "us-east-1",
    ),
    "queries of names": (
        "AWS::Route53::HostedZone",
        {"Name": "a.", "QueryLoggingConfig": {"CloudWatchLogsLogGroupArn": FAR.format("logs", "log-group:x")}},
        "RES105",
        "us-east-1",
    ),
    "calls in the body of an API": (
        "AWS::ApiGateway::RestApi",
        {
            "EndpointConfiguration": {"Types": ["REGIONAL"]},
            "Body": {
                "paths": {
                    "/": {
                        "get": {
                            "x-amazon-apigateway-integration": {
                                "type": "aws_proxy",
                                "uri": f"{CALL}{FAR.format('lambda', 'function:x')}/invocations",
                            }
                        }
                    }
                }
            },
        },
        "RES104",
        "us-east-1",
    ),
}


@pytest.mark.parametrize("name", sorted(LEAKS))
def test_a_leak_in_a_block_that_cloudformation_has_elsewhere_is_found(tmp_path: Path, name: str) -> None:
    """Outside, and its twin inside is no finding."""
    kind, properties, rule, code = LEAKS[name]
    found = blocking(check(tmp_path, one(kind, properties)))
    assert [each for each in found if each[0] is Outcome.OUTSIDE and (not rule or each[1:] == (rule, code))], found
    inside = _inside(properties)
    assert blocking(check(tmp_path, one(kind, inside))) == []


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _inside(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_inside(item) for item in cast("list[Any]", value)]
    return value.replace("us-east-1", "eu-west-1") if isinstance(value, str) else value


def test_logs_of_a_load_balancer_are_among_its_settings(tmp_path: Path) -> None:
    """A bucket of the same template is where it is; one that nothing knows is undetermined; other settings are none."""

    def balancer(bucket: object) -> Mapping[str, object]:
        settings = {
            "access_logs.s3.enabled": "true",
            "access_logs.s3.bucket": bucket,
            "idle_timeout.timeout_seconds": "9",
        }
        listed = [{"Key": key, "Value": value} for key, value in settings.items()]
        return one("AWS::ElasticLoadBalancingV2::LoadBalancer", {"LoadBalancerAttributes": listed})

    own = {**balancer({"Ref": "Logs"}), "Logs": {"Type": "AWS::S3::Bucket"}}
    assert blocking(check(tmp_path, own)) == []
    assert blocking(check(tmp_path, balancer("logs-of-others"))) == [(Outcome.UNDETERMINED, "RES105", "")]
    unknown = one("AWS::ElasticLoadBalancingV2::LoadBalancer", {"LoadBalancerAttributes": {"Ref": "AWS::StackId"}})
    assert [each.rule for each in check(tmp_path, unknown).verdicts if each.blocks] == ["RES902"]


def test_the_usual_types_of_a_service_leave_no_doubt(tmp_path: Path) -> None:
    """A network, a function behind an address, a database and its alarms, as people write them."""
    found = check(
        tmp_path,
        {
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
            "Gateway": {"Type": "AWS::EC2::InternetGateway"},
            "Attachment": {
                "Type": "AWS::EC2::VPCGatewayAttachment",
                "Properties": {"VpcId": {"Ref": "Vpc"}, "InternetGatewayId": {"Ref": "Gateway"}},
            },
            "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {"StreamSpecification": {"StreamViewType": "A"}}},
            "Function": {
                "Type": "AWS::Lambda::Function",
                "Properties": {"Code": {"S3Bucket": "b", "S3Key": "k"}, "Environment": {"Variables": {"REGION": "x"}}},
            },
            "Version": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "Function"}}},
            "Mapping": {
                "Type": "AWS::Lambda::EventSourceMapping",
                "Properties": {
                    "FunctionName": {"Ref": "Function"},
                    "EventSourceArn": {"Fn::GetAtt": ["Table", "StreamArn"]},
                },
            },
            "Alarm": {
                "Type": "AWS::CloudWatch::Alarm",
                "Properties": {"Dimensions": [{"Name": "TableName", "Value": {"Ref": "Table"}}], "AlarmActions": []},
            },
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {"AssumeRolePolicyDocument": {}, "ManagedPolicyArns": ["arn:aws:iam::aws:policy/X"]},
            },
            "Record": {
                "Type": "AWS::Route53::RecordSet",
                "Properties": {"Name": "a.", "AliasTarget": {"DNSName": "d.cloudfront.net", "HostedZoneId": "Z"}},
            },
            "Group": {
                "Type": "AWS::AutoScaling::AutoScalingGroup",
                "Properties": {"AvailabilityZones": {"Fn::GetAZs": ""}, "Tags": [{"Key": "a", "Value": "b"}]},
            },
        },
    )
    assert blocking(found) == []


def test_a_version_leads_to_its_function(tmp_path: Path) -> None:
    """A rule's target is where the function is."""

    def resources(properties: object) -> Mapping[str, object]:
        target = [{"Id": "a", "Arn": {"Ref": "Version"}}]
        return {
            "Function": {"Type": "AWS::Lambda::Function", "Properties": {"Code": {"ZipFile": ""}}},
            "Version": {"Type": "AWS::Lambda::Version", "Properties": properties},
            "Rule": {"Type": "AWS::Events::Rule", "Properties": {"Targets": target}},
        }

    assert blocking(check(tmp_path, resources({"FunctionName": {"Ref": "Function"}}))) == []
    for unknown in ({"FunctionName": {"Ref": "Version"}}, {}, None, "x"):
        assert blocking(check(tmp_path, resources(unknown))) == [(Outcome.UNDETERMINED, "RES104", "")]


def test_a_region_that_a_type_says_is_not_the_resources_own(tmp_path: Path) -> None:
    """A property of tomorrow: it must not move the resource, and it is in doubt."""
    found = check(tmp_path, one("AWS::SQS::Queue", {"Region": "eu-central-1"}), region="us-east-1")
    assert blocking(found) == [(Outcome.OUTSIDE, "RES001", "us-east-1"), (Outcome.UNDETERMINED, "RES902", "")]


def test_a_policy_of_permissions_is_no_doubt_and_one_that_sends_is_followed(tmp_path: Path) -> None:
    """Whom a policy allows says no place; where a log group's findings go does."""
    allowing = {"Statement": [{"Effect": "Allow", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::x"}}}]}
    assert (
        blocking(check(tmp_path, one("AWS::DynamoDB::Table", {"ResourcePolicy": {"PolicyDocument": allowing}}))) == []
    )
    sending = {"Statement": [{"Operation": {"Audit": {"FindingsDestination": {"S3": {"Bucket": "elsewhere"}}}}}]}
    found = check(tmp_path, one("AWS::Logs::LogGroup", {"DataProtectionPolicy": sending}))
    assert blocking(found) == [(Outcome.UNDETERMINED, "RES103", "")]
