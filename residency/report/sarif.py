"""SARIF 2.1.0, which code scanning services show beside the line.

In:  a CheckResult.
Out: one run. Every rule that judged is listed, also those without a finding. What somebody accepted is a suppressed
     result at level ``note``, because GitHub reads no suppressions. Fingerprints are the verdicts' own, so that a
     finding keeps its history when lines move. Related locations are the other lines on the way to the place.
     Sources: OASIS SARIF 2.1.0 errata 01; for what GitHub reads,
     https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning,
     read 2026-11-26; for what it takes, ``limits``.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import quote

import msgspec

from residency import __version__
from residency.check import CheckResult
from residency.model import Outcome, Remark, Verdict
from residency.report import limits, remarks
from residency.report.escape import cut, shown
from residency.report.findings import identities
from residency.report.position import Position, Positions
from residency.rules import documentation, rules
from residency.rules.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {Outcome.OUTSIDE: "error", Outcome.UNDETERMINED: "warning"}
_PAGE = "https://github.com/residency/residency"
_TAGS = ("data-residency", "security")
_Json: TypeAlias = "bool | int | str | Sequence[_Json] | Mapping[str, _Json]"


def render(result: CheckResult) -> str:
    """The findings of a check; the worst are kept where there are too many, and a notification counts the rest."""
    found = [verdict for verdict in result.verdicts if verdict.outcome is not Outcome.INSIDE]
    told = list(_results(result, found[: limits.SARIF_RESULTS]))
    text = _document(result, told, len(found))
    while told and (size := _packed(text)) > limits.SARIF_BYTES:
        told = told[: len(told) * limits.SARIF_BYTES * 9 // (size * 10)]
        text = _document(result, told, len(found))
    return text


def _packed(text: str) -> int:
    """The size after gzip; not worked out for a file that is small enough as it is."""
    content = text.encode()
    return len(content) if len(content) <= limits.SARIF_BYTES else len(gzip.compress(content, mtime=0))


def _document(result: CheckResult, told: Sequence[_Json], found: int) -> str:
    driver: _Json = {
        "name": "residency",
        "semanticVersion": __version__,
        "informationUri": _PAGE,
        "rules": [_rule(each) for each in rules().values()],
    }
    run: _Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(result, len(told), found)],
        "results": told,
    }
    document: _Json = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run, *_others(result)]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _others(result: CheckResult) -> Iterator[_Json]:
    """A run of its own for each other tool, so that services keep its findings apart from ours."""
    found = result.remarks
    if found is None:
        return
    positions = Positions(result)
    kept = found.remarks[: limits.SARIF_RESULTS]
    checks = sorted({each.check: each for each in kept}.items())
    texts = [_text(line) for line in remarks.unread(found)]
    if len(kept) < len(found.remarks):
        texts.append(f"{len(found.remarks) - len(kept)} findings are left out: code scanning does not take more")
    notes: _Json = [{"level": "note", "message": {"text": text}} for text in texts]
    yield {
        "tool": {
            "driver": {"name": found.tool, "version": found.version, "rules": [_check(each) for _, each in checks]}
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "results": [_remark(each, positions.of_resource(each.target, each.resource)) for each in kept],
    }


def _check(each: Remark) -> _Json:
    told: dict[str, _Json] = {
        "id": each.check,
        "shortDescription": {"text": cut(shown(each.what), limits.SARIF_DESCRIPTION)},
        "defaultConfiguration": {"level": "warning"},
    }
    return {**told, "helpUri": each.guideline} if each.guideline.startswith("https://") else told


def _remark(each: Remark, place: Position) -> _Json:
    told: dict[str, _Json] = {
        "ruleId": each.check,
        "level": "note" if each.skipped else "warning",
        "message": {"text": _text(f"`{each.resource.name}`: {each.what}")},
        "locations": [{"physicalLocation": _physical(place), "logicalLocations": _logical(each.resource.id)}],
        "partialFingerprints": {"primaryLocationLineHash": remarks.identity(each)},
    }
    if each.skipped:
        told["suppressions"] = [{"kind": "external", "status": "accepted", "justification": _text(each.skipped)}]
    return told


def _rule(rule: Rule) -> _Json:
    page = documentation(rule)
    return {
        "id": rule.id,
        "name": cut(rule.name, limits.SARIF_NAME),
        "shortDescription": {"text": cut(rule.summary, limits.SARIF_DESCRIPTION)},
        "fullDescription": {"text": cut(_first_section(page), limits.SARIF_DESCRIPTION)},
        "defaultConfiguration": {"level": "error"},
        "help": {"text": page, "markdown": page},
        "properties": {"tags": list(_TAGS[: limits.SARIF_TAGS]), "precision": "very-high"},
    }


def _first_section(page: str) -> str:
    """What the rule judges: the text under the first heading of the page's second level."""
    return " ".join(page.partition("\n## ")[2].partition("\n")[2].partition("\n## ")[0].split())


