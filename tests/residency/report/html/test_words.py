"""The page's first sentence says how the check ended."""

from __future__ import annotations

import msgspec
import pytest

from residency.check import CheckResult, Summary
from residency.report.html.standing import Standing
from residency.report.html.words import counted, overall, sentence
from tests.residency.samples import sample_result


def ended(*, inside: int = 0, outside: int = 0, undetermined: int = 0, exempt: int = 0, code: int = 0) -> CheckResult:
    """A result with these counts."""
    total = inside + outside + undetermined + exempt
    summary = Summary(
        resources=1, placements=total, inside=inside, outside=outside, undetermined=undetermined, exempt=exempt
    )
    return msgspec.structs.replace(sample_result(), summary=summary, exit_code=code)


@pytest.mark.parametrize(
    ("result", "standing", "said"),
    [
        (ended(inside=3), Standing.INSIDE, "Every placement of user data is inside “sample”."),
        (ended(inside=3, exempt=1), Standing.INSIDE, "Everything else is inside “sample”; 1 finding is accepted."),
        (ended(outside=1, code=1), Standing.OUTSIDE, "1 placement of user data would be outside “sample”."),
        (
            ended(outside=2, undetermined=1, exempt=2, code=1),
            Standing.OUTSIDE,
            "2 placements of user data would be outside “sample”, and 1 is not proven inside; 2 findings are accepted.",
        ),
        (
            ended(inside=1, undetermined=2, code=3),
            Standing.UNDETERMINED,
            "Nothing is outside “sample”, but 2 placements of user data are not proven inside.",
        ),
        (
            ended(inside=1, undetermined=1),
            Standing.UNDETERMINED,
            (
                "Nothing is outside “sample”, "
                "but 1 placement of user data is not proven inside (the perimeter lets that pass)."
            ),
        ),
    ],
)
def test_the_outcome_in_one_sentence(result: CheckResult, standing: Standing, said: str) -> None:
    assert overall(result) is standing
    assert sentence(result) == said


def test_numbers_have_their_noun() -> None:
    assert [counted(1, "note"), counted(1_200, "note"), counted(2, "copy", "copies")] == [
        "1 note",
        "1,200 notes",
        "2 copies",
    ]
