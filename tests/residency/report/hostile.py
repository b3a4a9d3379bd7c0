"""Texts that would be something else in a report, and the sample with such a text in every place that takes one."""

from __future__ import annotations

import msgspec

from residency.check import CheckResult
from residency.model import Evidence, Location, Note, Resource, SourcePosition, Verdict
from tests.residency.report.sample import sample_result

PLAIN = "plain"
LONG = 100_000
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "tag": '<img src=x onerror="alert(1)">',
    "closing details": "</summary></details><b>",
    "comment": "<!-- x --> -->",
    "html reference": "&lt;script&gt; &#60;b&#62; &amp;",
    "link": "[click](javascript:alert(1))",
    "link's end": "x](javascript:alert(1))",
    "image": "![x](https://evil.example/x.png)",
    "reference": "[x]: https://evil.example",
    "autolink": "<https://evil.example> <me@evil.example>",
    "address": "see https://evil.example/?a=b&c=d, www.evil.example and me@evil.example",
    "host": "evil.com/path",
    "script address": "javascript:alert(1)",
    "backtick": "a`b",
    "backticks": "``a` <b> `b```",
    "backtick pair": "a`<b>x</b>`[y](z)`c",
    "only backticks": "````",
    "backslash": "a\\",
    "pipes": "a | b || c \\| d",
    "table": "| --- | --- |",
    "heading": "# big",
    "rule": "---",
    "list": "- x",
    "number": "1. x",
    "quote": "> x",
    "fence": "```\nx\n```",
    "emphasis": "**bold** _under_ ~~gone~~ ==mark==",
    "newline": "one\ntwo\n\n# three",
    "return": "one\r\ntwo\rthree",
    "command": "::error::boo",
    "command on a line": "x\n::error file=a,line=1::boo",
    "stop": "\n::stop-commands::x",
    "old command": "##[add-mask]outside",
    "other command": "##vso[task.complete result=Succeeded;]",
    "number signs": "####[error]",
    "escaped newline": "%0A::error::boo %25 %0D",
    "property": "a,line=1::b",
    "end of data": "]]> <![CDATA[x]]>",
    "xml": "<?xml?><!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
    "ansi": "\x1b[31mred\x1b]8;;https://evil.example\x07",
    "bidi": "user\u202e\u2066 // x\u2069",
    "zero width": "a\u200bb\ufeff\u2060",
    "separators": "a\u2028b\u2029c\x85d\x0b\x0c",
    "tags": "a\U000e0041\U000e0042",
    "mention": "@everyone and @acme/team, @all",
    "references": "#1 !2 GH-3 acme/shop#4 $5$ ~bug &6 %7 :tada: 0123456789abcdef0123456789abcdef01234567",
    "surrogate": "a\ud800b",
    "not unicode": "a\udcffb",
    "nul": "a\0b",
    "no characters": "\ufffe\uffff",
    "placeholder": "{0} {{1}} {x}",
    "space": " ",
    "long": "x" * LONG,
    "long backticks": "`" * LONG,
    "long hostile": "<a href='https://evil.example'>@all</a>|`" * (LONG // 40),
}


def hostile_result(text: str) -> CheckResult:
    """The sample, in which names, types, files, reasons and advice all are or hold the text."""
    sample = sample_result()
    verdicts = tuple(_hostile(verdict, text) for verdict in sample.verdicts)
    return msgspec.structs.replace(
        sample,
        perimeter=msgspec.structs.replace(sample.perimeter, name=text),
        verdicts=verdicts,
        notes=(Note(text, text), Note(f"config `{text}` has no value", settle=text)),
        cited={(each.target, text): each.placement.resource for each in verdicts},
    )


def _hostile(verdict: Verdict, text: str) -> Verdict:
    placement = verdict.placement
    own = placement.resource
    where = SourcePosition(text, own.where.line) if own.where else None
    resource = Resource(id=text, type=text if own.type else "", name=text, inputs={}, where=where)
    known = isinstance(placement.location, Location)
    hostile = msgspec.structs.replace(
        placement,
        resource=resource,
        property=text,
        location=Location("aws", text) if known else placement.location,
        evidence=(Evidence(f"`x` is `{text}`", text, text), Evidence(text, text)),
    )
    return msgspec.structs.replace(
        verdict,
        target=text,
        placement=hostile,
        what=f"data of `{text}` would be placed in {text}",
        why=f"`x` is `{text}`; {text}; more of `{text}`",
        fix=text,
        exempt=f"exemption `{text}`, owner {text}" if verdict.exempt else "",
    )
