"""``residency explain``: a page by id or name, the list, and what happens to a rule that does not exist."""

from __future__ import annotations

import pytest

from residency.cli.main import main
from residency.rules import documentation, rules
from residency.rules.rule import Rule

_REPLICAS = rules()["RES101"]


@pytest.mark.parametrize("name", ["RES101", "res101", "replica-outside-perimeter", "Replica-Outside-Perimeter"])
def test_a_page_is_printed_by_id_or_name_in_any_case(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed is the page and nothing else."""
    assert main(["explain", name]) == 0
    assert capsys.readouterr().out == documentation(_REPLICAS)


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_every_rule_can_be_explained(rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    """The `more:` line of a finding never leads nowhere."""
    assert main(["explain", rule.id]) == 0
    assert capsys.readouterr().out.startswith("# `")


def test_without_a_rule_all_are_listed_in_the_order_of_their_ids(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a rule: id, name, summary."""
    assert main(["explain"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed == [f"{each.id}  {each.name}  {each.summary}" for each in rules().values()]
    assert listed == sorted(listed)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("replica-outside-perimiter", "replica-outside-perimeter"),
        ("RES-902", "RES902"),
        ("key-outside", "key-outside-perimeter"),
    ],
)
def test_a_misspelt_rule_ends_with_2_and_a_suggestion(
    wrong: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The suggestion comes from the known names and ids."""
    assert main(["explain", wrong]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"error: unknown rule `{wrong}`\n  help:  did you mean `{meant}`?\n"


def test_a_rule_like_none_ends_with_2_and_the_way_to_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is suggested that is not alike."""
    assert main(["explain", "zzz"]) == 2
    assert capsys.readouterr().err == "error: unknown rule `zzz`\n  help:  `residency explain` lists all\n"
