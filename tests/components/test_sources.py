"""Where the components' facts come from: an SDK or a page. A page that nobody opened is marked; the marks only go."""

from __future__ import annotations

import re
from pathlib import Path

import residency_components

FILES = sorted(Path(residency_components.__file__).parent.rglob("*.py"))
UNREAD = 40
"""Pages that were named from memory. To open one and take its mark away is a change to this number as well."""


def test_no_page_is_added_that_nobody_opened() -> None:
    marks = [path.name for path in FILES for _ in re.findall(r"\(unread\)", path.read_text(encoding="utf-8"))]

    assert len(marks) == UNREAD


def test_every_module_of_a_cloud_says_where_its_facts_are_from() -> None:
    """Its own docstring, or that of the module which it names."""
    clouds = [path for path in FILES if path.parent.name in {"aws", "azure", "gcp"} and path.name != "__init__.py"]
    silent = [
        str(path.relative_to(path.parents[1]))
        for path in clouds
        if not re.search(r"Facts?\b|Source|what is known of", path.read_text(encoding="utf-8"))
    ]

    assert silent == []
