"""Copies that Google Cloud would not keep in two named countries.

Facts: stand where each is refused, in the module of its component.
"""

from __future__ import annotations

from residency_components.ask import Asked
from residency_components.errors import CloudWithoutCountryError


def refuse_copy(asked: Asked, what: str) -> None:
    """Refuse a copy that Google Cloud would not keep in two named countries.

    Args:
        asked: what was asked for.
        what: is not copied, and why.

    Raises:
        CloudWithoutCountryError: a copy was asked for.
    """
    if asked.copy_country:
        raise CloudWithoutCountryError(
            f"`gcp` does not copy {what}",
            where="replicate_to",
            help="leave out `replicate_to`, or choose another cloud",
        )
