"""Data centres of one's own: only what the perimeter file declares is believed, and nothing goes to a cloud."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from residency_components import ComponentError, ContainerService, ObjectStore
from residency_components.errors import ArgumentFaultError, OutsidePerimeterError
from residency_components.site.container_service import SiteContainerService
from residency_components.site.object_store import SiteObjectStore

from tests.components.asking import args, children
from tests.components.recording import Registered, record


def made(kind: type[Any], **more: Any) -> list[Registered]:
    return record(lambda: kind("thing", args(kind, **more)).region)


def one(resources: list[Registered], type_: str) -> dict[str, Any]:
    (found,) = [each.inputs for each in resources if each.type == type_]
    return found


def refusal(kind: type[Any], **more: Any) -> ComponentError:
    """The error, after nothing was registered."""
    with pytest.raises(ComponentError) as caught:
        made(kind, **more)
    return caught.value


def test_the_store_sends_everything_to_the_site_and_asks_a_cloud_for_nothing() -> None:
    provider = one(made(SiteObjectStore), "pulumi:providers:aws")

    assert json.loads(provider["endpoints"]) == [{"s3": "https://s3.oslo.example"}]
    assert provider["region"] == "oslo"
    skipped = ("skipCredentialsValidation", "skipMetadataApiCheck", "skipRegionValidation", "skipRequestingAccountId")
    assert [provider[key] for key in (*skipped, "s3UsePathStyle")] == ["true"] * 5


def test_every_part_of_the_store_uses_its_own_provider() -> None:
    def program() -> Any:
        return SiteObjectStore("thing", cast("Any", args(SiteObjectStore))).region

    assert {each.provider.split("::")[-2] for each in children(record(program))} == {"thing"}


def test_the_store_is_versioned_encrypted_under_the_sites_key_and_refuses_plain_http() -> None:
    resources = made(SiteObjectStore)

    assert one(resources, "aws:s3/bucketVersioning:BucketVersioning")["versioningConfiguration"] == {
        "status": "Enabled"
    }
    rules = one(
        resources,
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    )["rules"]
    assert rules == [{"applyServerSideEncryptionByDefault": {"kmsMasterKeyId": "records", "sseAlgorithm": "aws:kms"}}]
    (statement,) = json.loads(one(resources, "aws:s3/bucketPolicy:BucketPolicy")["policy"])["Statement"]
    assert (statement["Effect"], statement["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


@pytest.mark.parametrize(
    ("more", "where", "what"),
    [
        ({"site": "paris"}, "site", "residency.toml declares no site `paris` for `aws`"),
        ({"site": "bare"}, "site", "residency.toml declares no site `bare` for `aws`"),
        (
            {"site": "boston"},
            "site",
            "site `boston` is in United States (`US`), and `NO` was asked for",
        ),
        ({"country": "IE"}, "site", "site `oslo` is in Norway (`NO`), and `IE` was asked for"),
        (
            {"endpoint": "https://s3.boston.example"},
            "endpoint",
            "`endpoint` is no https address of site `oslo`",
        ),
        (
            {"endpoint": "https://s3.us-east-1.amazonaws.com"},
            "endpoint",
            "`endpoint` leads to `us-east-1` (United States), outside the perimeter",
        ),
        ({"endpoint": "http://s3.oslo.example"}, "endpoint", "`endpoint` has a form that cannot be used"),
        (
            {"replicate_to": "IE"},
            "replicate_to",
            "no copy can go there: site `oslo` is in Norway (`NO`), and `IE` was asked for",
        ),
        ({"perimeter_file": "nowhere.toml"}, "perimeter_file", "`perimeter_file` is no file"),
    ],
)
def test_a_store_that_no_declared_site_holds_is_refused(more: dict[str, Any], where: str, what: str) -> None:
    error = refusal(SiteObjectStore, **more)

    assert (error.where, error.what) == (where, what)


def test_a_site_abroad_is_outside_even_if_its_country_is_asked_for() -> None:
    error = refusal(SiteObjectStore, country="US", site="boston", endpoint="https://s3.boston.example")

    assert isinstance(error, OutsidePerimeterError)
    assert error.where == "country"


def test_without_a_perimeter_file_nothing_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    error = refusal(SiteObjectStore, perimeter_file=None)

    assert (error.where, error.what) == ("site", "no residency.toml says where the site is")


def test_the_nearest_perimeter_file_above_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = 'provider = "aws"\nendpoints = ["s3.oslo.example"]\n'
    text = f'[perimeter]\ncountries = ["NO"]\n[[site]]\nname = "oslo"\ncountry = "NO"\n{declared}'
    (tmp_path / "residency.toml").write_text(text, encoding="utf-8")
    (tmp_path / "program").mkdir()
    monkeypatch.chdir(tmp_path / "program")

    assert {each.place for each in children(made(SiteObjectStore, perimeter_file=None))} == {"oslo"}


def test_the_containers_are_in_the_cluster_that_the_site_declares() -> None:
    resources = made(SiteContainerService)

    assert one(resources, "pulumi:providers:kubernetes")["context"] == "oslo"
    assert {each.inputs["metadata"]["namespace"] for each in children(resources)} == {"net-1"}


def test_a_site_that_names_no_context_has_no_containers() -> None:
    error = refusal(SiteContainerService, site="bare")

    assert error.what == "site `bare` does not say which context of a kubeconfig reaches it"
    assert error.help == 'add `inputs = { context = "..." }` to its [[site]]'


def test_an_owner_that_is_no_label_of_kubernetes_is_refused_and_not_changed() -> None:
    error = refusal(SiteContainerService, owner="the records office")

    assert isinstance(error, ArgumentFaultError)
    assert (error.where, error.what) == ("owner", "`owner` cannot be a label of Kubernetes")


def test_the_containers_have_no_rights_and_reach_the_block_only() -> None:
    resources = made(SiteContainerService)

    pod = one(resources, "kubernetes:apps/v1:Deployment")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "privileged": False,
        "readOnlyRootFilesystem": True,
    }
    policy = one(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy")["spec"]
    block = [{"ipBlock": {"cidr": "10.20.0.0/16"}}]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert policy["ingress"] == [{"from": block, "ports": [{"port": 8080}]}]
    assert policy["egress"][0] == {"to": block}


def test_a_site_is_never_chosen_by_itself() -> None:
    """Norway has a cloud; a site is built only where the caller names it."""
    asked = cast("Any", {"country": "NO", "owner": "office", "data_class": "personal"})

    assert {each.type for each in record(lambda: ObjectStore.build("thing", asked).region) if not each.custom} == {
        "residency-components:index:AzureObjectStore"
    }
    assert ContainerService.of("site") is SiteContainerService
