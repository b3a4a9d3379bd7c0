"""What another tool finds, in each format: always apart from the verdicts, and under the tool's own name.

In:  the remarks of a CheckResult; None, and nothing is said of any tool.
Out: parts of a report: lines, JSON values, SARIF's run, JUnit's suites, sections of Markdown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TypeAlias
from xml.etree import ElementTree as ET

from residency.check import CheckResult
from residency.model import Remark, Remarks
from residency.report import limits
from residency.report.commonmark import code, prose
from residency.report.escape import cut, shown
from residency.report.findings import number_of
from residency.report.position import Position, Positions

Json: TypeAlias = "bool | int | str | list[Json] | Mapping[str, Json] | None"


def counts(found: Remarks) -> str:
    """``Checkov 3.3.30: 2 failed, 30 passed checks of 4 resources``."""
    failed = sum(not each.skipped for each in found.remarks)
    skipped = len(found.remarks) - failed
    more = f", {skipped} skipped" if skipped else ""
    checks = number_of(found.passed + len(found.remarks), "check")
    return (
        f"{found.tool} {found.version}: {failed} failed, {found.passed} passed{more} of {checks} "
        f"on {number_of(found.resources, 'resource')}"
    )


def unread(found: Remarks) -> Iterator[str]:
    """What the tool was not asked about, a line a type."""
    for each in found.unread:
        yield f"{found.tool} was not asked about {each.count} `{each.type}`: {each.reason}"


def identity(remark: Remark) -> str:
    """32 hex digits over check and resource: the same finding has the same in every run."""
    parts = (remark.check, remark.resource.id)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def text(found: Remarks) -> Iterator[str]:
    """Blocks for a terminal."""
    for each in found.remarks:
        label = "skipped" if each.skipped else found.tool.lower()
        severity = f" ({shown(each.severity.lower())})" if each.severity else ""
        lines = [f"{label}[{shown(each.check)}]: {shown(each.what)}{severity}", f"  where: {shown(_where(each))}"]
        lines.extend([f"  by:    {shown(each.skipped)}"] if each.skipped else [])
        lines.extend([f"  more:  {shown(each.guideline)}"] if each.guideline else [])
        yield "\n".join(lines)
    notes = [f"note: {shown(line)}" for line in unread(found)]
    if notes:
        yield "\n".join(notes)


def _where(each: Remark) -> str:
    resource = each.resource
    line = f"{resource.where.file}:{resource.where.line}" if resource.where else ""
    target = "" if resource.where and resource.where.file == each.target else each.target
    return ", ".join(part for part in (target, line, f"`{resource.name}` ({resource.type})") if part)


def document(found: Remarks) -> Json:
    """The part of the JSON report."""
    return {
        "tool": found.tool,
        "version": found.version,
        "passed": found.passed,
        "resources": found.resources,
        "findings": [_entry(each) for each in found.remarks],
        "unread": [
            {"type": _encodable(each.type), "count": each.count, "reason": _encodable(each.reason)}
            for each in found.unread
        ],
    }


def _entry(each: Remark) -> Json:
    where = each.resource.where
    return {
        "target": _encodable(each.target),
        "resource": _encodable(each.resource.id),
        "type": _encodable(each.resource.type),
        "check": _encodable(each.check),
        "what": _encodable(each.what),
        "where": _encodable(f"{where.file}:{where.line}") if where else None,
        "guideline": _encodable(each.guideline) or None,
        "severity": _encodable(each.severity) or None,
        "skipped": _encodable(each.skipped) or None,
        "fingerprint": identity(each),
    }


def _encodable(text_: str) -> str:
    return text_.encode("utf-8", "backslashreplace").decode()


def cases(result: CheckResult) -> Iterator[tuple[str, list[ET.Element]]]:
    """JUnit's suites by name, with a case for each finding; one that passes where there is none."""
    found = result.remarks
    if found is None:
        return
    for target, each in groupby(found.remarks, key=lambda one: one.target):
        yield f"{found.tool} {target}", [_case(found.tool, one) for one in each]
    if not found.remarks:
        yield found.tool, [ET.Element("testcase", classname=found.tool, name="no check failed")]


def _case(tool: str, each: Remark) -> ET.Element:
    name = f"{each.check} {each.resource.name} ({each.resource.type.rpartition(':')[2]})"
    case = ET.Element("testcase", classname=f"{tool} {each.target}", name=name)
    if each.skipped:
        ET.SubElement(case, "skipped", message=each.skipped)
        return case
    failure = ET.SubElement(case, "failure", message=each.what, type=each.check)
    failure.text = "\n".join(part for part in (each.what, f"where: {_where(each)}", each.guideline) if part)
    return case


def located(result: CheckResult, positions: Positions) -> Iterator[tuple[str, Position, str]]:
    """Title, place and message of each finding."""
    found = result.remarks
    for each in found.remarks if found else ():
        if found and not each.skipped:
            yield f"{found.tool} {each.check}", positions.of_resource(each.target, each.resource), _sentence(each)


def _sentence(each: Remark) -> str:
    return cut(shown(f"`{each.resource.name}`: {each.what}"), limits.TEXT)


def quality(result: CheckResult) -> Iterator[Mapping[str, Json]]:
    """Entries of GitLab's code quality report."""
    positions = Positions(result)
    for each in result.remarks.remarks if result.remarks else ():
        if not each.skipped:
            place = positions.of_resource(each.target, each.resource)
            yield {
                "description": _sentence(each),
                "check_name": each.check,
                "fingerprint": identity(each),
                "severity": "minor",
                "location": {"path": shown(place.file), "lines": {"begin": place.line}},
            }


def section(result: CheckResult, positions: Positions, most: int) -> Iterator[tuple[str, str]]:
    """Title and table for Markdown, of the first findings."""
    found = result.remarks
    if found is None:
        return
    rows = [
        f"| {code(each.resource.name, in_table=True)} | {prose(each.what).replace('|', '&#124;')} "
        f"| {code(positions.of_resource(each.target, each.resource).shown, in_table=True)} "
        f"| {code(each.check, in_table=True)}{' (skipped)' if each.skipped else ''} |"
        for each in found.remarks[:most]
    ]
    left = len(found.remarks) - len(rows)
    more = f"There is no room here for {number_of(left, 'more check')}; the other reports have them." if left else ""
    table = ["| resource | what | where | check |\n| --- | --- | --- | --- |", *rows] if rows else []
    notes = [f"- {prose(line)}" for line in unread(found)]
    yield counts(found), "\n\n".join(filter(None, ("\n".join(table), more, "\n".join(notes))))
