"""SARIF 2.1.0, which code scanning services show beside the line.

In:  a CheckResult.
Out: one run. Every rule that judged is listed, also those without a finding. What somebody accepted is a suppressed
     result. Fingerprints are the verdicts' own, so that a finding keeps its history when lines move.
Limits are GitHub's: a run of more than 25,000 results is refused. Source:
https://docs.github.com/code-security/code-scanning/troubleshooting-sarif/results-exceed-limit, read 2026-11-24.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from urllib.parse import quote

import msgspec

from residency import __version__
from residency.check import CheckResult
from residency.model import Outcome, Verdict
from residency.report.escape import shown
from residency.report.position import position
from residency.rules import documentation, rules
from residency.rules.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 25_000
_LEVEL = {Outcome.OUTSIDE: "error", Outcome.UNDETERMINED: "warning"}
_PAGE = "https://github.com/residency/residency"
_MOST_CHARACTERS = 4_000
_Json: TypeAlias = "bool | int | str | Sequence[_Json] | Mapping[str, _Json]"


def render(result: CheckResult) -> str:
    """The findings of a check; the worst are kept where there are too many, and a notification counts the rest."""
    found = [verdict for verdict in result.verdicts if verdict.outcome is not Outcome.INSIDE]
    kept = found[:MOST_RESULTS]
    index = {rule: number for number, rule in enumerate(rules())}
    driver: _Json = {
        "name": "residency",
        "semanticVersion": __version__,
        "informationUri": _PAGE,
        "rules": [_rule(each) for each in rules().values()],
    }
    run: _Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(result, len(found) - len(kept))],
        "results": [_result(each, index[each.rule]) for each in kept],
    }
    document: _Json = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _rule(rule: Rule) -> _Json:
    page = documentation(rule)
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": page, "markdown": page},
        "properties": {"tags": ["data-residency", "security"], "precision": "very-high"},
    }


def _invocation(result: CheckResult, cut: int) -> _Json:
    notes = [(note.what, note.where) for note in result.notes]
    if cut:
        notes.append((f"{cut} findings are left out: a run may have {MOST_RESULTS}", ""))
    texts = [f"{what} ({where})" if where else what for what, where in notes]
    told: _Json = [{"level": "note", "message": {"text": _text(text)}} for text in texts]
    return {"executionSuccessful": True, "exitCode": result.exit_code, "toolExecutionNotifications": told}


def _result(verdict: Verdict, rule: int) -> _Json:
    resource = verdict.placement.resource
    file, line = position(verdict)
    location: _Json = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": {"startLine": line}},
        "logicalLocations": [{"fullyQualifiedName": _text(resource.id), "kind": "resource"}],
    }
    told: dict[str, _Json] = {
        "ruleId": verdict.rule,
        "ruleIndex": rule,
        "level": _LEVEL[verdict.outcome],
        "message": {"text": _message(verdict)},
        "locations": [location],
        "partialFingerprints": {"residency/v1": verdict.fingerprint},
        "properties": {"kind": verdict.placement.kind.value, "countries": list(verdict.countries)},
    }
    if verdict.exempt:
        suppression: _Json = {"kind": "external", "status": "accepted", "justification": _text(verdict.exempt)}
        told["suppressions"] = [suppression]
    return told


def _message(verdict: Verdict) -> str:
    parts = (verdict.what, f"why: {verdict.why}" if verdict.why else "", f"help: {verdict.fix}" if verdict.fix else "")
    return "\n".join(_text(part) for part in parts if part)


def _text(text: str) -> str:
    # A bracket begins a link in SARIF's messages.
    escaped = shown(text).replace("[", "\\[").replace("]", "\\]")
    return escaped if len(escaped) <= _MOST_CHARACTERS else escaped[: _MOST_CHARACTERS - 1].rstrip("\\") + "…"


def _uri(file: str) -> str:
    return quote(file.encode("utf-8", "surrogateescape"))
