"""The rows by hand and the generated table against CloudFormation's own schemas and the catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from residency.catalogue import generated, resources
from residency.catalogue.rows import ResourceRow
from residency.ingest.cloudformation import mapping, types
from residency.ingest.cloudformation.names import table
from tests.residency.ingest.cloudformation import schemas

pytest.importorskip("cfnlint")
_FILE = Path(__file__)


KINDS = sorted({*table.types(), *types.rows()})
# The properties of the types that people write most, and about which nothing here can say where they lead.
IN_DOUBT = {
    "AWS::ApiGateway::RestApi": {"BodyS3Location.Bucket"},
    "AWS::Cognito::UserPool": {"LambdaConfig.InboundFederation.LambdaArn", "SmsConfiguration.EumsSms.Region"},
    "AWS::FSx::FileSystem": {"WindowsConfiguration.FsrmConfiguration.EventLogDestination"},
    "AWS::KinesisFirehose::DeliveryStream": {"IcebergDestinationConfiguration.CatalogConfiguration.WarehouseLocation"},
    "AWS::MSK::Cluster": {"LoggingInfo.AuthorizerLogs.CloudWatchLogs.LogGroup", "LoggingInfo.AuthorizerLogs.S3.Bucket"},
    "AWS::ECS::Service": {"GatewayConnectors.HealthCheck.HealthCheckPath", "GatewayConnectors.PortName"},
}
OPEN = {"AWS::Bedrock::KnowledgeBase", "AWS::DMS::Endpoint"}
"""Types with many engines, for most of which the SDK has no inputs: what is set of them leaves a doubt."""
MOST_USED = (
    *("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::EC2::Instance", "AWS::EC2::VPC", "AWS::EC2::Subnet"),
    *("AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress", "AWS::EC2::Route"),
    *("AWS::EC2::RouteTable", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::InternetGateway"),
    *("AWS::EC2::VPCGatewayAttachment", "AWS::EC2::NatGateway", "AWS::EC2::EIP", "AWS::EC2::LaunchTemplate"),
    *("AWS::EC2::VPCEndpoint", "AWS::EC2::Volume", "AWS::EC2::FlowLog", "AWS::EC2::NetworkInterface"),
    *("AWS::EC2::KeyPair", "AWS::EC2::VPCPeeringConnection", "AWS::EC2::TransitGateway", "AWS::IAM::Role"),
    *("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::InstanceProfile", "AWS::IAM::User", "AWS::IAM::Group"),
    *("AWS::IAM::OIDCProvider", "AWS::IAM::ServiceLinkedRole", "AWS::IAM::AccessKey", "AWS::Lambda::Function"),
    *("AWS::Lambda::Permission", "AWS::Lambda::LayerVersion", "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Alias"),
    *("AWS::Lambda::Url", "AWS::Lambda::EventInvokeConfig", "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Method"),
    *("AWS::ApiGateway::Resource", "AWS::ApiGateway::Deployment", "AWS::ApiGateway::Stage", "AWS::ApiGateway::Account"),
    *("AWS::ApiGateway::DomainName", "AWS::ApiGateway::UsagePlan", "AWS::ApiGateway::ApiKey", "AWS::ApiGatewayV2::Api"),
    *("AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Stage", "AWS::ECS::Cluster"),
    *("AWS::ECS::Service", "AWS::ECS::TaskDefinition", "AWS::EKS::Cluster", "AWS::EKS::Nodegroup", "AWS::EKS::Addon"),
    *("AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancingV2::Listener", "AWS::RDS::DBInstance"),
    *("AWS::ElasticLoadBalancingV2::ListenerRule", "AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::RDS::DBCluster"),
    *("AWS::ElasticLoadBalancing::LoadBalancer", "AWS::RDS::DBSubnetGroup", "AWS::RDS::DBParameterGroup"),
    *("AWS::RDS::DBClusterParameterGroup", "AWS::RDS::DBProxy", "AWS::RDS::GlobalCluster", "AWS::DynamoDB::Table"),
    *("AWS::DynamoDB::GlobalTable", "AWS::SNS::Topic", "AWS::SNS::Subscription", "AWS::SNS::TopicPolicy"),
    *("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "AWS::Events::Rule", "AWS::Events::EventBus", "AWS::Events::Archive"),
    *("AWS::Scheduler::Schedule", "AWS::StepFunctions::StateMachine", "AWS::Logs::LogGroup", "AWS::Logs::LogStream"),
    *(
        "AWS::Logs::MetricFilter",
        "AWS::Logs::SubscriptionFilter",
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::Dashboard",
    ),
    *("AWS::KMS::Key", "AWS::KMS::Alias", "AWS::SecretsManager::Secret", "AWS::SecretsManager::RotationSchedule"),
    *("AWS::SSM::Parameter", "AWS::SSM::Document", "AWS::SSM::Association", "AWS::Route53::HostedZone"),
    *("AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup", "AWS::Route53::HealthCheck", "AWS::CloudTrail::Trail"),
    *("AWS::CloudFront::Distribution", "AWS::CloudFront::OriginAccessControl", "AWS::CloudFront::CachePolicy"),
    *("AWS::CloudFront::Function", "AWS::CloudFront::ResponseHeadersPolicy", "AWS::CertificateManager::Certificate"),
    *("AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient", "AWS::Cognito::IdentityPool", "AWS::Kinesis::Stream"),
    *("AWS::KinesisFirehose::DeliveryStream", "AWS::Glue::Database", "AWS::Glue::Table", "AWS::Glue::Job"),
    *("AWS::Glue::Crawler", "AWS::Athena::WorkGroup", "AWS::Redshift::Cluster", "AWS::RedshiftServerless::Workgroup"),
    *("AWS::RedshiftServerless::Namespace", "AWS::OpenSearchService::Domain", "AWS::OpenSearchServerless::Collection"),
    *("AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ServerlessCache"),
    *("AWS::ElastiCache::SubnetGroup", "AWS::MSK::Cluster", "AWS::EFS::FileSystem", "AWS::EFS::MountTarget"),
    *("AWS::EFS::AccessPoint", "AWS::FSx::FileSystem", "AWS::Backup::BackupPlan", "AWS::Backup::BackupVault"),
    *("AWS::Backup::BackupSelection", "AWS::DMS::Endpoint", "AWS::DMS::ReplicationInstance", "AWS::CodeBuild::Project"),
    *("AWS::DMS::ReplicationTask", "AWS::CodePipeline::Pipeline", "AWS::CodeDeploy::DeploymentGroup"),
    *("AWS::ECR::Repository", "AWS::ECR::ReplicationConfiguration", "AWS::AutoScaling::AutoScalingGroup"),
    *("AWS::AutoScaling::LaunchConfiguration", "AWS::AutoScaling::ScalingPolicy", "AWS::WAFv2::WebACL"),
    *("AWS::ApplicationAutoScaling::ScalableTarget", "AWS::ApplicationAutoScaling::ScalingPolicy", "AWS::WAFv2::IPSet"),
    *("AWS::WAFv2::WebACLAssociation", "AWS::GuardDuty::Detector", "AWS::Config::ConfigRule", "AWS::Batch::JobQueue"),
    *("AWS::Config::ConfigurationRecorder", "AWS::Config::DeliveryChannel", "AWS::Batch::ComputeEnvironment"),
    *("AWS::Batch::JobDefinition", "AWS::SageMaker::Domain", "AWS::SageMaker::Endpoint", "AWS::SageMaker::Model"),
    *("AWS::SageMaker::EndpointConfig", "AWS::SageMaker::NotebookInstance", "AWS::Bedrock::Agent"),
    *("AWS::Bedrock::KnowledgeBase", "AWS::Bedrock::Guardrail", "AWS::Transfer::Server", "AWS::Transfer::User"),
    *("AWS::AppSync::GraphQLApi", "AWS::AppSync::DataSource", "AWS::AppSync::Resolver", "AWS::AppRunner::Service"),
    *("AWS::Organizations::Account", "AWS::Organizations::Policy", "AWS::ServiceDiscovery::Service"),
    *("AWS::ServiceDiscovery::PrivateDnsNamespace", "AWS::DocDB::DBCluster", "AWS::DocDB::DBInstance"),
    *("AWS::Neptune::DBCluster", "AWS::Neptune::DBInstance", "AWS::Timestream::Table", "AWS::MemoryDB::Cluster"),
    *("AWS::SES::EmailIdentity", "AWS::SES::ConfigurationSet", "AWS::Pipes::Pipe", "AWS::XRay::SamplingRule"),
)


def made(kind: str) -> tuple[mapping.Part, ...]:
    """What a resource with every property comes to."""
    row = types.find(kind)
    assert row is not None
    given = schemas.everything(kind)
    if not row.kinds:
        return tuple(mapping.parts(row, given))
    of_each = (
        {key: item for key, item in given.items() if key == block or key not in row.kinds} for block in row.kinds
    )
    return tuple(part for each in of_each for part in mapping.parts(row, each))


def test_a_thousand_types_are_mapped_and_each_of_those_that_people_write_most() -> None:
    """A type that is not mapped is undetermined: a template of the usual types must not be."""
    assert len(KINDS) >= 1000
    assert [kind for kind in MOST_USED if types.find(kind) is None] == []


def test_every_token_is_one_of_the_sdk() -> None:
    """A token with a slip of the pen would be judged as a type that nobody knows."""
    known = {each.token for each in generated.inventory("aws").types}
    found = {part.token for kind in KINDS for part in made(kind)}
    found |= {token for row in types.rows().values() for token in row.kinds.values()}
    assert sorted(found - known) == []


@pytest.mark.parametrize("kind", sorted(set(types.rows()) & set(MOST_USED) - OPEN))
def test_every_property_is_answered_for(kind: str) -> None:
    """One that may carry a place, and that neither the tables nor the catalogue know, is named."""
    assert {name for part in made(kind) for name in part.properties} == IN_DOUBT.get(kind, set())


@pytest.mark.parametrize("kind", sorted(types.rows()))
def test_every_name_in_a_row_is_a_property_of_the_type(kind: str) -> None:
    """What is renamed or dismissed exists, so that no row is dead or misspelled."""
    row = types.rows()[kind]
    named = [*row.rename, *row.none, *row.settings, *row.kinds, *filter(None, (row.name,))]
    named += [each.path for each in row.also] + [name for each in row.also for name in each.beside]
    for each in row.also:
        inside = [path.removeprefix(f"{each.input}.") if each.input else path for path in (*each.rename, *each.none)]
        named += [f"{each.path}.{path}" for path in inside]
    assert [path for path in named if not schemas.exists(kind, path)] == []


def test_no_type_that_is_mapped_is_said_to_hold_nothing() -> None:
    """It would be left out of the graph."""
    assert sorted(set(types.dataless()) & set(types.rows())) == []


def _paths(row: ResourceRow) -> Iterator[str]:
    for placement in row.placement:
        yield from filter(None, (placement.path, placement.inherit, *(each.path for each in placement.when)))


def _leads(value: Any, steps: Sequence[str]) -> bool:
    if not steps:
        return True
    if isinstance(value, list):
        return any(_leads(each, steps) for each in cast("list[Any]", value))
    if not isinstance(value, Mapping):
        return False
    block = cast("Mapping[str, Any]", value)
    return set(block) == {schemas.KEY} or (steps[0] in block and _leads(block[steps[0]], steps[1:]))


def _unreached() -> Iterator[tuple[str, str]]:
    inputs: dict[str, list[Any]] = {}
    for kind in KINDS:
        row = types.find(kind)
        assert row is not None
        for part in made(kind):
            inputs.setdefault(part.token, []).append(part.inputs)
        inputs.setdefault(row.token, [])
        inputs[row.token] += [_nested(path) for named in row.settings.values() for path in named.values()]
    for token, given in sorted(inputs.items()):
        row = resources.row(token)
        for path in sorted(set(_paths(row)) if row else ()):
            steps = generated.plain(path).split(".")
            if path != "region" and not any(_leads(each, steps) for each in given):
                yield token, path


def _nested(path: str) -> Any:
    value: Any = "x"
    for step in reversed(path.split(".")):
        value = {step: value}
    return value


def test_every_path_by_which_the_catalogue_places_data_is_reached_or_listed_with_the_reason() -> None:
    """A block that CloudFormation has elsewhere must not be read past; a row that is listed needlessly is dead."""
    listed = tomllib.loads(_FILE.with_name("unreached.toml").read_text("utf-8"))
    expected = {(token, path) for group in listed.values() for token, paths in group.items() for path in paths}
    found = {each for each in _unreached() if not each[0].startswith("aws:cloudformation/")}
    assert (sorted(found - expected), sorted(expected - found)) == ([], [])
