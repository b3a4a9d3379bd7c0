"""docs/ci.md shows the files themselves, and every input there is."""

from __future__ import annotations

import re

import yaml

from tests.ci.repositories import ROOT

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
