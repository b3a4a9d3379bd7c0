"""The page put together: skeleton, style and script are files beside this one; all else is markup of this package.

In:  the parts.
Out: one page that asks nothing of any network. Its policy allows our own style and script, by their hashes, and nothing
     else.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent
STYLES = ("colours.css", "head.css", "standings.css", "map.css", "tables.css", "findings.css", "media.css")
SCRIPTS = ("elements.js", "verdicts.js", "details.js", "table.js", "controls.js", "page.js")
"""Both in the order in which they build on each other."""


@functools.cache
def style() -> str:
    """All style sheets as one."""
    return "".join(_file(f"styles/{name}") for name in STYLES)


@functools.cache
def script() -> str:
    """All scripts as one function, so that no name of theirs is global."""
    return '(() => {\n"use strict";\n' + "".join(_file(f"scripts/{name}") for name in SCRIPTS) + "})();\n"


def policy() -> str:
    """Content-Security-Policy: nothing is loaded or sent, nothing else runs, and no text is ever made into markup."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script())}'",
            f"style-src '{_hash(style())}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def page(parts: Mapping[str, str]) -> str:
    """Fill the skeleton.

    Args:
        parts: markup by the names that the skeleton has, without its policy, style and script.
    """
    own = {"policy": policy(), "style": style(), "script": script()}
    return Template(_file("page.html")).substitute(parts, **own)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _file(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")
