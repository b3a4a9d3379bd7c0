"""Names from programs in Markdown: shown as they are, and never as a heading, a link, a mention or a tag.

In:  any text.
Out: one line of Markdown that a reader sees as that text. Source: https://spec.commonmark.org/0.31.2/, backslash
     escapes and code spans; https://github.github.com/gfm/, autolinks.
"""

from __future__ import annotations

import re

from residency.report.escape import shown

_SIGNS = re.compile(r"([\\`*_\[\]|~$])")
_OPENING = re.compile(r"^(\s*)([-+#=])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}
_LINKED = re.compile(r"(?i)(https?|ftp)(://)|(www)(\.)")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])")


def plain(text: str) -> str:
    """Text without any markup. Code spans of our own messages are plain text too, with their backticks shown."""
    return _escaped(shown(text))


def code(text: str) -> str:
    """A code span, whatever backticks the text has. In a table, a bar in it would end the cell."""
    clean = shown(text) or " "
    fence = "`" * (max((len(run) for run in re.findall("`+", clean)), default=0) + 1)
    pad = " " if clean.strip() and (clean[0] in "` " or clean[-1] in "` ") else ""
    return f"{fence}{pad}{clean}{pad}{fence}"


def words(text: str) -> str:
    """A message of this tool: what stands in backticks becomes code, all else plain text."""
    parts = shown(text).split("`")
    if len(parts) % 2 == 0:
        return _escaped(shown(text))
    return "".join(code(part) if number % 2 and part else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    signs = _SIGNS.sub(r"\\\1", text)
    linked = _LINKED.sub(lambda found: "&#8203;".join(part for part in found.groups() if part), signs)
    numbered = _OPENING.sub(r"\1\\\2", _NUMBERED.sub(r"\1\\\2", linked))
    return re.sub("[&<>@](?!#8203;)", lambda found: _ENTITIES[found.group()], numbered)
