"""AWS SAM: its types are judged as what the transform makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from residency.check import CheckResult
from residency.ingest.cloudformation import Deployed, read
from residency.model import Outcome
from tests.residency.ingest.cloudformation.templates import IRELAND, blocking, check, write

FUNCTION = "AWS::Serverless::Function"
EVENT_RULE = "RES105"


def sam(folder: Path, resources: object, **sections: object) -> CheckResult:
    return check(folder, resources, Transform="AWS::Serverless-2016-10-31", **sections)


def one(kind: str, **properties: object) -> Mapping[str, object]:
    return {"X": {"Type": kind, "Properties": properties}}


@pytest.mark.parametrize(
    ("resources", "token"),
    [
        (one(FUNCTION, CodeUri="src/", Handler="a.b", Runtime="python3.13"), "aws:lambda/function:Function"),
        (one("AWS::Serverless::SimpleTable", PrimaryKey={"Name": "id"}), "aws:dynamodb/table:Table"),
        (one("AWS::Serverless::StateMachine", DefinitionUri="m.json"), "aws:sfn/stateMachine:StateMachine"),
        (one("AWS::Serverless::LayerVersion", ContentUri="l/"), "aws:lambda/layerVersion:LayerVersion"),
        (one("AWS::Serverless::HttpApi"), "aws:apigatewayv2/api:Api"),
        (
            one("AWS::Serverless::Api", EndpointConfiguration="REGIONAL", StageName="p"),
            "aws:apigateway/restApi:RestApi",
        ),
    ],
)
def test_a_type_of_sam_is_the_one_that_it_makes(tmp_path: Path, resources: Mapping[str, object], token: str) -> None:
    """One resource, of which nothing is in doubt."""
    assert blocking(sam(tmp_path, resources)) == []
    graph = read(Deployed(str(tmp_path / "template.json"), IRELAND), parameters={})
    assert [each.type for each in graph.resources.values()] == [token]


def leaks(found: CheckResult) -> set[str]:
    return {each.placement.resource.name for each in found.verdicts if each.outcome is Outcome.OUTSIDE}


def test_an_event_of_an_api_implies_one_at_the_edge_and_globals_put_it_into_its_region(tmp_path: Path) -> None:
    """A REST API is at the edge unless it says otherwise; an HTTP API never is; a named one is not implied."""

    def function(kind: str, **properties: object) -> Mapping[str, object]:
        return one(FUNCTION, Events={"Get": {"Type": kind, "Properties": {"Path": "/", "Method": "get", **properties}}})

    assert leaks(sam(tmp_path, function("Api"))) == {"ServerlessRestApi"}
    regional = {"Api": {"EndpointConfiguration": {"Type": "REGIONAL"}}}
    assert leaks(sam(tmp_path, function("Api"), Globals=regional)) == set()
    assert leaks(sam(tmp_path, function("HttpApi"))) == set()
    named = {**function("Api", RestApiId={"Ref": "Own"}), "Own": {"Type": "AWS::ApiGateway::RestApi"}}
    assert leaks(sam(tmp_path, named)) == {"Own"}


def test_a_domain_is_in_its_region_unless_it_says_edge(tmp_path: Path) -> None:
    """SAM's default differs from API Gateway's own."""
    for given, expected in (({}, set[str]()), ({"EndpointConfiguration": "EDGE"}, {"X.Domain[0]"})):
        domain = {"DomainName": "a.example", "CertificateArn": "arn:aws:acm:eu-west-1:1:certificate/x", **given}
        resources = one("AWS::Serverless::Api", StageName="p", EndpointConfiguration="REGIONAL", Domain=domain)
        assert leaks(sam(tmp_path, resources)) == expected


def test_globals_are_the_functions_where_it_says_nothing_else(tmp_path: Path) -> None:
    """A dead-letter queue of all functions, and one of its own."""
    far = {"Type": "SQS", "TargetArn": "arn:aws:sqs:us-east-1:123456789012:dead"}
    near = {"Type": "SQS", "TargetArn": "arn:aws:sqs:eu-west-1:123456789012:dead"}
    shared = {"Function": {"DeadLetterQueue": far}}
    assert leaks(sam(tmp_path, one(FUNCTION), Globals=shared)) == {"X"}
    assert leaks(sam(tmp_path, one(FUNCTION, DeadLetterQueue=near), Globals=shared)) == set()


def test_where_a_function_sends_what_it_did_is_followed(tmp_path: Path) -> None:
    """The destinations of asynchronous calls; and of what fails in a source, of which nothing here says where it is."""
    arn = "arn:aws:sqs:us-east-1:123456789012:done"
    config = {"DestinationConfig": {"OnSuccess": {"Type": "SQS", "Destination": arn}}}
    assert leaks(sam(tmp_path, one(FUNCTION, EventInvokeConfig=config))) == {"X.EventInvokeConfig[0]"}
    stream = {"Stream": "arn:aws:kinesis:eu-west-1:123456789012:stream/s", "StartingPosition": "LATEST"}
    source = {"In": {"Type": "Kinesis", "Properties": stream}}
    assert blocking(sam(tmp_path, one(FUNCTION, Events=source))) == []
    failing = {
        "In": {"Type": "Kinesis", "Properties": {**stream, "DestinationConfig": {"OnFailure": {"Destination": arn}}}}
    }
    assert [each.rule for each in sam(tmp_path, one(FUNCTION, Events=failing)).verdicts if each.blocks] == ["RES902"]


def test_logs_of_a_state_machine_are_followed(tmp_path: Path) -> None:
    """Another Region's log group is outside."""
    group = {"CloudWatchLogsLogGroup": {"LogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:x:*"}}
    found = sam(tmp_path, one("AWS::Serverless::StateMachine", Logging={"Level": "ALL", "Destinations": [group]}))
    assert blocking(found) == [(Outcome.OUTSIDE, EVENT_RULE, "us-east-1")]


def test_an_application_is_a_nested_stack(tmp_path: Path) -> None:
    """Of a file, or of a repository that is not at hand."""
    tables = {"Copies": {"Type": "AWS::DynamoDB::GlobalTable", "Properties": {"Replicas": [{"Region": "us-east-1"}]}}}
    write(tmp_path, "app.json", tables)
    found = sam(tmp_path, one("AWS::Serverless::Application", Location="app.json"))
    assert blocking(found) == [(Outcome.OUTSIDE, "RES101", "us-east-1")]
    elsewhere = {"ApplicationId": "arn:aws:serverlessrepo:us-east-1:1:applications/x", "SemanticVersion": "1.0.0"}
    found = sam(tmp_path, one("AWS::Serverless::Application", Location=elsewhere))
    assert {each.outcome for each in found.verdicts if each.blocks} == {Outcome.UNDETERMINED}


@pytest.mark.parametrize("properties", [None, [], "x", {"Events": "x"}, {"Events": {"A": 1}}, {"Domain": 7}])
@pytest.mark.parametrize("kind", [FUNCTION, "AWS::Serverless::Api", "AWS::Serverless::Application"])
def test_what_is_no_mapping_does_not_crash(tmp_path: Path, kind: str, properties: object) -> None:
    """It is judged, or in doubt."""
    found = sam(tmp_path, {"X": {"Type": kind, "Properties": properties}}, Globals={"Function": {"Timeout": 3}})
    assert "RES901" not in {each.rule for each in found.verdicts}
