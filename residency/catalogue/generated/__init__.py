"""The generated layer: every type of a provider's SDK, and every input that could carry a place or name a copy's way.

In:  ``<provider>.txt`` in this folder, made by ``residency catalogue generate``; never edited. A check reads it only
     where an input names a place and no row reads it.
Out: frozen inventories. A line at the margin is a type; below it, ``= token`` is an older name of it, and
     ``path  why`` an input with the reason for which it is listed.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from residency.errors import CatalogueError

FOLDER = Path(__file__).parent
PROVIDERS = ("aws", "azure-native", "gcp")
_MARKS = re.compile(r"\[\*\]|\.\*")
_HEAD = re.compile(r"# Made by `residency catalogue generate [a-z-]+` from (\S+) (\S+): never edited\.")


class Why(enum.Enum):
    """For which reason a path is listed; the first that fits.

    ``place``: its name or its choices speak of a place. ``copy``: it is, or is in a block, under a name by which data
    goes somewhere. ``name``: it names another resource or an address. ``text``: only the SDK's words on it do.
    ``id``: it is a part of the resource's own id, so that it names the resource, or what the resource is in.
    """

    PLACE = "place"
    COPY = "copy"
    NAME = "name"
    TEXT = "text"
    ID = "id"


class ListedPath(msgspec.Struct, frozen=True, order=True):
    """An input, with the reason for which it is listed."""

    path: str
    why: Why

    @property
    def plain(self) -> str:
        """The path without the marks of lists and tables."""
        return plain(self.path)


class ListedType(msgspec.Struct, frozen=True):
    """A resource type; ``aliases`` are older names, without API versions, that its own name does not show."""

    token: str
    aliases: tuple[str, ...]
    paths: tuple[ListedPath, ...]


class Inventory(msgspec.Struct, frozen=True):
    """Everything listed of one provider, and from which version of which package."""

    provider: str
    package: str
    version: str
    types: tuple[ListedType, ...]

    @property
    def count(self) -> int:
        """How many paths are listed."""
        return sum(len(each.paths) for each in self.types)


@functools.cache
def plain(path: str) -> str:
    """A path without the marks of lists and tables: ``rules[*].destination.bucket`` loses its ``[*]``."""
    return _MARKS.sub("", path)


@functools.cache
def inventory(provider: str) -> Inventory:
    """What is listed of a provider.

    Raises:
        CatalogueError: there is no such file, or it is not of this form.
    """
    path = FOLDER / f"{provider}.txt"
    if provider not in PROVIDERS or not path.is_file():
        raise CatalogueError(f"no generated layer for `{provider}`", help=f"one of {', '.join(PROVIDERS)}")
    return parse(path.read_text("utf-8"), provider)


@functools.cache
def paths_of(provider: str, token: str) -> frozenset[str]:
    """The plain paths that are listed of one type, found without reading the others; empty where it is not listed."""
    text = _text(provider)
    start = text.find(f"\n{token}\n") + 1
    lines: list[str] = []
    at = text.find("\n", start) + 1 if start else 0
    while at and text.startswith("  ", at):
        end = text.find("\n", at)
        lines.append(text[at:end])
        at = end + 1
    return frozenset(path.plain for each in _types([token, *lines], provider) for path in each.paths)


@functools.cache
def _text(provider: str) -> str:
    path = FOLDER / f"{provider}.txt"
    return path.read_text("utf-8") if provider in PROVIDERS and path.is_file() else ""


@functools.cache
def first_names(provider: str) -> Mapping[str, frozenset[str]]:
    """By type, the first names of its listed paths: ``rules`` of ``rules[*].destination``. Raises as ``inventory``."""
    return {
        each.token: frozenset(path.plain.partition(".")[0] for path in each.paths) for each in inventory(provider).types
    }


def parse(text: str, provider: str) -> Inventory:
    """Read the form that ``render`` writes.

    Raises:
        CatalogueError: the text is not of that form.
    """
    head, *lines = text.splitlines()
    made = _HEAD.fullmatch(head)
    if made is None:
        raise CatalogueError("the generated layer has no head", where=f"{provider}.txt", help="generate it again")
    return Inventory(provider, made.group(1), made.group(2), tuple(_types(lines, f"{provider}.txt")))


def render(listed: Inventory) -> str:
    """The file's text: the same inventory gives the same bytes."""
    made = f"`residency catalogue generate {listed.provider}` from {listed.package} {listed.version}"
    lines = [f"# Made by {made}: never edited."]
    for each in sorted(listed.types, key=lambda item: item.token):
        lines.append(each.token)
        lines.extend(f"  = {alias}" for alias in sorted(each.aliases))
        lines.extend(f"  {path.path}  {path.why.value}" for path in sorted(each.paths, key=lambda item: item.path))
    return "\n".join(lines) + "\n"


def _types(lines: list[str], where: str) -> Iterator[ListedType]:
    reasons = {each.value: each for each in Why}
    token, aliases, paths = "", list[str](), list[ListedPath]()
    for line in (*lines, ""):
        if not line.startswith("  "):
            if token:
                yield ListedType(token, tuple(aliases), tuple(paths))
            token, aliases, paths = line, [], []
        elif line.startswith("  = "):
            aliases.append(line[4:])
        else:
            path, _, why = line[2:].partition("  ")
            if why not in reasons or not token:
                raise CatalogueError(f"`{line.strip()}` is not a listed path", where=where, help="generate it again")
            paths.append(ListedPath(path, reasons[why]))
