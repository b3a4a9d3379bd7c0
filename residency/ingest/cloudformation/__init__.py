"""CloudFormation templates and the output of ``cdk synth`` as a source.

In:  a template in JSON or YAML, or a folder with ``manifest.json``.
Out: the same kind of ResourceGraph as Pulumi's sources give, by :func:`read`.
"""

from residency.ingest.cloudformation.read import Deployed, read

__all__ = ["Deployed", "read"]
