"""Checkov asked about a Pulumi program: the same as it says of the same stack in Terraform, at the program's lines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from residency.checkov import plan, run
from residency.ingest import targets
from residency.ingest.targets import OtherStacks
from residency.model import Remarks, ResourceGraph
from tests.checkov import environment
from tests.checkov.environment import Checkov

SHOP = Path(__file__).parent / "fixtures" / "shop"
SECRET = "correct-horse-battery-staple"  # noqa: S105 - it must be in no plan


@pytest.fixture(scope="module")
def graph() -> ResourceGraph:
    return targets.read(str(SHOP / "pulumi"), stack=None, others=OtherStacks(), timeout=300)


@pytest.fixture(scope="module")
def remarks(graph: ResourceGraph, checkov: Checkov) -> Remarks:
    return run.remarks([graph], str(checkov.command))


def terraform(checkov: Checkov) -> dict[str, Any]:
    """Checkov's own report on the Terraform program."""
    options = ("--framework", "terraform", "--output", "json", "--compact", "--skip-download")
    done = subprocess.run([checkov.command, "-d", SHOP / "terraform", *options], check=False, capture_output=True)
    return json.loads(done.stdout)


def test_the_same_checks_fail_as_in_the_same_terraform_program(
    graph: ResourceGraph, remarks: Remarks, checkov: Checkov
) -> None:
    report = terraform(checkov)
    addresses = {resource.id: address for address, resource in plan.of(graph).resources.items()}
    theirs = {(each["check_id"], each["resource"]) for each in report["results"]["failed_checks"]}
    ours = {(each.check, addresses[each.resource.id]) for each in remarks.remarks}
    assert ours == theirs
    assert len(ours) > 80
    # The one more that passes is about a provider block, which the program of Terraform does not have.
    assert remarks.passed - report["summary"]["passed"] in (0, 1)
    assert remarks.unread == ()


@pytest.mark.parametrize(
    ("check", "name", "line"),
    [
        ("CKV_AWS_20", "uploads", 'uploads = aws.s3.Bucket("uploads"'),
        ("CKV_AWS_24", "ssh", "group = aws.ec2.SecurityGroup("),
        ("CKV_AWS_16", "orders", "aws.rds.Instance("),
        ("CKV_AWS_17", "orders", "aws.rds.Instance("),
        ("CKV_GCP_29", "media", 'gcp.storage.Bucket("media"'),
        ("CKV_AZURE_44", "files", "account = azure.storage.StorageAccount("),
        ("CKV_AZURE_34", "box", "azure.storage.BlobContainer("),
        ("CKV_AZURE_10", "ssh", "azure.network.NetworkSecurityGroup("),
    ],
)
def test_a_finding_is_at_the_line_of_the_program(remarks: Remarks, check: str, name: str, line: str) -> None:
    [found] = [each for each in remarks.remarks if each.check == check and each.resource.name == name]
    where = found.resource.where
    assert where is not None
    assert where.file == "__main__.py"
    assert (SHOP / "pulumi" / where.file).read_text("utf-8").splitlines()[where.line - 1].startswith(line)


def test_what_is_connected_is_seen_as_connected(remarks: Remarks) -> None:
    """A public access block, versioning and encryption of a bucket are resources of their own."""
    found = {(each.check, each.resource.name) for each in remarks.remarks}
    for check in ("CKV2_AWS_6", "CKV_AWS_145", "CKV_AWS_21"):
        assert (check, "uploads") in found
        assert (check, "kept") not in found


def test_a_secret_is_in_no_plan(graph: ResourceGraph) -> None:
    assert SECRET not in plan.of(graph).text.decode()


def test_storage_that_allows_plain_http_is_found(checkov: Checkov, tmp_path: Path) -> None:
    """Checkov reads the flag under its name of azurerm 3 only, so the plan has it under both."""
    (tmp_path / "Pulumi.yaml").write_text("name: plain\nruntime: python\n", "utf-8")
    (tmp_path / "__main__.py").write_text(
        "import pulumi_azure_native as azure\n"
        "azure.storage.StorageAccount('open', resource_group_name='shop', location='norwayeast', kind='StorageV2',\n"
        "    sku={'name': 'Standard_GRS'}, enable_https_traffic_only=False)\n",
        "utf-8",
    )
    found = cli(tmp_path, checkov)
    checks = {each["check"]: each["where"] for each in found["others"][0]["findings"]}
    assert checks["CKV_AZURE_3"] == "__main__.py:2"
    assert "CKV_AZURE_43" not in checks  # Pulumi makes the name, so that nothing is wrong with it


def cli(target: Path, checkov: Checkov, *more: str, code: int = 0) -> dict[str, Any]:
    command = [sys.executable, "-m", "residency", "check", str(target), "--format", "json"]
    done = subprocess.run(
        [*command, "--checkov-command", str(checkov.command), *more],
        cwd=environment.ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def test_findings_of_checkov_change_no_exit_code_unless_asked_to(checkov: Checkov, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: inside\nruntime: python\n", "utf-8")
    (tmp_path / "__main__.py").write_text(
        "import pulumi_aws as aws\nhere = aws.Provider('here', region='eu-west-1')\n"
        "import pulumi\naws.s3.Bucket('a', acl='public-read', opts=pulumi.ResourceOptions(provider=here))\n",
        "utf-8",
    )
    assert cli(tmp_path, checkov, code=0)["others"][0]["findings"]
    assert cli(tmp_path, checkov, "--checkov-fail", code=1)["others"][0]["findings"]


def test_a_configuration_file_of_the_project_applies_and_breaks_nothing(
    checkov: Checkov, tmp_path: Path, graph: ResourceGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".checkov.yaml").write_text(
        "skip-check: [CKV_AWS_20]\noutput: [cli]\nquiet: false\nframework: [dockerfile]\ncompact: false\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    found = {each.check for each in run.remarks([graph], str(checkov.command)).remarks}
    assert "CKV_AWS_20" not in found
    assert "CKV_AWS_24" in found
