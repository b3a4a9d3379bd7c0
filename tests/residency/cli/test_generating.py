"""``residency catalogue cloudformation``: writes the table, or says whether it differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from residency.cli import generating
from residency.cli.main import main


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table that the command makes out of two types, of which one is in no pair."""
    file = tmp_path / "aws.txt"
    monkeypatch.setattr(generating.cloudformation_table, "FILE", file)
    made = ("# made\nAWS::A::B aws:a/b:B\n", {"AWS::A::C": ("aws:a/b:B",), "AWS::D::E": ()})

    def text(schemas: Path, sdk: Path) -> tuple[str, object]:
        assert (schemas.name, sdk.name) == ("schemas", "sdk")
        return made

    monkeypatch.setattr(generating.cloudformation_names, "text", text)
    return file


def run(*more: str) -> int:
    return main(["catalogue", "cloudformation", "--schema", "x/schemas", "--sdk", "x/sdk", *more])


def test_it_writes_the_table_and_names_the_types_without_a_pair(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    assert table.read_text("utf-8") == "# made\nAWS::A::B aws:a/b:B\n"
    assert capsys.readouterr().out.splitlines() == [
        "in no pair: AWS::A::C (aws:a/b:B)",
        "in no pair: AWS::D::E (nothing is near)",
    ]


def test_a_check_writes_nothing_and_tells_by_its_exit_code(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("# older\n", encoding="utf-8")
    assert run("--check") == 1
    assert table.read_text("utf-8") == "# older\n"
    run()
    assert run("--check") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "nothing differs"
