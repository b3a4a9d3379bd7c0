"""The README says only what is true: its example loads, its output is the real one, its commands and links exist."""

from __future__ import annotations

import re
from pathlib import Path

from residency import check, perimeter
from residency.cli.main import main, parser
from residency.report.text import finding
from tests.residency.samples import ON, eea

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def block(name: str) -> str:
    """The fenced block after a marker."""
    found = re.search(rf"<!-- {name} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found, f"the README has no block `{name}`"
    return found.group(1)


def test_the_perimeter_example_loads_and_shows_every_table(tmp_path: Path) -> None:
    """Copied as it stands, it works."""
    path = tmp_path / "residency.toml"
    path.write_text(block("perimeter"), "utf-8")
    loaded = perimeter.load(str(path), ON)
    assert loaded.countries == {"IE", "NO"}
    assert all((loaded.sites, loaded.externals, loaded.transfers, loaded.exemptions))


def test_the_demo_output_is_the_real_one() -> None:
    """The first finding of the embedded program, letter by letter."""
    target = "examples/leaks/disaster-recovery"
    result = check.run_check(check.CheckOptions(targets=(str(ROOT / target),), perimeter=eea()))
    shown = "\n".join(finding(result.verdicts[0])).replace(str(ROOT / target), target)
    assert block("demo").rstrip("\n") == shown


def test_every_command_in_the_readme_exists() -> None:
    """No option that the parser does not have."""
    used = re.findall(r"^\$ residency (.*?)(?:\s+#.*)?$", README, re.MULTILINE)
    assert used
    for line in used:
        parser().parse_args(line.split())


def test_every_relative_link_leads_somewhere() -> None:
    """A link to a file or folder of this repository."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_exit_codes_are_those_of_the_code() -> None:
    """The table and the constants agree."""
    rows = dict(re.findall(r"^\| (\d) \| (.*?) \|$", README, re.MULTILINE))
    assert sorted(int(code) for code in rows) == sorted((check.OK, check.OUTSIDE, check.BAD_INPUT, check.UNDETERMINED))
    assert rows[str(check.OK)] == "everything inside"
    assert rows[str(check.OUTSIDE)] == "something outside"
    assert main(["check"]) == check.BAD_INPUT
