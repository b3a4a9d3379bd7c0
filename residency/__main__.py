"""``python -m residency``."""

from __future__ import annotations

import sys

from residency.cli.main import main

sys.exit(main())