def _invocation(result: CheckResult, told: int, found: int) -> _Json:
    texts = [f"{note.what} ({note.where})" if note.where else note.what for note in result.notes]
    if told < found:
        texts.append(f"{found - told} of {found} findings are left out: code scanning does not take a larger file")
    if told > limits.SARIF_RESULTS_SHOWN:
        texts.append(f"code scanning shows the worst {limits.SARIF_RESULTS_SHOWN} of {told} findings")
    notes: _Json = [{"level": "note", "message": {"text": _text(text)}} for text in texts]
    return {"executionSuccessful": True, "exitCode": result.exit_code, "toolExecutionNotifications": notes}


def _results(result: CheckResult, kept: Sequence[Verdict]) -> Iterator[_Json]:
    index = {rule: number for number, rule in enumerate(rules())}
    positions = Positions(result)
    for verdict, identity in zip(kept, identities(kept), strict=True):
        resource = verdict.placement.resource
        place = positions.of(verdict)
        told: dict[str, _Json] = {
            "ruleId": verdict.rule,
            "ruleIndex": index[verdict.rule],
            "level": "note" if verdict.exempt else _LEVEL[verdict.outcome],
            "message": {"text": _message(verdict)},
            "locations": [{"physicalLocation": _physical(place), "logicalLocations": _logical(resource.id)}],
            "partialFingerprints": {"primaryLocationLineHash": identity, "residency/v1": verdict.fingerprint},
            "properties": {"kind": verdict.placement.kind.value, "countries": list(verdict.countries)},
        }
        related = list(_related(verdict, positions, place))
        if related:
            told["relatedLocations"] = related
        if verdict.exempt:
            suppression: _Json = {"kind": "external", "status": "accepted", "justification": _text(verdict.exempt)}
            told["suppressions"] = [suppression]
        yield told


def _related(verdict: Verdict, positions: Positions, own: Position) -> Iterator[_Json]:
    """The declaring lines of the other resources on the way, each once, in the way's order."""
    seen = {own}
    for step in verdict.placement.evidence:
        place = positions.of_step(verdict, step)
        if place is None or place in seen or len(seen) >= limits.SARIF_LOCATIONS:
            continue
        yield {
            "id": len(seen),
            "physicalLocation": _physical(place),
            "logicalLocations": _logical(step.resource),
            "message": {"text": _text(step.text)},
        }
        seen.add(place)


def _physical(place: Position) -> _Json:
    return {"artifactLocation": {"uri": _uri(place.file)}, "region": {"startLine": place.line}}


def _logical(resource: str) -> _Json:
    return [{"fullyQualifiedName": cut(shown(resource), limits.TEXT), "kind": "resource"}]


def _message(verdict: Verdict) -> str:
    parts = (verdict.what, f"why: {verdict.why}" if verdict.why else "", f"help: {verdict.fix}" if verdict.fix else "")
    return "\n".join(_text(part) for part in parts if part)


def _text(text: str) -> str:
    """Braces are places for arguments in SARIF's messages (3.11.5), and a bracket before a parenthesis a link (3.11.6).

    Viewers differ in how they read an escaped bracket, so a space keeps the two apart.
    """
    return cut(shown(text), limits.TEXT).replace("](", "] (").replace("{", "{{").replace("}", "}}")


def _uri(file: str) -> str:
    """A relative reference, or ``file:`` with an absolute path; each byte that a URI cannot have is escaped."""
    try:
        content = file.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        content = file.encode("utf-8", "surrogatepass")
    if not file.startswith("/") and file[1:3] != ":/":
        return quote(content)
    return f"file://{'' if file.startswith('/') else '/'}{quote(content, safe='/:')}"
