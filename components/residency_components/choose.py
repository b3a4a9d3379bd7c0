"""Chooses the cloud of a store, and imports no SDK but that cloud's."""

from __future__ import annotations

import pulumi

from residency_components.ask import country_of
from residency_components.errors import ArgumentFaultError
from residency_components.regions import CLOUDS, clouds_in
from residency_components.store import ObjectStore, ObjectStoreArgs


def object_store(
    name: str, args: ObjectStoreArgs, *, cloud: str | None = None, opts: pulumi.ResourceOptions | None = None
) -> ObjectStore:
    """Build a store in the country that the arguments ask for.

    Args:
        name: 3 to 12 lower-case letters and digits.
        args: what is asked for.
        cloud: ``aws`` or ``azure``. Without it, the country's preferred cloud: AWS in Ireland, Azure in Norway. Where a
            copy is wanted does not change that choice: it would move a store that already exists.
        opts: Pulumi's options of the component.

    Raises:
        ComponentError: a subclass that names the fault; nothing has been registered.
    """
    chosen = cloud or next(iter(clouds_in(country_of(args.get("country"), "country"))), CLOUDS[0])
    if chosen == "aws":
        from residency_components.aws import AwsObjectStore  # noqa: PLC0415 - the SDK is large and optional

        return AwsObjectStore(name, args, opts)
    if chosen == "azure":
        from residency_components.azure import AzureObjectStore  # noqa: PLC0415

        return AzureObjectStore(name, args, opts)
    raise ArgumentFaultError(f"unknown cloud `{chosen}`", where="cloud", help=f"one of {', '.join(CLOUDS)}")
