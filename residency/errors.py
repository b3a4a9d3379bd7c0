"""The errors a user can cause. Each says what is wrong, where, and how to mend it; none carries a secret's value."""

from __future__ import annotations


class ResidencyError(Exception):
    """A fault of input or usage; the command line ends with exit code 2.

    Attributes:
        what: the fault, in lower case, without a full stop.
        where: file, line or property path; empty where there is none.
        help: how to mend it; empty where nothing is known.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", help: str = "") -> None:  # noqa: A002 - the field's own word
        super().__init__(what)
        self.what = what
        self.where = where
        self.help = help

    def __str__(self) -> str:
        """All fields on a line each, as they are shown to the user."""
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.help:
            lines.append(f"  help:  {self.help}")
        return "\n".join(lines)


class InputError(ResidencyError):
    """A target that cannot be read: not a file, not JSON, truncated, empty, of an unknown form."""


class PerimeterError(ResidencyError):
    """A perimeter that cannot be used: unknown name, malformed file, no country."""


class CatalogueError(ResidencyError):
    """A catalogue file that is not valid: a row without source or date, an unknown effect, a duplicate."""


class UsageError(ResidencyError):
    """Command-line arguments that do not fit together."""
