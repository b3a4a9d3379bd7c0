"""docs/rules.md is made from the rules themselves, and compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from residency.rules import rules

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"
_HEAD = """\
<!-- Made from residency/rules by `pytest tests/residency/rules --update-snapshots`: change them, not this file. -->
# Rules

Each rule judges one kind of placement, or the check itself. `residency explain ID` prints its page: what it judges, why
it matters, how to fix it, when it cannot tell, its sources, and examples that a test runs. An id is never used again.

| id | name | kind | summary |
| --- | --- | --- | --- |
"""


def table() -> str:
    """The page."""
    rows = [
        f"| {each.id} | [`{each.name}`](../residency/rules/{each.stem}.md) "
        f"| {each.watches.value if each.watches else 'the check itself'} | {each.summary} |\n"
        for each in rules().values()
    ]
    return _HEAD + "".join(rows)


def test_the_table_of_rules_is_up_to_date(same_as_file: Callable[[Path, str], None]) -> None:
    """Every rule with its page, kind and summary."""
    same_as_file(PAGE, table())


def test_every_page_that_the_table_links_to_exists() -> None:
    """No link leads nowhere."""
    links = [part.partition(")")[0] for part in PAGE.read_text("utf-8").split("](")[1:]]
    assert len(links) == len(rules())
    assert [link for link in links if not (PAGE.parent / link).is_file()] == []
