"""Callbacks that never ran, because the value they wait for is known only after the deployment.

A preview does not run them either; what they would declare or write is in neither. A callback whose code names a
resource class or a place, itself or through the user's own functions, is noted as a doubt: the place may be where a
copy goes, within a text whose other parts are known.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from types import CodeType
from typing import Any, cast

import pulumi

from .position import Locator
from .recorder import Recorder

_PLACE = re.compile(r"\b[a-z]{2,12}-(?:[a-z]{3,4}-)?(?:north|south|east|west|central)[a-z]*-?\d+(?!\d)")
"""The form of a region's name at AWS and Google Cloud; Azure's names have none."""

_DEEPEST = 3  # aws.s3.Bucket: a module, its module, a class


class Callbacks:
    """Watches every ``Output.apply`` of the user's own functions."""

    def __init__(self, locator: Locator, configured: Iterable[str]) -> None:
        """Take who knows the user's files, and the configuration's values: a place among them is judged anyway."""
        self._locator = locator
        self._configured = " ".join(configured)
        self._waiting: dict[int, Callable[..., Any]] = {}

    def watch(self) -> None:
        """Let ``Output.apply`` remember its callback until it runs."""
        output: Any = pulumi.Output
        original: Callable[..., Any] = output.apply
        waiting, is_own = self._waiting, self._is_own

        @functools.wraps(original)
        def apply(self: Any, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the SDK's
            if not is_own(func):
                return original(self, func, *args, **kwargs)
            ticket = len(waiting)
            waiting[ticket] = func

            def run(value: Any) -> Any:  # noqa: ANN401 - the SDK's own
                waiting[ticket] = _ran
                return func(value)

            return original(self, run, *args, **kwargs)

        output.apply = apply

    def note_skipped(self, recorder: Recorder) -> None:
        """Note each callback that never ran and may declare resources, or names a place."""
        for func in self._waiting.values():
            code = _code(func)
            if code is None or func is _ran:
                continue
            where = f"{self._locator.relative(code.co_filename)}:{code.co_firstlineno}"
            if self._declares(func, set()):
                recorder.note(
                    "a callback that may declare resources was not run: its value is known only after the deployment",
                    where=where,
                    doubt=True,
                    settle="declare resources outside `apply`, or judge the deployed state as well",
                )
            for place in sorted(self._places(func, set())):
                recorder.note(
                    f"a callback that names `{place}` was not run: what it makes of it is known only after the"
                    " deployment",
                    where=where,
                    doubt=True,
                    settle="name places outside `apply`, or judge the deployed state as well",
                )

    def _is_own(self, func: object) -> bool:
        code = _code(func)
        return code is not None and self._locator.relative(code.co_filename) is not None

    def _declares(self, func: object, seen: set[CodeType]) -> bool:
        """Whether the code of a function of the user's names a resource class, directly or through another one."""
        code = _code(func)
        if code is None or code in seen or not self._is_own(func):
            return False
        seen.add(code)
        names = set(_names(code))
        values = list(_values(func, names))
        for _ in range(_DEEPEST):
            if any(_is_resource_class(value) or self._declares(value, seen) for value in values):
                return True
            values = [part for value in values for part in _parts(value, names)]
        return False

    def _places(self, func: object, seen: set[CodeType]) -> set[str]:
        """Give the places that a function of the user's names, or takes from its module, itself or in others."""
        code = _code(func)
        if code is None or code in seen or not self._is_own(func):
            return set()
        seen.add(code)
        texts = list(_texts(code))
        found: set[str] = set()
        for value in _values(func, set(_names(code))):
            if isinstance(value, str):
                texts.append(value)
            else:
                found |= self._places(value, seen)
        named = (place for text in texts for place in _PLACE.findall(text))
        return found | {place for place in named if place not in self._configured}


def _ran(_value: object) -> None:
    """Stands for a callback that ran."""


def _code(func: object) -> CodeType | None:
    while isinstance(func, functools.partial):
        func = func.func
    return getattr(func, "__code__", None)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    yield from code.co_freevars
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _texts(code: CodeType) -> Iterator[str]:
    """Give the texts that a function's code writes, but not its docstring."""
    for constant in code.co_consts[_docstrings(code) :]:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, CodeType):
            yield from _texts(constant)
        elif isinstance(constant, tuple):
            yield from (item for item in cast("tuple[object, ...]", constant) if isinstance(item, str))


def _docstrings(code: CodeType) -> int:
    """Give how many of the first constants are the docstring: older interpreters keep a place for one, and no flag."""
    flag: int | None = getattr(inspect, "CO_HAS_DOCSTRING", None)
    return int(bool(code.co_flags & flag)) if flag is not None else int(not code.co_name.startswith("<"))


def _values(func: Any, names: set[str]) -> Iterator[object]:  # noqa: ANN401 - a function, a method or a partial
    """Give what the names in a function's code stand for: its globals, what it encloses, the object it is bound to."""
    while isinstance(func, functools.partial):
        func = func.func
    bound_to = getattr(func, "__self__", None)
    if bound_to is not None:
        yield bound_to
    for name in sorted(names):
        if name in func.__globals__:
            yield func.__globals__[name]
    for cell in func.__closure__ or ():
        with contextlib.suppress(ValueError):  # not assigned yet
            yield cell.cell_contents


def _parts(value: object, names: set[str]) -> Iterator[object]:
    """Give the named parts of a module, and the named methods of an object; no property is run."""
    if inspect.ismodule(value):
        for name in names:
            if hasattr(value, name):
                yield getattr(value, name)
    elif not isinstance(value, pulumi.Output):
        for name in names:
            yield inspect.getattr_static(type(value), name, None)


def _is_resource_class(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, pulumi.Resource)
