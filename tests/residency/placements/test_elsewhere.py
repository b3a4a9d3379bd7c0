"""Resources of packages without a catalogue: some hold nothing, some are where their provider instance connects to."""

from __future__ import annotations

from typing import Any

import pytest

from residency.catalogue import others, resources
from residency.model import Outcome, Verdict
from tests.residency.samples import AMERICA, IRELAND, SECRET, UNKNOWN, provider, resource, urn, verdicts

EKS = "aws:eks/cluster:Cluster"
CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"


def found(*records: dict[str, Any], of: str) -> list[Verdict]:
    return [each for each in verdicts(IRELAND, AMERICA, *records) if each.placement.resource.name == of]


def reaching(*names: str, value: Any = UNKNOWN, type_: str = EKS) -> dict[str, Any]:
    """A Kubernetes provider instance whose kubeconfig is made out of clusters."""
    made = provider("k8s", "kubernetes", kubeconfig=value)
    return {**made, "propertyDependencies": {"kubeconfig": [urn(type_, name) for name in names]}}


@pytest.mark.parametrize(
    "token",
    ["random:index/randomPassword:RandomPassword", "tls:index/privateKey:PrivateKey", "docker:index/image:Image"],
)
def test_a_package_that_holds_no_user_data_is_no_finding(token: str) -> None:
    assert found(resource(token, "it"), of="it") == []


@pytest.mark.parametrize(
    ("token", "settle"),
    [
        ("docker:index/volume:Volume", "[[site]]"),
        ("command:local:Command", "exemption"),
        ("acme:index:Store", "[[site]]"),
        ("pulumi-python:dynamic:Resource", "exemption"),
        ("azure:storage/account:Account", "azure-native"),
        ("snowflake:index/database:Database", "row of your own"),
        ("minio:index/s3Bucket:S3Bucket", "[[site]]"),
        (CLAIM, "kubeconfig of a cluster of this program"),
    ],
)
def test_what_may_hold_data_is_undetermined_with_what_would_settle_it(token: str, settle: str) -> None:
    [verdict] = found(resource(token, "it"), of="it")
    assert verdict.outcome is Outcome.UNDETERMINED
    assert settle in verdict.fix


@pytest.mark.parametrize(("by", "outcome"), [("eu", Outcome.INSIDE), ("us", Outcome.OUTSIDE)])
@pytest.mark.parametrize("kubeconfig", [UNKNOWN, SECRET, "apiVersion: v1"])
def test_what_is_in_a_cluster_is_where_the_cluster_is(by: str, outcome: Outcome, kubeconfig: Any) -> None:
    records = (resource(EKS, "cluster", {"name": "c"}, by=by), reaching("cluster", value=kubeconfig))
    [verdict] = found(*records, resource(CLAIM, "it", by="k8s"), of="it")
    assert verdict.outcome is outcome
    assert "its provider reaches `cluster`" in verdict.why


@pytest.mark.parametrize(("by", "outcome"), [("eu", Outcome.INSIDE), ("us", Outcome.OUTSIDE)])
@pytest.mark.parametrize("endpoint", [UNKNOWN, "db.example.com:3306"])
def test_what_is_on_a_database_server_is_where_the_server_is(by: str, outcome: Outcome, endpoint: str) -> None:
    server = resource("aws:rds/instance:Instance", "server", {"identifier": "s"}, by=by)
    instance = provider("sql", "mysql", endpoint=endpoint)
    instance["propertyDependencies"] = {"endpoint": [server["urn"]]}
    [verdict] = found(server, instance, resource("mysql:index/database:Database", "it", by="sql"), of="it")
    assert verdict.outcome is outcome


def test_accounts_of_people_are_user_data_and_those_of_programs_are_not() -> None:
    assert found(resource("azuread:index/application:Application", "it"), of="it") == []
    [verdict] = found(resource("azuread:index/user:User", "it"), of="it")
    assert verdict.outcome is Outcome.UNDETERMINED


def test_a_cluster_inside_a_component_is_found() -> None:
    component = {"urn": urn("eks:index:Cluster", "platform"), "type": "eks:index:Cluster", "custom": False}
    cluster = resource(EKS, "cluster", {"name": "c"}, by="us", parent=component["urn"])
    records = (component, cluster, reaching("platform", type_="eks:index:Cluster"))
    [verdict] = found(*records, resource(CLAIM, "it", by="k8s"), of="it")
    assert verdict.outcome is Outcome.OUTSIDE


def test_one_of_two_clusters_is_undetermined_where_they_differ() -> None:
    clusters = (resource(EKS, "a", {"name": "a"}, by="eu"), resource(EKS, "b", {"name": "b"}, by="us"))
    [verdict] = found(*clusters, reaching("a", "b"), resource(CLAIM, "it", by="k8s"), of="it")
    assert verdict.outcome is Outcome.UNDETERMINED


def test_no_package_has_both_a_catalogue_and_a_row_here() -> None:
    assert [name for name in others.providers() if resources.package(name) is not None] == []


def test_every_target_has_a_row() -> None:
    targets = {target for each in others.providers().values() for target in each.targets}
    assert sorted(target for target in targets if resources.row(target) is None) == []
