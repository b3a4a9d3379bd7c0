"""Data centres of one's own: which the perimeter file declares, in which country, and how a provider reaches them.

In:  the name of a site, as an argument says it, and the project's ``residency.toml``.
Out: the declared site. A site that no file declares is nowhere: a component does not take the caller's word for it.
"""

from __future__ import annotations

import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

from residency.catalogue.places import country_name
from residency.model import Site
from residency.perimeter import FILE_NAME, load
from residency_components.arguments import Argument, matching, needed, optional
from residency_components.errors import ArgumentFaultError, OutsidePerimeterError

SITE_ARGUMENTS = {
    "site": needed(matching(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}", "the name of a [[site]] of residency.toml")),
    "perimeter_file": optional(matching(r"[^\0]+", "the path of a residency.toml")),
}
"""What every component in a site is asked for besides its interface's own arguments."""


def with_site(own: dict[str, Argument]) -> dict[str, Argument]:
    """An interface's arguments and the site's."""
    return {**own, **SITE_ARGUMENTS}


def declared(name: object, provider: str, country: str, file: object = None) -> Site:
    """The site that the perimeter file declares under a name for a provider.

    Args:
        name: as the argument `site` says it.
        provider: the Pulumi package that reaches it: ``aws`` for S3-compatible storage, ``kubernetes``.
        country: where the component is asked for; ISO 3166-1 alpha-2.
        file: the perimeter file. Without it: ``residency.toml`` of the working directory or the nearest one above.

    Raises:
        ArgumentFaultError: no file, or it declares no such site.
        OutsidePerimeterError: the site is in another country.
        PerimeterError: the file is not valid.
    """
    path = _file(file)
    today = datetime.datetime.now(tz=datetime.UTC).date()
    sites = [site for site in load(str(path), today).sites if site.provider == provider]
    found = next((site for site in sites if site.name == name), None)
    if found is None:
        known = ", ".join(f"`{site.name}`" for site in sites)
        raise ArgumentFaultError(
            f"{path.name} declares no site `{name}` for `{provider}`",
            where="site",
            help=f"it declares {known}" if known else f'add [[site]] with name, country and provider = "{provider}"',
        )
    if found.country != country:
        raise OutsidePerimeterError(
            f"site `{name}` is in {country_name(found.country)} (`{found.country}`), and `{country}` was asked for",
            where="site",
            help=f"name a site in {country_name(country)}, or ask for `{found.country}`",
        )
    return found


def endpoint_of(url: object, site: Site) -> str:
    """An address of a site's storage.

    Raises:
        ArgumentFaultError: it is no https address with a host that the site declares.
    """
    parts = urlsplit(url) if isinstance(url, str) else None
    host = (parts.hostname or "") if parts else ""
    if parts and parts.scheme == "https" and any(fnmatchcase(host, each.lower()) for each in site.endpoints):
        return parts.geturl()
    known = ", ".join(f"`{each}`" for each in site.endpoints)
    raise ArgumentFaultError(
        f"`endpoint` is no https address of site `{site.name}`",
        where="endpoint",
        help=f"pass https:// and a host that the site declares: {known or 'it declares none'}",
    )


def _file(given: object) -> Path:
    if isinstance(given, str):
        path = Path(given)
        if path.is_file():
            return path
        raise ArgumentFaultError("`perimeter_file` is no file", where="perimeter_file", help="pass its path")
    here = Path.cwd()
    found = next((folder / FILE_NAME for folder in (here, *here.parents) if (folder / FILE_NAME).is_file()), None)
    if found:
        return found
    raise ArgumentFaultError(
        f"no {FILE_NAME} says where the site is",
        where="site",
        help=f"write a {FILE_NAME} with [[site]] beside Pulumi.yaml, or pass `perimeter_file`",
    )
