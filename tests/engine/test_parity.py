"""One stack through every gate: program, preview JSON, the pack in the engine, exported state, and the analysed state.

The verdicts must be the same, with ids and fingerprints, wherever the source can know. Where a source knows less, it is
listed with the reason in `COARSER`: it may be undetermined there, never inside.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from residency.check import CheckOptions, run_check
from residency.model import Outcome, Verdict
from tests.engine.harness import ROOT, Engine, Pack
from tests.residency.samples import eea

EUROPE = Pack(ROOT / "policy_packs" / "europe")
EXAMPLES = sorted(
    path.relative_to(ROOT / "examples").as_posix()
    for path in (ROOT / "examples").glob("*/*")
    if (path / "Pulumi.yaml").is_file()
)
COARSER: dict[str, str] = {
    "leaks/backup-copy": "a preview names both vaults as the source of one property, a program each part's own",
}


def judged(target: Path) -> tuple[Verdict, ...]:
    """The verdicts of `residency check` on a folder or file."""
    return run_check(CheckOptions(targets=(str(target),), perimeter=eea())).verdicts


def keys(found: tuple[Verdict, ...]) -> list[tuple[str, str, str, str]]:
    """What must be equal: outcome, rule, resource and fingerprint."""
    return sorted((each.outcome.value, each.rule, each.placement.resource.id, each.fingerprint) for each in found)


def coarsened(found: tuple[Verdict, ...]) -> list[tuple[bool, str, str]]:
    """Verdicts without the difference between outside and undetermined."""
    return sorted((each.outcome is Outcome.INSIDE, each.rule, each.placement.resource.id) for each in found)


def findings(found: tuple[Verdict, ...]) -> list[tuple[str, str]]:
    """Resource and first line of each finding."""
    label = {Outcome.OUTSIDE: "error", Outcome.UNDETERMINED: "undetermined"}
    return sorted(
        (each.placement.resource.id, f"{label[each.outcome]}[{each.rule}]: {each.what}")
        for each in found
        if each.outcome is not Outcome.INSIDE
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_gate_gives_the_same_verdicts(engine: Engine, example: str, tmp_path: Path) -> None:
    """From the pull request to what is deployed."""
    source = ROOT / "examples" / example
    program = judged(source)

    run, document = engine.project(source, "dev").preview_json()
    assert run.succeeded, run.stderr
    preview = tmp_path / "preview.json"
    preview.write_text(json.dumps(document), encoding="utf-8")
    if example in COARSER:
        assert coarsened(judged(preview)) == coarsened(program)
        assert Outcome.UNDETERMINED in {each.outcome for each in judged(preview)}
    else:
        assert keys(judged(preview)) == keys(program)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_pack_reports_what_the_check_reports(engine: Engine, example: str) -> None:
    """In the engine's preview: the same resources, rules and words."""
    source = ROOT / "examples" / example
    run = engine.project(source, "dev", packs=[EUROPE]).preview()
    expected = findings(judged(source))
    reported = sorted((each.urn, each.message.splitlines()[1]) for each in run.violations)
    if example in COARSER:
        assert [urn for urn, _ in reported] == [urn for urn, _ in expected]
        assert any("undetermined[" in line for _, line in reported)
    else:
        assert reported == expected
    assert run.succeeded is not bool(expected)


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_deployed_is_judged_as_it_was_before(engine: Engine, example: str, tmp_path: Path) -> None:
    """The exported state of a deployment without the pack, by the check and by the pack."""
    source = ROOT / "examples" / example
    stack = engine.project(source, "dev")
    run = stack.up_without_preview()
    assert run.succeeded, run.stdout + run.stderr
    exported = stack.export()
    state = tmp_path / "state.json"
    state.write_text(json.dumps(exported), encoding="utf-8")
    deployed = judged(state)
    assert keys(deployed) == keys(judged(source))
    analysed = engine.analyze(exported, EUROPE)
    assert sorted((each.urn, each.message.splitlines()[1]) for each in analysed.violations) == findings(deployed)
