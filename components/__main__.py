"""Serves the components to programs in other languages: `pulumi package add` reads this folder."""

from __future__ import annotations

import sys

from pulumi.provider import main
from residency_components.hosting import provider

if __name__ == "__main__":
    main(provider(), sys.argv[1:])
