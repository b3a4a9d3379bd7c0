"""Every rule has a page that reads well, and every example on it gives exactly the verdicts that it announces."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from residency.cli.main import main
from residency.judge import judge
from residency.model import Outcome, PlacementKind, Verdict
from residency.placements.derive import Deriver
from residency.report.text import finding
from residency.rules import documentation, rules
from residency.rules.rule import Rule
from tests.residency.rules.pages import (
    DEFAULT_APPLIES,
    HEADINGS,
    Example,
    examples,
    expected,
    found,
    page,
    sections,
    worst,
)
from tests.residency.samples import AMERICA, BUCKET, IRELAND, eea, graph_of, resource

RULES = tuple(rules().values())
WITHOUT_EXAMPLES = {
    "RES901": "a list of resources that made a rule fail would be a bug to mend, not an example",
    "RES902": "it is about what a source leaves out, and a list of resources leaves nothing out",
}
WITHOUT_DEFAULT: dict[str, str] = {}
SCAFFOLD = ("TODO", "FIXME", "XXX", "lorem", "NotImplemented", "…", "describe ", "placeholder")
WIDEST = 100
_FOLDER = Path(documentation.__code__.co_filename).parent
_OUTCOMES = frozenset(Outcome)


def _examples() -> list[Any]:
    return [
        pytest.param(example, id=f"{rule.id} {number}: {example.title.removeprefix('# ')}")
        for rule in RULES
        for number, example in enumerate(examples(rule), 1)
    ]


@pytest.mark.parametrize("example", _examples())
def test_an_example_gives_exactly_the_verdicts_that_it_announces(example: Example) -> None:
    """No verdict of the page's rule is missing, and there is none that nobody expected."""
    verdicts = judge(example.graph, eea())
    assert verdicts or not example.expected, "nothing was judged"
    assert set(found(example, eea())) == example.expected, "\n".join(f"{each.what} | {each.why}" for each in verdicts)


def test_a_wrong_announcement_is_noticed() -> None:
    """The comparison above fails both for a missing verdict and for one too many."""
    replicas = rules()["RES101"]
    outside = next(each for each in examples(replicas) if worst(each) is Outcome.OUTSIDE)
    assert set(found(outside, eea())) != expected("inside copier")
    assert set(found(outside, eea())) != expected("none")
    assert set(found(outside, eea())) != expected("outside copier, outside uploads")


