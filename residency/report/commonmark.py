"""Text from programs, made safe inside Markdown: no name becomes a link, a tag, a mention or another line.

In:  any text.
Out: Markdown of one line that shows the same text. What could become anything else stands in a code span, in which no
     service looks for markup; other marks are written as numeric references.
     Sources: CommonMark 0.31.2, sections 2.5 and 6.1; GitHub Flavored Markdown, autolinks and tables;
     https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls,
     read 2026-11-26.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from residency.report import limits
from residency.report.escape import cut, shown

# What services turn into links, mentions, pictures or formulas after the Markdown is read, when references are text
# again: addresses and hosts (with them file names and types), `@name`, `#1`, `!1`, `GH-1`, commits, `:name:` and `$x$`.
_CODED = re.compile(
    r"[\w/-]+[.:][\w/.:-]*\w|:[\w+-]+:|://|\bwww\.|\bGH-\d+|[@#$]|[!~%&](?=\w)|\b[0-9a-f]{7,64}\b", re.IGNORECASE
)
_MARKS = re.compile(r"[\\`*_{}\[\]<>&|~!^]")
_START = re.compile(r"^[-+=.\d]")


def code(text: str, *, in_table: bool = False) -> str:
    """A code span of a name; of a long one, the beginning and the end. A backtick of its own is shown escaped."""
    content = shown(text).replace("`", "\\x60") or " "
    if len(content) > limits.COMMENT_NAME:
        half = limits.COMMENT_NAME // 2
        content = f"{content[: half - 1]}…{content[-half:]}"
    if content[0] == content[-1] == " " and content.strip():
        content = f" {content} "  # one on each side is not shown
    if in_table:  # a row is cut at its bars before its code is looked for
        content = content.replace("|", "\\|")
    return f"`{content}`"


def prose(text: str) -> str:
    """A sentence of ours with names of theirs in backticks: those become code spans, whatever the names hold."""
    parts = cut(shown(text).strip(), limits.COMMENT_SENTENCE).split("`")
    if len(parts) % 2 == 0:
        parts = ["'".join(parts)]  # a backtick without its second
    pieces: list[tuple[bool, str]] = []
    for number, part in enumerate(parts):
        for piece in [(True, part)] if number % 2 else _pieces(part):
            if not piece[1]:
                continue
            if pieces and pieces[-1][0] and piece[0]:  # two code spans side by side would be one longer fence
                pieces[-1] = (True, pieces[-1][1] + piece[1])
            else:
                pieces.append(piece)
    sentence = "".join(code(piece) if coded else _MARKS.sub(_reference, piece) for coded, piece in pieces)
    return _START.sub(_reference, sentence)  # no list in a list


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    end = 0
    for found in _CODED.finditer(text):
        yield False, text[end : found.start()]
        yield True, found.group()
        end = found.end()
    yield False, text[end:]


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found.group())};"
