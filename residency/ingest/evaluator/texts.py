"""Placeholder texts: whatever is made of one by a text's own methods stays recognisable.

A text contains ``residency-placeholder:`` and what was asked for. Methods that would cut or change the mark give the
whole text back; taken for a number it is 1, taken apart it has two parts, decoded it is itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, SupportsIndex

from .wire import PLACEHOLDER

_PARTS = 2  # `user, password = text.split(":")`, `name.split(".")`: what programs take apart has mostly two parts
_MAKERS = (
    "__add__",
    "__mod__",
    "capitalize",
    "casefold",
    "center",
    "expandtabs",
    "format",
    "format_map",
    "ljust",
    "lower",
    "lstrip",
    "removeprefix",
    "removesuffix",
    "replace",
    "rjust",
    "rstrip",
    "strip",
    "swapcase",
    "title",
    "translate",
    "upper",
    "zfill",
)
"""Methods of ``str`` that make another text of it."""


class Text(str):
    """A placeholder text that may be taken for an object, a number or bytes as well."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401 - a key of whatever the program expects
        """Give the named or numbered part; of a slice the whole, for a cut text could not be recognised."""
        return self if isinstance(key, slice) else Text(f"{self}.{key}")

    def __iter__(self) -> Any:  # noqa: ANN401 - parts are taken for anything
        """Give one part, as of a list of one."""
        yield Text(f"{self}.0")

    def __radd__(self, other: str) -> Text:
        return Text(other + str(self))

    def __int__(self) -> int:
        return 1

    def __float__(self) -> float:
        return 1.0

    def get(self, key: str, _default: object = None) -> Text:
        """Give the named part."""
        return Text(f"{self}.{key}")

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> Bytes:
        """Give bytes that decode to this text again."""
        return Bytes(str.encode(self, encoding, errors))

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> Any:  # noqa: ANN401 - a list, really
        """Give two parts, and any further one that is asked for by its number."""
        del sep, maxsplit  # what the text would hold is not known
        return Parts(self)

    def rsplit(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> Any:  # noqa: ANN401 - as above
        """Give two parts, as ``split`` does."""
        return self.split(sep, maxsplit)

    def splitlines(self, keepends: bool = False) -> Any:  # noqa: ANN401 - as above
        """Give two parts, as ``split`` does."""
        del keepends
        return Parts(self)

    def partition(self, sep: str) -> tuple[str, str, str]:
        """Give a part, the separator and a part."""
        return Text(f"{self}.0"), sep, Text(f"{self}.1")

    def rpartition(self, sep: str) -> tuple[str, str, str]:
        """Give a part, the separator and a part."""
        return self.partition(sep)


class Parts(list[Any]):
    """The parts of a placeholder text that was taken apart."""

    def __init__(self, whole: Text) -> None:
        """Take the text; there are two parts, and more where they are asked for."""
        super().__init__(Text(f"{whole}.{index}") for index in range(_PARTS))
        self._whole = whole

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401 - list's own signature
        """Give a part for any number, for the real text may have more."""
        try:
            return super().__getitem__(key)
        except IndexError:
            return Text(f"{self._whole}.{key}")


class Bytes(bytes):
    """The bytes of a placeholder text."""

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> Text:
        """Give the placeholder text."""
        return Text(super().decode(encoding, errors))


def recognise(value: Any) -> Any:  # noqa: ANN401 - anything
    """Take a value; give a plain text that has the mark as a Text, and anything else as it is."""
    return Text(value) if type(value) is str and PLACEHOLDER in value else value


def is_placeholder(value: object) -> bool:
    """Whether a text, bytes or a path has the mark."""
    return PLACEHOLDER in (value.decode(errors="replace") if isinstance(value, bytes) else str(value))


def _keeping_the_mark(name: str) -> Callable[..., str]:
    original: Callable[..., str] = getattr(str, name)

    def method(self: Text, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - str's own
        made = original(self, *args, **kwargs)
        if made is NotImplemented:
            return made
        return Text(made) if PLACEHOLDER in made else self

    method.__name__ = name
    return method


for _name in _MAKERS:
    setattr(Text, _name, _keeping_the_mark(_name))