@pytest.mark.parametrize("words", ["outsid copier", "outside", "", "outside copier inside copy"])
def test_an_unreadable_announcement_is_an_error(words: str) -> None:
    """A misspelt outcome is not an example that passes."""
    with pytest.raises(ValueError, match=r".+"):
        expected(words)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_shows_every_outcome_and_a_default(rule: Rule) -> None:
    """Inside, outside, undetermined, and what holds where the attribute is left out."""
    shown = examples(rule)
    if rule.id in WITHOUT_EXAMPLES:
        assert not shown, f"{rule.id} has examples now: take it off the list"
        assert rule.watches is None, "a rule that judges a kind of placement has examples"
        return
    assert {worst(each) for each in shown} >= _OUTCOMES
    defaults = [each for each in shown if each.title.startswith(DEFAULT_APPLIES)]
    assert bool(defaults) != (rule.id in WITHOUT_DEFAULT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_has_its_title_and_the_headings_in_order(rule: Rule) -> None:
    """One form for all pages; no heading is empty."""
    assert documentation(rule).startswith(f"# `{rule.name}` ({rule.id})\n\n## ")
    found_sections = sections(rule)
    assert tuple(heading for heading, _ in found_sections) == HEADINGS
    assert not [heading for heading, text in found_sections if len(text.split()) < len(HEADINGS)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_reads_well_in_a_terminal(rule: Rule) -> None:
    """Lines fit, save addresses and examples; no HTML, no tabs, no trailing spaces; one newline ends it."""
    text = documentation(rule)
    long = [line for line in page(rule).splitlines() if len(line) > WIDEST and "http" not in line]
    assert not long
    assert not re.findall(r"<[a-z!/][^>]*>|\t| +$|\]\(", page(rule), flags=re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_names_its_sources_with_the_day_on_which_they_were_read(rule: Rule) -> None:
    """A page that states facts about a provider says where they stand."""
    sources = dict(sections(rule))["Sources"]
    if rule.id in WITHOUT_EXAMPLES:
        assert "`residency/judge.py`" in sources
        return
    assert "https://" in sources
    assert re.search(r"^Checked \d{4}-\d{2}-\d{2}\.$", sources, flags=re.MULTILINE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_has_no_scaffold_text(rule: Rule) -> None:
    """What a template left behind is not documentation."""
    text = documentation(rule)
    assert [word for word in SCAFFOLD if word.lower() in text.lower()] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_example_begins_with_a_sentence_about_it(rule: Rule) -> None:
    """The first line says what the block shows; no two blocks of a page say the same."""
    titles = [each.title for each in examples(rule)]
    assert all(re.match(r"# \S.{10,}[^.]$", title) for title in titles), titles
    assert len(set(titles)) == len(titles)


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    """Code and page share a stem."""
    assert {each.stem for each in RULES} == {path.stem for path in _FOLDER.glob("*.md")}


def test_ids_and_names_are_unique_and_well_formed() -> None:
    """RES and three digits; the module is named like the rule."""
    modules = {path.stem for path in _FOLDER.glob("*.py")} - {"__init__", "rule"}
    assert len(RULES) == len(modules), "two rules share an id"
    assert {each.stem for each in RULES} == modules
    assert [each.id for each in RULES if not re.fullmatch(r"RES\d{3}", each.id)] == []


def test_names_say_the_fault() -> None:
    """`allow replica-outside-perimeter` must read well: no order and no negation."""
    bad = [
        each.name
        for each in RULES
        if not re.fullmatch(r"(?!(?:avoid|use|no|do|dont|never)-)[a-z]+(?:-[a-z]+)+", each.name)
    ]
    assert bad == []


def test_every_kind_of_placement_has_exactly_one_rule() -> None:
    """No kind goes unjudged."""
    assert sorted(each.watches.value for each in RULES if each.watches) == sorted(kind.value for kind in PlacementKind)


def test_summaries_are_one_sentence_of_their_own() -> None:
    """For lists: upper case first, no full stop, no two alike."""
    summaries = [each.summary for each in RULES]
    assert len(set(summaries)) == len(summaries)
    assert [each for each in summaries if not each[0].isupper() or each.endswith(".")] == []


def _shown(rule_id: str) -> str:
    return "\n".join(re.findall(r"^```text\n(.*?)\n```$", documentation(rules()[rule_id]), re.MULTILINE | re.DOTALL))


def _text(verdict: Verdict) -> str:
    return "\n".join(finding(verdict, with_where=False))


def test_a_failing_row_or_rule_is_the_finding_on_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """RES901: undetermined for the one resource, and the next is judged all the same."""
    derive = Deriver.of

    def fail(self: Deriver, of: Any) -> Any:
        if of.name == "uploads":
            raise KeyError(of.name)
        return derive(self, of)

    monkeypatch.setattr(Deriver, "of", fail)
    verdicts = judge(
        graph_of(IRELAND, AMERICA, resource(BUCKET, "uploads", by="eu"), resource(BUCKET, "z", by="us")), eea()
    )
    assert [(each.rule, each.outcome) for each in verdicts] == [
        ("RES001", Outcome.OUTSIDE),
        ("RES901", Outcome.UNDETERMINED),
    ]
    assert _text(verdicts[1]) == _shown("RES901")


def test_a_preview_that_failed_is_the_finding_on_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """RES902: exit code 3, although every resource that was read is inside."""
    inside = resource(BUCKET, "uploads", {"region": "eu-west-1"})
    preview = {
        "steps": [{"op": "create", "urn": inside["urn"], "newState": inside}],
        "diagnostics": [{"severity": "error"}],
    }
    (tmp_path / "preview.json").write_text(json.dumps(preview), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "preview.json", "--date", "2026-11-23"]) == 3
    shown = [line for line in capsys.readouterr().out.split("\n\n")[0].splitlines() if "  where: " not in line]
    assert "\n".join(shown) == _shown("RES902")
