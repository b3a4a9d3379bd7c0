"""Expressions of Terraform's language as far as it matters where a value comes from.

In:  an expression as text, as python-hcl2 gives it: ``${...}``, or ``"..."`` with interpolations in it.
Out: what it refers to, and whether it is put together out of a reference and other text, so that what it names is
     not what the reference names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_NAME = re.compile(r"[A-Za-z_][\w-]*")
_STEP = re.compile(r"\s*\.\s*([A-Za-z_][\w-]*|\d+|\*)")
_ALONE = re.compile(r'"?\$\{\s*([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[(?:\d+|"[^"$\\]*")\])+)\s*\}"?')
_LITERAL = re.compile(r'"([^"$%\\]*)"')
_SWITCH = re.compile(r"\$\{\s*var\.([\w-]+)\s*\?[^?]*:\s*\[\s*\]\s*\}")
_CHOICE = re.compile(r"\$\{(?!\s*length\()([^?]*)\?(.*)\}", re.DOTALL)
_PLAIN_TEXT = re.compile(r'"[^"$]+"')
_KNOWN = frozenset({"var", "local", "each", "count", "data", "path", "terraform", "self"})
_FOR = re.compile(r"\bfor\s+(\w+)(?:\s*,\s*(\w+))?\s+in\b")
_WORDS = frozenset({"true", "false", "null", "for", "in", "if", "else", "endif", "endfor"})
# Functions that choose or pack values and leave each as it is; any other makes another text out of it.
_FAITHFUL = frozenset(
    {
        *("try", "can", "coalesce", "coalescelist", "one", "element", "lookup", "tostring", "nonsensitive"),
        *("sensitive", "toset", "tolist", "tomap", "flatten", "concat", "compact", "distinct", "values", "merge"),
        *("zipmap", "setunion", "sort", "reverse", "slice", "jsonencode", "yamlencode", "templatefile", "length"),
        *("contains", "keys", "alltrue", "anytrue", "max", "min", "matchkeys", "index", "transpose"),
    }
)
# Where a name may end and be whole: "-us" behind a bucket's name makes it the name of another bucket.
_ENDS = ":/@,;?*.#"


class Expression(msgspec.Struct, frozen=True):
    """What an expression refers to; ``composed``: a reference is only a part of a text in it, or one of two choices."""

    references: tuple[str, ...] = ()
    composed: bool = False


class _Found:
    def __init__(self) -> None:
        self.references: dict[str, None] = {}
        self.composed = False


def parse(text: str) -> Expression:
    """Read one expression; whatever the text is, something is found or nothing, and never an error."""
    found = _Found()
    if text.startswith('"'):
        _template(text[1:].removesuffix('"'), found)
    elif text.startswith("${") and text.endswith("}"):
        _expression(text[2:-1], found)
    else:
        _template(text, found)
    bound = {name for match in _FOR.finditer(text) for name in match.groups() if name}
    kept = tuple(each for each in found.references if re.split(r"[.\[]", each, maxsplit=1)[0] not in bound)
    return Expression(kept, bool(kept) and (found.composed or _may_be_plain(text)))


def _may_be_plain(text: str) -> bool:
    """Whether the value may be a text that stands in it: it is chosen by what is known only after the deployment."""
    choice = _CHOICE.fullmatch(text)
    if choice is None or not _PLAIN_TEXT.search(choice.group(2)):
        return False
    asked = _Found()
    _expression(choice.group(1), asked)
    return any(each.partition(".")[0] not in _KNOWN for each in asked.references)


def alone(text: str) -> str:
    """The reference that a text is, and nothing beside; "" where it is anything else."""
    found = _ALONE.fullmatch(text)
    return found.group(1) if found else ""


def literal(text: str) -> str:
    """What a text in quotes says that has nothing in it to be worked out; "" where it is anything else."""
    found = _LITERAL.fullmatch(text)
    return found.group(1) if found else ""


def switch(text: str) -> str:
    """The variable for which alone a text is not an empty list: ``var.on ? [1] : []``; "" where it is anything else."""
    found = _SWITCH.fullmatch(text)
    return found.group(1) if found else ""


def _template(text: str, found: _Found) -> None:
    """A text with interpolations: composed, where a letter touches one of them that refers to something."""
    parts = list(_parts(text))
    prose = any(not inside and any(sign in part for sign in " {[\n") for part, inside in parts)
    for at, (part, inside) in enumerate(parts):
        if not inside:
            continue
        before = len(found.references)
        _expression(part, found)
        left = parts[at - 1][0] if at and not parts[at - 1][1] else ""
        right = parts[at + 1][0] if at + 1 < len(parts) and not parts[at + 1][1] else ""
        touched = (left and left[-1] not in _ENDS) or (right and right[0] not in _ENDS)
        neighbours = (at and parts[at - 1][1]) or (at + 1 < len(parts) and parts[at + 1][1])
        if len(found.references) > before and not prose and (touched or neighbours):
            found.composed = True


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Literal parts and what is between ``${`` or ``%{`` and its brace, in order."""
    at = 0
    while at < len(text):
        start = min((each for each in (text.find("${", at), text.find("%{", at)) if each >= 0), default=-1)
        if start < 0:
            yield text[at:], False
            return
        if text[start - 1 : start] == text[start]:  # $${ is a literal
            yield text[at : start + 2], False
            at = start + 2
            continue
        if start > at:
            yield text[at:start], False
        end = _closing(text, start + 2)
        yield text[start + 2 : end], True
        at = end + 1


def _closing(text: str, at: int) -> int:
    """Where the brace closes that was opened before ``at``; the end of the text if it never does."""
    depth = 1
    while at < len(text):
        sign = text[at]
        if sign == '"':
            at = _end_of_string(text, at)
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                return at
        at += 1
    return len(text)


def _end_of_string(text: str, at: int) -> int:
    """The closing quote of the string that opens at ``at``; the end of the text if there is none."""
    at += 1
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == '"':
            return at
        elif text.startswith(("${", "%{"), at):
            at = _closing(text, at + 2)
        at += 1
    return len(text)


def _expression(text: str, found: _Found) -> None:
    at = 0
    while at < len(text):
        if text[at] == '"':
            end = _end_of_string(text, at)
            _template(text[at + 1 : end], found)
            at = end + 1
            continue
        name = _NAME.match(text, at)
        if name is None:
            at += 1
            continue
        at = _named(text, name, found)


def _named(text: str, name: re.Match[str], found: _Found) -> int:
    """A traversal or the name of a function; gives where it ends."""
    at, path = name.end(), name.group()
    if text[at : at + 1] == "(":
        found.composed |= path not in _FAITHFUL
        return at
    while at < len(text):
        step = _STEP.match(text, at)
        if step is not None:
            path, at = path if step.group(1) == "*" else f"{path}.{step.group(1)}", step.end()
        elif text[at] == "[":
            end = text.find("]", at)
            key = text[at + 1 : end] if end > 0 else ""
            if re.fullmatch(r'\d+|"[^"$]*"', key):
                path, at = f"{path}[{key}]", end + 1
            else:
                break  # what is in the brackets is read next, as an expression of its own
        else:
            break
    if path not in _WORDS and "." in path:
        found.references[path] = None
    return at
