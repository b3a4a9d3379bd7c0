"""Names made out of names: ``concat(bucket.bucket, "-us")`` is not the bucket, though it comes from nothing else.

A text of which only the origin is known counts as naming that origin. Where a program writes the text in a form that
can be read without running anything of its own - ``Output.concat``, ``Output.format``, a function that does nothing but
format - and puts a letter, digit, hyphen or underscore right beside the unknown part, it names something else, and is
told to come from nowhere.
"""

from __future__ import annotations

import asyncio
import functools
import itertools
import re
from collections.abc import Callable
from types import CodeType
from typing import Any

import pulumi

_MARK = "\N{WHITE SQUARE}"
_CONTINUED = re.compile(rf"[A-Za-z0-9_-]{_MARK}|{_MARK}[A-Za-z0-9_-]")
_WORD_END = re.compile(r"[A-Za-z0-9_-]$")
_WORD_START = re.compile(r"[A-Za-z0-9_-]")


def watch() -> None:
    """Let texts that name something else than what they are made out of say so."""
    output: Any = pulumi.Output
    concat, form, apply = output.concat, output.format, output.apply

    @functools.wraps(concat)
    def concat_(*args: Any) -> Any:  # noqa: ANN401 - the SDK's own
        found = concat(*args)
        return _from_nowhere(found) if _is_continued(args) else found

    @functools.wraps(form)
    def format_(format_string: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the SDK's own
        found = form(format_string, *args, **kwargs)
        return _from_nowhere(found) if _continues(format_string, args, kwargs) else found

    @functools.wraps(apply)
    def apply_(self: Any, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the SDK's own
        found = apply(self, func, *args, **kwargs)
        return _from_nowhere(found) if _only_formats(func) else found

    output.concat, output.format, output.apply = staticmethod(concat_), staticmethod(format_), apply_


def _is_continued(parts: tuple[object, ...]) -> bool:
    """Whether a text beside an output goes on with its name."""
    for one, other in itertools.pairwise(parts):
        if isinstance(one, pulumi.Output) and isinstance(other, str) and _WORD_START.match(other):
            return True
        if isinstance(one, str) and isinstance(other, pulumi.Output) and _WORD_END.search(one):
            return True
    return False


def _continues(text: object, args: tuple[object, ...], kwargs: dict[str, object]) -> bool:
    if not isinstance(text, str):
        return False
    listed = [_MARK if isinstance(each, pulumi.Output) else str(each) for each in args]
    named = {key: _MARK if isinstance(each, pulumi.Output) else str(each) for key, each in kwargs.items()}
    try:
        return bool(_CONTINUED.search(text.format(*listed, **named)))
    except (LookupError, ValueError, AttributeError):
        return False


def _only_formats(func: object) -> bool:
    """Whether a function of one text calls nothing, reads nothing but it, and goes on with its name."""
    code = getattr(func, "__code__", None)
    if not isinstance(code, CodeType) or code.co_names or code.co_freevars or code.co_argcount != 1:
        return False
    if any(isinstance(constant, CodeType) for constant in code.co_consts):
        return False
    try:
        found: object = func(_MARK)  # type: ignore[operator]
    except Exception:  # noqa: BLE001 - not made for a text: it says nothing
        return False
    return isinstance(found, str) and bool(_CONTINUED.search(found))


def _from_nowhere(output: Any) -> Any:  # noqa: ANN401 - the SDK's own
    """The same output; while it is not known it comes from no resource."""

    async def resources() -> set[pulumi.Resource]:
        return await output.resources() if await output.is_known() else set()

    made: Any = pulumi.Output
    parts = (resources(), output.future(), output.is_known(), output.is_secret())
    return made(*(asyncio.ensure_future(each) for each in parts))
