"""The program of every stack at the root: builds the services that the stack's configuration lists.

In:  `residency:services`; `configured.py` says its form. The stack files stand beside this program.
Out: one output a service, under its name: where it is, where its copies are, and what its parts are called.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pulumi

# The components are a package of their own beside this folder; an installed one would serve as well.
sys.path.append(str(Path(__file__).resolve().parent.parent / "components"))

from configured import services
from service import build

for service in services(pulumi.Config().require_object("services")):
    pulumi.export(service.name, build(service))
