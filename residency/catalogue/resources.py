"""The resource catalogue, loaded module by module as types are asked for.

In:  a type token such as ``aws:s3/bucket:Bucket``.
Out: the row that answers for it, or None; and the facts of its package.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from residency.catalogue import compiled, rows
from residency.catalogue.rows import ModuleFile, ProviderFile, ResourceRow
from residency.errors import CatalogueError

DATA = Path(__file__).parent / "data" / "resources"
_VERSION = re.compile(r"/v\d{8}\w*$")
_File = TypeVar("_File", ModuleFile, ProviderFile)


class Package(msgspec.Struct, frozen=True):
    """A package with what was loaded of it: its facts, and the rows of ``_provider.toml``."""

    file: ProviderFile
    rows: Mapping[str, ResourceRow]


@functools.cache
def split(token: str) -> tuple[str, str, str]:
    """Package, module and name of a type token.

    Azure's versioned modules lose their version, and the folder part of ``s3/bucket`` its file part:
    ``azure-native:storage/v20230101:StorageAccount`` is ``("azure-native", "storage", "StorageAccount")``.
    """
    package, _, rest = token.partition(":")
    module, _, name = rest.rpartition(":")
    return package, module.partition("/")[0].lower(), name


@functools.cache
def normalised(token: str) -> str:
    """The token without an API version; the form in which rows and targets are written."""
    package, separator, rest = token.partition(":")
    module, _, name = rest.rpartition(":")
    return f"{package}{separator}{_VERSION.sub('', module)}:{name}"


@functools.cache
def package(name: str) -> Package | None:
    """The facts of a package, or None where the catalogue has none.

    Raises:
        CatalogueError: its ``_provider.toml`` is not valid.
    """
    path = DATA / name / "_provider.toml"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        return None
    file = _load(path, ProviderFile)
    return Package(file, _by_token(file.resource, str(path.name)))


@functools.cache
def row(token: str) -> ResourceRow | None:
    """The row that answers for a type, or None where only its package's general rows do.

    Raises:
        CatalogueError: the file of its module is not valid.
    """
    name = split(token)[0]
    owner = package(name)
    if owner is None:
        return None
    current = canonical(token)
    return module_rows(name, split(current)[1]).get(current) or owner.rows.get(current)


@functools.cache
def canonical(token: str) -> str:
    """The token as rows have it: without an API version, under the name and in the module that it has now."""
    plain = normalised(token)
    owner = package(split(plain)[0])
    if owner is None:
        return plain
    plain = owner.file.aliases.get(plain, plain)
    name, module, kind = split(plain)
    if plain in module_rows(name, module):
        return plain
    for newer in owner.file.modules.get(module, ()):
        if f"{name}:{newer}:{kind}" in module_rows(name, newer):
            return f"{name}:{newer}:{kind}"
    return plain


@functools.cache
def module_rows(package_name: str, module: str) -> Mapping[str, ResourceRow]:
    """The rows of one module's file, by token; empty where there is no file."""
    path = DATA / package_name / f"{module}.toml"
    if not re.fullmatch(r"[a-z0-9_-]+", module) or module.startswith("_") or not path.is_file():
        return {}
    return _by_token(_load(path, ModuleFile).resource, f"{package_name}/{path.name}")


@functools.cache
def unplaced(package_name: str) -> frozenset[str]:
    """The types of a package that have no input for a place, as tokens; empty where no list says so."""
    path = DATA / package_name / "_unplaced.txt"
    if not re.fullmatch(r"[a-z0-9-]+", package_name) or not path.is_file():
        return frozenset()
    lines = path.read_text("utf-8").splitlines()
    return frozenset(f"{package_name}:{line}" for line in lines if line and not line.startswith("#"))


def files() -> list[Path]:
    """Every file with rows: the modules' and the packages' own."""
    return [path for path in sorted(DATA.glob("*/*.toml")) if path.stem == "_provider" or path.stem[0] != "_"]


def _load(path: Path, form: type[_File]) -> _File:
    """One file: as it was packed, when it was checked as well, or anew if it was edited since."""
    data = path.read_bytes()
    packed = compiled.find(path, data)
    return read(path, data, form) if packed is None else msgspec.msgpack.decode(packed, type=form)


def read(path: Path, data: bytes, form: type[_File]) -> _File:
    """Read and check one file of the catalogue.

    Raises:
        CatalogueError: it is not TOML of this form, or a row could not be used.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        file = msgspec.convert(tomllib.loads(data.decode("utf-8")), form)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise CatalogueError(f"the catalogue file is not valid: {error}", where=where) from None
    rows.check(file.resource, file.sources, where)
    for placement in file.general if isinstance(file, ProviderFile) else ():
        rows.check_placement(placement, where)
    return file


def _by_token(listed: tuple[ResourceRow, ...], where: str) -> Mapping[str, ResourceRow]:
    found: dict[str, ResourceRow] = {}
    for entry in listed:
        for token in entry.tokens:
            if normalised(token) in found and found[normalised(token)] is not entry:
                raise CatalogueError(f"`{token}` has two rows", where=where, help="merge them")
            found[normalised(token)] = entry
    return found
