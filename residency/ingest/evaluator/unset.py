"""Optional values that nobody set: a program that fails without one is run again with placeholders for them.

A program may ask ``config.get("size")`` and rely on a value in every stack. The first run gives None, as the SDK
does; if the program fails, the names asked for without a default are the answer's ``unanswered``, and the next run
answers them.
"""

from __future__ import annotations

import functools
import inspect
import linecache
import os
import re
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

import pulumi

from .placeholders import of_kind
from .position import Locator
from .recorder import Recorder

_KINDS = {"": "string", "_bool": "bool", "_int": "int", "_float": "float", "_object": "object"}
_VARIABLE = "environment:"
_DEFAULT = re.compile(r"\b(or|if|else)\b")
_DEFAULT_BELOW = re.compile(r"\s*(or|if)\b")
_BETWEEN = ("os", "_collections_abc")  # os.getenv, os.environ.get


class Unset:
    """Knows which optional values the program asked for and did not get, and answers those it is told to.

    Attributes:
        unanswered: full keys of configuration, and ``environment:NAME``, that were asked for without a default.
    """

    def __init__(self, recorder: Recorder, locator: Locator, answered: Iterable[str]) -> None:
        """Take where to record, and the names to answer in this run."""
        self._recorder = recorder
        self._locator = locator
        self._answered = frozenset(answered)
        self.unanswered: set[str] = set()

    def watch(self) -> None:
        """Let optional configuration and environment variables that are not set be noted or answered."""
        for suffix, kind in _KINDS.items():
            for secret in (False, True):
                name = f"get_secret{suffix}" if secret else f"get{suffix}"
                asked = getattr(pulumi.Config, name, None)
                if asked is not None:
                    setattr(pulumi.Config, name, self._optional(asked, kind, secret=secret))
        self._watch_environment()

    def _optional(self, asked: Callable[..., Any], kind: str, *, secret: bool) -> Callable[..., Any]:
        @functools.wraps(asked)
        def get(config: pulumi.Config, key: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the SDK's own
            found = asked(config, key, *args, **kwargs)
            if found is not None or args or kwargs:
                return found
            name = config.full_key(key)
            where = self._locator.here(inspect.currentframe())
            if not self._is_asked(name, inspect.currentframe()):
                return None
            self._recorder.assume("config", name, kind, [where])
            value = of_kind(kind, f"config:{name}")
            return pulumi.Output.secret(value) if secret else value

        return get

    def _watch_environment(self) -> None:
        variables: Any = type(os.environ)
        original: Callable[..., Any] = variables.__getitem__
        unset = self

        @functools.wraps(original)
        def getitem(environment: Any, key: Any) -> Any:  # noqa: ANN401 - the library's own
            try:
                return original(environment, key)
            except KeyError:
                frame = _caller(inspect.currentframe())
                if environment is not os.environ or not unset.is_users(frame):
                    raise
                if not unset.asks_variable(str(key), frame):
                    raise
                return of_kind("string", f"{_VARIABLE}{key}")

        variables.__getitem__ = getitem

    def is_users(self, frame: FrameType | None) -> bool:
        """Whether a frame is of the user's own files; libraries rely on a variable that is not there."""
        return frame is not None and self._locator.relative(frame.f_code.co_filename) is not None

    def asks_variable(self, name: str, frame: FrameType | None) -> bool:
        """Take an environment variable that is not set and who asked; say whether it is answered, and note that."""
        if not self._is_asked(_VARIABLE + name, frame):
            return False
        self._recorder.note(
            f"the environment variable `{name}` is not set here; a placeholder was assumed",
            where=self._locator.here(frame),
            doubt=True,
            settle="set it where the check runs",
        )
        return True

    def _is_asked(self, name: str, frame: FrameType | None) -> bool:
        """Whether a value is to be made up in this run; if not, remember that the program relied on it."""
        if name in self._answered:
            return True
        while frame is not None and not self.is_users(frame):
            frame = frame.f_back
        if frame is not None and not _has_default(frame.f_code.co_filename, frame.f_lineno):
            self.unanswered.add(name)
        return False


def _caller(frame: FrameType | None) -> FrameType | None:
    """Give who asked for a variable, past the mapping's own methods."""
    frame = frame.f_back if frame is not None else None
    while frame is not None and frame.f_globals.get("__name__") in _BETWEEN:
        frame = frame.f_back
    return frame


def _has_default(filename: str, line: int) -> bool:
    """Whether the line that asks, or the one below it, says what applies without a value."""
    return bool(
        _DEFAULT.search(linecache.getline(filename, line))
        or _DEFAULT_BELOW.match(linecache.getline(filename, line + 1))
    )
