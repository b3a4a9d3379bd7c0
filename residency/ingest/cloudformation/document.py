"""The text of a template: JSON or YAML with CloudFormation's short tags, as plain values and the lines of keys.

In:  text.
Out: mappings, lists and scalars; short tags in their long form (``!Ref x`` is ``{"Ref": "x"}``), and the line of each
     key down to the third level. Built from the parser's events without recursion and within bounds, so that neither
     deep nesting nor aliases of aliases can exhaust the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeAlias, cast

import msgspec
import yaml

from residency.errors import InputError

Node: TypeAlias = "bool | int | float | str | list[Node] | dict[str, Node] | None"
Path: TypeAlias = tuple[str, ...]

HELP = "give a CloudFormation template in JSON or YAML, or the folder that `cdk synth` writes (cdk.out)"
MOST_NODES = 500_000
DEEPEST = 100
_LINES_TO = 3
_CORE = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str", "int", "float", "bool", "null", "binary", "timestamp")
)
_FUNCTIONS = frozenset(
    {
        *("And", "Base64", "Cidr", "Contains", "EachMemberEquals", "EachMemberIn", "Equals", "FindInMap", "ForEach"),
        *("GetAtt", "GetAZs", "If", "ImportValue", "Join", "Length", "Not", "Or", "RefAll", "Select", "Split", "Sub"),
        *("ToJsonString", "Transform", "ValueOf", "ValueOfAll"),
    }
)
_PLAIN = frozenset({"Ref", "Condition"})
_SURROGATES = re.compile(r"\\\\|(?:\\u[dD][89a-fA-F][0-9a-fA-F]{2})+")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"), False),
}


class Document(msgspec.Struct, frozen=True):
    """What a text says.

    Attributes:
        root: its outermost mapping.
        lines: the line, from 1, of each key down to the third level, by the keys on the way.
    """

    root: dict[str, Node]
    lines: Mapping[Path, int]


def decode(text: str, name: str) -> Document:
    """Read one text; ``name`` is how errors call it.

    Raises:
        InputError: it is empty, cut off, neither JSON nor YAML, no mapping, nested too deeply or too large; it has a
            key twice, a tag that CloudFormation does not know, or more than one document.
    """
    if not text.strip():
        raise InputError(f"`{name}` is empty", help=HELP)
    is_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    builder = _Builder(name)
    try:
        # A tab is space in JSON, and nothing else: in its texts it is escaped.
        builder.read(_SURROGATES.sub(_character, text.replace("\t", " ")) if is_json else text)
    except yaml.YAMLError as error:
        raise _broken(text, name, error, is_json=is_json) from None
    if not isinstance(builder.root, dict):
        raise InputError(f"`{name}` is not a mapping, so it is no CloudFormation template", help=HELP)
    return Document(builder.root, builder.lines)


def _character(match: re.Match[str]) -> str:
    r"""The character that a pair of JSON's escapes stands for, which YAML writes otherwise; an escaped "\\" stays."""
    pair = match.group()
    if pair == "\\\\":
        return pair
    units = b"".join(int(each, 16).to_bytes(2, "big") for each in pair.lower().split("\\u")[1:])
    return units.decode("utf-16-be", "replace")


def _broken(text: str, name: str, error: yaml.YAMLError, *, is_json: bool) -> InputError:
    mark = cast("Any", getattr(error, "problem_mark", None))
    where = f"{name}:{mark.line + 1}" if mark is not None else name
    if is_json:
        try:
            msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
            if "truncated" in str(problem):
                return InputError(f"`{name}` is cut off: its JSON does not end", where=where, help="write it again")
            return InputError(f"`{name}` is not JSON: {problem}", where=where, help=HELP)
    problem = cast("str | None", getattr(error, "problem", None)) or "it cannot be read"
    return InputError(f"`{name}` is neither JSON nor YAML: {problem}", where=where, help=HELP)


class _Event(Protocol):
    """What is used of the parser's events."""

    start_mark: yaml.Mark
    tag: str | None
    anchor: str | None
    value: str
    implicit: tuple[bool, bool]


class _Open:
    """A mapping or a list that is being read."""

    def __init__(self, value: list[Node] | dict[str, Node], tag: str, path: Path, anchor: str | None) -> None:
        self.value, self.tag, self.path, self.anchor = value, tag, path, anchor
        self.key: str | None = None


