"""The faults that a caller of a component can cause. Each says what is wrong, where, and how to mend it."""

from __future__ import annotations

import pulumi

from residency.errors import ResidencyError


class ComponentError(ResidencyError, pulumi.RunError):
    """A component that cannot be built as asked. Raised before any of its resources is registered.

    Pulumi shows a ``RunError`` of a program as a message, without a traceback.
    """


class ArgumentFaultError(ComponentError):
    """An argument is missing, unknown, or of a form that cannot be used."""


class NotACountryError(ComponentError):
    """What stands where a country belongs is not an ISO 3166-1 alpha-2 code."""


class RegionForCountryError(NotACountryError):
    """A provider's region stands where a country belongs."""


class OutsidePerimeterError(ComponentError):
    """The country is not one of the perimeter."""


class CloudWithoutCountryError(ComponentError):
    """The cloud has no reviewed region in the country."""


class SelfReplicationError(ComponentError):
    """The copy would go to the country where the data already is."""
