"""What the maintainers' comparison sees in an unpacked package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from residency.catalogue.conflicts import Conflict, Considered, Needs, Tool
from tests.conflicts.__main__ import main
from tests.conflicts.packages import Check, faults, prowler, pulumi, speaks, trivy

REGO = """\
# METADATA
# title: Trail should cover all regions
# custom:
#   id: AVD-X-0001
#   avd_id: AVD-X-0001
package builtin.x
"""
POLICY = 'exports.copy = {\n    name: "s3-copy",\n    description: "Checks that there is a copy.",\n};\n'
HERE = Check("copies", "Bucket has a copy", "copies.py")


def tool(*titles: str) -> Tool:
    """A map with one row, and a row that was considered for each further title."""
    row = Conflict(
        id="copies",
        title="Bucket has a copy",
        provider="aws",
        types=("bucket",),
        asks="a copy",
        why="it may be anywhere",
        needs=Needs.SECOND_REGION,
        instead="copy inside",
        rule="RES101",
        files=("copies.py",),
        source="package",
    )
    considered = tuple(Considered(id=each.lower(), title=each, reason="is none") for each in titles)
    return Tool(tool="x", name="X", version="x 1", sources={}, conflict=(row,), considered=considered)


def write(path: Path, text: str) -> None:
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_prowlers_checks_are_read_from_their_metadata(tmp_path: Path) -> None:
    folder = "prowler/providers/aws/services/s3/copies"
    write(tmp_path / folder / "copies.metadata.json", json.dumps({"CheckID": "copies", "CheckTitle": "A copy"}))
    assert list(prowler(tmp_path)) == [Check("copies", "A copy", f"{folder}/copies.py")]


def test_trivys_checks_are_read_from_their_comments(tmp_path: Path) -> None:
    write(tmp_path / "checks/cloud/x/trail.rego", REGO)
    write(tmp_path / "checks/cloud/x/trail_test.rego", "package builtin.x_test\n")
    assert list(trivy(tmp_path)) == [Check("AVD-X-0001", "Trail should cover all regions", "checks/cloud/x/trail.rego")]


def test_policies_are_read_from_their_text(tmp_path: Path) -> None:
    write(tmp_path / "storage.js", POLICY)
    assert list(pulumi(tmp_path)) == [Check("s3-copy", "Checks that there is a copy.", "storage.js")]


def test_a_package_that_is_as_the_map_has_it_shows_no_fault() -> None:
    assert faults(tool("Global view"), [HERE, Check("global view", "Global view", "view.py")]) == []


@pytest.mark.parametrize(
    ("checks", "fault"),
    [
        ([Check("copies", "Bucket has two", "copies.py")], "copies: Bucket has two (copies.py)"),
        ([HERE, Check("global view", "A view", "view.py")], "global view: A view"),
        (
            [HERE, Check("new", "Disk is in another region", "new.py")],
            "new: nobody has read it: Disk is in another region (new.py)",
        ),
        ([Check("other", "Bucket is locked", "other.py")], "no check of the map is in this folder"),
    ],
)
def test_what_differs_is_named(checks: list[Check], fault: str) -> None:
    assert faults(tool("Global view"), checks) == [fault]


@pytest.mark.parametrize(
    ("title", "whose", "expected"),
    [
        ("Ensure that S3 bucket has cross-region replication enabled", "CKV_AWS_144", True),
        ("VPC flow logs should be enabled", "AVD-GCP-0029", True),
        ("VPC flow logs should be enabled", "AVD-AWS-0178", False),
        ("The Ledger feature is enabled", "CKV_AZURE_224", False),
    ],
)
def test_a_title_that_speaks_of_a_place_must_be_read(title: str, whose: str, expected: bool) -> None:
    assert speaks(title, whose) is expected


def test_the_command_says_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checkov"]) == 2
    assert capsys.readouterr().err == "usage: python -m tests.conflicts prowler|pulumi|trivy FOLDER\n"


def test_an_empty_folder_is_no_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trivy", str(tmp_path)]) == 1
    assert capsys.readouterr().out == "no check of the map is in this folder\n"
