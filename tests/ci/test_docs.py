"""docs/ci.md shows the files themselves, and every input there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml

from tests.ci.repositories import ROOT

BIN = Path(sys.executable).parent
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")


def test_the_workflow_on_the_page_is_the_one_that_is_tested() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    workflows = [block for block in blocks if "\njobs:" in block]
    assert workflows == [(ROOT / "examples" / "ci" / "github-workflow.yml").read_text("utf-8")]


def test_every_block_is_yaml() -> None:
    assert all(yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))


def test_the_table_of_inputs_is_the_actions() -> None:
    described = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    for part in ("inputs", "outputs"):
        table = PAGE.split(f"<!-- {part} -->\n")[1].split("\n<!--")[0]
        rows = dict(re.findall(r"^\| `([\w-]+)` \| (.*?) \|", table, re.MULTILINE))
        assert rows == {name: each["description"] for name, each in described[part].items()}
    defaults = dict(re.findall(r"^\| `([\w-]+)` \| .*? \| `(.+?)` \|$", PAGE, re.MULTILINE))
    assert defaults == {name: each["default"] for name, each in described["inputs"].items() if "default" in each}


def test_every_variable_of_gitlab_is_in_its_file() -> None:
    text = (ROOT / "ci" / "gitlab" / "residency.gitlab-ci.yml").read_text("utf-8")
    named = set(re.findall(r"RESIDENCY_\w+", PAGE))
    assert named
    assert [each for each in named if each not in text] == []


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", PAGE)
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_the_other_blocks_are_what_their_services_take(tmp_path: Path) -> None:
    """pre-commit reads its configuration, with our hooks; GitLab's has the form of GitLab; the step has our inputs."""
    blocks = {next(iter(first(block))): block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)}
    file = tmp_path / "file.yaml"
    file.write_text(blocks["repos"], "utf-8")
    subprocess.run([str(BIN / "pre-commit"), "validate-config", str(file)], check=True)
    ids = [hook["id"] for hook in yaml.safe_load(blocks["repos"])["repos"][0]["hooks"]]
    assert ids == [hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))]
    file.write_text(blocks["include"], "utf-8")
    form = ["--builtin-schema", "vendor.gitlab-ci"]
    subprocess.run([sys.executable, "-m", "check_jsonschema", *form, str(file)], check=True)
    (step,) = yaml.safe_load(blocks["uses"])
    described = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert step["with"].keys() <= described["inputs"].keys()


def first(block: str) -> dict[str, object]:
    """A block's own keys, or those of its first element."""
    content = yaml.safe_load(block)
    return content[0] if isinstance(content, list) else content  # pyright: ignore[reportUnknownVariableType]
