r"""Names from programs, made safe to show.

In:  any text.
Out: the same text with control characters, terminal escapes and direction marks as ``\xNN`` and ``\uNNNN``, and
     without the two signs with which a CI service's log begins a command.
"""

from __future__ import annotations

import re

# C0, DEL and C1 controls; zero-width and direction marks; line and paragraph separators; lone surrogates; tags.
# Then the first of two number signs: GitHub's runner and Azure Pipelines obey `##[...]` and `##vso[...]` anywhere in a
# line (actions/runner, ActionCommand.cs, read 2026-11-26).
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
    "|#(?=#)"
)


def shown(text: str) -> str:
    """Escape what a terminal or a CI service's log would act on, or a reader could not see."""
    return _UNSAFE.sub(lambda found: _escaped(found.group()), text)


def cut(text: str, most: int) -> str:
    """The text, or its beginning and an ellipsis: at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _escaped(character: str) -> str:
    if character == "#":
        return "\\x23"
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
