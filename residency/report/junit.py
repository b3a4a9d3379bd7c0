"""JUnit XML, which every CI service shows as tests.

In:  a CheckResult.
Out: one suite a target and one case a verdict: outside is a failure, undetermined an error, what somebody accepted is
     skipped. An undetermined verdict that the perimeter lets pass is a case with a word of output. The form is the one
     that Jenkins' xUnit plugin reads (its junit-10.xsd). GitLab shows one case a class name and name, and of a failure
     its text only (its issues 50964 and 299086, read 2026-11-26): names are unique, and the text says everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from residency.check import CheckResult
from residency.model import Outcome, Verdict
from residency.report import remarks
from residency.report.escape import shown
from residency.report.text import finding

# Characters that XML 1.0 cannot have in any form, beside those that `shown` escapes: Char in its section 2.2.
_NO_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}
_COUNTS = (("failures", "failure"), ("errors", "error"))


def render(result: CheckResult) -> str:
    """One document, ending in a newline."""
    top = ET.Element("testsuites", name="residency")
    ordered = sorted(result.verdicts, key=lambda verdict: verdict.target)
    for target, verdicts in groupby(ordered, key=lambda verdict: verdict.target):
        named = _named(verdicts)
        cases = [_case(verdict, name, blocks=result.perimeter.undetermined_blocks) for verdict, name in named]
        top.append(_suite(_text(target), cases))
    for suite, cases in remarks.cases(result):
        top.append(_suite(_text(suite), [_shown(case) for case in cases]))
    if not len(top):
        # Services call a report without any case a failure to test.
        top.append(
            _suite("residency", [ET.Element("testcase", classname="residency", name="nothing places user data")])
        )
    for name, tag in (("tests", "testcase"), *_COUNTS):
        top.set(name, str(sum(1 for _ in top.iter(tag))))
    ET.indent(top)
    return ET.tostring(top, encoding="utf-8", xml_declaration=True).decode() + "\n"


def _suite(name: str, cases: Sequence[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite", name=name, tests=str(len(cases)))
    for count, tag in (*_COUNTS, ("skipped", "skipped")):
        suite.set(count, str(sum(case.find(tag) is not None for case in cases)))
    suite.extend(cases)
    return suite


def _shown(case: ET.Element) -> ET.Element:
    """A case with every text made safe to show."""
    for element in case.iter():
        for name, value in element.attrib.items():
            element.set(name, _text(value))
        if element.text:
            element.text = "\n".join(_text(line) for line in element.text.split("\n"))
    return case


def _named(verdicts: Iterable[Verdict]) -> Iterator[tuple[Verdict, str]]:
    """Each verdict with a name of its own; a second one of the same name gets a number."""
    seen: Counter[str] = Counter()
    for verdict in verdicts:
        placement = verdict.placement
        parts = (verdict.rule, placement.resource.name, placement.kind.value, placement.property or "")
        name = " ".join(part for part in parts if part)
        seen[name] += 1
        yield verdict, name if seen[name] == 1 else f"{name} ({seen[name]})"


def _case(verdict: Verdict, name: str, *, blocks: bool) -> ET.Element:
    case = ET.Element("testcase", classname=_text(verdict.target), name=_text(name))
    if verdict.exempt:
        ET.SubElement(case, "skipped", message=_text(verdict.exempt))
    elif verdict.outcome is Outcome.OUTSIDE:
        _told(case, "failure", verdict)
    elif verdict.outcome is Outcome.UNDETERMINED and blocks:
        _told(case, "error", verdict)
    elif verdict.outcome is Outcome.UNDETERMINED:
        ET.SubElement(case, "system-out").text = _text(verdict.what)
    return case


def _told(case: ET.Element, tag: str, verdict: Verdict) -> None:
    told = ET.SubElement(case, tag, message=_text(verdict.what), type=verdict.rule)
    told.text = "\n".join(line.translate(_NO_XML) for line in finding(verdict))


def _text(text: str) -> str:
    return shown(text).translate(_NO_XML)
