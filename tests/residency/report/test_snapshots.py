"""Every format of one sample result, and of one without a finding, as committed; read the diff when it changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from residency.report import FORMATS
from tests.residency.report.sample import empty_result, sample_result

SNAPSHOTS = Path(__file__).with_name("snapshots")
ENDINGS = {
    "text": "txt",
    "json": "json",
    "sarif": "sarif",
    "junit": "junit.xml",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "markdown": "md",
    "summary": "summary.md",
}
RESULTS = {"sample": sample_result, "empty": empty_result}


def rendered(name: str, result: str) -> str:
    """The report; in SARIF's, the pages of the rules are left out, as `docs/rules.md` shows their changes."""
    text = FORMATS[name](RESULTS[result]())
    if name != "sarif":
        return text
    document: dict[str, Any] = json.loads(text)
    for rule in document["runs"][0]["tool"]["driver"]["rules"]:
        rule["help"] = dict.fromkeys(rule["help"], "(page)")
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.usefixtures("run_folder")
@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize("name", ENDINGS)
def test_the_report_is_as_committed(name: str, result: str, same_as_file: Callable[[Path, str], None]) -> None:
    same_as_file(SNAPSHOTS / f"{result}.{ENDINGS[name]}", rendered(name, result))


def test_the_sample_has_every_kind_of_finding() -> None:
    """What a snapshot does not hold, no snapshot guards."""
    verdicts = sample_result().verdicts
    kinds = {(each.outcome.value, bool(each.exempt)) for each in verdicts}
    assert kinds == {("outside", False), ("outside", True), ("undetermined", False), ("inside", False)}
    assert {"RES901", "RES902"} <= {each.rule for each in verdicts}
    assert len({each.target for each in verdicts}) == 3
    assert max(len(each.placement.evidence) for each in verdicts) == 3
    assert {each.placement.resource.where is None for each in verdicts} == {True, False}
