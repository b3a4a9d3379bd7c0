"""The one interface of all object stores: what is asked for and what comes back, whichever cloud holds the data."""
# Annotations are values here, not text: Pulumi's analyser derives the component package's schema from them and does not
# resolve text (pulumi 3.259.0, pulumi/provider/experimental/analyzer.py, analyze_component).

from typing import NotRequired, Optional, TypedDict

import pulumi

PACKAGE = "residency-components"
"""The name of the component package, the first part of each component's type token."""


class ObjectStoreArgs(TypedDict):
    """What a store is asked for. There is no region here: it follows from the country."""

    country: str
    """Where the data is to be, as ISO 3166-1 alpha-2 code: IE or NO, unless the perimeter is wider."""
    owner: str
    """Who answers for the data; becomes the tag `owner`."""
    data_class: str
    """What kind of data it is, for example `personal`; becomes the tag `data-class`."""
    replicate_to: NotRequired[str]
    """Another country of the perimeter where a copy of every object is kept. Without it there is no copy."""
    perimeter: NotRequired[list[str]]
    """The countries where the data may be. Without it: IE and NO."""


class ObjectStore(pulumi.ComponentResource):
    """A place for objects: private, versioned, encrypted with a key of its own country, and reached over TLS only.

    What holds data is protected from deletion; pass `ResourceOptions(protect=False)` to lift that.
    """

    country: pulumi.Output[str]
    """Where the data is."""
    region: pulumi.Output[str]
    """The cloud's region in that country."""
    store_name: pulumi.Output[str]
    """Name of the bucket or storage account."""
    store_id: pulumi.Output[str]
    """The cloud's id of the bucket or storage account."""
    key_id: pulumi.Output[str]
    """The cloud's id of the key that encrypts the data."""
    copy_region: pulumi.Output[Optional[str]]  # noqa: UP045 - the analyser knows Optional only
    """The region of the copy; nothing if there is no copy."""
    copy_name: pulumi.Output[Optional[str]]  # noqa: UP045
    """Name of the copy's bucket or storage account; nothing if there is no copy."""

    def _finish(  # noqa: PLR0913 - one for each output
        self,
        *,
        country: str,
        region: str,
        store_name: pulumi.Input[str],
        store_id: pulumi.Input[str],
        key_id: pulumi.Input[str],
        copy_region: Optional[str],  # noqa: UP045
        copy_name: Optional[pulumi.Input[str]],  # noqa: UP045
    ) -> None:
        """Set and register all outputs; the last thing that a store does."""
        self.country = pulumi.Output.from_input(country)
        self.region = pulumi.Output.from_input(region)
        self.store_name = pulumi.Output.from_input(store_name)
        self.store_id = pulumi.Output.from_input(store_id)
        self.key_id = pulumi.Output.from_input(key_id)
        self.copy_region = pulumi.Output.from_input(copy_region)
        self.copy_name = pulumi.Output.from_input(copy_name)
        self.register_outputs(
            {
                "country": self.country,
                "region": self.region,
                "storeName": self.store_name,
                "storeId": self.store_id,
                "keyId": self.key_id,
                "copyRegion": self.copy_region,
                "copyName": self.copy_name,
            }
        )


def kept(parent: pulumi.Resource, opts: Optional[pulumi.ResourceOptions]) -> pulumi.ResourceOptions:  # noqa: UP045
    """Options of a child that holds data: protected unless the caller said otherwise."""
    protect = opts is None or opts.protect is not False
    return pulumi.ResourceOptions(parent=parent, protect=protect)
