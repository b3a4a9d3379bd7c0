"""Another tool's findings on the page: apart from the verdicts, escaped, and never silently cut."""

from __future__ import annotations

import msgspec

from residency.model import Remark, Remarks, Resource, SourcePosition, Unread
from residency.report.html import render
from residency.report.html.others import SHOWN
from tests.residency.samples import sample_result

HOSTILE = "</td><script>alert(1)</script>"


def page(count: int = 1, *, skipped: str = "", unread: tuple[Unread, ...] = ()) -> str:
    """The page of a check with some findings of Checkov's."""
    resource = Resource(
        id="r", type="aws:s3/bucket:Bucket", name=HOSTILE, inputs={}, where=SourcePosition("__main__.py", 7)
    )
    found = tuple(
        Remark(target="shop", resource=resource, check=f"CKV_AWS_{number}", what="Ensure <b>", skipped=skipped)
        for number in range(count)
    )
    remarks = Remarks(tool="Checkov", version="3.3.30", remarks=found, passed=5, resources=2, unread=unread)
    return render(msgspec.structs.replace(sample_result(), remarks=remarks))


def test_findings_have_a_section_of_their_own() -> None:
    made = page(unread=(Unread("kubernetes:core/v1:Secret", 3, "no form in Terraform"),))
    assert "What Checkov finds" in made
    assert "Checkov 3.3.30: 1 failed, 5 passed of 6 checks on 2 resources" in made
    assert "<code>CKV_AWS_0</code>" in made
    assert "<code>shop" in made
    assert "was not asked about 3" in made


def test_without_another_tool_there_is_no_section() -> None:
    assert "These are no verdicts" not in render(sample_result())


def test_names_are_text() -> None:
    made = page()
    assert HOSTILE not in made
    assert "&lt;script&gt;alert(1)" in made
    assert "Ensure <b>" not in made


def test_what_somebody_lets_be_says_why() -> None:
    assert "(skipped: accepted by the platform team)" in page(skipped="accepted by the platform team")


def test_a_cap_is_told() -> None:
    made = page(SHOWN + 2)
    assert made.count("<code>CKV_AWS_") == SHOWN
    assert "2 more are in the JSON report" in made
