"""What all components in a site share: the place is the declared site, and the provider is their own."""
# Annotations are values here, not text: see `component`.

from collections.abc import Mapping
from typing import Any, NotRequired

from residency.model import Site
from residency_components.ask import Asked
from residency_components.component import PlacedArgs
from residency_components.errors import ArgumentFaultError
from residency_components.sites import declared


class SitedArgs(PlacedArgs):
    """What every component in a site is asked for."""

    site: str
    """Name of the data centre, as a `[[site]]` of `residency.toml` declares it; its country is read there."""
    perimeter_file: NotRequired[str]
    """Path of the `residency.toml`. Without it: the one in the working directory, or in the nearest folder above it."""


class InSite:
    """Takes the place of a component from the perimeter file. A class of its own names the provider's package."""

    _package: str

    def _site(self, country: str, args: Mapping[str, Any]) -> Site:
        return declared(args.get("site"), self._package, country, args.get("perimeter_file"))

    def _region_in(self, country: str, args: Mapping[str, Any]) -> str:
        return self._site(country, args).name

    def _declared(self, asked: Asked) -> Site:
        """The site of checked arguments."""
        return self._site(asked.country, {"site": asked["site"], "perimeter_file": asked["perimeter_file"]})

    def _refuse(self, asked: Asked) -> None:
        """No component copies from a site: what stands there copies by its own means."""
        if asked.copy_country:
            raise ArgumentFaultError(
                "a component cannot copy out of a site",
                where="replicate_to",
                help="build the copy as a component of its own, and copy with the site's own means",
            )
