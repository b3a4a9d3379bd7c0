"""Which reports one check writes: every format by its name, and several of one evaluation."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from residency import check as checking
from residency.cli import reports
from residency.cli.main import main, parser
from residency.model import ResourceGraph
from residency.report import FORMATS
from tests.residency.samples import AMERICA, BUCKET, resource, state

BEGINS = {
    "text": "error[RES001]: ",
    "json": '{\n  "version": 1,',
    "sarif": '{\n  "$schema": ',
    "junit": "<?xml version='1.0' encoding='utf-8'?>\n<testsuites ",
    "github": "::error file=state.json,line=1,title=RES001 outside::",
    "gitlab": '[\n  {\n    "description": ',
    "markdown": "<!-- residency report -->\nThis change would put user data in the United States: `b` in `us-east-1` ",
    "summary": "<!-- residency report -->\nThis change would put user data in the United States: `b` in `us-east-1` ",
    "html": "<!DOCTYPE html>\n",
}


@pytest.fixture
def leak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A state with one bucket outside, in the folder of the run."""
    monkeypatch.chdir(tmp_path)
    Path("state.json").write_text(state(AMERICA, resource(BUCKET, "b", {}, by="us")), encoding="utf-8")
    return "state.json"


def test_the_parser_offers_every_format() -> None:
    """It has their names without importing them."""
    assert tuple(FORMATS) == reports.FORMATS == tuple(BEGINS)


@pytest.mark.parametrize("name", BEGINS)
def test_each_format_is_written_by_its_name(name: str, leak: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", leak, "--format", name]) == 1
    assert capsys.readouterr().out.startswith(BEGINS[name])


def test_an_unknown_format_is_bad_usage(leak: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", leak, "--format", "pdf"]) == 2
    assert "pdf" in capsys.readouterr().err


def test_several_reports_are_written_from_one_evaluation(
    leak: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the report of `--format` still goes to standard output."""
    calls: list[checking.CheckOptions] = []
    read_targets = checking.read_targets

    def counted(options: checking.CheckOptions) -> list[ResourceGraph]:
        calls.append(options)
        return read_targets(options)

    monkeypatch.setattr(checking, "read_targets", counted)
    further = [f"--report={name}=out.{name}" for name in FORMATS]
    assert main(["check", leak, *further]) == 1
    assert len(calls) == 1
    for name, beginning in BEGINS.items():
        assert Path(f"out.{name}").read_text("utf-8").startswith(beginning), name
    assert capsys.readouterr().out == Path("out.text").read_text("utf-8")
    ET.parse("out.junit")  # noqa: S314 - our own file
    json.loads(Path("out.sarif").read_bytes())


def test_a_file_name_may_have_an_equals_sign(leak: str) -> None:
    assert main(["check", leak, "--report", "json=a=b.json"]) == 1
    assert json.loads(Path("a=b.json").read_bytes())["summary"]["outside"] == 1


def test_a_report_has_the_same_bytes_on_every_system(leak: str) -> None:
    """Not this system's ends of lines, nor its encoding."""
    assert main(["check", leak, "--report", "markdown=out.md"]) == 1
    content = Path("out.md").read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")


@pytest.mark.parametrize(
    ("given", "problem", "mend"),
    [
        ("sarf=out", "unknown format `sarf`", "did you mean `sarif`?"),
        ("out.sarif", "unknown format `out.sarif`", ""),
        ("zzz=out", "unknown format `zzz`", "one of text, json, sarif, junit, github, gitlab, markdown, summary"),
        ("sarif", "`sarif` has no file", "write it as FORMAT=FILE"),
        ("sarif=", "`sarif` has no file", "write it as FORMAT=FILE"),
    ],
)
def test_a_report_that_is_not_understood_is_bad_usage_before_anything_is_read(
    given: str, problem: str, mend: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The target does not exist, and nobody looked."""
    assert main(["check", "gone", "--report", given]) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith(f"error: {problem}\n  where: --report\n")
    assert mend in shown.err
    assert shown.out == ""


@pytest.mark.parametrize("arguments", [["--report", "sarif=out"], ["--output", "out"]])
def test_two_reports_for_one_file_are_bad_usage(
    arguments: list[str], leak: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", leak, "--report", "json=out", *arguments]) == 2
    assert "error: two reports for `out`" in capsys.readouterr().err
    assert not Path("out").exists()


@pytest.mark.parametrize("file", ["missing/out.sarif", ".", "a\0b"])
def test_a_file_that_cannot_be_written_is_bad_usage(file: str, leak: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The report on standard output is there all the same."""
    assert main(["check", leak, "--report", f"sarif={file}"]) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith("error: cannot write `")
    assert "  where: --report\n" in shown.err
    assert "Traceback" not in shown.err
    assert shown.out.startswith("error[RES001]")


def test_graph_has_no_reports(leak: str) -> None:
    """A drawing is no report of findings."""
    assert main(["graph", leak, "--report", "json=out"]) == 2


def test_the_help_names_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["check", "--help"])
    assert "--report FORMAT=FILE" in capsys.readouterr().out


def test_a_check_imports_no_format_that_it_does_not_write(leak: str) -> None:
    """In a process of its own."""
    code = (
        "import sys; from residency.cli.main import main; main(['check', 'state.json']); "
        "print(sorted(each for each in sys.modules if each.startswith('residency.report.')), file=sys.stderr)"
    )
    assert Path(leak).is_file()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for name in ("sarif", "junit", "github", "gitlab", "markdown", "headline"):
        assert f"'residency.report.{name}'" not in done.stderr
    assert "'residency.report.text'" in done.stderr


@pytest.mark.parametrize("name", ["text", "json", "junit", "markdown"])
def test_piped_reports_are_utf_8_whatever_the_locale(name: str, leak: str) -> None:
    """XML says so of itself, and a name may have letters that the locale has not."""
    Path(leak).write_text(state(AMERICA, resource(BUCKET, "lås-Δ", {}, by="us")), encoding="utf-8")
    command = [sys.executable, "-m", "residency", "check", leak, "--format", name]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.returncode == 1, done.stderr
    assert "lås-Δ" in done.stdout.decode("utf-8")


def test_a_terminal_that_has_not_the_letters_is_shown_their_numbers(leak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a traceback."""

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    Path(leak).write_text(state(AMERICA, resource(BUCKET, "Δ", {}, by="us")), encoding="utf-8")
    written = io.BytesIO()
    terminal = Terminal(written, encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main(["check", leak]) == 1
    terminal.flush()
    assert b"data of `\\u0394` would be placed" in written.getvalue()


def test_the_page_on_reports_has_every_format_and_its_commands_exist() -> None:
    """As a reader would type them."""
    page = (Path(__file__).parents[3] / "docs" / "reports.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(FORMATS)
    commands = re.findall(r"residency (check \. (?:.|\n)*?)(?=\n  (?:-|artifacts))", page)
    assert len(commands) == 2
    for command in commands:
        options = parser().parse_args(shlex.split(command))
        assert reports.further(options.report, options.output)
