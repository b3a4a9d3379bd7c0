"""Labels of Google Cloud: what other clouds call tags.

Facts: keys and values hold lower-case letters, digits, `_` and `-`, at most 63 characters (Google Cloud, Labels
overview, https://docs.cloud.google.com/compute/docs/labeling-resources (unread), checked 2026-11-24).
"""

from __future__ import annotations

import re

from residency_components.ask import Asked
from residency_components.errors import ArgumentFaultError

_LABEL = re.compile(r"[a-z0-9_-]{1,63}")


def labels(asked: Asked) -> dict[str, str]:
    """Owner and data class as labels; both have passed ``refuse_labels``."""
    return {"owner": asked.owner, "data-class": asked.data_class}


def refuse_labels(asked: Asked) -> None:
    """Refuse an owner or a data class that cannot be a label: another spelling would be another owner or class.

    Raises:
        ArgumentFaultError: it names the argument.
    """
    for where, value in (("owner", asked.owner), ("data_class", asked.data_class)):
        if not _LABEL.fullmatch(value):
            raise ArgumentFaultError(
                f"`{where}` cannot be a label of Google Cloud",
                where=where,
                help="use up to 63 lower-case letters, digits, `_` or `-`",
            )
