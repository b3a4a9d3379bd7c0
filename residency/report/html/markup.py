"""Markup written from trees, so that no text can become markup.

In:  names of elements, attributes and texts.
Out: HTML or SVG. Every text and every value is shown with its unseen characters escaped, then escaped for HTML.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from residency.report.escape import shown


class Markup(str):
    """Text that is markup already; only this module makes it from parts."""

    __slots__ = ()


def text(plain: object) -> Markup:
    """A text, escaped; what is not ASCII as a reference, so that no server's charset can garble the page."""
    return Markup(html.escape(shown(str(plain))).encode("ascii", "xmlcharrefreplace").decode())


def element(name: str, attributes: Mapping[str, object] | None = None, *content: str) -> Markup:
    """One element; content that is no Markup is escaped as text."""
    written = "".join(f' {key}="{text(value)}"' for key, value in (attributes or {}).items() if value is not None)
    return Markup(f"<{name}{written}>{joined(*content)}</{name}>")


def joined(*content: str) -> Markup:
    """Several parts one after another."""
    return Markup("".join(part if isinstance(part, Markup) else text(part) for part in content))
