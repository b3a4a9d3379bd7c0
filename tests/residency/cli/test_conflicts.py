"""`residency conflicts`: the table in each form, the page made of it, and Checkov's skip list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from residency.catalogue import conflicts
from residency.cli.main import main, parser

PAGE = Path(__file__).parents[3] / "docs" / "conflicts.md"
MAKE = ("conflicts", "--format", "markdown", "--perimeter", "ireland-norway", "--perimeter", "eea")
DAY = ("--date", "2026-11-26")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints."""
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_the_page_is_up_to_date(same_as_file: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]) -> None:
    """Made by the command that it names."""
    text = printed(capsys, *MAKE)
    assert f"\n    residency {' '.join(MAKE)}\n" in text
    same_as_file(PAGE, text)


def test_every_row_of_the_page_has_all_cells() -> None:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert {line.replace("\\|", "").count("|") for line in lines} == {9, 3}


def test_text_says_what_to_do_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "conflicts", "checkov", "--perimeter", "ireland-norway", *DAY)
    assert "  skip            CKV_AWS_144  Ensure that S3 bucket has cross-region replication enabled\n" in text
    assert "AWS has one region inside, eu-west-1: a copy in another region must leave; RES101 judges it\n" in text
    assert "Trivy" not in text


def test_without_a_tool_all_are_listed_under_the_default_perimeter(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `check` has it: residency.toml of this folder, else eea."""
    monkeypatch.chdir(tmp_path)
    text = printed(capsys, "conflicts", *DAY)
    assert [line.split(" (")[0] for line in text.splitlines() if ") under eea: " in line] == [
        conflicts.tool(name).name for name in conflicts.TOOLS
    ]
    (tmp_path / "residency.toml").write_text('[perimeter]\nname = "irish"\ncountries = ["IE"]\n')
    assert ") under irish: " in printed(capsys, "conflicts", "trivy", *DAY)


def test_json_has_every_row_with_its_sources_and_decisions(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("conflicts", "--format", "json", "--perimeter", "ireland-norway", "--perimeter", "eea", *DAY)
    found: list[dict[str, Any]] = json.loads(printed(capsys, *arguments))
    assert [tool["tool"] for tool in found] == list(conflicts.TOOLS)
    rows = {row["check"]["id"]: row for tool in found for row in tool["conflicts"]}
    assert len(rows) == sum(len(conflicts.tool(name).conflict) for name in conflicts.TOOLS)
    replication = rows["CKV_AWS_144"]
    assert [(each["perimeter"], each["disposition"]) for each in replication["decisions"]] == [
        ("ireland-norway", "skip"),
        ("eea", "satisfy-inside"),
    ]
    assert all(source["checked"] for row in rows.values() for source in row["sources"])


def skip_list(capsys: pytest.CaptureFixture[str], perimeter: str) -> str:
    """Checkov's configuration under a perimeter."""
    return printed(capsys, "conflicts", "checkov", "--skip-list", "--perimeter", perimeter, *DAY)


def test_the_skip_list_has_what_must_be_skipped_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    text = skip_list(capsys, "ireland-norway")
    skipped: list[str] = yaml.safe_load(text)["skip-check"]
    assert skipped == sorted(skipped, key=conflicts.key)
    assert {"CKV_AWS_144", "CKV_AWS_216", "CKV2_AWS_39"} <= set(skipped)
    assert not {"CKV_AWS_67", "CKV_AZURE_165", "CKV_AZURE_206"} & set(skipped)
    assert text == skip_list(capsys, "ireland-norway")


def test_every_skip_has_its_reason_and_what_is_kept_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    lines = skip_list(capsys, "ireland-norway").splitlines()
    skips = [number for number, line in enumerate(lines) if line.startswith("  - ")]
    assert skips
    assert all(lines[number - 1].startswith("  # ") and lines[number - 2].startswith("  # ") for number in skips)
    kept = "#   CKV_AZURE_206: only from norwayeast (paired with norwaywest); "
    assert any(line.startswith(kept) for line in lines)


def test_a_check_that_can_be_satisfied_inside_is_not_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert "CKV_AWS_144" not in yaml.safe_load(skip_list(capsys, "eea"))["skip-check"]


def test_a_perimeters_name_cannot_break_out_of_its_comment(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[perimeter]\nname = "a\\nskip-check: [CKV_AWS_21]"\ncountries = ["IE"]\n')
    assert "CKV_AWS_21" not in yaml.safe_load(skip_list(capsys, str(file)))["skip-check"]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--skip-list",), "only Checkov has a skip list"),
        (("trivy", "--skip-list"), "only Checkov has a skip list"),
        (("checkov", "--skip-list", "--perimeter", "eea", "--perimeter", "europe"), "a skip list is for one perimeter"),
        (("checkov", "--perimeter", "eurpoe"), "unknown perimeter `eurpoe`"),
        (("tfsec",), "invalid choice: 'tfsec'"),
        (("checkov", "--skip-list", "--format", "json"), "not allowed with argument"),
    ],
)
def test_bad_usage_ends_with_2(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], fault: str) -> None:
    assert main(("conflicts", *arguments)) == 2
    assert fault in capsys.readouterr().err


def test_the_command_line_knows_the_tools_that_the_catalogue_has() -> None:
    """The parser does not read the catalogue: --help starts at once."""
    for name in conflicts.TOOLS:
        assert parser().parse_args(["conflicts", name]).tool == name
