"""What azurerm declares of the types in the tables: ``azurerm_schema.txt``, made by this module and never edited.

``python -m tests.residency.ingest.terraform.names.azurerm_schema FOLDER`` reads the unpacked npm package
@cdktf/provider-azurerm. A line at the margin is a type; below it, indented by depth, its attributes: ``+`` marks a
list, ``?`` a flag, ``#`` a number, ``!`` what only the provider says.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from residency.ingest.terraform.names import azurerm, schema
from residency.ingest.terraform.names.schema import Attribute, Schema

FILE = Path(__file__).with_name("azurerm_schema.txt")
_FORMS = {"bool": "?", "number": "#"}


def named() -> set[str]:
    """The azurerm types of the tables that are read attribute by attribute."""
    places = azurerm.readable()
    return {*places, *(part.azurerm for row in places.values() for part in row.apart), *azurerm.nothing()}


def render(found: Schema) -> str:
    """The file's text; types whose attributes nothing reads have a line alone."""
    rows = azurerm.readable()
    plain = {*azurerm.nothing(), *(name for name, row in rows.items() if azurerm.is_dataless(row))}
    lines = [f"# azurerm {found.version}"]
    for name in sorted(named() & found.types.keys()):
        lines.append(name)
        if name not in plain:
            lines.extend(_lines(found.types[name].attributes, 1))
            lines.extend(_reported(found.types[name].outputs, 1))
    return "\n".join(lines) + "\n"


def _lines(attributes: tuple[Attribute, ...], depth: int) -> Iterator[str]:
    for each in attributes:
        if each.name != "timeouts":
            many = "+" if each.many in ("list", "set") and not each.single else ""
            yield f"{' ' * depth}{each.name}{many}{_FORMS.get(each.form, '')}"
            yield from _lines(each.nested, depth + 1)
            yield from _reported(each.outputs, depth + 1)


def _reported(outputs: tuple[Attribute, ...], depth: int) -> Iterator[str]:
    for each in outputs:
        many = "+" if each.many in ("list", "set") and each.outputs else ""
        yield f"{' ' * depth}{each.name}{many}!"
        yield from _reported(each.outputs, depth + 1)


def types(text: str) -> Mapping[str, Mapping[str, str]]:
    """By type, each path with its marks: what holds others has the mark ``.``."""
    found: dict[str, dict[str, str]] = {}
    above: list[str] = []
    paths: dict[str, str] = {}
    for line in text.splitlines()[1:]:
        depth = len(line) - len(line.lstrip())
        name = line.strip().rstrip("+?#!")
        marks = line.strip()[len(name) :]
        if not depth:
            paths = found[name] = {}
            above = []
            continue
        above = [*above[: depth - 1], name]
        paths[".".join(above)] = marks
        if depth > 1:
            parent = ".".join(above[:-1])
            paths[parent] = paths[parent].rstrip(".") + "."
    return found


if __name__ == "__main__":
    FILE.write_text(render(schema.read(Path(sys.argv[1]))), "utf-8")
