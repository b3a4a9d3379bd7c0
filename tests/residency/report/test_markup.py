"""Names in Markdown are shown as they are, whatever they try to be; read back by a Markdown parser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from residency.report.escape import shown
from residency.report.markup import code, plain, words

HOSTILE = (
    "[click](https://evil.example)",
    "<img src=x onerror=alert(1)>",
    "</details><script>",
    "# heading\n- list\n> quote",
    "**bold** _it_ ~~gone~~ `code`",
    "@everyone @octocat",
    "https://evil.example www.evil.example",
    "&lt;b&gt; &amp;",
    "| a | b |\n|---|---|",
    "1. one",
    "2) two",
    "$x$ \\(y\\)",
    "\x1b[31m\u202egpj",
    "``` fence",
    "![x](y)",
    "back`tick",
    "``two``",
    "`",
    " ",
)
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ALLOWED = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "code_inline", "softbreak"}


def tokens(markdown: str) -> Iterator[Token]:
    """Every token of a text, those within lines too."""
    for token in PARSER.parse(markdown):
        yield token
        yield from token.children or ()


def read(markdown: str) -> str:
    """What a reader sees."""
    seen = (each.content for each in tokens(markdown) if each.type in ("text", "text_special", "code_inline"))
    return "".join(seen).replace("\u200b", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text(name: str) -> None:
    assert {token.type for token in tokens(f"a {plain(name)}")} <= ALLOWED
    assert {token.type for token in tokens(plain(name))} <= ALLOWED
    assert read(f"a {plain(name)}") == f"a {shown(name)}".rstrip()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_in_a_code_span_stays_in_it(name: str) -> None:
    [span] = [token for token in tokens(f"a {code(name)} b") if token.type == "code_inline"]
    assert span.content == shown(name)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_in_a_message_is_text_or_code(name: str) -> None:
    text = f"data of `{name}` would be placed in `us-east-1`"
    assert {token.type for token in tokens(f"a {words(text)}")} <= ALLOWED


def test_nobody_is_mentioned_and_nothing_is_linked() -> None:
    """GitHub links what is not in a code span."""
    assert "@" not in plain("@everyone")
    assert "https://" not in plain("https://evil.example")
    assert "www." not in plain("WWW.evil.example").lower()


def test_a_message_keeps_its_code() -> None:
    assert words("data of `a_b` in `us-east-1`") == "data of `a_b` in `us-east-1`"


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("`*_[]()<>&!#|~\\ \n-+=1.@ab$"), max_size=30))
def test_no_text_becomes_markup(name: str) -> None:
    for made in (f"a {plain(name)}", f"a {words(f'x `{name}` y')}", f"a {code(name)}"):
        assert {token.type for token in tokens(made)} <= ALLOWED
