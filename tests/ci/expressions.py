"""GitHub's expressions, as far as our own files use them; any other form is an error.

In:  an expression, or a text with ``${{ ... }}`` in it, and the contexts (``inputs``, ``github``, ``steps``, ...).
Out: its value, or the text.
     Source: https://docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions, read 2026-11-26.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<sign>==|!=|&&|\|\||[!()])|(?P<name>[A-Za-z_][\w.-]*))")
_INSERTED = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)

Contexts = Mapping[str, Any]
Functions = Mapping[str, Callable[[], bool]]


def expand(text: str, contexts: Contexts) -> str:
    """A text with each expression in it replaced by its value."""
    return _INSERTED.sub(lambda found: _text(evaluate(found[1], contexts)), text)


def condition(text: str, contexts: Contexts, functions: Functions) -> bool:
    """Whether an ``if:`` holds; it begins with ``success() &&`` where it asks no status itself."""
    found = evaluate(text.strip().removeprefix("${{").removesuffix("}}"), contexts, functions)
    asks = re.search(r"\b(always|failure|success|cancelled)\(", text)
    return bool(found) and (bool(asks) or functions["success"]())


def evaluate(text: str, contexts: Contexts, functions: Functions | None = None) -> Any:
    """The value of an expression."""
    return _Parser(text, contexts, functions or {}).whole()


class _Parser:
    def __init__(self, text: str, contexts: Contexts, functions: Functions) -> None:
        self._tokens = _tokens(text)
        self._contexts = contexts
        self._functions = functions

    def whole(self) -> Any:
        found = self._either()
        if self._tokens:
            raise ValueError(f"not understood: {self._tokens}")
        return found

    def _either(self) -> Any:
        found = self._both()
        while self._take("||"):
            other = self._both()
            found = found or other
        return found

    def _both(self) -> Any:
        found = self._compared()
        while self._take("&&"):
            other = self._compared()
            found = found and other
        return found

    def _compared(self) -> Any:
        found = self._one()
        if self._take("=="):
            return _same(found, self._one())
        if self._take("!="):
            return not _same(found, self._one())
        return found

    def _one(self) -> Any:
        if self._take("!"):
            return not self._one()
        if self._take("("):
            found = self._either()
            self._need(")")
            return found
        kind, token = self._tokens.pop(0)
        if kind == "text":
            return token[1:-1].replace("''", "'")
        if kind != "name":
            raise ValueError(f"not understood: {token}")
        if self._take("("):
            self._need(")")
            return self._functions[token]()
        return {"true": True, "false": False}[token] if token in {"true", "false"} else self._looked_up(token)

    def _looked_up(self, name: str) -> Any:
        first, *rest = name.split(".")
        found: Any = self._contexts[first]  # an unknown context is an error, an unknown name in one is nothing
        for each in rest:
            found = found.get(each) if isinstance(found, Mapping) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return found  # pyright: ignore[reportUnknownVariableType]

    def _take(self, sign: str) -> bool:
        if self._tokens and self._tokens[0] == ("sign", sign):
            self._tokens.pop(0)
            return True
        return False

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise ValueError(f"`{sign}` is missing")


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ValueError(f"not understood: {text[at:]}")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def _same(one: Any, other: Any) -> bool:
    """Texts without regard to case; nothing is like an empty text."""
    return _text(one).lower() == _text(other).lower()


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
