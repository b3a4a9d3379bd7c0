"""Reads a perimeter: a built-in one by its name, or a ``residency.toml``, strictly.

In:  a name or a path; and the day for which memberships and expiries hold.
Out: a Perimeter. A key that does not exist, a country that is none, a class that nothing defines: each is an error.
"""

from __future__ import annotations

import datetime
import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from residency.catalogue import membership, own, places
from residency.errors import PerimeterError
from residency.model import External, Site
from residency.perimeter.values import Closed, DataClass, Exemption, Holding, Perimeter, Transfer

FILE_NAME = "residency.toml"
BUILT_IN: Mapping[str, str] = {
    "eea": "the countries of the European Economic Area",
    "europe": "the European Economic Area, and European countries with an adequacy decision",
    "ireland-norway": "Ireland and Norway",
}
DEFAULT = "eea"
# European countries among those with an adequacy decision; the decision itself, with its dates, is in membership.toml.
_EUROPEAN = frozenset({"AD", "CH", "FO", "GB", "GG", "IM", "JE"})


class _Header(Closed, frozen=True, kw_only=True):
    name: str = ""
    countries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    undetermined: Literal["block", "warn"] = "block"


class _Rows(Closed, frozen=True, kw_only=True):
    rows: tuple[str, ...]


class _Data(Closed, frozen=True, kw_only=True):
    tag: str


class _Class(Closed, frozen=True, kw_only=True):
    name: str
    user_data: bool = True
    countries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    reason: str = ""
    owner: str = ""


class _File(Closed, frozen=True, kw_only=True):
    perimeter: _Header
    site: tuple[Site, ...] = ()
    external: tuple[External, ...] = ()
    transfer: tuple[Transfer, ...] = ()
    exemption: tuple[Exemption, ...] = ()
    data: _Data | None = None
    catalogue: _Rows | None = None
    class_: tuple[_Class, ...] = msgspec.field(default=(), name="class")
    holds: tuple[Holding, ...] = ()


def load(name: str, on: datetime.date) -> Perimeter:
    """A perimeter by its built-in name, or from a file.

    Args:
        name: ``eea``, ``europe``, ``ireland-norway``, or the path of a ``residency.toml``.
        on: the day for which memberships and expiries hold.

    Raises:
        PerimeterError: an unknown name, or a file that is missing, malformed or names no country.
    """
    if name in BUILT_IN:
        return Perimeter(name=name, countries=_built_in(name, on), on=on)
    path = Path(name)
    if path.is_file():
        return _from_file(path, on)
    if path.is_dir() or "/" in name or name.endswith(".toml"):
        raise PerimeterError(f"no perimeter file at `{name}`", help=f"give a file, or one of {_listed(BUILT_IN)}")
    near = difflib.get_close_matches(name, BUILT_IN, 1)
    raise PerimeterError(
        f"unknown perimeter `{name}`",
        help=f"did you mean `{near[0]}`?" if near else f"one of {_listed(BUILT_IN)}, or a file",
    )


def _built_in(name: str, on: datetime.date) -> frozenset[str]:
    if name == "ireland-norway":
        return frozenset({"IE", "NO"})
    eea = membership.members("EEA", on)
    return eea | (membership.members("adequacy", on) & _EUROPEAN) if name == "europe" else eea


def _from_file(path: Path, on: datetime.date) -> Perimeter:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        file = msgspec.convert(content, _File)
    except UnicodeDecodeError:
        raise PerimeterError("the perimeter file is not UTF-8", where=str(path)) from None
    except OSError as error:
        raise PerimeterError(f"cannot read the perimeter file: {error.strerror}", where=str(path)) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PerimeterError(f"the perimeter file is not TOML: {error}", where=str(path)) from None
    except msgspec.ValidationError as error:
        raise _invalid(str(error), path) from None
    _check(file, str(path))
    header = file.perimeter
    return Perimeter(
        name=header.name or path.stem,
        countries=_countries(header.countries, header.groups, on),
        on=on,
        undetermined_blocks=header.undetermined == "block",
        sites=file.site,
        externals=file.external,
        transfers=file.transfer,
        exemptions=file.exemption,
        class_tag=file.data.tag if file.data else "",
        classes=tuple(_data_class(each, on) for each in file.class_),
        holdings=file.holds,
        own_rows=tuple(own.load(path.parent / name, name) for name in (file.catalogue.rows if file.catalogue else ())),
    )


def _countries(codes: Iterable[str], groups: Iterable[str], on: datetime.date) -> frozenset[str]:
    return frozenset(codes).union(*(membership.members(group, on) for group in groups))


def _data_class(given: _Class, on: datetime.date) -> DataClass:
    allowed = _countries(given.countries, given.groups, on) if given.countries or given.groups else None
    return DataClass(
        name=given.name, user_data=given.user_data, countries=allowed, reason=given.reason, owner=given.owner
    )


