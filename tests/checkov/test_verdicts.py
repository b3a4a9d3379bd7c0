"""Our verdicts inside the real Checkov: the same as our own check says, for configurations, plans and templates."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from residency.rules import rules
from tests.checkov import environment
from tests.checkov.environment import Checkov

PACK = environment.ROOT / "policy_packs" / "checkov"
PLANS = environment.ROOT / "tests" / "residency" / "ingest" / "terraform" / "fixtures"
FIXTURES = Path(__file__).parent / "fixtures"
LISTS = {"failed_checks": "failed", "passed_checks": "passed", "skipped_checks": "skipped"}
NOT_FROM_THE_CONFIGURATION_ALONE = {
    # A data source says where it is only once it is read.
    ("data-sources", "RES001", "aws_s3_bucket.mirror"): ("passed", "failed"),
    # Checkov does not work out this output of a module.
    ("modules", "RES101", "aws_s3_bucket_replication_configuration.uploads_to_archive"): ("passed", "failed"),
    # The state has it, the configuration no longer.
    ("prior-state", "RES001", "aws_s3_bucket.handed_over"): ("passed", None),
}

Said = dict[tuple[str, str], str]


def run(checkov: Checkov, folder: Path, *options: str, pack: Path = PACK, **settings: str) -> list[dict[str, Any]]:
    """Checkov's reports on a folder."""
    command = [checkov.command, "-d", folder, "--external-checks-dir", pack, "--output", "json", "--skip-download"]
    done = subprocess.run(
        [*command, *options],
        env={**os.environ, **settings},
        cwd=folder,
        check=False,
        capture_output=True,
    )
    text = done.stdout.decode()
    return json.loads(text if text.startswith("[") else f"[{text}]")


def records(reports: list[dict[str, Any]]) -> list[tuple[str, str, dict[str, Any]]]:
    """Each record with the kind of its report and what became of it."""
    return [
        (report["check_type"], said, record)
        for report in reports
        for name, said in LISTS.items()
        for record in report.get("results", {}).get(name, [])
    ]


def ours(checkov: Checkov, target: Path, *options: str) -> list[dict[str, Any]]:
    """What our own check says, with the same packages at hand: in Checkov's environment."""
    command = [checkov.python, "-m", "residency", "check", target, "--perimeter", "eea", "--format", "json", *options]
    settings = {**os.environ, "PYTHONPATH": str(environment.ROOT)}
    done = subprocess.run(command, env=settings, cwd=target.parent, check=False, capture_output=True)
    return json.loads(done.stdout)["verdicts"]


def worst(verdicts: list[dict[str, Any]]) -> Said:
    """The worst of each resource and rule."""
    found: Said = {}
    for verdict in verdicts:
        key = (verdict["rule"], verdict["resource"])
        inside = verdict["outcome"] == "inside" and found.get(key) != "failed"
        found[key] = "passed" if inside else "failed"
    return {key: said for key, said in found.items() if key[0] != "RES902"}


