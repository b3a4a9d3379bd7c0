"""The child side of ``residency.ingest.program``: runs a Pulumi program without an engine, records what it declares.

In:  one JSON request on standard input (see ``child.main``), in the interpreter of the user's own project.
Out: one JSON answer in the file that the request names: resources in the shape of a deployment, what had to
     be assumed, or how the program failed. The program's own output never mixes with it.

This package is loaded by its location under another name: it must import nothing of ``residency``, nor anything
that the user's project may not have. It may import pulumi, and the standard library.
"""

from __future__ import annotations