class _Builder:
    """Puts a value together out of the parser's events."""

    def __init__(self, name: str) -> None:
        self.root: Node = None
        self.lines: dict[Path, int] = {}
        self._name = name
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._sizes: dict[str, int] = {}
        self._count = 0
        self._documents = 0

    def read(self, text: str) -> None:
        loader = yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader
        # The stubs leave the events without a type.
        for event in cast("Iterator[_Event]", yaml.parse(text, Loader=loader)):  # pyright: ignore[reportUnknownMemberType]
            self._event(event)

    def _event(self, event: _Event) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self._error("it has more than one document", line, "give each template a file of its own")
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor or "", line)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._start(event, line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._end(line)

    def _error(self, what: str, line: int, help_: str = HELP) -> InputError:
        return InputError(f"`{self._name}`: {what}", where=f"{self._name}:{line}", help=help_)

    def _grow(self, by: int, line: int) -> None:
        self._count += by
        if self._count > MOST_NODES:
            raise self._error(f"it has more than {MOST_NODES} values", line, "write it without aliases, or split it")

    def _start(self, event: _Event, line: int) -> None:
        self._grow(1, line)
        if len(self._open) >= DEEPEST:
            raise self._error(f"it is nested more than {DEEPEST} levels deep", line)
        empty: list[Node] | dict[str, Node] = {} if isinstance(event, yaml.MappingStartEvent) else []
        above = self._open[-1] if self._open else None
        if above is not None and isinstance(above.value, dict) and above.key is None:
            raise self._error("a key is not a text", line)
        path = (*above.path, above.key) if above is not None and above.key is not None else (*self._path(), "")
        tag = self._tag(event.tag, line)
        opened = _Open(empty, tag, path if above is not None else (), event.anchor)
        if opened.anchor:
            self._sizes[opened.anchor] = self._count
        self._open.append(opened)

    def _path(self) -> Path:
        return self._open[-1].path if self._open else ()

    def _end(self, line: int) -> None:
        closed = self._open.pop()
        value: Node = {closed.tag: closed.value} if closed.tag else closed.value
        if closed.anchor:
            self._anchors[closed.anchor] = value
            self._sizes[closed.anchor] = self._count - self._sizes[closed.anchor] + 1
        self._put(value, line)

    def _scalar(self, event: _Event, line: int) -> None:
        self._grow(1, line)
        text = event.value
        above = self._open[-1] if self._open else None
        if above is not None and isinstance(above.value, dict) and above.key is None:
            self._key(above, above.value, text, line)
            return
        tag = self._tag(event.tag, line)
        value: Node = text if tag or not event.implicit[0] else _plain(text)
        if tag:
            long = text.split(".", 1) if tag == "Fn::GetAtt" and "." in text else text
            value = {tag: cast("Node", long)}
        if event.anchor:
            self._anchors[event.anchor], self._sizes[event.anchor] = value, 1
        self._put(value, line)

    def _key(self, above: _Open, mapping: dict[str, Node], text: str, line: int) -> None:
        if text == "<<":
            raise self._error("the merge key `<<` is not known to CloudFormation", line, "write the keys out")
        if text in mapping:
            raise self._error(f"the key `{text}` is there twice", line, "CloudFormation would use one: keep that one")
        above.key = text
        if len(above.path) < _LINES_TO:
            self.lines[(*above.path, text)] = line

    def _alias(self, anchor: str, line: int) -> None:
        if anchor not in self._anchors:
            raise self._error(f"the alias `*{anchor}` names what is not there, or what it is in", line)
        self._grow(self._sizes[anchor], line)
        if self._open and isinstance(self._open[-1].value, dict) and self._open[-1].key is None:
            raise self._error("a key is an alias", line, "write the key out")
        if len(self._open) + _depth(self._anchors[anchor]) > DEEPEST:
            raise self._error(f"it is nested more than {DEEPEST} levels deep", line)
        self._put(self._anchors[anchor], line)

    def _put(self, value: Node, line: int) -> None:
        if not self._open:
            self.root = value
            return
        above = self._open[-1]
        if isinstance(above.value, list):
            above.value.append(value)
        elif above.key is not None:
            above.value[above.key], above.key = value, None
        else:
            raise self._error("a key is not a text", line)

    def _tag(self, tag: str | None, line: int) -> str:
        """The long form of a short tag; "" for none, or one of YAML's own."""
        if not tag or tag == "!" or tag in _CORE:
            return ""
        short = tag.removeprefix("!")
        if short in _PLAIN:
            return short
        if short in _FUNCTIONS:
            return f"Fn::{short}"
        raise self._error(f"the tag `{tag}` is not known to CloudFormation", line)


def _plain(text: str) -> Node:
    """What a scalar without quotes is, as YAML 1.1 says; a date stays a text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and len(text) < len(str(2**63)):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _depth(value: Node) -> int:
    """How deep a value is; it is within the bound, as all that was read."""
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0