_FORMS: Mapping[str, type[msgspec.Struct]] = {
    "perimeter": _Header,
    "site": Site,
    "external": External,
    "transfer": Transfer,
    "exemption": Exemption,
    "data": _Data,
    "catalogue": _Rows,
    "class": _Class,
    "holds": Holding,
}


def _invalid(message: str, path: Path) -> PerimeterError:
    unknown = message.partition("unknown field `")[2].partition("`")[0]
    form = message.rpartition("at `$.")[2].rstrip("`").partition("[")[0] if "at `$." in message else ""
    keys = [each.encode_name for each in msgspec.structs.fields(_FORMS.get(form, _File))]
    near = difflib.get_close_matches(unknown, keys, 1) if unknown else []
    problem = message.replace("Object contains unknown field", "unknown key")
    problem = problem.replace("Object missing required field", "missing key")
    return PerimeterError(
        f"the perimeter file is not valid: {problem}",
        where=str(path),
        help=f"did you mean `{near[0]}`?" if near else "the README shows a whole example",
    )


def _check(file: _File, where: str) -> None:
    header = file.perimeter
    if not header.countries and not header.groups:
        raise PerimeterError(
            "the perimeter has no country, so nothing could be inside",
            where=f"{where}, [perimeter]",
            help='add countries = ["IE", "NO"], or groups = ["EEA"]',
        )
    _check_groups(header.groups, f"{where}, [perimeter] groups")
    _check_countries(header.countries, f"{where}, [perimeter] countries")
    for site in file.site:
        _check_countries((site.country,), f"{where}, [[site]] `{site.name}`")
        if not site.endpoints and not site.inputs:
            raise PerimeterError(
                f"nothing says how to recognise site `{site.name}`",
                where=f"{where}, [[site]]",
                help='add endpoints = ["s3.example.no"], or inputs = { context = "..." }',
            )
    for transfer in file.transfer:
        _check_countries(transfer.to, f"{where}, [[transfer]] `{transfer.name}`")
    _check_externals(file.external, where)
    _check_classes(file, where)


def _check_groups(groups: Iterable[str], where: str) -> None:
    for group in groups:
        if group not in membership.groups():
            near = difflib.get_close_matches(group.upper(), membership.groups(), 1)
            raise PerimeterError(
                f"unknown group `{group}`",
                where=where,
                help=f"did you mean `{near[0]}`?" if near else f"one of {_listed(membership.groups())}",
            )


def _check_classes(file: _File, where: str) -> None:
    names = [each.name for each in file.class_]
    for each in file.class_:
        place = f"{where}, [[class]] `{each.name}`"
        if names.count(each.name) > 1:
            raise PerimeterError("two classes have the same name", where=place, help="merge them")
        if not each.user_data and not (each.reason and each.owner):
            raise PerimeterError(
                "a class that is no user data needs a reason and an owner",
                where=place,
                help='add reason = "..." and owner = "..."',
            )
        if not each.user_data and (each.countries or each.groups):
            raise PerimeterError(
                "a class that is no user data may be anywhere", where=place, help="remove its countries and groups"
            )
        _check_groups(each.groups, f"{place} groups")
        _check_countries(each.countries, f"{place} countries")
    for holding in file.holds:
        if holding.data_class not in names:
            near = difflib.get_close_matches(holding.data_class, names, 1)
            raise PerimeterError(
                f"unknown class `{holding.data_class}`",
                where=f"{where}, [[holds]] `{holding.resource}`",
                help=f"did you mean `{near[0]}`?" if near else "define it in a [[class]]",
            )
    if names and not (file.data or file.holds):
        raise PerimeterError(
            "nothing says which resource holds which class",
            where=f"{where}, [[class]]",
            help='add [data] with tag = "data-class", or a [[holds]]',
        )


def _check_countries(codes: Iterable[str], where: str) -> None:
    known = places.countries()
    for code in codes:
        if code in known:
            continue
        by_name = {name.lower(): iso for iso, name in known.items()}
        near = by_name.get(code.lower()) or (code.upper() if code.upper() in known else "")
        raise PerimeterError(
            f"`{code}` is not an ISO 3166-1 alpha-2 country code",
            where=where,
            help=f"did you mean `{near}`?" if near else "write two capital letters, such as `IE`",
        )


def _check_externals(listed: Iterable[External], where: str) -> None:
    for external in listed:
        if places.find(external.provider, external.location) is None:
            near = places.suggest(external.provider, external.location)
            raise PerimeterError(
                f"`{external.location}` is not a place of `{external.provider}`",
                where=f"{where}, [[external]] `{external.name}`",
                help=f"did you mean `{near}`?" if near else "`residency places` lists the known ones",
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