@pytest.fixture(scope="module")
def terraform_reports(checkov: Checkov, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """One run over every configuration and its plan; they are root modules beside one another, with the same names."""
    folder = tmp_path_factory.mktemp("terraform")
    for each in PLANS.iterdir():
        if (each / "plan.json").is_file():
            shutil.copytree(each, folder / each.name)
    return run(checkov, folder, "--framework", "terraform,terraform_plan", "--check", "RES*")


def said_of(reports: list[dict[str, Any]], kind: str) -> Mapping[str, Said]:
    """By fixture, what Checkov says."""
    found: dict[str, Said] = {}
    for type_, said, record in records(reports):
        parts = Path(record["file_path"]).parts
        if type_ == kind and "before" not in parts:
            found.setdefault(parts[1], {})[record["check_id"], record["resource"]] = said
    return found


@pytest.fixture(scope="module")
def planned(checkov: Checkov) -> Mapping[str, list[dict[str, Any]]]:
    """By fixture, what our own check says of the plan."""
    folders = [each for each in sorted(PLANS.iterdir()) if (each / "plan.json").is_file()]
    return {each.name: ours(checkov, each / "plan.json") for each in folders}


def test_a_plan_gets_the_same_verdicts_as_from_our_own_check(
    terraform_reports: list[dict[str, Any]], planned: Mapping[str, list[dict[str, Any]]]
) -> None:
    found = said_of(terraform_reports, "terraform_plan")
    gone = ("RES001", "aws_s3_bucket.handed_over")  # Checkov leaves out what a plan lets go of
    for name, verdicts in planned.items():
        want = worst(verdicts)
        have = {key: said for key, said in found[name].items() if key[0] != "RES902"}
        assert have == {key: said for key, said in want.items() if key != gone}, name


def test_a_configuration_gets_the_verdicts_of_its_plan(
    terraform_reports: list[dict[str, Any]], planned: Mapping[str, list[dict[str, Any]]]
) -> None:
    """Without the plan, and never inside where the plan is not."""
    found = said_of(terraform_reports, "terraform")
    differ: dict[tuple[str, str, str], tuple[str | None, str | None]] = {}
    for name, verdicts in planned.items():
        want = worst(verdicts)
        have = {key: said for key, said in found[name].items() if key[0] != "RES902"}
        for key in want.keys() | have.keys():
            if want.get(key) != have.get(key):
                differ[name, *key] = (want.get(key), have.get(key))
    assert differ == NOT_FROM_THE_CONFIGURATION_ALONE


def test_words_and_fingerprints_are_ours(
    terraform_reports: list[dict[str, Any]], planned: Mapping[str, list[dict[str, Any]]]
) -> None:
    replication = "aws_s3_bucket_replication_configuration.documents_to_dr"
    [want] = [
        each for each in planned["disaster-recovery"] if (each["rule"], each["resource"]) == ("RES101", replication)
    ]
    for kind in ("terraform", "terraform_plan"):
        [record] = [
            record
            for type_, _, record in records(terraform_reports)
            if (type_, record["check_id"], record["resource"]) == (kind, "RES101", replication)
            and record["file_path"] in ("/disaster-recovery/main.tf", "/disaster-recovery/plan.json")
        ]
        assert record["check_name"] == f"{want['what']} (replica-outside-perimeter)"
        assert record["check_result"]["fingerprints"] == [want["fingerprint"]]
        assert f"help: {want['fix']}" in record["details"]
        assert any(each.startswith("why: ") for each in record["details"])


@pytest.fixture(scope="module")
def template_records(checkov: Checkov) -> list[tuple[str, str, dict[str, Any]]]:
    options = ("--framework", "cloudformation", "--check", "RES*")
    return records(run(checkov, FIXTURES / "template", *options, RESIDENCY_REGION="eu-west-1"))


def test_a_template_gets_the_same_verdicts_as_from_our_own_check(
    template_records: list[tuple[str, str, dict[str, Any]]], checkov: Checkov
) -> None:
    verdicts = ours(checkov, FIXTURES / "template" / "shop.yaml", "--region", "eu-west-1")
    want = {(rule, id_.rpartition("::")[2]): said for (rule, id_), said in worst(verdicts).items()}
    have = {(record["check_id"], record["resource"].rpartition(".")[2]): said for _, said, record in template_records}
    assert have == {**want, ("RES101", "Accepted"): "skipped"}
    assert "failed" in want.values()


def test_what_a_template_s_finding_says_is_in_its_name(
    template_records: list[tuple[str, str, dict[str, Any]]],
) -> None:
    """Checkov's report of templates drops a check's details."""
    [name] = [
        record["check_name"]
        for _, said, record in template_records
        if said == "failed" and record["resource"].endswith(".Sessions") and record["check_id"] == "RES101"
    ]
    assert name.startswith("replica made by `Sessions` would be placed in `us-east-1` (United States), outside `eea`")
    assert "; why: `replicas[0].regionName` is `us-east-1`; help: " in name


def test_skip_comments_and_the_perimeter_s_own_words_apply(checkov: Checkov, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'provider "aws" {\n  region = "us-east-1"\n}\n'
        'resource "aws_s3_bucket" "skipped" {\n  #checkov:skip=RES001:a public site\n  bucket = "a"\n}\n'
        'resource "aws_s3_bucket" "accepted" {\n  bucket = "b"\n}\n'
        'resource "aws_s3_bucket" "left" {\n  bucket = var.name\n}\n'
        'resource "google_storage_bucket" "open" {\n  name = "c"\n  location = var.place\n}\n',
        "utf-8",
    )
    (tmp_path / "residency.toml").write_text(
        '[perimeter]\nname = "acme"\ncountries = ["IE"]\nundetermined = "warn"\n\n[[exemption]]\nrule = "RES001"\n'
        'resource = "aws_s3_bucket.accepted"\nowner = "web"\nreason = "moves"\napprover = "dpo"\n'
        "expires = 2999-01-01\n",
        "utf-8",
    )
    found = {
        record["resource"]: (said, record["check_result"].get("suppress_comment") or "")
        for _, said, record in records(run(checkov, tmp_path, "--framework", "terraform", "--check", "RES001"))
    }
    assert found["aws_s3_bucket.skipped"] == ("skipped", "a public site")
    assert found["aws_s3_bucket.accepted"][0] == "skipped"
    assert "exemption `RES001 for aws_s3_bucket.accepted` until 2999-01-01" in found["aws_s3_bucket.accepted"][1]
    assert found["aws_s3_bucket.left"][0] == "failed"
    assert found["google_storage_bucket.open"][0] == "skipped"


def test_a_file_that_cannot_be_judged_fails(checkov: Checkov, tmp_path: Path) -> None:
    (tmp_path / "residency.toml").write_text('[perimeter]\ncountries = ["Ireland"]\n', "utf-8")
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n', "utf-8")
    [(_, said, record)] = records(run(checkov, tmp_path, "--framework", "terraform", "--check", "RES101"))
    assert said == "failed"
    assert record["check_name"].startswith("nothing could be judged: ")


@pytest.mark.parametrize("framework", [("--framework", "terraform"), ()])
def test_without_the_engine_every_check_fails_and_says_how_to_install_it(
    checkov: Checkov, tmp_path: Path, framework: tuple[str, ...]
) -> None:
    """Also where Checkov runs several frameworks, each in a process of its own."""
    pack = tmp_path / "elsewhere" / "pack"
    shutil.copytree(PACK, pack, ignore=shutil.ignore_patterns("__pycache__"))
    code = tmp_path / "code"
    code.mkdir()
    (code / "main.tf").write_text('resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n', "utf-8")
    found = records(run(checkov, code, *framework, "--check", "RES101", pack=pack))
    [(said, name)] = [(said, record["check_name"]) for type_, said, record in found if type_ == "terraform"]
    assert said == "failed"
    assert name.startswith("the residency checks cannot run: No module named 'residency'; install it beside Checkov")


def test_there_is_a_check_for_each_rule() -> None:
    text = (PACK / "data_residency.py").read_text("utf-8")
    listed = text.partition("RULES = (")[2].partition("\n)")[0]
    assert [each for each in rules() if f'"{each}"' not in listed] == []
    assert listed.count("RES") == len(rules())
