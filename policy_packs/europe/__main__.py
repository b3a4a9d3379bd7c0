"""The policy pack that the engine starts: everything it judges by is `residency.gates.crossguard`.

Perimeter and treatment of what is undetermined come from the pack's configuration; see README.md.
"""

from __future__ import annotations

from pathlib import Path

from residency.gates.crossguard import start_pack

start_pack("residency-europe", Path(__file__).parent)
