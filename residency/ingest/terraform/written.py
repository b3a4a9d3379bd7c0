"""What a configuration's own text says that a plan does not show: locals, dynamic blocks, and texts put together.

In:  the folders of a configuration's modules, where they are at hand, and python-hcl2 (the extra ``terraform``).
Out: expressions; None where a file, the package or the block is missing. Files are read at the first question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias, cast

import msgspec

from residency.ingest.terraform.expressions import Expression, parse
from residency.ingest.terraform.positions import files

_PACKAGE = "python-hcl2"
_Body: TypeAlias = Mapping[str, Any]


class Text(msgspec.Struct, frozen=True):
    """An expression of a block, and by iterator the expressions that dynamic blocks around it go over."""

    expression: Expression
    iterators: Mapping[str, Expression] = {}


class Written:
    """Answers for the text of one configuration."""

    def __init__(self, folders: Mapping[tuple[str, ...], Path]) -> None:
        self._folders = folders
        self._read: dict[tuple[str, ...], _Body] = {}

    def local(self, module: tuple[str, ...], name: str, keys: Sequence[str] = ()) -> Expression | None:
        """A value of a module's ``locals``, or what is under keys in it as far as they are written out."""
        for block in _blocks(self._module(module).get("locals")):
            if name in block:
                return _whole(_under(block[name], keys))
        return None

    def text_of_local(self, module: tuple[str, ...], name: str, keys: Sequence[str]) -> str:
        """The text of a value of ``locals``, under all of the keys; "" where it is not written out."""
        found = next((block[name] for block in _blocks(self._module(module).get("locals")) if name in block), None)
        for key in keys:
            found = _under(found, [key]) if isinstance(found, Mapping) else None
        return found if isinstance(found, str) else ""

    def text_of(self, module: tuple[str, ...], kind: str, label: str, attribute: str, alias: str = "") -> str:
        """The text of an attribute of a ``provider`` or ``module`` block; "" where it is not at hand."""
        found = (body.get(attribute) for body in self._labelled_as(module, kind, label, alias))
        return next((text for text in found if isinstance(text, str)), "")

    def dynamic_of_provider(self, module: tuple[str, ...], name: str, alias: str, label: str) -> list[str]:
        """What the dynamic blocks of a label in a provider block go over."""
        return [
            str(each.get("for_each"))
            for body in self._labelled_as(module, "provider", name, alias)
            for block in _blocks(body.get("dynamic"))
            for each in _labelled(block, label)
        ]

    def _labelled_as(self, module: tuple[str, ...], kind: str, label: str, alias: str) -> Iterator[_Body]:
        for block in _blocks(self._module(module).get(kind)):
            for body in _labelled(block, label):
                if str(body.get("alias", "")).strip('"') == alias:
                    yield body

    def at(self, module: tuple[str, ...], type_: str, name: str, path: Sequence[str | int]) -> list[Text]:
        """The expressions that may give the value at a path of a resource; several where dynamic blocks do."""
        return [text for body in self._resource(module, type_, name) for text in _texts(body, tuple(path), {})]

    def has(self, module: tuple[str, ...], type_: str, name: str) -> bool:
        """Whether a resource block is at hand."""
        return any(self._resource(module, type_, name))

    def _resource(self, module: tuple[str, ...], type_: str, name: str) -> Iterator[_Body]:
        for block in _blocks(self._module(module).get("resource")):
            for body in _labelled(block, type_):
                yield from _labelled(body, name)

    def _module(self, module: tuple[str, ...]) -> _Body:
        if module not in self._read:
            folder = self._folders.get(module)
            self._read[module] = _parsed(folder) if folder else {}
        return self._read[module]


def _parsed(folder: Path) -> _Body:
    """All files of a folder in one; a file that cannot be read leaves what it says unknown."""
    found: dict[str, list[Any]] = {}
    read = files(folder)
    if not read or not _is_installed():
        return found
    import hcl2  # noqa: PLC0415 - an extra, and slow to import

    for file in read:
        try:
            content = cast("_Body", hcl2.loads(file.read_text("utf-8")))  # pyright: ignore[reportUnknownMemberType]
        except Exception:  # noqa: BLE001, S112 - Terraform itself judges its files; here they only help
            continue
        for kind, blocks in content.items():
            if isinstance(blocks, list):
                found.setdefault(kind, []).extend(cast("list[Any]", blocks))
    return found


def _is_installed() -> bool:
    # Checkov brings another package of the same import name, whose results have another form.
    from importlib import metadata  # noqa: PLC0415 - slow to import, and only for a plan with its files

    try:
        metadata.version(_PACKAGE)
    except metadata.PackageNotFoundError:
        return False
    return True


def _texts(body: _Body, path: tuple[str | int, ...], iterators: Mapping[str, Expression]) -> Iterator[Text]:
    if not path:
        yield Text(_whole(body), iterators)
        return
    step, rest = path[0], path[1:]
    value = body.get(step) if isinstance(step, str) else None
    dynamic = [inner for block in _blocks(body.get("dynamic")) for inner in _labelled(block, str(step))]
    if isinstance(value, list) and any(_is_block(each) for each in cast("list[Any]", value)):
        blocks = cast("list[Any]", value)
        inside = rest[1:] if rest and isinstance(rest[0], int) else rest
        at = rest[0] if rest and isinstance(rest[0], int) else 0
        chosen = blocks if dynamic or at < 0 else blocks[at : at + 1]
        for each in chosen:
            yield from _texts(each, inside, iterators)
    elif value is not None:
        yield Text(_whole(value), iterators)
    for each in dynamic:
        yield from _of_dynamic(each, str(step), rest, iterators)


def _of_dynamic(
    block: _Body, label: str, rest: tuple[str | int, ...], iterators: Mapping[str, Expression]
) -> Iterator[Text]:
    named = block.get("iterator")
    iterator = named.strip('"${}') if isinstance(named, str) else label
    inner = {**iterators, iterator: _whole(block.get("for_each"))}
    inside = rest[1:] if rest and isinstance(rest[0], int) else rest
    for content in _blocks(block.get("content")):
        yield from _texts(content, inside, inner)


def _whole(value: Any) -> Expression:  # noqa: ANN401 - whatever the parser gives
    """Every expression in a value, as one."""
    if isinstance(value, str):
        return parse(value)
    if isinstance(value, Mapping):
        inner = [_whole(each) for each in cast("Mapping[str, Any]", value).values()]
    elif isinstance(value, list):
        inner = [_whole(each) for each in cast("list[Any]", value)]
    else:
        return Expression()
    references = dict.fromkeys(reference for each in inner for reference in each.references)
    return Expression(tuple(references), any(each.composed for each in inner))


def _under(value: Any, keys: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    if not keys or not isinstance(value, Mapping):
        return value
    block = cast("_Body", value)
    found = [block[name] for name in (keys[0], f'"{keys[0]}"') if name in block]
    return _under(found[0], keys[1:]) if found else block


def _blocks(value: Any) -> Iterator[_Body]:  # noqa: ANN401 - as above
    if isinstance(value, list):
        for each in cast("list[Any]", value):
            if isinstance(each, Mapping):
                yield cast("_Body", each)


def _labelled(block: _Body, label: str) -> Iterator[_Body]:
    for name in (label, f'"{label}"'):
        inner = block.get(name)
        if isinstance(inner, Mapping):
            yield cast("_Body", inner)


def _is_block(value: Any) -> bool:  # noqa: ANN401 - as above
    return isinstance(value, Mapping) and "__is_block__" in value
