"""The docs of the components, generated from docstrings, arguments and schema."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from residency_components.component import Component
from residency_components.hosting import interfaces
from residency_components.pages import page

DOCS = Path(__file__).resolve().parents[2] / "docs" / "components"


@pytest.mark.parametrize("interface", interfaces(), ids=lambda each: each.__name__)
def test_the_page_of_a_component_is_up_to_date(
    interface: type[Component[Any]], same_as_file: Callable[[Path, str], None]
) -> None:
    same_as_file(DOCS / f"{interface.__module__.rpartition('.')[2]}.md", page(interface))


def test_every_page_is_linked_from_the_readme() -> None:
    text = (DOCS.parents[1] / "components" / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in sorted(DOCS.glob("*.md")) if f"docs/components/{path.name}" not in text] == []


def test_no_page_is_of_a_component_that_is_gone() -> None:
    written = {path.stem for path in DOCS.glob("*.md")}

    assert written == {interface.__module__.rpartition(".")[2] for interface in interfaces()}


@pytest.mark.parametrize("interface", interfaces(), ids=lambda each: each.__name__)
def test_every_default_has_a_reason(interface: type[Component[Any]]) -> None:
    assert [
        name for name, argument in interface.arguments().items() if argument.default is not None and not argument.why
    ] == []


@pytest.mark.parametrize("interface", interfaces(), ids=lambda each: each.__name__)
def test_the_example_in_yaml_is_a_program(interface: type[Component[Any]]) -> None:
    text = page(interface).split("```yaml\n")[1].split("```")[0]

    (resource,) = yaml.safe_load(text)["resources"].values()
    assert resource["type"].startswith("residency-components:")
    assert resource["properties"]["country"] == "IE"
