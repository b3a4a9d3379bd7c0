"""The conflict map against the real Checkov: ids, titles and types, none left unread; and the skip list is obeyed."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from residency.catalogue import conflicts
from residency.cli.main import main
from tests.checkov.environment import Checkov, locked_version
from tests.conflicts.packages import speaks

_LIST = """
import json
from checkov.docs_generator import get_checks
print(json.dumps([[row[0], f"{row[4]}:{row[2]}", row[3], row[5]] for row in get_checks()]))
"""
FIXTURES = Path(__file__).parent / "fixtures" / "conflicts"
BUCKET = 'resource "aws_s3_bucket" "uploads" {\n  bucket = "uploads"\n}\n'


class Registered:
    """What the real Checkov has of one id."""

    def __init__(self) -> None:
        self.titles: set[str] = set()
        self.types: set[str] = set()
        self.files: set[str] = set()


@pytest.fixture(scope="module")
def registry(checkov: Checkov) -> dict[str, Registered]:
    """Every check of every framework, from Checkov's own list."""
    done = subprocess.run([checkov.python, "-c", _LIST], check=True, capture_output=True, text=True)
    found: dict[str, Registered] = defaultdict(Registered)
    for identity, kind, title, link in json.loads(done.stdout.splitlines()[-1]):
        found[identity].titles.add(title)
        found[identity].types.add(kind)
        found[identity].files.add(link.partition("/main/")[2])
    return dict(found)


def test_every_row_is_a_check_of_the_real_checkov(registry: dict[str, Registered]) -> None:
    """Title, types and files, exactly."""
    wrong = [
        f"{row.id}: {real and (real.titles, sorted(real.types), sorted(real.files))}"
        for row in conflicts.tool("checkov").conflict
        if (real := registry.get(row.id)) is None
        or real.titles != {row.title}
        or real.types != set(row.types)
        or real.files != set(row.files)
    ]
    assert wrong == []


def test_every_check_that_was_only_considered_is_one_too(registry: dict[str, Registered]) -> None:
    considered = conflicts.tool("checkov").considered
    assert [each.id for each in considered if each.title not in registry[each.id].titles] == []


def test_no_title_that_speaks_of_a_place_is_unread(registry: dict[str, Registered]) -> None:
    """A newer Checkov with a new check of the kind fails here."""
    tool = conflicts.tool("checkov")
    read = {row.id for row in tool.conflict} | {each.id for each in tool.considered}
    unread = {
        identity: sorted(real.titles)
        for identity, real in registry.items()
        if identity not in read and any(speaks(title, identity) for title in real.titles)
    }
    assert unread == {}


def test_the_version_that_was_read_is_the_one_that_is_locked() -> None:
    """A newer Checkov is read before it is named."""
    assert conflicts.tool("checkov").version == f"checkov {locked_version()}"


def failed(checkov: Checkov, folder: Path, perimeter: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The ids that Checkov, with a perimeter's skip list, reports as failed for a Terraform file with one bucket."""
    assert main(["conflicts", "checkov", "--skip-list", "--perimeter", perimeter]) == 0
    skips = folder / f"{perimeter}.yaml"
    skips.write_text(capsys.readouterr().out)
    (folder / "main.tf").write_text(BUCKET)
    command = [checkov.command, "--file", folder / "main.tf", "--framework", "terraform", "--output", "json"]
    done = subprocess.run([*command, "--config-file", skips], check=False, capture_output=True, text=True, cwd=folder)
    assert done.returncode == 1, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return {each["check_id"] for each in report["results"]["failed_checks"]}


def test_the_real_checkov_obeys_the_skip_list(
    checkov: Checkov, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bucket without replication: its check is gone where a copy must leave, and stays where it can be inside."""
    kept = failed(checkov, tmp_path, "eea", capsys)
    assert {"CKV_AWS_144", "CKV_AWS_21"} <= kept
    assert failed(checkov, tmp_path, "ireland-norway", capsys) == kept - {"CKV_AWS_144"}


def verdicts(checkov: Checkov, file: str) -> tuple[set[str], set[str]]:
    """The ids of the map that pass and that fail for a file."""
    listed = ",".join(row.id for row in conflicts.tool("checkov").conflict)
    command = [checkov.command, "--file", FIXTURES / file, "--framework", "terraform", "--check", listed]
    done = subprocess.run([*command, "--output", "json"], check=False, capture_output=True, text=True)
    results: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)["results"]
    passed, failed = ({each["check_id"] for each in results[part]} for part in ("passed_checks", "failed_checks"))
    return passed, failed


def test_every_check_passes_where_user_data_leave(checkov: Checkov) -> None:
    """None of them asks where to."""
    assert verdicts(checkov, "leads_out.tf") == ({row.id for row in conflicts.tool("checkov").conflict}, set())


def test_every_check_fails_where_nothing_leaves(checkov: Checkov) -> None:
    """Each really asks for what its row says."""
    assert verdicts(checkov, "stays.tf") == (set(), {row.id for row in conflicts.tool("checkov").conflict})
